package ledger_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// What was found, when it was detected and when it cleared, is the same whether the desk saw it happen or walks the log
// afterwards, whatever reached it in whatever order: words on loads, on carriers and facilities, and changes of the rules.
func TestTheCourseOnFileIsTheWalkOfTheLog(t *testing.T) {
	dirs := t.TempDir()
	n := 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		b := newBench(t, fmt.Sprintf("%s/%d", dirs, n))
		defer b.store.Close()
		var said []freight.ObservationID
		for range rapid.IntRange(3, 9).Draw(r, "steps") {
			b.now = b.now.Add(time.Duration(rapid.IntRange(1, 400).Draw(r, "minutes")) * time.Minute)
			if rapid.IntRange(0, 3).Draw(r, "around") == 0 {
				aroundStep(r, b)
			} else {
				step(r, b, &said)
			}
			if rapid.Bool().Draw(r, "tick") {
				b.tick()
			}
		}
		b.now = b.now.Add(time.Hour)
		b.tick()
		for _, load := range loadsOf(b) {
			if live, walked := b.course(load), b.walked(load); live != walked {
				r.Fatalf("load %d: the course on file differs from the walk of the log:\n%s", load, cmp.Diff(walked, live))
			}
		}
	})
}

// aroundStep is something learned that is not about a load.
func aroundStep(r *rapid.T, b *bench) {
	switch rapid.IntRange(0, 3).Draw(r, "what") {
	case 0:
		b.sheet("carriers.csv", "carrier,scac,insurance_expires,authority\nBlue Line,BLUL,"+
			rapid.SampledFrom([]string{"2026-11-20,active", "2027-11-20,active", "2027-11-20,revoked"}).Draw(r, "carrier")+"\n", false)
	case 1:
		b.sheet("facilities.csv", "facility,city,state,hours\nDock Nine,Dallas,TX,"+
			rapid.SampledFrom([]string{"Mon-Fri 07:00-15:00", "Sat 07:00-15:00"}).Draw(r, "hours")+"\n", false)
	case 2:
		value := fmt.Sprint(rapid.IntRange(1, 600).Draw(r, "minutes of silence"))
		err := b.store.Write(context.Background(), func(tx *store.Tx) error { return tx.SetSetting("global", "rule.silence", value, b.now, "Ida") })
		if err == nil {
			err = b.RulesChanged(context.Background())
		}
		if err != nil {
			r.Fatal(err)
		}
	case 3:
		value := rapid.SampledFrom([]string{"user > tms > carrier, platform", "user > carrier > tms", ""}).Draw(r, "trust")
		key := rapid.SampledFrom([]string{"trust.actuals", "trust.etas", "trust.windows"}).Draw(r, "group")
		err := b.store.Write(context.Background(), func(tx *store.Tx) error { return tx.SetSetting("global", key, value, b.now, "Ida") })
		if err == nil {
			err = b.TrustChanged(context.Background())
		}
		if err != nil {
			r.Fatal(err)
		}
	}
}

func (b *bench) tick() {
	b.t.Helper()
	if _, err := b.Tick(context.Background()); err != nil {
		b.t.Fatal(err)
	}
}

// course is what is on file of a load's findings, walked up to now.
func (b *bench) course(load int64) string {
	b.t.Helper()
	s, err := b.Standing(context.Background(), load, time.Time{}, b.now)
	if err != nil {
		b.t.Fatal(err)
	}
	return episodesOf(b.t, s.Course)
}

func (b *bench) walked(load int64) string {
	b.t.Helper()
	c, _, err := b.Walk(context.Background(), load, b.now)
	if err != nil {
		b.t.Fatal(err)
	}
	return episodesOf(b.t, c)
}

func episodesOf(t testing.TB, c freight.Course) string {
	t.Helper()
	body, err := json.MarshalIndent(c.Episodes, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
