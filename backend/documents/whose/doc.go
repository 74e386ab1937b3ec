// Package whose finds the load that a document belongs to.
//
// Gather takes what a document says of its load: the numbers behind labels, in barcodes, anywhere in the text and in the
// file's name. Find asks for the loads that those numbers, or numbers that can be misread as them, point to. Weigh holds a
// document against one load field by field: each Term tells whether they agree and how much that speaks for or against,
// as the logarithm of how many times likelier the reading is when the document is that load's than when it is not.
// Decide adds the terms up and names one load, or abstains and offers candidates.
//
// All is pure but for Known, through which the loads are asked.
package whose
