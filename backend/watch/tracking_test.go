package watch

import (
	"strings"
	"testing"
	"time"

	"tracedesk/backend/freight"
)

var macropoint = freight.Source{Kind: freight.MacroPoint}

func toldTracking(state freight.TrackingState, at time.Time, cause string) freight.Tracking {
	return freight.Tracking{State: state, Source: macropoint, At: at, Cause: cause}
}

func TestNotTracking(t *testing.T) {
	named := func(l *trip) { l.SCAC = freight.Known{Value: "ABCD"} }
	none, watched := []string{"tracking.none verify minor"}, []string{"tracking.none waiting watch"}
	moments(t, []moment{
		{"91 min before the window", changed(toMemphis(), named), central(6, 29), nil},
		{"90 min before", changed(toMemphis(), named), central(6, 30), watched},
		{"a minute before the window", changed(toMemphis(), named), central(7, 59), watched},
		{"from its start", changed(toMemphis(), named), central(8, 0), none},
		{"nobody carries it", toMemphis(), central(8, 0), nil},
		{"followed by its carrier's messages", changed(toMemphis(), func(l *trip) { named(l); l.Heard.Carrier = central(1, 0) }), central(8, 0), nil},
		{"though it has a platform's number", changed(toMemphis(), func(l *trip) {
			l.Heard.Carrier = central(1, 0)
			l.Refs = []freight.KnownRef{{Reference: freight.Reference{Type: freight.RefP44, Value: "1"}}}
		}), central(8, 0), none},
		{"pending", changed(toMemphis(), func(l *trip) { l.Tracking = toldTracking(freight.TrackPending, central(1, 0), "1001") }), central(8, 0), none},
		{"a platform says that it tracks", changed(toMemphis(), func(l *trip) { named(l); l.Tracking = toldTracking(freight.TrackTracking, central(7, 0), "") }), central(8, 0), nil},
		{"seen", changed(toMemphis(), named).jump(central(7, 30), littleRock), central(8, 0), nil},
		{"on the road without any window", changed(offMemphis(), func(l *trip) { named(l); l.Stops[0].Window = freight.Window{} }), central(6, 0), none},
	})
	l, rules := changed(toMemphis(), named), DefaultRules()
	rules.TrackAll = false
	if v := moving(t, l.Timeline, nil, central(8, 0), &rules); len(v.Findings) != 0 {
		t.Errorf("a desk without platforms: %q", found(v))
	}
}

func TestTrackingDeniedAndLost(t *testing.T) {
	denied := func(l *trip) { l.Tracking = toldTracking(freight.TrackDenied, central(1, 0), "1052") }
	lost := func(at int) func(*trip) {
		return func(l *trip) { l.Tracking = toldTracking(freight.TrackLost, central(at, 0), "") }
	}
	moments(t, []moment{
		{"denied the evening before", changed(toMemphis(), denied), central(1, 0), []string{"tracking.denied actNow major"}},
		{"denied, and told by messages only", changed(toMemphis(), func(l *trip) { denied(l); l.jump(central(5, 0), littleRock); l.Tellers = []freight.Source{carrier} }), central(6, 0),
			[]string{"tracking.denied actNow major"}},
		{"denied, and seen since", changed(toMemphis(), denied).jump(central(5, 0), littleRock), central(6, 0), nil},
		{"lost before it need be seen", changed(toMemphis(), lost(1)), central(6, 29), nil},
		{"lost once it should be seen", changed(toMemphis(), lost(1)), central(6, 30), []string{"tracking.lost verify minor"}},
		{"lost on the road", changed(offMemphis().drive(littleRock), lost(9)), central(9, 0), []string{"tracking.lost verify minor"}},
		{"lost and found", changed(offMemphis().drive(littleRock), lost(8)), central(8, 30), nil},
	})
	l, rules := changed(toMemphis(), denied), DefaultRules()
	v := moving(t, l.Timeline, nil, central(1, 0), &rules)
	if want := "Tracking is denied, says macropoint Mon 23 Nov 01:00 CST: the driver refused"; v.Attention.Why != want {
		t.Errorf("why %q", v.Attention.Why)
	}
}

func TestEveryStateHasACause(t *testing.T) {
	for _, state := range []freight.TrackingState{freight.TrackDenied, freight.TrackHidden, freight.TrackExpired, freight.TrackFailed, freight.TrackStale,
		freight.TrackLost, freight.TrackPending, freight.TrackReady, freight.TrackEnded} {
		if words := causeWords(&freight.Tracking{State: state}); words == "no cause given" {
			t.Errorf("%s has no cause", state)
		}
	}
	for code, word := range map[string]string{"1053": "hides", "approval_denied": "refused", "1063": "landline", "TIMED_OUT": "gave up", "flat battery": "flat battery"} {
		if got := causeWords(&freight.Tracking{State: freight.TrackLost, Cause: code}); !strings.Contains(got, word) {
			t.Errorf("%s is %q", code, got)
		}
	}
}
