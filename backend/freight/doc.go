// Package freight holds the words of the trade: what a load, a stop, a window, an observation and a claim are.
//
// Values only. Nothing here computes what is true of a load (package timeline does) or what deserves attention
// (package watch does), nothing reads a clock, a file or a network, and nothing imports another room of ours.
//
// The one idea to hold on to: every fact that reaches the desk is an Observation, an immutable envelope with Claims.
// A claim is what one source said about one subject; two sources may say different things and both are kept.
package freight
