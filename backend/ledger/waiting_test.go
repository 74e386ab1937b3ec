package ledger_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
)

// messages draws records of a TMS, a platform and a carrier about few loads, by numbers that some of them share and some know first;
// many come twice, some cannot be read.
func messages(t *rapid.T, now time.Time) []freight.Record {
	out := make([]freight.Record, rapid.IntRange(1, 40).Draw(t, "records"))
	for i := range out {
		out[i].N = i + 1
		for range rapid.IntRange(0, 3).Draw(t, "observations") {
			out[i].Observations = append(out[i].Observations, message(t, now))
		}
		if rapid.IntRange(0, 5).Draw(t, "fault") == 0 {
			out[i].Faults = []freight.Fault{{Where: fmt.Sprint("row ", i), Reason: "cannot be read", Raw: []byte(fmt.Sprint(i % 3))}}
		}
	}
	return out
}

func message(t *rapid.T, now time.Time) freight.Observation {
	number := func(typ freight.RefType) freight.Reference {
		return freight.Reference{Type: typ, Value: fmt.Sprint(typ, rapid.IntRange(1, 3).Draw(t, "number"))}
	}
	o := freight.Observation{ReceivedAt: now, StatedAt: now.Add(-time.Duration(rapid.IntRange(0, 3).Draw(t, "minutes ago")) * time.Minute)}
	at := freight.When{Basis: freight.Instant, Sec: now.Unix() - int64(rapid.IntRange(0, 3).Draw(t, "at"))}
	status := freight.Claim{Fact: freight.FactStatus, At: at, Value: freight.Value{Text: fmt.Sprint("status ", rapid.IntRange(0, 2).Draw(t, "says"))}}
	switch rapid.IntRange(0, 4).Draw(t, "who") {
	case 0: // a row of the TMS, with the numbers by which others call the load
		bol := number(freight.RefBOL)
		o.Source, o.Snapshot, o.SnapshotKey, o.Names = freight.Source{Kind: freight.TMS, Account: "tms"}, true, "load", []freight.Reference{number(freight.RefLoad)}
		o.Claims = []freight.Claim{status, {Fact: freight.FactReference, Value: freight.Value{Type: string(bol.Type), Text: bol.Value}}}
	case 1:
		o.Source, o.Names = freight.Source{Kind: freight.Project44, Account: "a"}, []freight.Reference{number(freight.RefP44), number(freight.RefBOL)}
		o.Claims = []freight.Claim{{Fact: freight.FactPosition, At: at, Value: freight.Value{Place: freight.Place{Lat: 32, Lon: -96}}}}
	case 2:
		o.Source, o.Names = freight.Source{Kind: freight.Project44, Account: "a"}, []freight.Reference{number(freight.RefP44)}
		o.Claims = []freight.Claim{status, {Fact: freight.FactSCAC, Value: freight.Value{Text: "BLUL"}}}
	case 3:
		o.Source, o.Names = freight.Source{Kind: freight.CarrierSrc, Account: "BLUL"}, []freight.Reference{number(freight.RefPRO), number(freight.RefBOL)}
		o.Claims = []freight.Claim{status}
	case 4: // about nothing that the desk could know
		o.Source, o.Text, o.Claims = freight.Source{Kind: freight.Paper, Account: "p"}, fmt.Sprint(rapid.IntRange(0, 2).Draw(t, "text")), []freight.Claim{status}
	}
	return o
}

