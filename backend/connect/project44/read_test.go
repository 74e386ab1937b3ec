package project44

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/became"
	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
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

func read(t *testing.T, c *Connector, body string) (out []freight.Observation) {
	t.Helper()
	for rec, err := range c.Read(connect.Body{Bytes: []byte(body)}) {
		if err != nil || len(rec.Faults) > 0 {
			t.Fatal(err, rec.Faults)
		}
		out = append(out, rec.Observations...)
	}
	return out
}

// Every push repeats all events. What was told before has the id that it had.
func TestTheFullListBecomesTheSameObservations(t *testing.T) {
	event := func(at string) string {
		return `{"type":"ARRIVAL_AT_STOP","stopId":"a1","dateTime":"2026-03-02T` + at + `:00-0600","receivedDateTime":"2026-03-02T` + at + `:05-0600"}`
	}
	history := func(events ...string) string {
		return `{"shipment":{"id":"` + master + `"},"events":[` + strings.Join(events, ",") + `],"positions":[{"coordinates":{"latitude":41.1,"longitude":-87.1},"dateTime":"2026-03-02T08:00:00-0600"}]}`
	}
	c := connector(t, nil)
	ids := func(body string) (out []freight.ObservationID) {
		for _, o := range read(t, c, body) {
			if !o.Snapshot {
				out = append(out, o.Identify())
			}
		}
		return out
	}
	first, second := ids(history(event("08:21"))), ids(history(event("07:00"), event("08:21")))
	if len(first) != 2 || len(second) != 3 {
		t.Fatalf("%d and %d observations", len(first), len(second))
	}
	for _, id := range first {
		if !slices.Contains(second, id) {
			t.Errorf("%s is told as something new", id)
		}
	}
}

// noPlaces knows no place: all times of these tests have an offset.
type noPlaces struct{}

func (noPlaces) Zone(freight.Place) (string, string)                  { return "", "" }
func (noPlaces) Point(freight.Place) (float64, float64, string, bool) { return 0, 0, "", false }
func (noPlaces) Version() string                                      { return "none" }

func TestAnAppointmentEditedThereDoesNotMoveTheFirstWindow(t *testing.T) {
	c := connector(t, nil)
	at := time.Date(2026, 3, 3, 13, 0, 0, 0, time.UTC)
	tender := freight.Observation{Source: freight.Source{Kind: freight.TMS, Account: "tms"}, StatedAt: at.AddDate(0, 0, -3), ReceivedAt: at.AddDate(0, 0, -3),
		Names: []freight.Reference{{Type: freight.RefLoad, Value: "L-7"}},
		Claims: []freight.Claim{
			{Subject: freight.Stop(2), Fact: freight.FactStopKind, Value: freight.Value{Text: "delivery"}},
			{Subject: freight.Stop(2), Fact: freight.FactWindow, Value: freight.Value{Start: freight.At(at), End: freight.At(at.Add(2 * time.Hour))}}}}
	log := []freight.Observation{tender}
	for _, planned := range []string{"2026-03-03T07:00:00-0600", "2026-03-03T11:00:00-0600"} {
		body := `{"shipment":{"id":"` + master + `","lastModifiedDateTime":"` + planned + `","routeInfo":{"stops":[{"id":"a1"},{"id":"b2"}]}},
			"events":[{"type":"ARRIVAL_AT_STOP","stopId":"b2","plannedDateTime":"` + planned + `"}]}`
		log = append(log, read(t, c, body)...)
	}
	for i := range log {
		log[i].ReceivedAt = log[i].StatedAt
		log[i].ID = log[i].Identify()
	}
	folded := timeline.Fold(log, noPlaces{}, timeline.DefaultConfig())
	stops := folded.Stops
	if len(stops) == 0 {
		t.Fatal("no stops")
	}
	last := stops[len(stops)-1]
	if !last.Original.Start.Equal(at) || !last.Window.Start.Equal(at) {
		t.Errorf("first window %v, window %v, want %v", last.Original, last.Window, at)
	}
	if n := len(last.History); n != 3 {
		t.Errorf("%d words on the window are kept, want 3", n)
	}
}

func TestCompletedDeliversNothing(t *testing.T) {
	c := connector(t, nil)
	for _, body := range []string{
		`{"shipment":{"id":"` + master + `"},"states":[{"type":"COMPLETED","startDateTime":"2026-03-05T00:00:00Z"}],"events":[{"type":"TRACKING_END_DUE_TO_TIMEOUT","dateTime":"2026-03-05T00:00:00Z"}]}`,
		`{"shipment":{"id":1},"latestStatusUpdate":{"timestamp":"2026-03-05T00:00:00Z","statusCode":"COMPLETED","statusReason":{"code":"CANCELED"}},"latestStopStatuses":[{"stopNumber":2,"statusCode":"DEPARTED"}]}`,
		`{"shipment":{"id":1},"latestStatusUpdate":{"timestamp":"2026-03-05T00:00:00Z","statusCode":"COMPLETED"}}`,
	} {
		for _, o := range read(t, c, body) {
			for _, claim := range o.Claims {
				if claim.Fact.Actual() || claim.Fact == freight.FactCancelled || claim.Fact == freight.FactStatus && strings.EqualFold(claim.Value.Text, "completed") {
					t.Errorf("%s says %s %s", body, claim.Fact, claim.Value.Text)
				}
			}
		}
	}
}

func TestPositionsUnderOtherNames(t *testing.T) {
	body, err := os.ReadFile("testdata/history_faulty.json")
	if err != nil {
		t.Fatal(err)
	}
	got := became.Text(connector(t, map[string]string{"positionNames": "where.lat where.lon when"}).Read(connect.Body{Bytes: body}))
	if !strings.Contains(got, "position at 2026-03-03T08:44:00-06:00 = 36.20000,-86.70000") {
		t.Errorf("read again:\n%s", got)
	}
}

func TestCallback(t *testing.T) {
	c := connector(t, nil)
	b, err := c.Callback("POST", "/p44", "", "application/json", []byte(`{"shipment":{"id":"x-1"},"events":[]}`))
	if err != nil || !b.At.Equal(noon) || len(read(t, c, string(b.Bytes))) == 0 {
		t.Errorf("%+v %v", b, err)
	}
	if _, err := c.Callback("GET", "/p44", "a=b", "", nil); err == nil {
		t.Error("a push without a body is taken")
	}
	if got := became.Text(c.Read(connect.Body{About: connect.AboutPaper + "1/a.pdf", Bytes: []byte("%PDF")})); got != "" {
		t.Errorf("a paper became %s", got)
	}
}
