package x12

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"tracedesk/backend/freight"
)

// outgoing is an interchange that shows every form of a status.
func outgoing() Interchange {
	dallas := freight.Place{City: "Dallas", State: "TX", Country: "US"}
	montreal := freight.Place{City: "Montréal", State: "QC", Country: "CA"}
	base := Status{Load: "480100", PRO: "004410014", BOL: "7700013", SCAC: "SWVL", Zone: "America/Chicago", Place: dallas, Stop: 1}
	with := func(s Status, code string, w freight.When) Status {
		s.Code, s.When = code, w
		return s
	}
	second := base
	second.Stop, second.Zone, second.Place = 2, "America/Toronto", montreal
	late := with(second, "SD", freight.Wall(2026, 11, 24, 9, 0, 0))
	late.Reason = "AO"
	bare := Status{Load: "480101", SCAC: "AB", Zone: "America/Phoenix"}
	billed := Status{Load: "480102", BOL: "B-1/2", SCAC: "SWVL", Zone: "America/New_York", Place: freight.Place{City: "New York", State: "NY"}, Stop: 2}
	return Interchange{Sender: Party{ID: "TRACEDESK"}, Receiver: Party{Qualifier: "02", ID: "TMS"}, Control: 42,
		At: time.Date(2026, 11, 23, 20, 5, 0, 0, time.UTC),
		Statuses: []Status{
			with(base, "X3", freight.Wall(2026, 11, 23, 8, 10, 0)),
			with(base, "AF", freight.At(time.Date(2026, 11, 23, 15, 30, 20, 0, time.UTC))),
			with(second, "AG", freight.Day(2026, 11, 24)),
			late,
			with(bare, "X1", freight.Wall(2026, 7, 1, 14, 0, 0)),
			with(billed, "AB", freight.Wall(2026, 11, 25, 7, 0, 0)),
			with(billed, "D1", freight.At(time.Date(2026, 11, 1, 6, 30, 0, 0, time.UTC))), // 01:30 for the second time that night
		}}
}

func TestWrite214(t *testing.T) {
	var got bytes.Buffer
	if err := Write214(&got, outgoing()); err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/written_214.edi"
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("differs from %s; run with -update if it is right. Got:\n%s", golden, strings.ReplaceAll(got.String(), "~", "~\n"))
	}
	if got.Bytes()[105] != '~' || got.Bytes()[104] != '>' {
		t.Errorf("ISA is not 106 bytes: %.120s", got.String())
	}
}

func TestWriteRefuses(t *testing.T) {
	for name, spoil := range map[string]func(*Interchange){
		"a separator in a load number":  func(in *Interchange) { in.Statuses[0].Load = "48*100" },
		"a terminator in a PRO":         func(in *Interchange) { in.Statuses[0].PRO = "1~2" },
		"a component mark in a BOL":     func(in *Interchange) { in.Statuses[0].BOL = "1>2" },
		"a letter that is not ASCII":    func(in *Interchange) { in.Statuses[0].Load = "48É" },
		"a line break":                  func(in *Interchange) { in.Statuses[0].BOL = "1\n2" },
		"a number too long":             func(in *Interchange) { in.Statuses[0].PRO = strings.Repeat("1", 31) },
		"a blank at the end":            func(in *Interchange) { in.Statuses[0].Load = "480100 " },
		"no load number":                func(in *Interchange) { in.Statuses[0].Load = "" },
		"no SCAC":                       func(in *Interchange) { in.Statuses[0].SCAC = "" },
		"an unknown status":             func(in *Interchange) { in.Statuses[0].Code = "ZZ" },
		"an unknown reason":             func(in *Interchange) { in.Statuses[0].Reason = "QQ" },
		"no time":                       func(in *Interchange) { in.Statuses[0].When = freight.When{} },
		"a time in a zone of its own":   func(in *Interchange) { in.Statuses[0].When = freight.WallIn("Asia/Tokyo", 2026, 1, 1, 0, 0, 0) },
		"a year nobody means":           func(in *Interchange) { in.Statuses[0].When = freight.Wall(26, 1, 1, 0, 0, 0) },
		"a stop before the first":       func(in *Interchange) { in.Statuses[0].Stop = -1 },
		"nothing to say":                func(in *Interchange) { in.Statuses = nil },
		"no control number":             func(in *Interchange) { in.Control = 0 },
		"a control number of ten":       func(in *Interchange) { in.Control = MaxControl + 1 },
		"no sender":                     func(in *Interchange) { in.Sender.ID = "" },
		"a receiver of 16 characters":   func(in *Interchange) { in.Receiver.ID = "ABCDEFGHIJKLMNOP" },
		"a qualifier of one character":  func(in *Interchange) { in.Sender.Qualifier = "Z" },
		"a separator in the receiver":   func(in *Interchange) { in.Receiver.ID = "T*MS" },
		"the last of several, not else": func(in *Interchange) { in.Statuses[len(in.Statuses)-1].Load = "" },
	} {
		t.Run(name, func(t *testing.T) {
			in := outgoing()
			spoil(&in)
			var out bytes.Buffer
			if err := Write214(&out, in); err == nil || out.Len() > 0 {
				t.Errorf("error %v, %d bytes written", err, out.Len())
			}
		})
	}
	broken := errors.New("the disk is full")
	if err := Write214(full{broken}, outgoing()); !errors.Is(err, broken) {
		t.Errorf("a failing writer is told as %v", err)
	}
}

