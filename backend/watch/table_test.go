package watch

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/freight"
)

// A row changes the load of load() and says what is found then: key, level and severity of each finding, in order.
type row struct {
	name   string
	change func(*freight.Timeline, *freight.Around)
	now    time.Time
	want   []string
}

func table(t *testing.T, rows []row) {
	t.Helper()
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			l, around := load(), &freight.Around{Facilities: make([]*freight.FacilityFile, 2)}
			if r.change != nil {
				r.change(l, around)
			}
			v := rulesOnly(l, around, r.now)
			complete(t, v)
			if got := told(v); !slices.Equal(got, r.want) {
				t.Errorf("found %q, want %q", got, r.want)
			}
		})
	}
}

// movementKinds are found from where the truck was; they have tests of their own.
var movementKinds = []string{"tracking", "position", "dwell", "detention", "stop", "route", "scan", "temperature"}

func told(v freight.Verdict) (out []string) {
	for _, f := range v.Findings {
		if about, _, _ := strings.Cut(f.Kind, "."); slices.Contains(movementKinds, about) {
			continue
		}
		out = append(out, f.Key+" "+string(f.Level)+" "+string(f.Severity))
	}
	return out
}

var acts = []string{"call", "message", "askPaper", "correct", "compare", "cover", "close", "none"}

// complete checks what every finding must say.
func complete(t interface {
	Helper()
	Errorf(string, ...any)
}, v freight.Verdict) {
	t.Helper()
	for i, f := range v.Findings {
		switch {
		case f.Why == "", f.Since.IsZero(), f.Due.IsZero(), len(f.Inputs) == 0, f.Level.Rank() >= len(freight.Levels), f.Severity.Rank() > 3:
			t.Errorf("%s lacks something: %+v", f.Key, f)
		case f.Next.Text == "" || f.Next.Due.IsZero() || !slices.Contains(acts, f.Next.Act):
			t.Errorf("%s says nothing of what to do: %+v", f.Key, f.Next)
		case KindOf(f.Kind).Words == f.Kind:
			t.Errorf("%s is no kind of the table", f.Kind)
		case slices.ContainsFunc(v.Findings[:i], func(o freight.Finding) bool { return o.Key == f.Key }):
			t.Errorf("%s is found twice", f.Key)
		}
	}
}

// by is the provenance of a word that a source said and the desk received at an instant.
func by(source freight.Source, at time.Time) freight.Provenance {
	return freight.Provenance{Observation: freight.ObservationID{byte(at.Unix()), byte(len(source.Kind))}, Source: source, StatedAt: at, ReceivedAt: at}
}

var (
	tmsSource = freight.Source{Kind: freight.TMS, Account: "tms"}
	platform  = freight.Source{Kind: freight.Project44}
	person    = freight.Source{Kind: freight.User, Account: "ann"}
)

func window(source freight.Source, at, start, end time.Time) freight.ToldWindow {
	return freight.ToldWindow{Provenance: by(source, at), Window: freight.Window{Start: start, End: end}}
}
