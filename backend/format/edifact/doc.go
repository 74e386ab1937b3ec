// Package edifact reads UN/EDIFACT interchanges, directories D.93A to D.21B, into observations: IFTSTA (status), IFTMIN
// (instruction), IFTMBC (booking confirmed), IFCSUM (consolidation) and DESADV (despatch advice); reads and writes CONTRL.
//
// Three layers, one above the other:
//
//   - the scanner (scan.go, service.go) finds interchanges, takes the service characters from their UNA and cuts the stream into
//     segments, without keeping or copying more than one message;
//   - the envelope (envelope.go, read.go) follows UNB, UNG and UNH to their ends, tolerates what is missing or miscounted, and goes on at
//     the next UNB, UNG or UNH after damage, with the damaged bytes as a fault;
//   - the mapping (status.go, plan.go, despatch.go, context.go) turns a message into claims by tables/codes.txt. Adding what a code means is adding a row there.
//
// Nothing is guessed: an unknown code is kept as it is, a time that cannot be read is left out and named in a fault, and a
// wall clock time without a zone stays local to the place of its event.
//
// Facts about the format come from the published UN/CEFACT directories and ISO 9735; the words for the codes are ours.
package edifact
