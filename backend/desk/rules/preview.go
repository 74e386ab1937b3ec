package rules

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/watch"
)

const (
	usualDays = 7
	mostDays  = 31
	mostHits  = 20 // findings that a kind names on each side
	kept      = 8  // previews that are remembered; the oldest is forgotten first
)

// preview is one under way or done; its fields are guarded by the area's lock.
type preview struct {
	RulePreview
	cancel context.CancelFunc
}

// Preview starts telling what an edit would have flagged in the last days: every load alive in that time is walked under
// the settings of now and under the same with the edit. It goes on after ctx ends.
func (a *Area) Preview(ctx context.Context, t RuleTrial) (RulePreview, error) {
	edit, err := a.checked(ctx, t.Scope, t.Key, t.Value)
	if err != nil {
		return RulePreview{}, err
	}
	days := cmp.Or(t.Days, usualDays)
	if days < 1 || days > mostDays {
		return RulePreview{}, desk.Invalid("A preview looks back 1 to %d days.", mostDays)
	}
	now := a.desk.LedgerAt(t.Now).Now().UTC()
	w := walk{desk: a.desk, edit: edit, from: now.AddDate(0, 0, -days), to: now}
	if err := w.prepare(ctx); err != nil {
		return RulePreview{}, err
	}
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	p := &preview{RulePreview: RulePreview{State: PreviewRunning, Total: len(w.loads)}, cancel: cancel}
	a.mu.Lock()
	a.next++
	p.ID = strconv.Itoa(a.next)
	a.previews[p.ID] = p
	delete(a.previews, strconv.Itoa(a.next-kept))
	started := p.RulePreview
	a.mu.Unlock()
	a.desk.Go(work, "a preview", func(ctx context.Context) error {
		defer cancel()
		outlook, err := w.run(ctx, func(done int) { a.progress(p, done) })
		a.finish(p, outlook, err)
		return nil
	})
	return started, nil
}

func (a *Area) progress(p *preview, done int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	p.Done += done
}

func (a *Area) finish(p *preview, outlook RuleOutlook, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case err == nil:
		p.State, p.Result = PreviewDone, &outlook
	case errors.Is(err, context.Canceled):
		p.State = PreviewCancelled
	default:
		p.State, p.Error = PreviewFailed, err.Error()
	}
}

// Previewed is where a preview stands.
func (a *Area) Previewed(_ context.Context, id string) (RulePreview, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	p, ok := a.previews[id]
	if !ok {
		return RulePreview{}, desk.NotFound("There is no preview %s; ask for it again.", id)
	}
	return p.RulePreview, nil
}

// CancelPreview ends one; one that has ended is left as it is.
func (a *Area) CancelPreview(ctx context.Context, id string) (RulePreview, error) {
	a.mu.Lock()
	p, ok := a.previews[id]
	a.mu.Unlock()
	if ok {
		p.cancel()
	}
	return a.Previewed(ctx, id)
}

// walk goes over the loads alive between two instants.
type walk struct {
	desk          *desk.Desk
	edit          watch.SettingValue
	from, to      time.Time
	before, after ledger.Supposed
	loads         []int64
}

func (w *walk) prepare(ctx context.Context) (err error) {
	l := w.desk.Ledger
	if w.before, err = l.Suppose(ctx, w.to); err != nil {
		return err
	}
	if w.after, err = l.Suppose(ctx, w.to, w.edit); err != nil {
		return err
	}
	if w.loads, err = w.desk.Store.AliveBetween(ctx, w.from, w.to); err != nil {
		return err
	}
	w.loads, err = w.inScope(ctx)
	return err
}

// inScope are the loads on which the edit can make a difference.
func (w *walk) inScope(ctx context.Context) ([]int64, error) {
	kind, name, named := strings.Cut(w.edit.Scope, ":")
	if !named {
		return w.loads, nil
	}
	var list []int64
	for part := range slices.Chunk(w.loads, 500) {
		lines, err := w.desk.Store.Lines(ctx, part)
		if err != nil {
			return nil, err
		}
		for _, load := range part {
			row := lines[load].Row
			if whose := map[string]string{"customer": row.Customer, "carrier": row.Carrier}[kind]; strings.EqualFold(whose, name) {
				list = append(list, load)
			}
		}
	}
	return list, nil
}

// tally is what one worker found.
type tally struct {
	kinds map[string]*RuleKind
	err   error
}

func (w *walk) run(ctx context.Context, progress func(int)) (RuleOutlook, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	todo := make(chan int64)
	tallies := make([]tally, max(1, min(4, runtime.GOMAXPROCS(0))))
	var workers sync.WaitGroup
	for i := range tallies {
		tallies[i].kinds = map[string]*RuleKind{}
		workers.Go(func() {
			for load := range todo {
				if err := w.load(ctx, load, tallies[i].kinds); err != nil {
					tallies[i].err = err
					cancel()
					return
				}
				progress(1)
			}
		})
	}
	func() {
		defer close(todo)
		for _, load := range w.loads {
			select {
			case todo <- load:
			case <-ctx.Done():
				return
			}
		}
	}()
	workers.Wait()
	var failed error
	for i := range tallies {
		if err := tallies[i].err; err != nil && (failed == nil || errors.Is(failed, context.Canceled)) {
			failed = err
		}
	}
	if err := cmp.Or(failed, ctx.Err()); err != nil {
		return RuleOutlook{}, err
	}
	return w.outlook(tallies), nil
}

