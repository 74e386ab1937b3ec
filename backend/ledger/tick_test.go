package ledger_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"
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
