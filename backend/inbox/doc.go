// Package inbox takes in what outside systems say of their own accord: callbacks over HTTP, and files of recorded ones.
//
// A desk's computer is no public address. Whoever has a relay has it call the Listener; whoever has none puts recorded
// callbacks into a folder (Folders). Both end in the same door (Door), which keeps the body on disk before it answers; the
// account's connector reads it later, and it alone knows what a body means. A third road needs nothing here: where the TMS
// carries the positions of a platform, they come with its sheets (column source).
//
// What holds: an answer of 200 means that the body is on disk. The same body again changes nothing, so whoever got no answer
// may send again. Nothing is read from a request beyond the limits, and no secret is written anywhere.
package inbox
