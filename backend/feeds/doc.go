// Package feeds runs connectors: when to ask, how fast, what to do after a fault, where an answer goes, and how intents reach
// the systems they are meant for. A connector (package connect) knows one system and no policy; here is the policy and no system.
//
// What a system says is stored byte for byte in the transaction that moves the cursor, and read afterwards: a kill at any point
// loses nothing and asks nothing twice. Facts go through the ledger's door (Poster) as runs of source {kind, account}.
//
// Two clocks: the desk's (Options.Now) rules what is due and when a fact was learned; the transport's (Options.Clock) rules
// rates, back-off, Retry-After and the life of tokens.
package feeds
