// Package documents turns a file (a PDF, a scan, a phone photo, a mail or archive of them) into pages, documents, their
// fields, and an answer to "whose is it, and does it prove what it should".
//
// Shelf keeps the originals by content, never altered. Sniff says what a file is by its bytes, never by its name. Reader
// gives pages with their words, and draws them for the screen. Examine does all of it: pages by Reader, what they say by
// package fields, which belong together by split, whose they are by whose, and what they are worth by verdict.
//
// What cannot be read is a Fault: one sentence for a person. The original stays on the shelf in every case.
//
// PDFs come from outside and are read by pdfium inside a WebAssembly sandbox with no files, no network, a memory limit
// and a time limit; pictures are decoded in Go after their size was checked.
package documents
