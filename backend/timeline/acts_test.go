package timeline

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"tracedesk/backend/freight"
)

func deed(fact freight.Fact, typ, text, scope string) freight.Claim {
	return freight.Claim{Fact: fact, Value: freight.Value{Type: typ, Text: text, Scope: scope}}
}

func TestActsAreKeptInOrder(t *testing.T) {
	promise := deed(freight.FactPromise, "customer", "update on the ETA", "task/1")
	promise.Subject, promise.Value.Start = freight.Stop(2), wall(23, 14, 0)
	money := deed(freight.FactMoney, "detention", "approved", "exception/1")
	money.Value.Num, money.Value.Has, money.At = 120, 1, instant(20, 0)
	first := says(user, clockAt(15, 0), deed(freight.FactContact, "reached", "driver", "task/1"), promise)
	first.By = "Ann Lee"
	second := says(user, clockAt(16, 0), deed(freight.FactContact, "voicemail", "dispatcher", "task/1"), money)
	got := fold(second, plan(), first)

	act := func(o freight.Observation, by string, f freight.Fact, typ, text, scope string) freight.Act {
		return freight.Act{Provenance: provenance(&o), By: by, Fact: f, Type: typ, Text: text, Scope: scope}
	}
	want := []freight.Act{
		act(first, "Ann Lee", freight.FactContact, "reached", "driver", "task/1"),
		act(first, "Ann Lee", freight.FactPromise, "customer", "update on the ETA", "task/1"),
		act(second, "ann", freight.FactContact, "voicemail", "dispatcher", "task/1"),
		act(second, "ann", freight.FactMoney, "detention", "approved", "exception/1"),
	}
	want[1].Stop, want[1].At = 2, clockAt(21, 0) // 14:00 in Denver
	want[3].Num, want[3].At = 120, clockAt(20, 0)
	if d := cmp.Diff(want, got.Acts); d != "" {
		t.Errorf("acts (-want +got):\n%s", d)
	}
	if len(got.Others) > 0 {
		t.Errorf("others %+v", got.Others)
	}
	undo := says(user, clockAt(16, 1))
	undo.Retracts = first.ID
	undo.ID = undo.Identify()
	if acts := fold(second, plan(), first, undo).Acts; len(acts) != 2 {
		t.Errorf("after the undo of two acts there are %+v", acts)
	}
}

func TestActsMakeNoStops(t *testing.T) {
	c := deed(freight.FactHandled, "acknowledge", "", "exception/1")
	c.Subject = freight.Stop(7)
	got := fold(says(user, clockAt(15, 0), c))
	if len(got.Stops) != 0 || len(got.Acts) != 1 || got.Acts[0].Stop != 7 {
		t.Errorf("stops %+v, acts %+v", got.Stops, got.Acts)
	}
}

func TestContactsAndPromisesAreNews(t *testing.T) {
	for _, tt := range []struct {
		claim freight.Claim
		want  string
	}{
		{deed(freight.FactContact, "reached", "driver", ""), "Reached driver"},
		{deed(freight.FactContact, "noAnswer", "afterHours", ""), "No answer from the after-hours line"},
		{deed(freight.FactContact, "fax", "dispatcher", ""), "Contact fax dispatcher"},
		{deed(freight.FactPromise, "customer", "an update at 14:00", ""), "Promised customer: an update at 14:00"},
		{deed(freight.FactHandled, "acknowledge", "", "exception/1"), "Load received"},
	} {
		if got := fold(plan(), says(user, clockAt(15, 0), tt.claim)).LastNews; got == nil || got.Text != tt.want {
			t.Errorf("news %+v, want %q", got, tt.want)
		}
	}
}