// What a run appends waits to be written together. It ends as if each observation had been written at once.
func TestWrittenTogetherIsWrittenOneByOne(t *testing.T) {
	start := time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)
	draw := rapid.Custom(func(t *rapid.T) [][]freight.Record {
		var files [][]freight.Record
		for i := range rapid.IntRange(1, 3).Draw(t, "files") {
			files = append(files, messages(t, start.Add(time.Duration(i)*time.Minute)))
		}
		return files
	})
	for seed := range 12 {
		files := draw.Example(seed)
		wantTables, wantResults := importedBy(t, files, 1)
		for _, atOnce := range []int{3, 256} {
			gotTables, gotResults := importedBy(t, files, atOnce)
			if d := cmp.Diff(wantResults, gotResults); d != "" {
				t.Fatalf("example %d, %d at once: results (-one by one +together):\n%s", seed, atOnce, d)
			}
			if d := cmp.Diff(wantTables, gotTables); d != "" {
				t.Fatalf("example %d, %d at once: tables (-one by one +together):\n%.4000s", seed, atOnce, d)
			}
		}
	}
}

// The numbers of a message that is not yet written lead the next one to its load; those of a message that is on file already, or waits
// to be, lead nowhere.
func TestNumbersOfWhatIsNewAreKnownAtOnce(t *testing.T) {
	p44 := freight.Source{Kind: freight.Project44, Account: "a"}
	says := func(text string, names ...string) freight.Record {
		o := freight.Observation{Source: p44, Claims: []freight.Claim{{Fact: freight.FactStatus, Value: freight.Value{Text: text}}}}
		for _, n := range names {
			typ, value, _ := strings.Cut(n, ":")
			o.Names = append(o.Names, freight.Reference{Type: freight.RefType(typ), Value: value})
		}
		return freight.Record{Observations: []freight.Observation{o}}
	}
	master := string(freight.RefP44) + ":"
	for _, atOnce := range []int{1, 256} {
		t.Run(fmt.Sprint(atOnce, " at once"), func(t *testing.T) {
			defer ledger.WriteAtOnce(atOnce)()
			b := newBench(t, t.TempDir())
			b.sheet("loads.csv", manyLoads(1001, 2), false)
			for i, file := range [][]freight.Record{
				{says("first", master+"M1", "BOL:B1001"), says("second", master+"M1"), says("first", master+"M1", "BOL:NOT1")},
				{says("first", master+"M1", "BOL:NOT2"), says("third", master+"M1", "PO:AND1")},
			} {
				res, err := b.Import(context.Background(), ledger.RunSpec{Name: fmt.Sprint(i), Kind: freight.LoadsFile}, func(yield func(freight.Record, error) bool) {
					for n, rec := range file {
						if rec.N = n + 1; !yield(rec, nil) {
							return
						}
					}
				}, nil)
				if err != nil || res.Duplicates != 1 || res.New != 0 || res.Quarantined != 0 {
					t.Fatal(res, err)
				}
			}
			for number, leads := range map[string]bool{"M1": true, "AND1": true, "NOT1": false, "NOT2": false} {
				hits, err := b.store.RefHits(context.Background(), number, 10)
				if err != nil || (len(hits) == 1) != leads || leads && hits[0].Load != b.id("1001") {
					t.Errorf("%s leads to %v, %v", number, hits, err)
				}
			}
			b.rebuiltEqualsLive()
		})
	}
}

// importedBy imports files into a new desk, a minute apart, and tells all that is on file then and what each run did.
func importedBy(t *testing.T, files [][]freight.Record, atOnce int) (tables map[string][]string, results []string) {
	defer ledger.WriteAtOnce(atOnce)()
	b := newBench(t, t.TempDir())
	defer b.store.Close()
	for i, file := range files {
		res, err := b.Import(context.Background(), ledger.RunSpec{Name: fmt.Sprint(i), Kind: freight.LoadsFile}, func(yield func(freight.Record, error) bool) {
			for _, rec := range file {
				rec.Observations = slices.Clone(rec.Observations)
				if !yield(rec, nil) {
					return
				}
			}
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
		results = append(results, fmt.Sprintf("%+v", res))
		b.now = b.now.Add(time.Minute)
	}
	// A source's number is that of its first look-up.
	return dump(t, b, append(slices.Clone(logTables), projections...), "source"), results
}
