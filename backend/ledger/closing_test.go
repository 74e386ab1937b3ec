package ledger_test

import (
	"testing"
	"time"

	"tracedesk/backend/store"
	"tracedesk/backend/watch"
)

// A TMS that closes one load is asked to close the next whose papers are in; what a person set stands.
func TestTheDeskLearnsThatItsTMSClosesLoads(t *testing.T) {
	head := "load,stop,kind,city,state,zone,appt_start,appt_end,status,arrived,departed,pod\n"
	trip := func(load, status string) string {
		return load + ",1,pickup,Dallas,TX,America/Chicago,2026-11-20T06:00:00-06:00,2026-11-20T08:00:00-06:00," + status + ",2026-11-20T07:00:00-06:00,2026-11-20T07:40:00-06:00,\n" +
			load + ",2,delivery,Waco,TX,America/Chicago,2026-11-20T10:00:00-06:00,2026-11-20T12:00:00-06:00," + status + ",2026-11-20T10:10:00-06:00,2026-11-20T10:40:00-06:00,received\n"
	}
	open := func(b *bench, load string) bool {
		for _, f := range b.load(load).Verdict.Findings {
			if f.Kind == "load.notClosed" {
				return true
			}
		}
		return false
	}
	for _, set := range []string{"", "no"} {
		b := newBench(t, t.TempDir())
		if set != "" {
			err := b.store.Write(t.Context(), func(tx *store.Tx) error { return tx.SetSetting("global", "rule."+watch.ClosesKey, set, b.now, "Ida") })
			if err != nil {
				t.Fatal(err)
			}
		}
		b.sheet("one.csv", head+trip("L1", "Delivered"), false)
		if open(b, "L1") {
			t.Error("nobody knows yet that this TMS closes loads")
		}
		b.now = b.now.Add(time.Hour)
		b.sheet("two.csv", head+trip("L1", "Delivered")+trip("L2", "Completed"), false)
		b.now = b.now.Add(time.Minute)
		if got := open(b, "L1"); got != (set == "") {
			t.Errorf("set %q: L1 is asked to be closed: %t", set, got)
		}
		if open(b, "L2") {
			t.Error("L2 is closed")
		}
		b.rebuiltEqualsLive()
		b.store.Close()
	}
}
