package feeds_test

import (
	"context"
	"flag"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tracedesk/backend/connect"
	"tracedesk/backend/desk"
	"tracedesk/backend/feeds"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// coded speaks in codes; the account's setting "codes" says what each means. A line of a body is "LOAD CODE MINUTE", a code in capitals
// is a state that is repeated until it changes. "-" means nothing, "?" cannot be read.
type coded struct{ means map[string]string }

func (coded) Probe(context.Context) (connect.Probe, error) { return connect.Probe{}, nil }
func (coded) Limits() connect.Limits                       { return connect.Limits{} }

func (c coded) Read(b connect.Body) iter.Seq2[freight.Record, error] {
	return func(yield func(freight.Record, error) bool) {
		for line := range strings.Lines(string(b.Bytes)) {
			if strings.HasPrefix(line, "#") {
				continue
			}
			var number, code string
			var minute int
			fmt.Sscan(line, &number, &code, &minute)
			at := freight.At(morning.Add(time.Duration(minute) * time.Minute))
			o := freight.Observation{Names: []freight.Reference{{Type: freight.RefLoad, Value: number}}, StatedAt: morning.Add(time.Duration(minute) * time.Minute)}
			rec := freight.Record{}
			switch means := c.means[strings.ToLower(code)]; {
			case means == "-":
				continue
			case means == "?":
				rec.Faults = []freight.Fault{{Where: line, Reason: "no word of it", Raw: []byte(line)}}
			case strings.ToUpper(code) == code:
				o.Snapshot, o.SnapshotKey, o.StatedAt = true, "state", b.At
				o.Claims = []freight.Claim{{Fact: freight.FactStatus, Value: freight.Value{Text: means}}, {Fact: freight.FactOther, Value: freight.Value{Type: "minute", Text: fmt.Sprint(minute % 3)}}}
			case means == "position":
				o.Claims = []freight.Claim{{Fact: freight.FactPosition, At: at, Value: freight.Value{Place: freight.Place{Lat: 40, Lon: -90 + float64(minute)/100}}}}
			default:
				o.Claims = []freight.Claim{{Subject: freight.Stop(1), Fact: freight.Fact(means), At: at}}
			}
			if len(o.Claims) > 0 {
				rec.Observations = []freight.Observation{o}
			}
			if !yield(rec, nil) {
				return
			}
		}
	}
}

// Whole implements connect.Whole: bodies about "whole" list all arrivals and departures.
func (coded) Whole(about string) bool { return about == "whole" }

func (coded) Listed(o *freight.Observation) string {
	if f := o.Claims[0].Fact; f == freight.FactArrived || f == freight.FactDeparted {
		return o.Names[0].Value + string(f)
	}
	return ""
}

var codedKind = connect.Kind{Name: "coded", Title: "Coded", Source: freight.FourKites, Settings: []connect.Setting{{Key: "codes"}}, New: func(a connect.Account) (connect.Connector, error) {
	c := coded{map[string]string{}}
	for pair := range strings.FieldsSeq(a.Values["codes"]) {
		code, means, _ := strings.Cut(pair, "=")
		c.means[code] = means
	}
	return c, nil
}}

// codedDesk is a desk at which accounts of the coded system can be.
type codedDesk struct {
	t      *testing.T
	desk   *desk.Desk
	engine *feeds.Engine
	now    time.Time
}

func newCodedDesk(t *testing.T) *codedDesk {
	d := &codedDesk{t: t, now: morning}
	var err error
	if d.desk, err = desk.Open(t.Context(), desk.Options{Dir: t.TempDir(), Person: "Ida", Scratch: true, Now: func() time.Time { return d.now }}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.desk.Close() })
	d.start()
	return d
}

// start begins anew with what is on file.
func (d *codedDesk) start() {
	d.engine = feeds.New(feeds.Options{Kinds: []connect.Kind{codedKind}, Store: d.desk.Store, Poster: d.desk.FeedPoster(), Now: func() time.Time { return d.now }})
}

func (d *codedDesk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *codedDesk) add(name, codes string) {
	d.t.Helper()
	_, err := d.engine.Add(d.t.Context(), feeds.Account{Name: name, Kind: "coded", Enabled: true, Values: map[string]string{"codes": codes}}, "Ida")
	d.must(err)
}

func (d *codedDesk) read(name string, bodies []string, from int) {
	d.readAbout("all", name, bodies, from)
}

