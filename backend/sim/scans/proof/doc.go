// Package proof holds the proof that hostile files do no harm: its test feeds them to the reader of papers in a child
// process, which may refuse them but must neither crash, nor hang, nor write beside the shelf. It has no code of its own.
package proof
