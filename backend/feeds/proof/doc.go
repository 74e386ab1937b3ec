// Package proof runs the engine with the real connectors against the stand-ins of their systems: with every fault at once, killed at
// any moment, and as fast as it goes. It holds tests only.
package proof
