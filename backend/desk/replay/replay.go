package replay

import (
	"cmp"
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// Arrival is one file that reaches the scratch desk.
type Arrival struct {
	At      time.Time
	Path    string
	Profile string
	Full    bool
}

// Import takes a file into the scratch desk with its clock at an instant.
type Import func(ctx context.Context, a Arrival) error

// Findings are every episode of every finding, each on a line of its own.
type Findings struct {
	Findings freight.List[Finding] `json:"findings"`
}

// Finding is one episode. A finding that came back is another line. Stop 0 is the load as a whole; clearedAt is null while it
// held at the end.
type Finding struct {
	Load       string           `json:"load"`
	Stop       int              `json:"stop"`
	Kind       string           `json:"kind"`
	Severity   freight.Severity `json:"severity"`
	Since      time.Time        `json:"since"`
	DetectedAt time.Time        `json:"detectedAt"`
	ClearedAt  *time.Time       `json:"clearedAt"`
	Why        string           `json:"why"`
}

// Errand is one task of the replayed days: a check call that was due or covered, a promise, a paper to chase.
type Errand struct {
	Load string
	freight.Errand
}

// Outcome is what the rules would have told.
type Outcome struct {
	Findings []Finding
	Errands  []Errand
}

// Run plays a manifest into a scratch desk and walks every load to its end. progress is told after each step and may be nil.
func Run(ctx context.Context, scratch *desk.Desk, imp Import, m Manifest, progress func(done, total int)) (Outcome, error) {
	for i, step := range m.Steps {
		for _, path := range step.Import {
			if err := imp(ctx, Arrival{At: step.At, Path: path, Profile: m.Profile, Full: slices.Contains(step.Full, path)}); err != nil {
				return Outcome{}, err
			}
		}
		if progress != nil {
			progress(i+1, len(m.Steps))
		}
	}
	return walkAll(ctx, scratch, m.End)
}

// walkAll walks the loads of a desk to an instant.
func walkAll(ctx context.Context, d *desk.Desk, until time.Time) (Outcome, error) {
	loads, err := d.Store.AllLoads(ctx)
	if err != nil {
		return Outcome{}, err
	}
	work := make(chan int64)
	var mu sync.Mutex
	var out Outcome
	var failed error
	var walkers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		walkers.Go(func() {
			for load := range work {
				course, t, err := d.Ledger.Walk(ctx, load, until)
				mu.Lock()
				if err != nil {
					failed = err
				}
				out.add(t.Number, course)
				mu.Unlock()
			}
		})
	}
	for _, load := range loads {
		work <- load
	}
	close(work)
	walkers.Wait()
	out.order()
	return out, failed
}

func (o *Outcome) add(number string, c freight.Course) {
	for i := range c.Episodes {
		e := &c.Episodes[i]
		f := Finding{Load: number, Stop: e.Stop, Kind: e.Kind, Severity: e.Severity, Since: e.Since, DetectedAt: e.DetectedAt, Why: e.Why}
		if !e.Open() {
			f.ClearedAt = &e.ClearedAt
		}
		o.Findings = append(o.Findings, f)
	}
	for _, e := range c.Errands {
		o.Errands = append(o.Errands, Errand{number, e})
	}
}

func (o *Outcome) order() {
	slices.SortFunc(o.Findings, func(a, b Finding) int {
		return cmp.Or(a.DetectedAt.Compare(b.DetectedAt), cmp.Compare(a.Load, b.Load), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Stop, b.Stop), cmp.Compare(a.Why, b.Why))
	})
	slices.SortFunc(o.Errands, func(a, b Errand) int {
		return cmp.Or(a.BeganAt.Compare(b.BeganAt), cmp.Compare(a.Load, b.Load), cmp.Compare(a.Key, b.Key))
	})
}

// Inherit gives a scratch desk the settings and mappings of the desk in a folder, as if they had always been so.
func Inherit(ctx context.Context, scratch *desk.Desk, dir string) error {
	from, err := store.Open(ctx, dir, store.ReadOnly)
	if err != nil {
		return err
	}
	defer from.Close()
	settings, err := from.SettingVersions(ctx, "")
	if err != nil {
		return err
	}
	profiles, err := from.Profiles(ctx)
	if err != nil {
		return err
	}
	err = scratch.Store.Write(ctx, func(tx *store.Tx) error {
		for _, s := range settings {
			if err := tx.SetSetting(s.Scope, s.Key, s.Value, time.Unix(0, 1), s.By); err != nil {
				return err
			}
		}
		for _, p := range profiles {
			if err := tx.SaveProfile(p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return errors.Join(scratch.Ledger.RulesChanged(ctx), scratch.Ledger.TrustChanged(ctx))
}
