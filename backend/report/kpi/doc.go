// Package kpi is the arithmetic of the desk's figures: on time, in full, tracked, told, papered. It is pure: facts of loads,
// a period, an instant and a definition in, figures out. The same inputs in any order give the same bytes.
//
// Where desks differ the difference is a switch of Definition. Every figure carries how many it counted, what it left out
// and why, an interval where it is a share, its definition in words, and the rows it was counted from. What the desk has no
// data for counts nothing and says why.
package kpi
