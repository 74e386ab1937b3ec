package watch

import (
	"strings"
	"testing"
	"time"

	"tracedesk/backend/freight"
)

// What a verified POD notes stays an exception until a person has dealt with it; what others said is answered by it. A refused
// POD is asked for again, one that lies here is not.
func TestWhatAPaperNotes(t *testing.T) {
	delivered := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	done := &freight.KnownTime{At: delivered, Claims: []freight.ToldTime{{At: delivered, Provenance: freight.Provenance{ReceivedAt: delivered, StatedAt: delivered}}}}
	load := func(state freight.LoadState, pod freight.PaperState, by freight.SourceKind, text string) *freight.Timeline {
		t := &freight.Timeline{Number: "1", State: state, Papers: map[string]freight.PaperState{freight.POP: freight.PaperReceived, freight.POD: pod},
			Stops: []freight.StopLine{{Seq: 1, Kind: "pickup", Departed: done}, {Seq: 2, Kind: "delivery", Delivered: done}}}
		if text != "" {
			t.Exceptions = []freight.Word{{Provenance: freight.Provenance{Source: freight.Source{Kind: by}, ReceivedAt: delivered, StatedAt: delivered}, Fact: freight.FactException, Stop: 2, Text: text}}
		}
		return t
	}
	for name, c := range map[string]struct {
		t            *freight.Timeline
		found, chase bool
	}{
		"verified, the paper says short":    {load(freight.Verified, freight.PaperVerified, freight.Paper, "short: 2 CTNS"), true, false},
		"verified, the carrier says short":  {load(freight.Verified, freight.PaperVerified, freight.CarrierSrc, "short"), false, false},
		"verified, nothing said":            {load(freight.Verified, freight.PaperVerified, freight.Paper, ""), false, false},
		"received, the paper says damaged":  {load(freight.PapersIn, freight.PaperReceived, freight.Paper, "damaged: WET"), true, false},
		"refused":                           {load(freight.Delivered, freight.PaperException, freight.Paper, ""), true, true},
		"missing":                           {load(freight.Delivered, freight.PaperMissing, freight.Paper, ""), false, true},
		"received, nobody has looked at it": {load(freight.PapersIn, freight.PaperReceived, freight.Paper, ""), false, false},
	} {
		rules := DefaultRules()
		v := Evaluate(c.t, nil, delivered.Add(5*time.Hour), &rules)
		found, chase := false, false
		for _, f := range v.Findings {
			found = found || f.Kind == "paper.podProblem"
		}
		for _, task := range v.Tasks {
			chase = chase || strings.HasPrefix(task.Key, "paper/pod")
		}
		if found != c.found || chase != c.chase {
			t.Errorf("%s: found %v, chased %v", name, found, chase)
		}
	}
}
