// Package wire is what the JSON connectors have in common, and nothing of any one system: the pieces of a body with their
// places (pieces.go), scalars that come as text or number (scalar.go), written times (when.go), and one question over HTTP
// with the kinds of failure that the engine tells apart (ask.go).
package wire
