// Package timeline is the fold: from the observations of one load to what is known of it.
//
// Three steps, each a pure function:
//
//	Collect  observations -> State     removes what was taken back and what later words of the same source replaced
//	Add      State + observation       the same, one at a time (equal to Collect, or says that the full log is needed)
//	Build    State -> freight.Timeline finds stops, resolves local times, weighs sources, names contradictions
//
// Fold is Build of Collect. No result depends on the order in which observations came or on how often they came.
//
// Rules that are ours to choose, so that they can be argued with:
//
//   - A wall clock time that exists twice in the night of a clock change is the first of the two; one that does not exist
//     is read with the offset before the change (02:30 becomes 03:30). Both are marked in ToldTime.Basis.
//   - A day without a time is never midnight: it ends at 23:59:59 of that day at the stop, and an actual told as a day
//     stands there, marked DayOnly. An exact time on that day refines it and is accepted before it.
//   - Where a stop's zone is unknown, local times stay unresolved (zero At, words kept).
//   - Events told without a place are given to the stops of their side in order of occurrence, per source; the same event
//     again within the tolerance is the same event.
package timeline

// Version changes when the same observations may fold to something else; stored projections carry it.
const Version = "timeline/2"
