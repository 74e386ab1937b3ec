package watch

import (
	"slices"
	"testing"
	"time"

	"tracedesk/backend/freight"
)

// delivered is the load delivered 13:30 with its POD on file.
func delivered(l *freight.Timeline) {
	l.Stops[1].Delivered, l.State = happened(freight.FactDelivered, central(13, 30)), freight.PapersIn
	l.Papers[freight.POD] = freight.PaperReceived
}

func TestPOPMissing(t *testing.T) {
	missing := func(l *freight.Timeline, _ *freight.Around) {
		l.Papers[freight.POP] = freight.PaperMissing
		farAway(l)
		l.LastNews.At = central(30, 0)
	}
	paper := func(kind string, s freight.PaperState) func(*freight.Timeline, *freight.Around) {
		return func(l *freight.Timeline, a *freight.Around) { missing(l, a); l.Papers[kind] = s }
	}
	waited, chased := []string{"paper.popMissing/1 onPlan watch"}, []string{"paper.popMissing/1 verify minor"}
	table(t, []row{
		{"29 min", missing, central(9, 59), nil},
		{"30 min", missing, central(10, 0), waited},
		{"24 h less a minute", missing, central(33, 29), waited},
		{"24 h", missing, central(33, 30), chased},
		{"received", paper(freight.POP, freight.PaperReceived), central(33, 30), nil},
		{"verified", paper(freight.POP, freight.PaperVerified), central(33, 30), nil},
		{"one that was refused", paper(freight.POP, freight.PaperException), central(33, 30), chased},
		{"the POD is there", paper(freight.POD, freight.PaperReceived), central(33, 30), nil},
		{"not picked up", func(l *freight.Timeline, a *freight.Around) {
			missing(l, a)
			l.Stops[0].Departed, l.Stops[0].Arrived = nil, happened(freight.FactArrived, central(9, 0))
		}, central(10, 30), nil},
		{"one of two pickups done", func(l *freight.Timeline, a *freight.Around) {
			missing(l, a)
			l.Stops[1].Kind = "pickup_delivery"
		}, central(33, 30), nil},
		{"a pickup that nobody told of, delivered", func(l *freight.Timeline, a *freight.Around) {
			missing(l, a)
			l.Stops[0].Departed, l.Stops[0].Window = nil, freight.Window{}
			l.Stops[1].Delivered, l.State = happened(freight.FactDelivered, central(13, 30)), freight.Delivered
		}, central(14, 0), []string{"paper.podMissing/2 waiting watch", "paper.popMissing/1 waiting watch"}},
		{"picked up at a time that cannot be told", func(l *freight.Timeline, a *freight.Around) {
			missing(l, a)
			l.Stops[0].Departed.At = time.Time{}
		}, central(10, 5), waited},
	})
}

// A load under way stays on plan while its POP is only waited for.
func TestWaitingForThePOPIsOnPlan(t *testing.T) {
	l := load()
	l.Papers[freight.POP] = freight.PaperMissing
	v := evaluate(l, central(10, 0))
	if len(v.Findings) != 1 || v.Attention.Level != freight.OnPlan || v.Attention.Why != "Next: delivery Dallas, TX by Mon 23 Nov 14:00 CST" {
		t.Errorf("%+v", v)
	}
}

func TestPODMissing(t *testing.T) {
	missing := func(l *freight.Timeline, _ *freight.Around) {
		delivered(l)
		l.State, l.Papers[freight.POD] = freight.Delivered, freight.PaperMissing
	}
	table(t, []row{
		{"29 min", missing, central(13, 59), nil},
		{"30 min", missing, central(14, 0), []string{"paper.podMissing/2 waiting watch"}},
		{"24 h less a minute", missing, central(37, 29), []string{"paper.podMissing/2 waiting watch"}},
		{"24 h", missing, central(37, 30), []string{"paper.podMissing/2 verify minor"}},
		{"on file", func(l *freight.Timeline, _ *freight.Around) { delivered(l) }, central(37, 30), nil},
	})
}

