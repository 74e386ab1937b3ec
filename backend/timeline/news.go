package timeline

import (
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// lastNews is the newest thing heard that told something new: what happened, where the truck was, when it will come, a
// status, a changed appointment, an exception, a note, tracking. A load of which only the plan is known has the plan's
// arrival for its news.
func (b *builder) lastNews(s *Summary) *freight.News {
	var best *said
	var when time.Time
	for _, g := range []group{actualWords, positionWords, etaWords, statusWords, exceptionWords, noteWords, trackingWords, windowWords, actWords} {
		words := b.of(g)
		for i := range words {
			w := &words[i]
			if !b.isNews(w) {
				continue
			}
			at := b.heardAt(w)
			if best == nil || at.After(when) || at.Equal(when) && b.tellsMore(w, best) {
				best, when = w, at
			}
		}
	}
	if best != nil {
		return &freight.News{At: when, Source: best.o.Source, Text: b.newsText(best)}
	}
	if s.Namer.Number == "" || s.Namer.Source.Kind != freight.TMS {
		return nil
	}
	return &freight.News{At: s.Namer.StatedAt, Source: s.Namer.Source, Text: "Load received"}
}

// isNews reports whether a word told something new. What our own rules conclude is none, nor is the first window of a stop.
func (b *builder) isNews(w *said) bool {
	if w.c.Value.None || w.o.Source.Kind == freight.Rule || normal(w.c) {
		return false
	}
	switch w.group {
	case windowWords:
		return b.movesWindow(w)
	case actWords: // of what people did, whom they spoke to
		return w.c.Fact == freight.FactContact || w.c.Fact == freight.FactPromise
	}
	return true
}

// movesWindow reports whether an earlier word told another window of the stop.
func (b *builder) movesWindow(w *said) bool {
	words := at(b.of(windowWords), int(w.stop))
	for i := range words {
		other := &words[i]
		if other.compare(w.word) < 0 && b.window(other) != b.window(w) {
			return true
		}
	}
	return false
}

// tellsMore decides between two words of one instant: what happened before what was said of it, then the later word.
func (b *builder) tellsMore(w, other *said) bool {
	if x, y := w.group == actualWords, other.group == actualWords; x != y {
		return x
	}
	if c := w.compare(other.word); c != 0 {
		return c > 0
	}
	return w.group < other.group
}

// heardAt is when a word's matter happened; where that cannot be told, is only a day, or lies after its own receipt, when
// it was stated.
func (b *builder) heardAt(w *said) time.Time {
	if w.c.At.IsZero() || w.c.At.Basis == freight.DayOnly {
		return w.o.StatedAt.UTC()
	}
	at := b.reckon(w.c.At, b.clockFor(w), dayEnd).at
	if at.IsZero() || at.After(w.o.ReceivedAt) {
		return w.o.StatedAt.UTC()
	}
	return at
}

var actualText = map[freight.Fact]string{
	freight.FactArrived: "Arrived", freight.FactDeparted: "Departed", freight.FactLoaded: "Loaded",
	freight.FactUnloaded: "Unloaded", freight.FactPickedUp: "Picked up", freight.FactDelivered: "Delivered",
}

// newsText is a word as one short phrase.
func (b *builder) newsText(w *said) string {
	v := &w.c.Value
	switch w.group {
	case actualWords:
		return phrase(actualText[w.c.Fact], b.placeText(w))
	case positionWords:
		return "At " + positionText(&v.Place)
	case etaWords:
		return b.etaText(w)
	case statusWords:
		return statusText(v)
	case windowWords:
		return b.windowText(w)
	case trackingWords:
		return joined("Tracking "+v.Text, v.Note)
	case actWords:
		return actText(w.c)
	case exceptionWords:
		return shorten("Exception: " + phrase(v.Text, codeText(v)))
	}
	return shorten(v.Text)
}

// placeText is the place of a word's stop, else the place it names.
func (b *builder) placeText(w *said) string {
	place := w.c.Subject.Stop.Place
	if w.stop != nowhere {
		place = b.t.Stops[w.stop].Place
	}
	if s := place.CityState(); s != "" {
		return s
	}
	return place.String()
}

func positionText(p *freight.Place) string {
	if s := p.CityState(); s != "" {
		return s
	}
	if p.HasPoint() {
		return strconv.FormatFloat(p.Lat, 'f', 4, 64) + ", " + strconv.FormatFloat(p.Lon, 'f', 4, 64)
	}
	return p.String()
}

func (b *builder) etaText(w *said) string {
	c := b.clockFor(w)
	zone := ""
	if c != nil {
		zone = c.zone
	}
	eta := b.reckon(w.c.Value.Start, c, dayEnd).at
	if eta.IsZero() {
		return "ETA " + w.c.Value.Start.String()
	}
	if inZone(eta, zone).YearDay() == inZone(b.saidAt(w), zone).YearDay() {
		return "ETA " + ClockStamp(eta, zone)
	}
	return "ETA " + Stamp(eta, zone)
}

func (b *builder) windowText(w *said) string {
	window := b.window(w)
	zone := ""
	if c := b.clockFor(w); c != nil {
		zone = c.zone
	}
	if window.End.IsZero() {
		return phrase("Appointment changed", b.placeText(w))
	}
	return phrase("Appointment", b.placeText(w)) + " now by " + Stamp(window.End, zone)
}

// codes are the X12 1650 status codes that readers of a board meet daily, in words.
var codes = map[string]string{
	"A3": "Returned to shipper", "A7": "Refused by consignee", "A9": "Damaged", "AF": "Departed pickup", "AG": "Estimated delivery",
	"AH": "Attempted delivery", "AJ": "Tendered for delivery", "AM": "Loaded on truck", "AP": "Delivery not completed",
	"AR": "Rail arrival at ramp", "AV": "Available for delivery", "BF": "Booking confirmed", "CA": "Cancelled", "CB": "Shipment completed",
	"CD": "Departed delivery", "CP": "Loading completed", "D1": "Unloading completed", "I1": "In gate", "J1": "Delivered to connecting line",
	"K1": "Arrived at customs", "L1": "Loading", "OA": "Out gate", "P1": "Departed terminal", "PR": "Customs hold", "R1": "Received from prior carrier",
	"SD": "Shipment delayed", "SN": "Not picked up", "X1": "Arrived at delivery", "X2": "Estimated arrival at consignee", "X3": "Arrived at pickup",
	"X4": "Arrived at terminal", "X5": "Arrived at delivery dock", "X6": "In transit", "X8": "Arrived at pickup dock", "X9": "Arrived at carrier warehouse",
	"XB": "Shipment acknowledged", "A1": "Estimated arrival at pickup", "NS": "Normal status",
}

// statusText is a status as words; a code keeps its letters: "In transit (X6)".
func statusText(v *freight.Value) string {
	text := v.Text
	if words := codes[strings.ToUpper(text)]; words != "" && isCode(v) {
		text = words + " (" + text + ")"
	}
	return shorten(text)
}

func isCode(v *freight.Value) bool { return strings.HasPrefix(v.Type, "165") || len(v.Text) == 2 }

// codeText is the code of an exception, in brackets.
func codeText(v *freight.Value) string {
	if v.Type == "" || v.Type == v.Text {
		return ""
	}
	return "(" + v.Type + ")"
}

func phrase(a, b string) string {
	if b == "" {
		return a
	}
	return a + " " + b
}

// shorten keeps the first words of a long text.
func shorten(s string) string {
	const most = 80
	s = strings.TrimSpace(s)
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return strings.TrimSpace(string(runes[:most-1])) + "…"
}

// spokenAt is when a word speaks of, else when it was stated.
func spokenAt(w *freight.Word) time.Time {
	if w.At.IsZero() {
		return w.StatedAt
	}
	return w.At
}
