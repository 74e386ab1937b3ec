package macropoint

import (
	"math"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/connect/codes"
	"tracedesk/backend/freight"
)

// mapped is what becomes of one callback. Its form is told by the values that it has, not by the address to which it came:
// those addresses are chosen by whoever registered them.
type mapped struct {
	c      *config
	v      *values
	at     time.Time // when it was received
	fault  func(reason string)
	faults []string
	out    []freight.Observation
}

func (m *mapped) find(ours string) string {
	value, _ := m.v.find(m.c, ours)
	return value
}

func (m *mapped) has(ours string) bool { return m.find(ours) != "" }

// form is which callback it is; "" for none that is known.
func (m *mapped) form() string {
	switch {
	case m.has("alert"):
		return "schedule"
	case m.has("event"):
		return "event"
	case m.has("lat") || m.has("lon") || m.has("at"):
		return "position"
	case m.has("code"):
		return "order"
	}
	return ""
}

func (m *mapped) read() {
	if len(m.v.order) == 0 {
		if len(m.faults) == 0 {
			m.fault("it says nothing")
		}
		return
	}
	if !m.has("id") && !m.has("order") {
		m.fault("it names no load: neither ID nor MPOrderID is there")
		return
	}
	switch m.form() {
	case "schedule":
		m.alert()
	case "event":
		m.event()
	case "position":
		m.location()
	case "order":
		m.status()
	default:
		m.fault("it is none of MacroPoint's callbacks: no position, code, alert or stop event is in it")
	}
}

// about names what the callback speaks of: its form, the order, and the stop.
func (m *mapped) about() string {
	form, order := m.form(), m.find("order")
	if order == "" {
		order = m.find("id")
	}
	switch form {
	case "":
		return "unread"
	case "schedule", "event":
		return form + "/" + order + "/" + m.stopKey()
	case "order":
		if m.c.book.Find("order", m.find("code")).Tracking == "" {
			return "trip/" + order // of the driver's trip sheet, or unknown: what tracking is stays as it was told
		}
	}
	return form + "/" + order
}

// timeless reports whether the callback says nothing of when.
func (m *mapped) timeless() bool {
	switch m.form() {
	case "position":
		return m.located().IsZero()
	case "event":
		return !m.has("eventtime")
	}
	return m.since().IsZero()
}

// asHeard marks what is told without its time: then it is ordered by when it was heard, which is not when it became so.
const asHeard = "when is not told: as heard"

// since is when a state became so, by the callback itself; nothing where that does not say it, or says it without a zone.
func (m *mapped) since() freight.When {
	text, name := m.v.find(m.c, "statetime")
	if text == "" {
		return freight.When{}
	}
	at, err := m.c.when(text, m.eventClock(name))
	if err != nil || at.Basis != freight.Instant {
		return freight.When{}
	}
	return at
}

// sinceSaid is since, with a fault for a time that cannot be read, and the words for what has none.
func (m *mapped) sinceSaid(said string) (freight.When, string) {
	at := m.since()
	if !at.IsZero() {
		return at, said
	}
	if text := m.find("statetime"); text != "" {
		m.fault("the time \"" + text + "\" of a state cannot be read as an instant; it is ordered by when it was heard")
	}
	return at, joined("; ", said, asHeard)
}

// say adds an observation. A state that MacroPoint repeats without a time of its own (key) is a row whose changes count.
func (m *mapped) say(key, text string, claims ...freight.Claim) {
	o := freight.Observation{StatedAt: m.at, Names: m.references(), Text: text, Claims: claims}
	if at := m.since(); key != "" && !at.IsZero() {
		o.StatedAt = time.Unix(at.Sec, 0).UTC()
	}
	if key != "" {
		o.Snapshot, o.SnapshotKey = true, key
	}
	m.out = append(m.out, o)
}

