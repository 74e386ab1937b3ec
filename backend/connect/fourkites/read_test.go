package fourkites

import (
	"os"
	"path/filepath"
	"testing"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/became"
	"tracedesk/backend/freight"
)

func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.json")
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	c := connector(f, nil)
	f.Fuzz(func(t *testing.T, body []byte) {
		n := 0
		for rec, err := range c.Read(connect.Body{Bytes: body}) {
			if err != nil || rec.N != n+1 {
				t.Fatalf("record %d after %d: %v", rec.N, n, err)
			}
			n = rec.N
			for _, o := range rec.Observations {
				if len(o.Claims) == 0 || o.Source != c.source || o.Raw.Offset < 0 || o.Raw.Offset+int64(o.Raw.Length) > int64(len(body)) {
					t.Fatalf("observation %+v", o)
				}
			}
			for _, fault := range rec.Faults {
				if fault.Reason == "" || fault.Where == "" || fault.Offset < 0 || fault.Offset > int64(len(body)) {
					t.Fatalf("fault %+v", fault)
				}
			}
		}
		if first := became.Text(c.Read(connect.Body{Bytes: body})); first != became.Text(c.Read(connect.Body{Bytes: body})) {
			t.Fatal("the same body became something else")
		}
		for range c.Read(connect.Body{Bytes: body}) {
			break // whoever reads may stop
		}
	})
}

// The bag of references has no labels: none of its numbers may be told as a bill of lading, an order or a PRO.
func TestTheBagIsNotGuessedAt(t *testing.T) {
	c := connector(t, nil)
	body := `{"fourKitesShipmentID":"1","loadNumber":"L-1","identifiers":{"referenceNumbers":["BOL-7","7","7","L-1"]}}`
	for rec := range c.Read(connect.Body{Bytes: []byte(body)}) {
		for _, o := range rec.Observations {
			others := 0
			for _, ref := range o.Names {
				switch ref.Type {
				case freight.RefFourKites, freight.RefLoad:
				case freight.RefOther:
					others++
				default:
					t.Errorf("%s is told as %s", ref.Value, ref.Type)
				}
			}
			if others != 2 {
				t.Errorf("names %v", o.Names)
			}
		}
	}
}

// No status delivers a load: what happened at a stop is told by the stop.
func TestAStatusIsNoEvent(t *testing.T) {
	c := connector(t, nil)
	for _, status := range []string{"delivered", "at_consignee", "picked_up", "expired"} {
		for rec := range c.Read(connect.Body{Bytes: []byte(`{"loadNumber":"L-1","status":"` + status + `"}`)}) {
			kept := false
			for _, o := range rec.Observations {
				for _, claim := range o.Claims {
					if claim.Fact.Actual() || claim.Fact == freight.FactCancelled {
						t.Errorf("%s says %s", status, claim.Fact)
					}
					kept = kept || claim.Fact == freight.FactStatus && claim.Value.Text == status
				}
			}
			if !kept {
				t.Errorf("%s is not shown", status)
			}
		}
	}
}

func TestCallbackForm(t *testing.T) {
	c := connector(t, nil)
	if b, err := c.Callback("POST", "/fk", "", "application/json", []byte(`{"MessageType":"X"}`)); err != nil || !b.At.Equal(noon) {
		t.Errorf("%+v %v", b, err)
	}
	if _, err := c.Callback("GET", "/fk", "a=b", "", nil); err == nil {
		t.Error("a push without a body is taken")
	}
}

// What an error says twice is told once.
func TestReasonOfAnError(t *testing.T) {
	for body, want := range map[string]string{
		`{"message":"Invalid credentials","errors":["Invalid credentials"],"requestId":"r7"}`: "Invalid credentials (request r7)",
		`{"message":"Load refused","errors":["no stop","no carrier"]}`:                        "Load refused; no stop; no carrier",
		`<html>`: "",
	} {
		if got := reasonOf([]byte(body)); got != want {
			t.Errorf("%s: %q, want %q", body, got, want)
		}
	}
}
