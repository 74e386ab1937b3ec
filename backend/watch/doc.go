// Package watch holds the rules of the desk: from what is known of a load, its surroundings and the clock to findings,
// the urgency of the load, and the next instant at which the clock alone changes the answer.
//
// Everything is pure. A rule never compares the clock itself: it asks evaluation.reached, which remembers the instants not
// yet come; the first of them is NextDue, so that NextDue is exact by construction.
package watch

// Version changes when the same timeline may be judged otherwise; stored verdicts carry it.
const Version = "watch/3"