// references are the numbers that name the load: the one that its customer's rule sends, and the order's.
func (m *mapped) references() (names []freight.Reference) {
	if id := m.find("id"); id != "" {
		for _, t := range m.c.idTypes() {
			names = append(names, freight.Reference{Type: t, Value: id})
		}
	}
	if order := m.find("order"); order != "" {
		names = append(names, freight.Reference{Type: freight.RefMacroPoint, Value: order})
	}
	return names
}

// location is the truck's position, and nothing else: such observations are kept by the hundred.
func (m *mapped) location() {
	place := freight.Place{Address: joined(", ", m.find("street"), m.find("street2")), City: m.find("city"), State: m.find("state"), Postal: m.find("postal"), Country: m.find("country")}
	place.Lat, place.Lon = m.point()
	if place.IsZero() {
		m.fault("the position has neither a point nor a place")
		return
	}
	claim := freight.Claim{Fact: freight.FactPosition, Value: freight.Value{Place: place}, At: m.located()}
	if u := m.find("uncertainty"); u != "" {
		claim.Value.Note = "within " + u + " " + m.c.unit
	}
	m.say("", m.v.String(), claim)
}

// point is the position in degrees; zero where it is not given or cannot be.
func (m *mapped) point() (lat, lon float64) {
	if !m.has("lat") && !m.has("lon") {
		return 0, 0
	}
	lat, errLat := strconv.ParseFloat(m.find("lat"), 64)
	lon, errLon := strconv.ParseFloat(m.find("lon"), 64)
	if errLat != nil || errLon != nil || !(math.Abs(lat) <= 90) || !(math.Abs(lon) <= 180) {
		m.fault("\"" + m.find("lat") + ", " + m.find("lon") + "\" is no point on earth; the rest of the position is kept")
		return 0, 0
	}
	return lat, lon
}

// located is when the truck was there: the time in UTC, else the one on the clocks of that place, else nothing.
func (m *mapped) located() freight.When {
	for _, ours := range [...]string{"at", "local"} {
		text := m.find(ours)
		if text == "" {
			continue
		}
		plain := utcClock
		if ours == "local" {
			plain = stopClock
		}
		at, err := m.c.when(text, plain)
		if err == nil {
			return at
		}
		m.fault(err.Error())
	}
	return freight.When{}
}

// status is the state of the order: whether and how the truck can be seen.
func (m *mapped) status() {
	code := m.find("code")
	means := m.c.book.Find("order", code)
	said := means.Words
	if message := m.find("message"); message != "" && !strings.EqualFold(message, said) {
		said = joined(": ", said, message)
	}
	at, said := m.sinceSaid(said)
	word := freight.Claim{Fact: freight.FactStatus, At: at, Value: freight.Value{Type: "macropoint order", Text: code, Note: said}}
	if means.Known && means.Tracking == "" {
		word.Fact, word.Value.Type = freight.FactOther, "macropoint trip sheet"
	}
	claims := []freight.Claim{word}
	if means.Tracking != "" {
		claims = append(claims, freight.Claim{Fact: freight.FactTracking, At: at, Value: freight.Value{Text: string(means.Tracking), Note: said}})
	}
	if order := m.find("order"); order != "" {
		claims = append(claims, freight.Claim{Fact: freight.FactReference, Value: freight.Value{Type: string(freight.RefMacroPoint), Text: order}})
	}
	m.say(m.about(), m.v.String(), claims...)
}

// alert is MacroPoint's own view of whether an appointment will be kept, and the appointment against which it holds it.
func (m *mapped) alert() {
	stop, code := m.stop(), m.find("alert")
	means := m.c.book.Find("alert", code)
	said := means.Words
	if text := m.find("alerttext"); text != "" && !strings.EqualFold(text, said) {
		said = joined(": ", said, text)
	}
	at, said := m.sinceSaid(said)
	claims := []freight.Claim{{Subject: stop, Fact: freight.FactStatus, At: at, Value: freight.Value{Type: "macropoint schedule", Text: code, Note: said}}}
	if means.Is(codes.Late) {
		claims = append(claims, freight.Claim{Subject: stop, Fact: freight.FactException, At: at, Value: freight.Value{Type: "macropoint schedule", Text: code, Note: said}})
	}
	if w := m.window(); !w.Start.IsZero() {
		claims = append(claims, freight.Claim{Subject: stop, Fact: freight.FactWindow, Value: w})
	}
	m.say(m.about(), m.v.String(), claims...)
}

