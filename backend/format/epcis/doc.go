// Package epcis reads GS1 EPCIS events, 2.0 as JSON or JSON-LD and 1.2 (or 2.0) as XML: object, aggregation, transaction,
// transformation and association events with the CBV words that matter to transport; and writes what happened to a load as EPCIS 2.0.
//
//   - json.go and xml.go find the events in a file, hold one at a time and bring it into one form (event.go): names without their prefixes, numbers
//     out of their URIs (keys.go);
//   - map.go makes claims of an event by codes.txt. Adding what a step means is adding a row there.
//
// An event with an error declaration takes back what the same event said before. Unknown steps, dispositions and extensions
// are kept and shown.
//
// Facts about the format come from the published GS1 standards (EPCIS 2.0, CBV 2.0, the schemas in github.com/gs1/EPCIS); the words are ours.
package epcis
