// Package x12 reads X12 interchanges into observations: statuses, tenders and their answers, invoices, manifests, notices and
// remittances as far as they speak of loads; explains every segment; and writes statuses, answers and acknowledgements.
//
// The reader is written in three layers, one above the other:
//
//   - the scanner (scan.go, header.go) finds interchange headers, takes the separators from them and cuts the stream
//     into segments, without keeping or copying more than one transaction set;
//   - the envelope (read.go, envelope.go) follows ISA, GS and ST to their ends, tolerates what is missing or miscounted,
//     and goes on at the next ISA, GS or ST after damage, with the damaged bytes as a fault;
//   - the mapping (status.go and statusclaims.go for the 214, tender*.go for the 204) turns a set into claims by the
//     tables of codes.go, reasons.go, zones.go and references.go. Adding what a code means is adding a row there.
//
// Nothing is guessed: an unknown code is kept as it is, a time that cannot be read is left out and named in a fault,
// and a wall clock time without a zone stays local to the place of its event.
//
// Facts about the format come from the published X12 element lists (as shown on stedi.com/edi and kasoftware.com) and
// from partner guides; the words for the codes are ours.
package x12