func TestNotClosed(t *testing.T) {
	says := func(source freight.Source, word string, at time.Time) func(*freight.Timeline, *freight.Around) {
		return func(l *freight.Timeline, _ *freight.Around) {
			delivered(l)
			l.Statuses = []freight.Word{{Fact: freight.FactStatus, Text: word, Provenance: by(source, at)}}
		}
	}
	before, after := central(12, 0), central(13, 50)
	waited := []string{"load.notClosed/2 waiting watch"}
	rows := []row{
		{"29 min", says(tmsSource, "In Transit", before), central(13, 59), nil},
		{"30 min", says(tmsSource, "In Transit", before), central(14, 0), waited},
		{"24 h", says(tmsSource, "In Transit", before), central(37, 30), []string{"load.notClosed/2 verify minor"}},
		{"a word of its own, said before", says(tmsSource, "Rolling", before), central(14, 0), waited},
		{"a word of its own, said since", says(tmsSource, "AR", after), central(14, 0), nil},
		{"no status word", func(l *freight.Timeline, _ *freight.Around) { delivered(l) }, central(37, 30), nil},
		{"a carrier's word", says(carrier, "In Transit", before), central(37, 30), nil},
		{"verified", func(l *freight.Timeline, a *freight.Around) {
			says(tmsSource, "In Transit", before)(l, a)
			l.State = freight.Verified
		}, central(14, 0), waited},
	}
	for _, word := range []string{"Delivered", "DELIVERED - POD REC'D", "Completed", "Complete", "Closed", "Invoiced", "Ready to bill", "Paid", "Unloading complete", "Delivery completed"} {
		rows = append(rows, row{word, says(tmsSource, word, before), central(37, 30), nil})
	}
	for _, word := range []string{"Not delivered", "Out for delivery", "At delivery", "Pickup complete", "Undelivered", "To be delivered"} {
		rows = append(rows, row{word, says(tmsSource, word, before), central(14, 0), waited})
	}
	table(t, rows)
}

// A TMS that closes loads is asked to close this one once its papers are in.
func TestNotClosedThoughItsPapersAreIn(t *testing.T) {
	for _, x := range []struct {
		name, word string
		closes     bool
		pod        freight.PaperState
		at         time.Time
		want       bool
	}{
		{"29 min", "Delivered", true, freight.PaperReceived, central(13, 59), false},
		{"30 min", "Delivered", true, freight.PaperReceived, central(14, 0), true},
		{"verified", "Delivered", true, freight.PaperVerified, central(14, 0), true},
		{"closed", "Completed", true, freight.PaperReceived, central(37, 30), false},
		{"no POD: that is asked for first", "Delivered", true, freight.PaperMissing, central(37, 30), false},
		{"a TMS whose last word is Delivered", "Delivered", false, freight.PaperReceived, central(37, 30), false},
	} {
		l := load()
		delivered(l)
		l.State, l.Papers[freight.POD] = freight.PapersIn, x.pod
		l.Statuses = []freight.Word{{Fact: freight.FactStatus, Text: x.word, Provenance: by(tmsSource, central(13, 40))}}
		rules := DefaultRules()
		rules.Closes = x.closes
		got := slices.ContainsFunc(Evaluate(l, nil, x.at, &rules).Findings, func(f freight.Finding) bool { return f.Kind == "load.notClosed" })
		if got != x.want {
			t.Errorf("%s: found %t", x.name, got)
		}
	}
}

func TestClosesWord(t *testing.T) {
	for _, word := range []string{"Completed", "Closed", "CLOSED - INVOICED", "Billed", "Paid", "Archived"} {
		if !ClosesWord(word) {
			t.Errorf("%q does not close a load", word)
		}
	}
	for _, word := range []string{"Delivered", "Delivery complete", "Unloading complete", "Pickup complete", "Not invoiced", "Uninvoiced", "Ready to bill", "POD received", ""} {
		if ClosesWord(word) {
			t.Errorf("%q closes a load", word)
		}
	}
}
