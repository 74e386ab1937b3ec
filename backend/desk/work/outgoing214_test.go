package work_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/desk/load"
	"tracedesk/backend/desk/work"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

var morning = time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)

// open is a desk whose clock goes on a minute with every look.
func open(t *testing.T, dir string) *desk.Desk {
	t.Helper()
	now := morning
	d, err := desk.Open(t.Context(), desk.Options{Dir: dir, Person: "Ida", Now: func() time.Time {
		now = now.Add(time.Minute)
		return now
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

// tender puts a load with a pickup in Dallas and a delivery in Phoenix on file, as its TMS tells it.
func tender(t *testing.T, d *desk.Desk, number, scac string) {
	t.Helper()
	of := func(seq int, fact freight.Fact, v freight.Value) freight.Claim {
		return freight.Claim{Subject: freight.Stop(seq), Fact: fact, Value: v}
	}
	o := freight.Observation{Source: freight.Source{Kind: freight.TMS, Account: freight.DefaultTMS}, Channel: freight.ByFile, StatedAt: morning,
		Names: []freight.Reference{{Type: freight.RefLoad, Value: number}},
		Claims: []freight.Claim{{Fact: freight.FactSCAC, Value: freight.Value{Text: scac}},
			{Fact: freight.FactReference, Value: freight.Value{Type: "PRO", Text: "0044" + number, Scope: "SWVL"}},
			{Fact: freight.FactReference, Value: freight.Value{Type: "BOL", Text: "77" + number}},
			of(1, freight.FactStopKind, freight.Value{Text: "pickup"}), of(1, freight.FactPlace, freight.Value{Place: freight.Place{City: "Dallas", State: "TX", Country: "US"}}),
			of(2, freight.FactStopKind, freight.Value{Text: "delivery"}), of(2, freight.FactPlace, freight.Value{Place: freight.Place{City: "Phoenix", State: "AZ", Country: "US"}})}}
	if _, err := d.Ledger.Post(t.Context(), 0, []freight.Observation{o}, nil); err != nil {
		t.Fatal(err)
	}
}

func state(t *testing.T, d *desk.Desk, number string, e load.Edit) string {
	t.Helper()
	said, err := load.New(d).State(t.Context(), number, e)
	if err != nil {
		t.Fatal(err)
	}
	return said.Observation
}

func export(t *testing.T, d *desk.Desk) []string {
	t.Helper()
	var out bytes.Buffer
	if err := work.New(d).Export214(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(out.String(), "~"), "~")
}

func TestExport214(t *testing.T) {
	d := open(t, t.TempDir())
	tender(t, d, "1001", "SWVL")
	tender(t, d, "1002", "") // its carrier has no SCAC
	state(t, d, "1001", load.Edit{Stop: 1, Fact: freight.FactArrived, At: "2026-11-23 08:00"})
	state(t, d, "1001", load.Edit{Stop: 1, Fact: freight.FactArrived, At: "2026-11-23 08:10"})
	state(t, d, "1001", load.Edit{Stop: 1, Fact: freight.FactPickedUp, At: "2026-11-23 08:50"})
	state(t, d, "1001", load.Edit{Stop: 1, Fact: freight.FactDeparted, At: "2026-11-23T15:00:00Z"})
	state(t, d, "1001", load.Edit{Stop: 2, Fact: freight.FactETA, Value: "2026-11-24 07:30", Note: "driver called"})
	state(t, d, "1001", load.Edit{Stop: 2, Fact: freight.FactWindow, Value: "2026-11-24 08:00"})
	state(t, d, "1001", load.Edit{Stop: 2, Fact: freight.FactLoaded, At: "2026-11-24 08:00"})
	state(t, d, "1001", load.Edit{Fact: freight.FactNote, Value: "call before"})
	taken := state(t, d, "1001", load.Edit{Stop: 2, Fact: freight.FactArrived, At: "2026-11-24 07:00"})
	if _, err := work.New(d).Undo(t.Context(), work.UndoRequest{Observation: taken}); err != nil {
		t.Fatal(err)
	}
	state(t, d, "1002", load.Edit{Stop: 1, Fact: freight.FactArrived, At: "2026-11-23 08:00"})
	state(t, d, "1002", load.Edit{Stop: 1, Fact: freight.FactWindow, Value: "2026-11-23 08:00/2026-11-23 10:00"})

	got := export(t, d)
	want := []string{"ST*214*0001", "B10*00441001*1001*SWVL", "L11*771001*BM", "LX*1", "AT7*X3*NS***20261123*0810*CT", "MS1*DALLAS*TX*US",
		"AT7*AF*NS***20261123*0900*CT", "MS1*DALLAS*TX*US", "L11*1*QN", "LX*2", "AT7*AG*NS***20261124*0730*LT", "MS1*PHOENIX*AZ*US",
		"AT7***AB*NS*20261124*0800*LT", "MS1*PHOENIX*AZ*US", "L11*2*QN", "SE*16*0001", "GE*1*3763040", "IEA*1*003763040"}
	if strings.Join(got[2:], "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	out, err := work.New(d).Outgoing214(t.Context())
	if err != nil || out.Statuses != 4 {
		t.Errorf("%d statuses, %v", out.Statuses, err)
	}
	var why []string
	for _, left := range out.LeftOut {
		why = append(why, left.Load+": "+left.Why)
	}
	wantWhy := []string{"1001: It no longer stands: a later word took its place.", "1001: A later entry, 4, says the same of the stop; that one is written.",
		"1001: A 214 does not say loaded of stop 2, which is a delivery.", "1001: A 214 has no word for it: note.",
		"1002: The SCAC is not known; it must be given.", "1002: A 214 gives an appointment as one time, not from and to."}
	if strings.Join(why, "\n") != strings.Join(wantWhy, "\n") {
		t.Errorf("left out:\n%s", strings.Join(why, "\n"))
	}
	acts, err := d.Store.Acts(t.Context(), "outbox", 10)
	if err != nil || len(acts) != 1 || acts[0].Detail != "4 statuses, interchange 003763040" {
		t.Errorf("audit: %+v %v", acts, err)
	}
}

// TestControlNumbersGoOn: no number is used twice, not after a start and not when the bytes never arrived.
func TestControlNumbersGoOn(t *testing.T) {
	dir := t.TempDir()
	d := open(t, dir)
	var fault *desk.Fault
	if err := work.New(d).Export214(t.Context(), &bytes.Buffer{}); !errors.As(err, &fault) || fault.Kind != "conflict" {
		t.Errorf("an empty outbox is told as %v", err)
	}
	tender(t, d, "1001", "SWVL")
	state(t, d, "1001", load.Edit{Stop: 1, Fact: freight.FactArrived, At: "2026-11-23 08:00"})
	export(t, d)
	lost := errors.New("the disk is full")
	if err := work.New(d).Export214(t.Context(), failing{lost}); !errors.Is(err, lost) {
		t.Errorf("a lost file is told as %v", err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	d = open(t, dir)
	if got := export(t, d); got[len(got)-1] != "IEA*1*003762809" { // the first was 3762807, by the floor of that minute
		t.Errorf("the third file ends with %s", got[len(got)-1])
	}
	// An older backup is put in place: the numbers given away since are passed over.
	err := d.Store.Write(t.Context(), func(tx *store.Tx) error { return tx.SetMeta("x12.control", "12") })
	if err != nil {
		t.Fatal(err)
	}
	if got := export(t, d); got[len(got)-1] <= "IEA*1*003760000" { // the floor; this clock began anew with the desk
		t.Errorf("after an older backup a file ends with %s", got[len(got)-1])
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestX12Settings(t *testing.T) {
	d := open(t, t.TempDir())
	tender(t, d, "1001", "SWVL")
	state(t, d, "1001", load.Edit{Stop: 1, Fact: freight.FactArrived, At: "2026-11-23 08:00"})
	a := work.New(d)
	if err := a.SetX12(context.Background(), "", "ACME TMS", ""); err != nil {
		t.Fatal(err)
	}
	if head := export(t, d)[0]; !strings.Contains(head, "*ZZ*TRACEDESK      *ZZ*ACME TMS       *") {
		t.Errorf("header %s", head)
	}
	for _, bad := range []string{"A*B", "X", "ABCDEFGHIJKLMNOP", " TMS"} {
		var fault *desk.Fault
		if err := a.SetX12(t.Context(), bad, "", ""); !errors.As(err, &fault) || fault.Kind != "invalid" {
			t.Errorf("%q is told as %v", bad, err)
		}
	}
}
