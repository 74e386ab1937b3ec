// Package fourkites speaks with FourKites in both generations of its API: the gateway (api.fourkites.com, with a key or OAuth
// beside it) and the older tracking API (tracking-api.fourkites.com, with a user and password or signed addresses).
//
//   - fourkites.go, settings.go: the account and its generation; signin.go: the four ways to sign in; probe.go: which of them works
//   - list.go: pages of shipments, those that changed; shipment.go: one of them
//   - loads.go: what is created, changed and deleted; dispatcher.go: events, positions and appointments that are pushed; documents.go;
//     errands.go: which errand becomes which request
//   - read.go, state.go, callback.go: what a body says; zones.go: which times are of the stop and which are UTC
//
// FourKites publishes little of this openly; it was read from public integrations (2020 to 2026). Paths, the way of signing in,
// the form of time stamps in signed addresses, the number of all shipments in a list and whose arrival an ETA of a load is, stand in
// the settings.
//
// What holds: a second POST makes a second load there, so a load is looked for before it is made; the bag of reference numbers has no
// labels, so none is guessed; a status that no table knows is kept and shown, and delivers nothing.
//
// Not spoken: the download of papers (no call for it is known) and the registration of callbacks (FourKites does it by hand).
package fourkites