// readAbout reads answers about a thing; those about "whole" were asked for of load 7000.
func (d *codedDesk) readAbout(about, name string, bodies []string, from int) {
	d.t.Helper()
	for i, text := range bodies {
		d.now = morning.Add(time.Duration(from+i) * time.Hour)
		if about == "whole" {
			d.keep(name, text)
		} else {
			d.must(d.engine.Deposit(d.t.Context(), name, connect.Body{Media: "text/plain", About: about, Bytes: []byte(text)}))
		}
	}
	_, err := d.engine.ReadDeposits(d.t.Context(), name)
	d.must(err)
}

func (d *codedDesk) keep(name, text string) {
	d.t.Helper()
	f, err := d.desk.Store.Feed(d.t.Context(), name)
	d.must(err)
	var load int64
	if l, err := d.desk.FindLoad(d.t.Context(), "7000"); err == nil {
		load = l.ID
	}
	b, err := store.PackBody(store.RawBody{Feed: f.ID, Load: load, About: "whole", Media: "text/plain", Bytes: []byte(text), ReceivedAt: d.now})
	d.must(err)
	d.must(d.desk.Store.Write(d.t.Context(), func(tx *store.Tx) error { _, err := tx.KeepBody(&b); return err }))
}

func (d *codedDesk) mend(name, codes string) feeds.SyncResult {
	d.t.Helper()
	d.now = morning.AddDate(0, 0, 1)
	d.must(d.engine.Change(d.t.Context(), name, feeds.Account{Enabled: true, Values: map[string]string{"codes": codes}}, "Ida"))
	res, err := d.engine.Replay(d.t.Context(), name, time.Time{}, nil)
	d.must(err)
	return res
}

// says is what stands of what an account said of loads, and how many observations are on file of it.
func (d *codedDesk) says(name string, loads []string) (words string, onFile int) {
	d.t.Helper()
	var out []string
	for _, number := range loads {
		l, err := d.desk.FindLoad(d.t.Context(), number)
		d.must(err)
		log, err := d.desk.Store.Observations(d.t.Context(), l.ID, time.Time{})
		d.must(err)
		gone := desk.TakenBack(log)
		for i := range log {
			o := &log[i]
			if o.Source.Account != name {
				continue
			}
			if onFile++; gone[o.ID] || !o.Retracts.IsZero() {
				continue
			}
			line := fmt.Sprint(number, " ", o.StatedAt.Format("15:04"), " ", o.SnapshotKey)
			for _, c := range o.Claims {
				line += fmt.Sprintf(" | %s %s %q %v %d none=%t", c.Subject.Stop.Side, c.Fact, c.Value.Text, c.Value.Place.Lon, c.At.Sec, c.Value.None)
			}
			out = append(out, line)
		}
	}
	slices.Sort(out)
	return strings.Join(out, "\n"), onFile
}

