// Package report is the arithmetic of what the desk tells its customers, and the papers printed from it.
//
// The arithmetic is pure: values in, values out, no clock. Everything is judged at one instant, the as-of time, so that the
// same inputs give the same numbers and, to the byte, the same PDF. Every number on a page is the length of a list on that page.
package report
