package watch

import (
	"slices"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/freight"
)

// tasksOf are those that are no check calls.
func tasksOf(l *freight.Timeline, now time.Time) []freight.Task {
	return slices.DeleteFunc(tasksTold(l, now), isCall)
}

func contact(at time.Time, kind, whom, scope string) freight.Act {
	return deed(at, scope, freight.FactContact, kind, whom)
}

func TestPapersAreChased(t *testing.T) {
	delivered := func(l *freight.Timeline) {
		l.Papers[freight.POP] = freight.PaperReceived
		l.Stops[1].Delivered, l.State = happened(freight.FactDelivered, central(13, 30)), freight.Delivered
	}
	cases := []struct {
		name     string
		change   func(*freight.Timeline)
		now      time.Time
		key      string // empty: nothing to do
		due      time.Time
		whom     string
		attempts int
	}{
		{"POP two hours after the pickup", nil, central(11, 30), "paper/pop/ask", central(11, 30), "dispatcher", 0},
		{"not before", nil, central(11, 29), "", time.Time{}, "", 0},
		{"POD", delivered, central(15, 30), "paper/pod/ask", central(15, 30), "dispatcher", 0},
		{"asked for", func(l *freight.Timeline) {
			delivered(l)
			l.Acts = []freight.Act{contact(central(15, 40), "sent", "dispatcher", "paper/pod/ask")}
		}, central(16, 0), "", time.Time{}, "", 0},
		{"reminded, though it was asked for", func(l *freight.Timeline) {
			delivered(l)
			l.Acts = []freight.Act{contact(central(15, 40), "sent", "dispatcher", "paper/pod/ask")}
		}, central(19, 30), "paper/pod/remind", central(19, 30), "dispatcher", 0},
		{"called, and again after two hours", func(l *freight.Timeline) {
			delivered(l)
			l.Acts = []freight.Act{contact(central(23, 40), "voicemail", "dispatcher", "paper/pod/call")}
		}, central(24, 0), "paper/pod/call", central(25, 40), "dispatcher", 1},
		{"the next step after three", func(l *freight.Timeline) {
			delivered(l)
			for _, hour := range []int{24, 26, 28} {
				l.Acts = append(l.Acts, contact(central(hour, 0), "noAnswer", "dispatcher", "paper/pod/call"))
			}
		}, central(28, 0), "paper/pod/call", central(30, 0), "afterHours", 3},
		{"on file", func(l *freight.Timeline) { delivered(l); l.Papers[freight.POD] = freight.PaperReceived }, central(30, 0), "", time.Time{}, "", 0},
		{"here, and not verified", func(l *freight.Timeline) {
			delivered(l)
			l.Papers[freight.POD] = freight.PaperReceived
			l.Documents = []freight.DocumentLink{{Kind: freight.POD, State: "received", Provenance: freight.Provenance{ReceivedAt: central(16, 0)}}}
		}, central(19, 30), "paper/pod/remind", central(19, 30), "dispatcher", 0},
		{"here and verified", func(l *freight.Timeline) {
			delivered(l)
			l.Papers[freight.POD] = freight.PaperVerified
			l.Documents = []freight.DocumentLink{{Kind: freight.POD, State: "verified", Provenance: freight.Provenance{ReceivedAt: central(16, 0)}}}
		}, central(30, 0), "", time.Time{}, "", 0},
		{"to be closed", func(l *freight.Timeline) {
			delivered(l)
			l.State = freight.PapersIn
			l.Documents = []freight.DocumentLink{{Kind: freight.POD, Provenance: freight.Provenance{ReceivedAt: central(16, 0)}}}
		}, central(17, 0), "close", central(17, 0), "", 0},
		{"to be closed in an hour", func(l *freight.Timeline) { delivered(l); l.State, l.LastAt = freight.PapersIn, central(16, 0) }, central(16, 59), "", time.Time{}, "", 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			l := toDallas()
			if c.change != nil {
				c.change(l)
			}
			got := tasksOf(l, c.now)
			if c.key == "" {
				if len(got) != 0 {
					t.Fatalf("%+v", got)
				}
				return
			}
			if len(got) != 1 || got[0].Key != c.key || !got[0].Due.Equal(c.due) || got[0].Whom != c.whom || got[0].Attempts != c.attempts || got[0].Why == "" {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestPromises(t *testing.T) {
	made := deed(central(10, 0), "", freight.FactPromise, "ACME", "new ETA")
	made.At, made.Observation = central(14, 0), freight.ObservationID{1}
	id := made.Observation.String()
	cases := []struct {
		name string
		acts []freight.Act
		now  time.Time
		open bool
	}{
		{"not yet", nil, central(13, 44), false},
		{"a quarter of an hour before", nil, central(13, 45), true},
		{"forgotten", nil, central(20, 0), true},
		{"said to be kept", []freight.Act{deed(central(13, 0), id, freight.FactHandled, "kept", "")}, central(20, 0), false},
		{"they were written to", []freight.Act{contact(central(13, 50), "sent", "acme", "call/2/near")}, central(20, 0), false},
		{"they were reached", []freight.Act{contact(central(13, 50), "reached", "ACME", "")}, central(20, 0), false},
		{"somebody else was", []freight.Act{contact(central(13, 50), "reached", "driver", "")}, central(20, 0), true},
		{"voicemail keeps no promise", []freight.Act{contact(central(13, 50), "voicemail", "ACME", "")}, central(20, 0), true},
		{"before it was made", []freight.Act{contact(central(9, 50), "reached", "ACME", "")}, central(20, 0), true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			l := toDallas()
			l.Papers[freight.POP] = freight.PaperReceived
			l.Acts = append([]freight.Act{made}, c.acts...)
			got := tasksOf(l, c.now)
			if (len(got) == 1) != c.open {
				t.Fatalf("%+v", got)
			}
			if c.open && (got[0].Key != "promise/"+id || got[0].Said != "ACME" || !got[0].Due.Equal(central(14, 0)) || got[0].Why != "Promised to ACME by Mon 23 Nov 14:00 CST: new ETA") {
				t.Errorf("%+v", got[0])
			}
		})
	}
	closed := toDallas()
	closed.State, closed.Acts = freight.Closed, []freight.Act{made}
	if got := tasksOf(closed, central(14, 0)); len(got) != 1 {
		t.Errorf("a promise is forgotten when the load is closed: %+v", got)
	}
	l := toDallas()
	l.Acts = []freight.Act{made, made}
	if p := Promises(l); len(p) != 2 || p[0].Key == p[1].Key {
		t.Errorf("two promises of one message: %+v", p)
	}
}

func TestOnlyWhatIsNotKnownIsAsked(t *testing.T) {
	rules := DefaultRules()
	low, high := 33.0, 40.0
	cases := []struct {
		name   string
		change func(*freight.Timeline)
		stop   int
		keys   string
	}{
		{"before the pickup, nothing known", func(l *freight.Timeline) { l.Stops[0].Arrived, l.Stops[0].Departed = nil, nil }, 1, "eta position empty truck trailer driver phone pickupNumber tracking"},
		{"before the pickup, all but one known", func(l *freight.Timeline) {
			l.Stops[0].Arrived, l.Stops[0].Departed = nil, nil
			l.Stops[0].ETA, l.Position = etaOf(central(11, 0), central(9, 30)), positionOf(central(9, 30), 32, -97)
			l.Equipment = map[string]freight.Known{"TRUCK": {Value: "7"}, "TRAILER": {Value: "8"}}
			l.Driver = map[string]freight.Known{"NAME": {Value: "Jo"}, "PHONE": {Value: "555"}}
			l.Refs = []freight.KnownRef{{Reference: freight.Reference{Type: freight.RefPickup, Value: "P1"}}}
			l.Tracking.State = freight.TrackTracking
		}, 1, "empty"},
		{"an old ETA and an old position", func(l *freight.Timeline) {
			l.Stops[1].ETA, l.Position = etaOf(central(13, 0), central(8, 59)), positionOf(central(8, 59), 32, -97)
		}, 2, "eta position moving problem"},
		{"a reefer on the road", func(l *freight.Timeline) {
			l.TempMinF, l.TempMaxF = &low, &high
			l.Stops[1].ETA, l.Position = etaOf(central(13, 0), central(9, 0)), positionOf(central(9, 0), 32, -97)
		}, 2, "moving temperature problem"},
		{"a reefer that was read", func(l *freight.Timeline) {
			l.TempMinF, l.TempMaxF = &low, &high
			l.Readings = []freight.Reading{{At: central(9, 30).Unix(), F: 35}}
			l.Stops[1].ETA, l.Position = etaOf(central(13, 0), central(9, 0)), positionOf(central(9, 0), 32, -97)
		}, 2, "moving problem"},
		{"at the pickup", func(l *freight.Timeline) {
			l.Stops[0].Departed, l.Stops[0].Arrived = nil, happened(freight.FactArrived, central(8, 0))
		}, 1, "loading departed pieces seal pop eta hours"},
		{"at the delivery", func(l *freight.Timeline) { l.Stops[1].Arrived = happened(freight.FactArrived, central(9, 0)) }, 2, "unloading departed lumper pod condition pieces"},
		{"picked up", nil, 1, "pop"},
		{"no such stop", nil, 9, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			l := toDallas()
			if c.change != nil {
				c.change(l)
			}
			var keys []string
			for _, a := range Asks(l, c.stop, central(10, 0), &rules) {
				keys = append(keys, a.Key)
				if a.Text == "" || a.Fact == "" || a.Stop == 0 {
					t.Errorf("%+v lacks something", a)
				}
			}
			if got := strings.Join(keys, " "); got != c.keys {
				t.Errorf("asks %s, want %s", got, c.keys)
			}
		})
	}
}
