// Package fields tells from read pages what a document says: its type, its fields with the spot each was read at, who
// signed, and what exceptions are noted on it. It is pure: pages in, values out.
//
// A page goes through it thus: words become rows and cells (sheet.go), labels are found in them (labels.go), each label
// looks for its value beside, below and above itself (find.go), the numbers of open loads are searched in the whole text
// (known.go), and what is still in doubt is read a second time (again.go). Nothing is ever bent to what the desk expects:
// a known value only decides where the reading itself is unsure.
package fields