// window is the appointment as the order has it, on the clocks of the stop.
func (m *mapped) window() freight.Value {
	w := freight.Value{Start: m.scheduled("start"), End: m.scheduled("end"), Note: "as the order has it"}
	if w.Start.IsZero() {
		w.Start, w.End = w.End, freight.When{}
	}
	return w
}

func (m *mapped) scheduled(ours string) freight.When {
	text := m.find(ours)
	if text == "" {
		return freight.When{}
	}
	at, err := m.c.when(text, stopClock)
	if err != nil {
		m.fault(err.Error())
	}
	return at
}

// event is what happened at a stop. The names of its values are not published (setting names), nor is the zone of its time.
func (m *mapped) event() {
	stop, name := m.stop(), m.find("event")
	means := m.c.book.Find("event", name)
	var at freight.When
	if text, as := m.v.find(m.c, "eventtime"); text != "" {
		var err error
		if at, err = m.c.when(text, m.eventClock(as)); err != nil {
			m.fault(err.Error())
		}
	}
	claims := []freight.Claim{{Subject: stop, Fact: freight.FactStatus, At: at, Value: freight.Value{Type: "macropoint event", Text: name, Note: means.Words}}}
	switch {
	case means.Fact != "" && at.IsZero():
		m.fault("the stop event \"" + name + "\" has no time that can be read; it is kept as a word and not as something that happened")
	case means.Fact != "":
		claims = append(claims, freight.Claim{Subject: stop, Fact: means.Fact, At: at})
	}
	key := ""
	if at.IsZero() {
		key = m.about()
	}
	m.say(key, m.v.String(), claims...)
}

// eventClock is what an event's time without an offset is: its name may say so, else the setting does.
func (m *mapped) eventClock(name string) clock {
	switch {
	case strings.Contains(name, "utc"):
		return utcClock
	case strings.Contains(name, "local"):
		return stopClock
	case m.c.eventsUTC:
		return utcClock
	}
	return stopClock
}

// stopPrefix marks the stop ids that this desk gave: the number of the stop follows.
const stopPrefix = "TD-"

// stop is how the callback points at a stop: by the id that we gave it, else by its own id, side and place.
func (m *mapped) stop() freight.Subject {
	ref := freight.StopRef{ID: m.find("stopid")}
	if n, ours := strings.CutPrefix(ref.ID, stopPrefix); ours {
		if seq, err := strconv.Atoi(n); err == nil && seq > 0 {
			return freight.Stop(seq)
		}
	}
	switch side := m.c.book.Find("stopType", m.find("stoptype")); {
	case side.Is(string(freight.PickupSide)):
		ref.Side = freight.PickupSide
	case side.Is(string(freight.DeliverySide)):
		ref.Side = freight.DeliverySide
	}
	ref.Place = freight.Place{Facility: m.find("stopname"), Address: joined(", ", m.find("street"), m.find("street2")), City: m.find("city"), State: m.find("state"),
		Postal: m.find("postal"), Country: m.find("country")}
	return freight.Subject{Kind: freight.OfStop, Stop: ref}
}

// stopKey tells the stops of an order apart.
func (m *mapped) stopKey() string {
	if id := m.find("stopid"); id != "" {
		return "stop " + id
	}
	return joined(" ", "stop", m.find("stoptype"), m.find("stopname"), m.find("city"))
}

func joined(sep string, parts ...string) string {
	kept := parts[:0:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}
