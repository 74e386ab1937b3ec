package x12

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tracedesk/backend/freight"
)

// reread makes of an interchange that the desk wrote what it was written from.
func reread(t *rapid.T, page []byte) Interchange {
	list, err := Receipts(bytes.NewReader(page), Options{})
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	rec := &list[0]
	at, err := time.Parse("0601021504", rec.Date+rec.Time)
	if err != nil {
		t.Fatal(err)
	}
	in := Interchange{Sender: rec.From, Receiver: rec.To, At: at, Test: rec.Test, Version: rec.Groups[0].Version}
	if in.Control, err = strconv.Atoi(rec.Control); err != nil {
		t.Fatal(err)
	}
	for set, err := range Statuses(bytes.NewReader(page), Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range set.Statuses {
			in.Statuses = append(in.Statuses, restated(set, &set.Statuses[i]))
		}
	}
	return in
}

func restated(set *StatusSet, e *StatusEvent) Status {
	s := Status{SCAC: set.SCAC, Code: e.Code, Reason: e.Reason, Place: e.Place, Stop: e.stop.seq, When: e.When}
	if e.Appointment != "" {
		s.Code, s.Reason = e.Appointment, e.AppointmentReason
	}
	for _, n := range set.Names {
		switch n.Type {
		case freight.RefLoad:
			s.Load = n.Value
		case freight.RefPRO:
			s.PRO = n.Value
		case freight.RefBOL:
			s.BOL = n.Value
		}
	}
	words := strings.Fields(s.When.Written)
	if s.When.Basis == freight.InZone && len(words) > 0 {
		code := words[len(words)-1]
		s.Zone = timeZones[code[:1]+"T"].zone
		fixed, _ := freight.Location(s.When.Zone)
		wall := s.When.Wall()
		s.When = freight.At(time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), 0, fixed))
	}
	return s
}

// TestWriteOfReadOfWrite: what the desk wrote is written again byte for byte from what is read of it.
func TestWriteOfReadOfWrite(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := Interchange{Sender: Party{"02", "ABCD"}, Receiver: Party{ID: "TMS"}, Control: rapid.IntRange(1, MaxControl).Draw(t, "control"),
			At: time.Unix(rapid.Int64Range(1e9, 3e9).Draw(t, "at"), 0), Test: rapid.Bool().Draw(t, "test"),
			Version: rapid.SampledFrom([]string{"", "004010", "005010", "006040"}).Draw(t, "version"), Statuses: rapid.SliceOfN(status214, 1, 8).Draw(t, "statuses")}
		var first, again bytes.Buffer
		if err := Write214(&first, in); err != nil {
			t.Fatal(err)
		}
		if err := Write214(&again, reread(t, first.Bytes())); err != nil {
			t.Fatalf("%v for %s", err, first.String())
		}
		if !bytes.Equal(first.Bytes(), again.Bytes()) {
			t.Fatalf("written\n%s\nand again\n%s", first.String(), again.String())
		}
		list, err := Receipts(bytes.NewReader(first.Bytes()), Options{})
		if err != nil || list[0].Answer != "A" || list[0].Groups[0].Answer() != "A" {
			t.Fatalf("its receiver would answer %+v to %s", list, first.String())
		}
	})
}

// TestReplyOfReadOfWrite: the same of a 990.
func TestReplyOfReadOfWrite(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := Reply{Load: number214.Draw(t, "load"), SCAC: rapid.StringMatching(`[A-Z]{2,4}`).Draw(t, "scac"), Action: rapid.SampledFrom([]string{"A", "B", "C", "D", "E"}).Draw(t, "action")}
		if r.Action != "A" {
			r.Reason = rapid.StringMatching(`([A-Z]{3})?`).Draw(t, "reason")
		}
		env := Envelope{Sender: Party{"02", "ABCD"}, Receiver: Party{"ZZ", "SHIPPER"}, Control: 7, At: noon}
		var first, again bytes.Buffer
		if err := Write990(&first, env, []Reply{r}); err != nil {
			t.Fatal(err)
		}
		back := Reply{}
		for s, err := range Explain(bytes.NewReader(first.Bytes()), Options{}) {
			if err != nil || len(s.Faults) > 0 {
				t.Fatal(s, err)
			}
			if s.Tag == "B1" {
				at := func(n int) string {
					if n > len(s.Elements) {
						return ""
					}
					return s.Elements[n-1].Value
				}
				back = Reply{SCAC: at(1), Load: at(2), Action: at(4), Reason: at(6)}
			}
		}
		if err := Write990(&again, env, []Reply{back}); err != nil || !bytes.Equal(first.Bytes(), again.Bytes()) {
			t.Fatalf("%v: written\n%s\nand again\n%s", err, first.String(), again.String())
		}
	})
}