// load adds what one load would have shown under each.
func (w *walk) load(ctx context.Context, load int64, kinds map[string]*RuleKind) error {
	courses, _, err := w.desk.Ledger.WalkSupposed(ctx, load, w.to, w.before, w.after)
	if err != nil {
		return err
	}
	known, err := w.desk.Store.Load(ctx, load)
	if err != nil {
		return err
	}
	was, is := w.within(courses[0]), w.within(courses[1])
	for i := range was {
		e := was[i]
		k := kindOf(kinds, e.Kind)
		k.Before++
		twin := sameFinding(is, e)
		switch {
		case twin == nil:
			k.OnlyBefore = append(k.OnlyBefore, hit(known.Number, known.UID, e))
		case twin.DetectedAt.Before(e.DetectedAt):
			k.Sooner++
		case twin.DetectedAt.After(e.DetectedAt):
			k.Later++
		}
	}
	for _, e := range is {
		k := kindOf(kinds, e.Kind)
		k.After++
		if sameFinding(was, e) == nil {
			k.OnlyAfter = append(k.OnlyAfter, hit(known.Number, known.UID, e))
		}
	}
	return nil
}

// within are the first findings of each key that were detected in the time looked at.
func (w *walk) within(c freight.Course) []*freight.Episode {
	var list []*freight.Episode
	for i := range c.Episodes {
		e := &c.Episodes[i]
		if !e.DetectedAt.Before(w.from) && sameFinding(list, e) == nil {
			list = append(list, e)
		}
	}
	return list
}

func sameFinding(list []*freight.Episode, e *freight.Episode) *freight.Episode {
	for _, o := range list {
		if o.Key == e.Key {
			return o
		}
	}
	return nil
}

func kindOf(kinds map[string]*RuleKind, name string) *RuleKind {
	k := kinds[name]
	if k == nil {
		k = &RuleKind{Kind: name, Words: watch.KindOf(name).Words}
		kinds[name] = k
	}
	return k
}

func hit(load string, id freight.LoadID, e *freight.Episode) RuleHit {
	return RuleHit{Load: load, LoadID: hex.EncodeToString(id[:]), Stop: e.Stop, Since: desk.Moment(e.Since), At: *desk.Moment(e.DetectedAt), Why: e.Why}
}

// outlook joins what the workers found, in an order that does not depend on them.
func (w *walk) outlook(tallies []tally) RuleOutlook {
	all := map[string]*RuleKind{}
	for i := range tallies {
		for name, k := range tallies[i].kinds {
			sum := kindOf(all, name)
			sum.Before, sum.After, sum.Sooner, sum.Later = sum.Before+k.Before, sum.After+k.After, sum.Sooner+k.Sooner, sum.Later+k.Later
			sum.OnlyBefore, sum.OnlyAfter = append(sum.OnlyBefore, k.OnlyBefore...), append(sum.OnlyAfter, k.OnlyAfter...)
		}
	}
	out := RuleOutlook{From: w.from, To: w.to, Loads: len(w.loads), Scope: w.edit.Scope, Key: w.edit.Key, Value: w.edit.Value, Before: w.now()}
	fewer, more, moved := 0, 0, 0
	for _, k := range watch.Kinds() {
		found := all[k.Name]
		if found == nil {
			continue
		}
		fewer, more, moved = fewer+len(found.OnlyBefore), more+len(found.OnlyAfter), moved+found.Sooner+found.Later
		found.OnlyBefore, found.OnlyAfter = firstHits(found.OnlyBefore), firstHits(found.OnlyAfter)
		out.Kinds = append(out.Kinds, *found)
	}
	slices.SortStableFunc(out.Kinds, func(x, y RuleKind) int { return changed(&y) - changed(&x) })
	out.Says = outlookWords(len(w.loads), fewer, more, moved)
	return out
}

func changed(k *RuleKind) int {
	if len(k.OnlyBefore)+len(k.OnlyAfter)+k.Sooner+k.Later > 0 {
		return 1
	}
	return 0
}

func firstHits(list freight.List[RuleHit]) freight.List[RuleHit] {
	slices.SortFunc(list, func(x, y RuleHit) int {
		return cmp.Or(x.At.Compare(y.At), cmp.Compare(x.Load, y.Load), x.Stop-y.Stop, cmp.Compare(x.Why, y.Why))
	})
	return list[:min(mostHits, len(list))]
}

// now is what holds in the edit's scope without it.
func (w *walk) now() string {
	kind, name, _ := strings.Cut(w.edit.Scope, ":")
	switch kind {
	case "customer":
		return w.before.At(name, "").ValueOf(w.edit.Key)
	case "carrier":
		return w.before.At("", name).ValueOf(w.edit.Key)
	}
	return w.before.At("", "").ValueOf(w.edit.Key)
}

func outlookWords(loads, fewer, more, moved int) string {
	if fewer+more+moved == 0 {
		return "Nothing would have been different on " + strconv.Itoa(loads) + " loads."
	}
	says := "On " + strconv.Itoa(loads) + " loads: " + strconv.Itoa(more) + " more, " + strconv.Itoa(fewer) + " fewer"
	if moved > 0 {
		says += ", " + strconv.Itoa(moved) + " at another time"
	}
	return says + "."
}
