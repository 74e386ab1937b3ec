package compare

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/freight"
)

// twoStops is a load from Dallas to Phoenix.
func twoStops() *freight.Timeline {
	return &freight.Timeline{Number: "1001", SCAC: freight.Known{Value: "SWVL"}, Stops: []freight.StopLine{
		{Seq: 1, Kind: "pickup", Place: freight.Place{City: "Dallas", State: "TX"}, Zone: "America/Chicago"},
		{Seq: 2, Kind: "delivery", Place: freight.Place{City: "Phoenix", State: "AZ"}, Zone: "America/Phoenix"}}}
}

var pasted = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// told is what was read, one short line a claim, and what was not.
func told(p *page) (claims, unread []string) {
	for _, c := range p.claims {
		line := string(c.Fact)
		if c.Value.Type != "" {
			line += " " + c.Value.Type
		}
		if ref := c.Subject.Stop; ref.Seq > 0 {
			line += " @" + strconv.Itoa(ref.Seq)
		} else if ref.Side != "" {
			line += " @" + string(ref.Side)
		}
		if c.Fact != freight.FactWindow && c.Fact != freight.FactETA && !c.At.IsZero() {
			line += " " + c.At.String()
		}
		c.Value.Type = ""
		if v := c.ValueText(); v != "" {
			line += " = " + v
		}
		claims = append(claims, line)
	}
	for _, u := range p.unread {
		unread = append(unread, u.Text)
	}
	return claims, unread
}

func TestReadPage(t *testing.T) {
	for _, row := range []struct{ name, text, claims, unread string }{
		{"an event in free words", "delivered 11/23/2026 13:05", "delivered @2 2026-11-23T13:05:00", ""},
		{"with half days and a zone", "Delivered on Nov 23, 2026 at 1:05 PM MST", "delivered @2 2026-11-23T13:05:00 America/Denver", ""},
		{"without a year", "Arrived at consignee 11/23 12:40", "arrived @2 2026-11-23T12:40:00", ""},
		{"the time first, the place last", "11/23/2026 13:05 Delivered PHOENIX, AZ", "delivered @2 2026-11-23T13:05:00", ""},
		{"what follows stays a note", "Delivered 11/23/2026 13:05 signed by SMITH", "delivered @2 2026-11-23T13:05:00", "signed by SMITH"},
		{"a time without a day is no time", "delivered 13:05", "", "delivered 13:05"},
		{"what did not happen", "Delivery attempted 11/23/2026 13:05", "", "Delivery attempted 11/23/2026 13:05"},
		{"what was doubted after", "Delivered 11/23/2026 13:05 refused", "", "Delivered 11/23/2026 13:05 refused"},
		{"not delivered", "not delivered 11/23/2026 13:05", "", "not delivered 11/23/2026 13:05"},
		{"a terminal is no stop", "Arrived at terminal 11/23/2026 02:10", "", "Arrived at terminal 11/23/2026 02:10"},
		{"field and value", "Status: In Transit\nPRO #: 0044120\nPieces: 22\nWeight: 18,000 lbs\nTrailer Number: 53120\nSeal: A77121",
			"status = In Transit; reference PRO = 0044120; pieces @2 = 22; weight @2 = 18000 LB; equipment TRAILER = 53120; equipment SEAL = A77121", ""},
		{"a status with its time", "Status: Delivered 11/23/2026 13:05", "delivered @2 2026-11-23T13:05:00; status = Delivered", ""},
		{"several in a line", "PRO 0044120, pieces 22, ETA 11/24/2026 08:00", "reference PRO = 0044120; pieces @2 = 22", "ETA 11/24/2026 08:00"},
		{"the delivery is named", "Estimated delivery: 11/24/2026 08:00", "eta @2 = 2026-11-24T08:00:00", ""},
		{"a day is no midnight", "Estimated delivery date: 11/24/2026", "eta @2 = 2026-11-24", ""},
		{"a window", "Delivery appointment: 11/24/2026 08:00 - 10:00", "appointment appointment @2 = 2026-11-24T08:00:00/2026-11-24T10:00:00", ""},
		{"pounds", "22 pieces; 18,000 lbs", "pieces @2 = 22; weight @2 = 18000 LB", ""},
		{"position with its time", "Last location: Tucumcari, NM 11/23/2026 09:15", "position 2026-11-23T09:15:00 = Tucumcari, NM", ""},
		{"position dated elsewhere", "Location: Tucumcari, NM\nLast update: 11/23/2026 09:15", "position 2026-11-23T09:15:00 = Tucumcari, NM", ""},
		{"position of no known time", "Current location: Tucumcari, NM", "", "Current location: Tucumcari, NM"},
		{"driver", "Driver: Sam Ode (602) 555-0142", "driver NAME = Sam Ode; driver PHONE = (602) 555-0142", ""},
		{"words about a driver", "driver called in", "", "driver called in"},
		{"labels above values", "Shipment Status\nOut for delivery\n\nPRO Number\n0044120", "status = Out for delivery; reference PRO = 0044120", ""},
		{"under a stop", "Stop 1\nArrived: 11/22/2026 07:50\nDeparted: 11/22/2026 09:20", "arrived @1 2026-11-22T07:50:00; departed @1 2026-11-22T09:20:00", ""},
		{"under a heading", "Pickup\nArrived: 11/22/2026 07:50\nDelivery\nArrived: 11/23/2026 12:40", "arrived @1 2026-11-22T07:50:00; arrived @2 2026-11-23T12:40:00", ""},
		{"a table of events", "Date\tTime\tLocation\tActivity\n11/22/2026\t09:20\tDallas, TX\tPicked up\n11/23/2026\t02:10\tEl Paso, TX\tArrived at terminal\n11/23/2026\t13:05\tPhoenix, AZ\tDelivered",
			"picked_up @1 2026-11-22T09:20:00; delivered @2 2026-11-23T13:05:00", "11/23/2026\t02:10\tEl Paso, TX\tArrived at terminal"},
		{"a table of values", "PRO | Pieces | Weight\n0044120 | 22 | 18,000 lb", "reference PRO = 0044120; pieces @2 = 22; weight @2 = 18000 LB", ""},
		{"a thing we have no word for", "Accessorials: liftgate\nThank you for your business", "", "Accessorials: liftgate|Thank you for your business"},
	} {
		t.Run(row.name, func(t *testing.T) {
			claims, unread := told(readPage(row.text, twoStops(), pasted))
			got := strings.Join(claims, "; ")
			if got != row.claims {
				t.Errorf("read %q, want %q", got, row.claims)
			}
			if got := strings.Join(unread, "|"); got != row.unread {
				t.Errorf("left %q, want %q", got, row.unread)
			}
		})
	}
}

// Whatever is pasted, each line with words in it becomes claims, a heading or a note: none is dropped, and none is told twice.
func FuzzReadPage(f *testing.F) {
	for _, seed := range []string{"Status: Delivered 11/23/2026 13:05\nPRO 12", "Date | Event\n11/23/2026 | Delivered\nx | y | z", "Stop 2\nETA\n11/24", "a\tb\tc"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p := readPage(text, twoStops(), pasted)
		lines := strings.Split(text, "\n")
		for _, c := range p.claims {
			if c.line < 1 || c.line > len(lines) || c.where == "" {
				t.Fatalf("a claim of line %d of %d, from %q", c.line, len(lines), c.where)
			}
		}
		for _, u := range p.unread {
			if strings.TrimSpace(u.Text) == "" {
				t.Fatal("a note without words")
			}
		}
	})
}
