// Package documents turns a paper (a PDF, a scan, a phone photo) into pages, text, and an answer to "whose is it".
//
// Shelf keeps the originals by content, never altered. Sniff says what a file is by its bytes, never by its name. Reader
// reads the text layer of a PDF and draws pages of PDFs and pictures for the screen. Mentions finds the numbers, dates
// and phrases that speak of a load; Tokens lists everything that could be a number of ours, to be looked up; Decide
// weighs what was found and either names the one load, or the candidates with the sentence that explains them, or
// nothing; Guess says whether the paper looks like a proof of pickup or of delivery.
//
// What cannot be read is a Fault: one sentence for a person. The original stays on the shelf in every case.
//
// PDFs come from outside and are read by pdfium inside a WebAssembly sandbox with no files, no network, a memory limit
// and a time limit; pictures are decoded in Go after their size was checked. Text, Mentions, Tokens, Decide and Guess
// are pure.
package documents
