package board

import "time"

// CountAgain lets the next look at a view's rows count anew, however short ago that was.
func (a *Area) CountAgain(view string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.views[view].counted = time.Time{}
}
