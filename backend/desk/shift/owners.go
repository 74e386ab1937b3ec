package shift

import (
	"context"
	"fmt"
	"slices"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/watch"
)

// own gives the open exceptions of lines to who took them, or back to whom they belonged when the sheet was handed over. What
// was resolved or given to another person since stays as it is.
func (a *Area) own(ctx context.Context, lines []HandoverLine, take TakeOver, who string, now time.Time) error {
	for i := range lines {
		l := &lines[i]
		if len(l.Open) == 0 {
			continue
		}
		found, err := a.desk.FindLoad(ctx, l.LoadID)
		if err != nil {
			return err
		}
		s, err := a.desk.Ledger.Standing(ctx, found.ID, time.Time{}, now)
		if err != nil {
			return err
		}
		claims := l.owners(s.Exceptions, take.Back, who)
		if len(claims) == 0 {
			continue
		}
		says := fmt.Sprintf("Load %s: %s took over the shift's open exceptions", l.Load, who)
		if take.Back {
			says = fmt.Sprintf("Load %s: %s gave the shift's open exceptions back", l.Load, who)
		}
		if _, err := a.desk.Do(ctx, desk.Deed{Load: found, Claims: claims, Says: says, Act: "exception assign", As: take.As, Now: take.Now}); err != nil {
			return err
		}
	}
	return nil
}

// owners are the assignments that taking a line, or giving it back, asks for.
func (l *HandoverLine) owners(now []watch.Exception, back bool, who string) (claims []freight.Claim) {
	for _, was := range l.Open {
		i := slices.IndexFunc(now, func(x watch.Exception) bool { return x.ID == was.ID })
		if i < 0 || !now[i].Open() {
			continue
		}
		from, to := was.Owner, who
		if back {
			from, to = to, from
		}
		if now[i].Owner != from || from == to {
			continue
		}
		c := freight.Claim{Fact: freight.FactHandled, Value: freight.Value{Type: "assign", Scope: was.ID, Text: to}}
		if now[i].Stop > 0 {
			c.Subject = freight.Stop(now[i].Stop)
		}
		claims = append(claims, c)
	}
	return claims
}
