package project44

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/wire"
)

// recorded is a history of a load under way: events, states and positions every 15 minutes, as project44 repeats them in full.
func recorded(events, positions int) []byte {
	at := time.Date(2026, 3, 2, 6, 0, 0, 0, time.FixedZone("", -6*3600))
	stamp := func(minutes int) string {
		return at.Add(time.Duration(minutes) * time.Minute).Format("2006-01-02T15:04:05-0700")
	}
	var b strings.Builder
	b.WriteString(`{"shipment":{"id":"` + master + `","identifiers":[{"type":"BILL_OF_LADING","value":"BOL-700123"},{"type":"CARRIER_SCAC","value":"EXMP"}],"lastModifiedDateTime":"` + stamp(9) + `","routeInfo":{"stops":[`)
	b.WriteString(`{"id":"a1","type":"ORIGIN","location":{"name":"North Dock","coordinates":{"latitude":41.8577,"longitude":-87.6614}}},{"id":"b2","type":"DESTINATION","location":{"name":"South Dock","coordinates":{"latitude":36.2148,"longitude":-86.7755}}}]}},"events":[`)
	kinds := []string{"ARRIVAL_AT_STOP", "DEPARTURE_FROM_STOP", "IDLE", "INFO"}
	for i := range events {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"type":%q,"stopId":"a1","dateTime":%q,"receivedDateTime":%q}`, kinds[i%len(kinds)], stamp(i*37), stamp(i*37+1))
	}
	b.WriteString(`],"states":[{"type":"IN_TRANSIT","startDateTime":"` + stamp(240) + `"}],"positions":[`)
	for i := range positions {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"coordinates":{"latitude":%.4f,"longitude":%.4f},"dateTime":%q}`, 41.8-float64(i)*0.01, -87.6+float64(i)*0.002, stamp(i*15))
	}
	b.WriteString(`]}`)
	return []byte(b.String())
}

func observations(tb testing.TB, c *Connector, body []byte) int {
	n := 0
	for rec := range c.Read(connect.Body{Bytes: body}) {
		if len(rec.Faults) > 0 {
			tb.Fatal(rec.Faults)
		}
		n += len(rec.Observations)
	}
	return n
}

// BenchmarkRead reads a recorded history into observations; BenchmarkDecodeOnly is encoding/json into the same structs, alone.
func BenchmarkRead(b *testing.B) {
	c, body, n := connector(b, nil), recorded(24, 120), 0
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		n += observations(b, c, body)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "observations/s")
}

func BenchmarkDecodeOnly(b *testing.B) {
	body := recorded(24, 120)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		var h struct {
			Shipment  shipment            `json:"shipment"`
			Events    wire.List[event]    `json:"events"`
			States    wire.List[state]    `json:"states"`
			Positions wire.List[position] `json:"positions"`
		}
		if err := json.Unmarshal(body, &h); err != nil {
			b.Fatal(err)
		}
		n += len(h.Events) + len(h.States) + len(h.Positions)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "observations/s")
}
