// Package project44 speaks with project44's API v4 as a shipper or broker does: truckload shipments are created, changed and
// cancelled, and their tracking history is asked for load by load, since there is no list of shipments.
//
//   - project44.go, settings.go: the account; signin.go: the token
//   - truckload.go, appointments.go: what is written; errands.go: which errand becomes which request; documents.go; carrier.go: events
//     and positions that we push as the carrier, and the carrier's tracking methods
//   - follow.go: what is asked of a load; read.go, history.go, modal.go, papers.go: what a body says
//
// What project44 publishes was read from developers.project44.com (API v4, 2026). What no page of theirs settles stands in the
// settings: the path of the truckload status, of cancelling, of searching documents and of the tracking methods, the names
// inside a position, the life of a token.
//
// What holds: an error in one event spoils no other; COMPLETED delivers nothing by itself; a window told by project44 is its
// word of now and never the first one; the full list that comes every time becomes the same observations every time.
//
// Not spoken: LTL quotes and dispatch, registration of webhooks (project44 completes it by hand), other modes' creation.
package project44
