// Package intake watches folders and says when a file in them is whole.
//
// People save attachments, scanners drop pages, a TMS writes its export every half hour: all of it lands in folders,
// often half-written, under a passing name, or on a network drive that tells nobody. A Watcher waits until such a file
// has come to rest, finds out what kind of file it is (by a detector that it is given), and delivers it once.
//
// How it decides that a file is whole: the name is not one of those that programs use while they write; size and time of
// change stay the same for the settle time; nobody holds it locked; its end looks like the end of such a file (a PDF's
// %%EOF, a ZIP's directory). A file that settles but never looks whole is delivered all the same after the time of
// patience, with the doubt in words, since a broken file must reach a person and not wait for ever.
//
// Folders are watched, not files. Events only say where to look; what is true is read from the folder, and a periodic
// rescan does without them (network drives, overflowing queues, a folder that was away). Each folder has its own
// goroutine, so that a drive which hangs does not hold up the others; deliveries come one at a time.
//
// The only package that uses fsnotify.
package intake