type full struct{ err error }

func (f full) Write([]byte) (int, error) { return 0, f.err }

// TestStatusCodesAreRead: what a code is written for, the reader understands by it.
func TestStatusCodesAreRead(t *testing.T) {
	for fact := range codes214 {
		for _, kind := range []string{"pickup", "delivery", "pickup_delivery", "relay", ""} {
			code, ok := StatusCode(fact, kind)
			if !ok {
				continue
			}
			in := outgoing()
			in.Statuses = in.Statuses[:1]
			in.Statuses[0].Code = code
			o := readBack(t, in)[0].Observations[0]
			c, found := claimOf(&o, fact)
			if !found || c.Subject.Stop.Seq != 1 || kind != "pickup_delivery" && string(c.Subject.Stop.Side) != kind {
				t.Errorf("%s at a %s is written as %s and read as %+v", fact, kind, code, o.Claims)
			}
		}
	}
	for _, none := range []struct {
		fact freight.Fact
		kind string
	}{{freight.FactArrived, "relay"}, {freight.FactArrived, ""}, {freight.FactLoaded, "delivery"}, {freight.FactDelivered, "pickup"}, {freight.FactNote, "pickup"}} {
		if code, ok := StatusCode(none.fact, none.kind); ok {
			t.Errorf("%s at a %q is %s", none.fact, none.kind, code)
		}
	}
}

func claimOf(o *freight.Observation, fact freight.Fact) (freight.Claim, bool) {
	for _, c := range o.Claims {
		if c.Fact == fact {
			return c, true
		}
	}
	return freight.Claim{}, false
}

// readBack reads what is written of an interchange; nothing in it may be odd.
func readBack(t interface {
	Fatal(...any)
	Fatalf(string, ...any)
}, in Interchange) (records []freight.Record) {
	var out bytes.Buffer
	if err := Write214(&out, in); err != nil {
		t.Fatal(err)
	}
	odd := func(note string) {
		if !in.Test {
			t.Fatalf("%s in %s", note, out.String())
		}
	}
	for rec, err := range Read(bytes.NewReader(out.Bytes()), Options{Notes: odd}) {
		if err != nil || len(rec.Faults) > 0 {
			t.Fatalf("%v %+v in %s", err, rec.Faults, out.String())
		}
		rec.Observations = append([]freight.Observation(nil), rec.Observations...)
		records = append(records, rec)
	}
	return records
}

// TestReadOfWrite: Read(Write(x)) is x in meaning, by property.
func TestReadOfWrite(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := Interchange{Sender: Party{ID: number214.Draw(t, "sender") + "1"}, Receiver: Party{ID: "TMS"}, Control: rapid.IntRange(1, MaxControl).Draw(t, "control"),
			At: time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "at"), 0), Test: rapid.Bool().Draw(t, "test"), Statuses: rapid.SliceOfN(status214, 1, 12).Draw(t, "statuses")}
		records := readBack(t, in)
		loads := grouped(in.Statuses, func(s *Status) shipment { return shipment{s.Load, s.PRO, s.BOL, s.SCAC} })
		if len(records) != len(loads) {
			t.Fatalf("%d sets of %d loads", len(records), len(loads))
		}
		for i, told := range loads {
			var inOrder []Status
			for _, stop := range grouped(told, func(s *Status) int { return s.Stop }) {
				inOrder = append(inOrder, stop...)
			}
			if len(records[i].Observations) != len(inOrder) {
				t.Fatalf("%d observations of %d statuses", len(records[i].Observations), len(inOrder))
			}
			for j := range inOrder {
				sameMeaning(t, &inOrder[j], &records[i].Observations[j])
			}
		}
	})
}