func (d *codedDesk) waiting(name string) (out []string) {
	d.t.Helper()
	items, err := d.desk.Store.Quarantined(d.t.Context(), "open", time.Time{}, 10_000)
	d.must(err)
	for _, it := range items {
		if it.Source.Account == name {
			out = append(out, string(it.Raw))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// few lets a property over a real desk try fewer cases than the usual hundred, unless -rapid.checks says otherwise.
func few(t *testing.T) {
	t.Helper()
	checks := flag.Lookup("rapid.checks").Value
	if was := checks.String(); was == "100" {
		t.Cleanup(func() { _ = checks.Set(was) })
		if err := checks.Set("20"); err != nil {
			t.Fatal(err)
		}
	}
}

// oneState lets a body tell one state of a load: what is said at one instant has no order, so which of two stands is not told.
func oneState(line string) string {
	if load, code, _ := strings.Cut(line, " "); strings.ContainsAny(code, "ABC") {
		return load
	}
	return line
}

// Whatever was read by one mapping and whatever by the next: read anew, what is on file is what a first reading gives. Done twice it
// changes nothing, and the first mapping brings back what was.
func TestReadAnewIsAFirstReading(t *testing.T) {
	few(t)
	d := newCodedDesk(t)
	n := 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		loads := []string{fmt.Sprint(n*10 + 90000), fmt.Sprint(n*10 + 90001)}
		for _, number := range loads {
			o := freight.Observation{Source: freight.Source{Kind: freight.TMS, Account: freight.DefaultTMS}, StatedAt: morning, Names: []freight.Reference{{Type: freight.RefLoad, Value: number}},
				Claims: []freight.Claim{{Subject: freight.Stop(1), Fact: freight.FactStopKind, Value: freight.Value{Text: "pickup"}}}}
			_, err := d.desk.Ledger.Post(t.Context(), 0, []freight.Observation{o}, nil)
			d.must(err)
		}
		line := rapid.Custom(func(r *rapid.T) string {
			return fmt.Sprintf("%s %s %d", rapid.SampledFrom(loads).Draw(r, "load"), rapid.SampledFrom([]string{"a", "b", "c", "A", "B", "C"}).Draw(r, "code"), rapid.IntRange(0, 9).Draw(r, "minute"))
		})
		body := rapid.Custom(func(r *rapid.T) string {
			return strings.Join(rapid.SliceOfNDistinct(line, 1, 3, oneState).Draw(r, "lines"), "\n")
		})
		bodies := rapid.SliceOfNDistinct(body, 1, 4, rapid.ID[string]).Draw(r, "bodies")
		mapping := rapid.Custom(func(r *rapid.T) string {
			means := rapid.SampledFrom([]string{"arrived", "departed", "loaded", "position", "-", "?"})
			return fmt.Sprintf("a=%s b=%s c=%s", means.Draw(r, "a"), means.Draw(r, "b"), means.Draw(r, "c"))
		})
		first, second := mapping.Draw(r, "first"), mapping.Draw(r, "second")
		split := rapid.IntRange(0, len(bodies)).Draw(r, "split")

		mended, fresh, before := fmt.Sprint("mended", n), fmt.Sprint("fresh", n), fmt.Sprint("before", n)
		d.add(mended, first)
		d.read(mended, bodies[:split], 0)
		d.must(d.engine.Change(t.Context(), mended, feeds.Account{Enabled: true, Values: map[string]string{"codes": second}}, "Ida"))
		d.read(mended, bodies[split:], split)
		d.mend(mended, second)
		d.add(fresh, second)
		d.read(fresh, bodies, 0)
		got, onFile := d.says(mended, loads)
		want, _ := d.says(fresh, loads)
		if got != want {
			r.Fatalf("read anew it says\n%s\na first reading says\n%s", got, want)
		}
		if a, b := fmt.Sprint(d.waiting(mended)), fmt.Sprint(d.waiting(fresh)); a != b {
			r.Fatalf("in quarantine are %s, after a first reading %s", a, b)
		}
		if res := d.mend(mended, second); res.New != 0 || res.Back != 0 {
			r.Fatalf("a second time it changed something: %+v", res)
		}
		if again, n := d.says(mended, loads); again != got || n != onFile {
			r.Fatalf("a second time there are %d observations instead of %d:\n%s", n, onFile, again)
		}
		d.mend(mended, first)
		d.add(before, first)
		d.read(before, bodies, 0)
		got, _ = d.says(mended, loads)
		if want, _ = d.says(before, loads); got != want {
			r.Fatalf("back at the first mapping it says\n%s\na first reading says\n%s", got, want)
		}
	})
}

// What a person took back stays taken back, and what was drawn from bodies that are kept no more is left as it is.
func TestReadAnewLeavesTheRest(t *testing.T) {
	d := newCodedDesk(t)
	d.add("acme", "a=arrived b=departed")
	loads := []string{"7000"}
	d.read("acme", []string{"7000 a 1", "7000 b 2"}, 0)
	f, err := d.desk.Store.Feed(t.Context(), "acme")
	d.must(err)
	d.must(d.desk.Store.Write(t.Context(), func(tx *store.Tx) error {
		_, _, err := tx.EraseBodies(time.Time{}, morning.Add(time.Minute), 10)
		return err
	}))
	l, err := d.desk.FindLoad(t.Context(), "7000")
	d.must(err)
	log, err := d.desk.Store.Observations(t.Context(), l.ID, time.Time{})
	d.must(err)
	for i := range log {
		if log[i].Claims[0].Fact == freight.FactDeparted {
			undo := freight.Observation{Source: freight.Source{Kind: freight.User, Account: "Ida"}, By: "Ida", Retracts: log[i].ID}
			_, err := d.desk.Ledger.Post(t.Context(), l.ID, []freight.Observation{undo}, nil)
			d.must(err)
		}
	}
	before, _ := d.says("acme", loads)
	if res := d.mend("acme", "a=loaded b=-"); res.Pulled != 1 {
		t.Errorf("%d bodies were read of feed %d, one is kept", res.Pulled, f.ID)
	}
	if now, _ := d.says("acme", loads); now != before || !strings.Contains(now, "arrived") {
		t.Errorf("of a body that is gone it says\n%s\nit said\n%s", now, before)
	}
	d.mend("acme", "a=arrived b=departed")
	if now, _ := d.says("acme", loads); now != before {
		t.Errorf("what Ida took back stands again:\n%s", now)
	}
}
