// Package dcsa reads DCSA Track & Trace events, versions 2.2 and 3.0 (and 2.3 where it agrees): shipment, transport, equipment, and
// of 3.0 also the events of sensors and reefers.
//
//   - stream.go finds the events in a file (a list, an object with "events", a wrapped or a single one) and holds one at a time;
//   - wire.go has the fields of an event as both versions write them; map.go makes claims of them by codes.txt.
//
// Adding what a code means is adding a row in codes.txt. An unknown code is kept and shown. A planned time is a window, an expected one
// an ETA, an actual one a fact: nothing planned or expected is ever told as having happened.
//
// Facts about the format come from the published API definitions (github.com/dcsaorg/DCSA-OpenAPI); the words for the codes are ours.
package dcsa