var (
	number214 = rapid.StringMatching(`[A-Z0-9a-z][A-Za-z0-9 ./_:#-]{0,8}[A-Z0-9]`)
	zones214  = []string{"", "America/New_York", "America/Detroit", "America/Chicago", "America/Denver", "America/Boise", "America/Phoenix",
		"America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu", "America/Toronto", "America/St_Johns", "Europe/Berlin", "UTC-06:00", "Australia/Lord_Howe"}
	places214 = []freight.Place{{}, {City: "Dallas", State: "TX"}, {City: "Montréal", State: "qc", Country: "CA"}, {City: "Łódź", Country: "PL"},
		{City: "A*B~C>D", State: "TX"}, {City: "Monterrey", State: "NLE", Country: "MEX"}, {City: "El Paso", State: "Texas"}, {City: "\x00\xff"}}
	status214 = rapid.Custom(func(t *rapid.T) Status {
		s := Status{Load: number214.Draw(t, "load"), SCAC: rapid.StringMatching(`[A-Z]{2,4}`).Draw(t, "scac"), Zone: rapid.SampledFrom(zones214).Draw(t, "zone"),
			Place: rapid.SampledFrom(places214).Draw(t, "place"), Stop: rapid.IntRange(0, 4).Draw(t, "stop"),
			Code:   rapid.SampledFrom([]string{"X3", "X1", "CP", "AF", "CD", "D1", "A1", "AG", "AA", "AB", "SD"}).Draw(t, "code"),
			Reason: rapid.SampledFrom([]string{"", "NS", "AO"}).Draw(t, "reason"), When: when214.Draw(t, "when")}
		if rapid.Bool().Draw(t, "few loads") {
			s.Load, s.SCAC = "480100", "SWVL"
		}
		if rapid.Bool().Draw(t, "has PRO") {
			s.PRO = number214.Draw(t, "pro")
		}
		if rapid.Bool().Draw(t, "has BOL") {
			s.BOL = number214.Draw(t, "bol")
		}
		return s
	})
	when214 = rapid.Custom(func(t *rapid.T) freight.When {
		sec := rapid.Int64Range(946684800, 2114380800).Draw(t, "sec") // 2000 to 2036
		if rapid.Bool().Draw(t, "near a clock change") {
			sec = time.Date(2026, 11, 1, 4, 0, 0, 0, time.UTC).Unix() + rapid.Int64Range(0, 8*3600).Draw(t, "after")
		}
		switch rapid.IntRange(0, 2).Draw(t, "basis") {
		case 0:
			return freight.When{Basis: freight.Local, Sec: sec}
		case 1:
			return freight.When{Basis: freight.DayOnly, Sec: sec - sec%86400}
		}
		return freight.When{Basis: freight.Instant, Sec: sec, Offset: rapid.IntRange(-12, 12).Draw(t, "offset") * 60}
	})
)

// sameMeaning compares a status with what was read of it.
func sameMeaning(t *rapid.T, s *Status, o *freight.Observation) {
	named := func(typ freight.RefType, value string) bool {
		for _, n := range o.Names {
			if n.Type == typ && n.Value == value {
				return true
			}
		}
		return value == ""
	}
	if !named(freight.RefLoad, s.Load) || !named(freight.RefPRO, s.PRO) || !named(freight.RefBOL, s.BOL) || o.Source.Account != s.SCAC {
		t.Fatalf("%+v is read as of %v by %s", s, o.Names, o.Source)
	}
	c, _ := claimOf(o, freight.FactStatus)
	city, state, country := town(s.Place)
	if c.Value.Text != s.Code || c.Value.Note == unknownCode || c.Subject.Stop.Seq != s.Stop {
		t.Fatalf("%+v is read as %+v", s, c)
	}
	p := c.Subject.Stop.Place
	if c.Subject.Kind == freight.OfLoad {
		p = c.Value.Place
	}
	if p.City != city || p.State != state || p.Country != country {
		t.Fatalf("%+v is read as at %+v", s, p)
	}
	if r, ok := claimOf(o, freight.FactReason); ok != (s.Reason == "AO") || ok && r.Value.Text != "AO" {
		t.Fatalf("%+v is read with reason %+v", s, r)
	}
	at := c.At
	if at.IsZero() {
		at = c.Value.Start
	}
	if (at.Basis == freight.DayOnly) != (s.When.Basis == freight.DayOnly) || reading(at, s.Zone) != reading(s.When, s.Zone) {
		t.Fatalf("%s in %q is read as %s", s.When, s.Zone, at)
	}
}

// reading is the instant of a time at a stop, as far as its zone is known.
func reading(w freight.When, zone string) int64 {
	if w.Basis == freight.Instant {
		return w.Sec
	}
	if w.Basis == freight.InZone {
		zone = w.Zone
	}
	if loc, err := freight.Location(zone); err == nil && w.Basis != freight.DayOnly {
		wall := w.Wall()
		return time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), 0, loc).Unix()
	}
	return w.Sec
}
