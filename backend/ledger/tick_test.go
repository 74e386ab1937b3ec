package ledger_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/watch"
)

// manyWindows is a sheet of loads under way of which one in two hundred has a window that ends at the same minute (and as many fall due for something else).
func manyWindows(n int, first time.Time) string {
	var b strings.Builder
	b.WriteString("load,customer,carrier,scac,stop,kind,city,state,zone,appt_start,appt_end,refs,status,arrived,departed,pieces,weight_lb\n")
	for i := range n {
		end := first.Add(time.Duration(i%200) * time.Minute)
		load := 100000 + i
		fmt.Fprintf(&b, "%d,Acme %d,Blue Line,BLUL,1,pickup,Dallas,TX,America/Chicago,2026-11-23T06:00:00-06:00,2026-11-23T08:00:00-06:00,BOL:B%d;PRO:P%d,in transit,2026-11-23T07:00:00-06:00,2026-11-23T07:40:00-06:00,20,40000\n",
			load, i%50, load, load)
		fmt.Fprintf(&b, "%d,Acme %d,Blue Line,BLUL,2,delivery,Waco,TX,America/Chicago,%s,%s,,in transit,,,20,40000\n",
			load, i%50, end.Add(-time.Hour).Format(time.RFC3339), end.Format(time.RFC3339))
	}
	return b.String()
}

// After a tick every load stands on file as it does when it is judged anew: its row, its exceptions, what waits and when to look
// again. A tick writes only what it finds to differ.
func TestATickLeavesWhatJudgingAnewTells(t *testing.T) {
	dirs := t.TempDir()
	n := 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		b := newBench(t, fmt.Sprintf("%s/%d", dirs, n))
		defer b.store.Close()
		var said []freight.ObservationID
		for range rapid.IntRange(3, 8).Draw(r, "steps") {
			switch rapid.IntRange(0, 3).Draw(r, "whose") {
			case 0:
				aroundStep(r, b)
			case 1: // nothing but the clock
			default:
				step(r, b, &said)
			}
			b.now = b.now.Add(time.Duration(rapid.IntRange(1, 400).Draw(r, "minutes")) * time.Minute)
			b.tick()
			for _, load := range loadsOf(b) {
				if onFile, anew := b.onFile(load), b.anew(load); onFile != anew {
					r.Fatalf("load %d at %s is on file (-) otherwise than judged anew (+):\n%s", load, b.now, cmp.Diff(onFile, anew))
				}
			}
		}
	})
}

// onFile is what the tables tell of a load.
func (b *bench) onFile(load int64) string {
	b.t.Helper()
	ctx := context.Background()
	line, err := b.store.Line(ctx, load)
	if err != nil {
		b.t.Fatal(err)
	}
	exceptions, err := b.store.ExceptionsOf(ctx, load)
	if err != nil {
		b.t.Fatal(err)
	}
	found := make([]watch.Exception, len(exceptions))
	for i, x := range exceptions {
		if err := cbor.Unmarshal(x.Body, &found[i]); err != nil {
			b.t.Fatal(err)
		}
		if x.Customer != line.Row.Customer || x.State != found[i].State || x.Severity != found[i].Severity.Rank() {
			b.t.Errorf("an exception of %s, %s and severity %d reads as %s, %s and %d", x.Customer, x.State, x.Severity, line.Row.Customer, found[i].State, found[i].Severity.Rank())
		}
	}
	waiting, err := b.store.OpenErrands(ctx)
	if err != nil {
		b.t.Fatal(err)
	}
	var tasks []freight.Errand
	for _, e := range waiting {
		if e.Load == load {
			tasks = append(tasks, e.Errand)
		}
	}
	return b.told(line.Row, found, tasks)
}

// anew is what judging a load now tells of it.
func (b *bench) anew(load int64) string {
	b.t.Helper()
	s, err := b.Standing(context.Background(), load, time.Time{}, b.now)
	if err != nil {
		b.t.Fatal(err)
	}
	tasks := slices.DeleteFunc(s.Course.Errands, func(e freight.Errand) bool { return !e.EndedAt.IsZero() })
	return b.told(ledger.RowOf(s.Load, &s.Timeline, s.Verdict), s.Exceptions, tasks)
}

func (b *bench) told(row freight.BoardRow, found []watch.Exception, tasks []freight.Errand) string {
	b.t.Helper()
	slices.SortFunc(found, func(x, y watch.Exception) int { return strings.Compare(x.ID, y.ID) })
	slices.SortFunc(tasks, func(x, y freight.Errand) int { return strings.Compare(x.Key, y.Key) })
	body, err := json.MarshalIndent(struct {
		Row   freight.BoardRow
		Found []watch.Exception
		Tasks []freight.Errand
	}{row, append([]watch.Exception{}, found...), append([]freight.Errand{}, tasks...)}, "", " ")
	if err != nil {
		b.t.Fatal(err)
	}
	return string(body)
}

// A tick over many live loads judges and stores those that fall due, here one in a hundred; the other benchmark judges all
// of them, which is what a desk without due instants would do each time.
func BenchmarkTickOfOneInAHundred(b *testing.B) { benchmarkTick(b, true) }

func BenchmarkJudgingAllAnew(b *testing.B) { benchmarkTick(b, false) }

const tickLoads = 50_000

func benchmarkTick(b *testing.B, due bool) {
	n := tickLoads
	if testing.Short() {
		n = 5_000
	}
	bench := newBench(b, b.TempDir())
	bench.now = time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)
	first := time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)
	bench.sheet("loads.csv", manyWindows(n, first), false)
	bench.now = first.Add(-80 * time.Minute)
	bench.tick() // what fell due since
	ctx := context.Background()
	judged, minutes := 0, 0
	b.ResetTimer()
	for b.Loop() {
		if due {
			// 75 minutes before the next group's windows end.
			bench.now = first.Add(time.Duration(minutes-75) * time.Minute)
			if minutes++; minutes > 180 {
				b.Fatal("the day is over: fewer rounds, please (-benchtime 100x)")
			}
			count, err := bench.Tick(ctx)
			if err != nil {
				b.Fatal(err)
			}
			judged += count
			continue
		}
		b.StopTimer()
		loads, err := bench.store.LiveLoads(ctx)
		if err != nil {
			b.Fatal(err)
		}
		if err := bench.RulesChanged(ctx); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		count, err := bench.Tick(ctx)
		if err != nil {
			b.Fatal(err)
		}
		if count < len(loads) {
			b.Fatalf("%d of %d were judged", count, len(loads))
		}
		judged += count
	}
	b.ReportMetric(float64(judged)/float64(b.N), "loads/op")
}
