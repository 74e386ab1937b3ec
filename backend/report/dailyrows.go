package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// Head says which load a row speaks of.
type Head struct {
	Load    string               `json:"load"`
	Account string               `json:"account"`
	Refs    freight.List[string] `json:"refs"` // "PO 77123": the numbers the customer knows first
	Carrier string               `json:"carrier"`
	From    string               `json:"from"`
	To      string               `json:"to"`
	Remark  string               `json:"remark,omitempty"` // "known to the carrier only", "no longer in the TMS export", "on hold"
}

func (h Head) compare(other Head) int {
	return firstOf(cmp.Compare(h.Load, other.Load), cmp.Compare(h.Account, other.Account))
}

// StopHead says which stop a row speaks of.
type StopHead struct {
	Seq   int    `json:"seq"`
	Kind  string `json:"kind"`
	Place string `json:"place"`
	Zone  string `json:"zone"`
}

// ETA is an expected arrival beside its window.
type ETA struct {
	At     Moment `json:"at"`
	Source string `json:"source"`
	Age    string `json:"age"` // since it was said
	Stale  bool   `json:"stale"`
	Slack  *int   `json:"slack"` // minutes to the window's end, negative when after it; null without a window
	Text   string `json:"text"`  // "25 min before the window ends", "40 min late"
}

// News is the last that was heard of a load.
type News struct {
	At    *Moment `json:"at"` // null when nothing was heard
	Text  string  `json:"text"`
	By    string  `json:"by"`
	Age   string  `json:"age"`
	Stale bool    `json:"stale"`
}

// ExceptionRow is a load that needs a person.
type ExceptionRow struct {
	Head
	Level    freight.Level        `json:"level"`
	Why      freight.List[string] `json:"why"`
	Stop     *StopHead            `json:"stop"`
	Window   *Period              `json:"window"`
	Original *Period              `json:"original"` // null when it is the current one
	ETA      *ETA                 `json:"eta"`
	News     News                 `json:"news"`

	since time.Time
}

// TransitRow is a load on the road.
type TransitRow struct {
	Head
	State  freight.LoadState `json:"state"`
	Next   *StopHead         `json:"next"`
	Window *Period           `json:"window"`
	ETA    *ETA              `json:"eta"`
	News   News              `json:"news"` // the last position if it is the newest, else the last news

	due time.Time
}

// DueGroup is when an open stop is due.
type DueGroup string

// The closed list of groups, in their order on the page.
const (
	Overdue     DueGroup = "overdue"
	DueToday    DueGroup = "today"
	DueTomorrow DueGroup = "tomorrow"
	DueLater    DueGroup = "later" // the window is open by tomorrow and ends after it
)

var dueGroups = []DueGroup{Overdue, DueToday, DueTomorrow, DueLater}

func (g DueGroup) rank() int { return slices.Index(dueGroups, g) }

// DueRow is a stop still to be served.
type DueRow struct {
	Head
	Group    DueGroup `json:"group"`
	Stop     StopHead `json:"stop"`
	Window   *Period  `json:"window"`
	Original *Period  `json:"original"`
	ApptType string   `json:"apptType"`
	Arrived  *Moment  `json:"arrived"`
	ETA      *ETA     `json:"eta"`

	due time.Time
}

// ServedRow is a pickup or delivery that was done.
type ServedRow struct {
	Head
	Stop        StopHead           `json:"stop"`
	Window      *Period            `json:"window"`
	Original    *Period            `json:"original"`
	Arrived     *Moment            `json:"arrived"`
	Served      Moment             `json:"served"`
	Current     Judgement          `json:"current"`
	AgainstOrig Judgement          `json:"againstOriginal"`
	Paper       freight.PaperState `json:"paper"` // POP of a pickup, POD of a delivery
}

// lateness in minutes against the current window; stops that were not late are equal.
func (r *ServedRow) lateness() int {
	if r.Current.Outcome != Late {
		return 0
	}
	return r.Current.Minutes
}

// PODRow is a load delivered before the day whose POD is not in order.
type PODRow struct {
	Head
	Delivered Moment             `json:"delivered"`
	Age       string             `json:"age"`
	POD       freight.PaperState `json:"pod"`
}

// OtherRow is a load that touches the day without standing in another list.
type OtherRow struct {
	Head
	Stop   StopHead `json:"stop"`
	Window *Period  `json:"window"`
	What   string   `json:"what"`
}

// Urgent levels make a load an exception.
func urgent(l freight.Level) bool {
	return l == freight.ActNow || l == freight.AtRisk || l == freight.Verify
}

func (m *maker) exception(l *DailyLoad) {
	t := &l.Timeline
	late := m.firstOverdue(t)
	if !urgent(l.Attention.Level) && late == nil {
		return
	}
	row := ExceptionRow{Head: head(t), Level: l.Attention.Level, News: m.news(t), since: l.Attention.Due}
	stop := m.stopOf(l)
	if !urgent(row.Level) {
		row.Level, row.since, stop = freight.ActNow, Deadline(late.Window), late
	}
	if stop != nil {
		sh := stopHead(stop)
		row.Stop, row.Window, row.Original = &sh, m.cal.period(stop.Window, stop.Zone), m.original(stop)
		row.ETA = m.eta(stop)
	}
	row.Why = m.why(l, late)
	m.d.Exceptions = append(m.d.Exceptions, row)
	m.list(l)
}

// why is the sentence that decided, then what else the rules found, each once.
func (m *maker) why(l *DailyLoad, late *freight.StopLine) freight.List[string] {
	var all freight.List[string]
	say := func(s string) {
		if s != "" && !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	if urgent(l.Attention.Level) {
		say(l.Attention.Why)
	}
	for _, f := range l.Findings {
		if urgent(f.Level) {
			say(f.Why)
		}
	}
	if len(all) == 0 && late != nil {
		say(fmt.Sprintf("%s: due %s, no arrival is known", stopWords(late.Kind, late.Seq), m.cal.period(late.Window, late.Zone).Text))
	}
	return all
}

// stopOf is the stop an attention speaks of: that of the finding which decided, else the next one, else the last.
func (m *maker) stopOf(l *DailyLoad) *freight.StopLine {
	for _, f := range l.Findings {
		if f.Kind != l.Attention.Rule || f.Stop == 0 {
			continue
		}
		for i := range l.Timeline.Stops {
			if l.Timeline.Stops[i].Seq == f.Stop {
				return &l.Timeline.Stops[i]
			}
		}
	}
	if s := next(&l.Timeline); s != nil || len(l.Timeline.Stops) == 0 {
		return s
	}
	return &l.Timeline.Stops[len(l.Timeline.Stops)-1]
}

func (m *maker) firstOverdue(t *freight.Timeline) *freight.StopLine {
	open := openStops(t)
	for i := range open {
		if m.overdue(t.State, &open[i]) {
			return &open[i]
		}
	}
	return nil
}

// openStops are those still to be served: all after the last one done. A stop passed over without a word is not open.
func openStops(t *freight.Timeline) []freight.StopLine {
	if t.State.Done() {
		return nil
	}
	for i := len(t.Stops) - 1; i >= 0; i-- {
		switch {
		case t.Stops[i].Done():
			return t.Stops[i+1:]
		case t.Stops[i].Arrived != nil:
			return t.Stops[i:]
		}
	}
	return t.Stops
}

func next(t *freight.Timeline) *freight.StopLine {
	if open := openStops(t); len(open) > 0 {
		return &open[0]
	}
	return nil
}

func (m *maker) transit(l *DailyLoad) {
	t := &l.Timeline
	if !onTheRoad(t) {
		return
	}
	row := TransitRow{Head: head(t), State: t.State, News: m.news(t)}
	if s := next(t); s != nil {
		sh := stopHead(s)
		row.Next, row.Window, row.ETA, row.due = &sh, m.cal.period(s.Window, s.Zone), m.eta(s), Deadline(s.Window)
	}
	m.d.InTransit = append(m.d.InTransit, row)
	m.list(l)
}

// onTheRoad reports whether freight was taken on and not all of it handed over.
func onTheRoad(t *freight.Timeline) bool {
	switch t.State {
	case freight.Loaded, freight.InTransit, freight.AtDelivery:
		return true
	case freight.OnHold:
		return slices.ContainsFunc(t.Stops, func(s freight.StopLine) bool { return s.Pickup() && s.Done() })
	}
	return false
}

func (m *maker) due(l *DailyLoad) {
	open := openStops(&l.Timeline)
	for i := range open {
		s := &open[i]
		group, ok := m.group(l.Timeline.State, s)
		if !ok {
			continue
		}
		row := DueRow{Head: head(&l.Timeline), Group: group, Stop: stopHead(s), Window: m.cal.period(s.Window, s.Zone),
			Original: m.original(s), ApptType: s.ApptType, ETA: m.eta(s), due: Deadline(s.Window)}
		if s.Arrived != nil && !s.Arrived.At.IsZero() {
			at := m.actual(s.Arrived, s.Zone)
			row.Arrived = &at
		}
		m.d.Due = append(m.d.Due, row)
		m.list(l)
	}
}

// group is when an open stop is due; ok is false when it is neither overdue nor open by the day after the report's.
func (m *maker) group(state freight.LoadState, s *freight.StopLine) (g DueGroup, ok bool) {
	if s.Window.IsZero() || s.Kind == "relay" {
		return "", false
	}
	due := m.dueDay(s.Window, s.Zone)
	switch {
	case m.overdue(state, s), due.Before(m.in.Day):
		return Overdue, true
	case due == m.in.Day:
		return DueToday, true
	case due == m.in.Day.Next():
		return DueTomorrow, true
	}
	return DueLater, !m.in.Day.Next().Before(m.firstDay(s.Window, s.Zone))
}

// served lists the pickups and deliveries done on the day.
func (m *maker) served(l *DailyLoad) {
	t := &l.Timeline
	for i := range t.Stops {
		s := &t.Stops[i]
		if at := pickedUp(t, s); at != nil && m.dayOf(at, s.Zone) == m.in.Day {
			m.d.PickedUp = append(m.d.PickedUp, m.servedRow(t, s, at, freight.POP))
			m.list(l)
		}
		if at := delivered(t, s); at != nil && m.dayOf(at, s.Zone) == m.in.Day {
			m.d.Delivered = append(m.d.Delivered, m.servedRow(t, s, at, freight.POD))
			m.list(l)
		}
	}
}

func (m *maker) servedRow(t *freight.Timeline, s *freight.StopLine, at *freight.KnownTime, paper string) ServedRow {
	row := ServedRow{Head: head(t), Stop: stopHead(s), Window: m.cal.period(s.Window, s.Zone), Original: m.original(s),
		Served: m.actual(at, s.Zone), Current: m.judge(t, s, s.Window), AgainstOrig: m.judge(t, s, s.Original), Paper: paperOf(t, paper)}
	if s.Arrived != nil && !s.Arrived.At.IsZero() {
		arrived := m.actual(s.Arrived, s.Zone)
		row.Arrived = &arrived
	}
	return row
}

// pickedUp is when the freight was taken on at a stop, nil when it was not (yet).
func pickedUp(t *freight.Timeline, s *freight.StopLine) *freight.KnownTime {
	if !s.Pickup() {
		return nil
	}
	if at := firstKnown(s.PickedUp, s.Loaded, s.Departed); at != nil || !t.State.Done() {
		return at
	}
	return firstKnown(s.Arrived)
}

// delivered is when the freight was handed over at a stop, nil when it was not (yet). Of a load that is known to be
// delivered the arrival must do where nothing else was told.
func delivered(t *freight.Timeline, s *freight.StopLine) *freight.KnownTime {
	if !s.Delivery() {
		return nil
	}
	if at := firstKnown(s.Delivered, s.Unloaded, s.Departed); at != nil || !t.State.Done() {
		return at
	}
	return firstKnown(s.Arrived)
}

func firstKnown(times ...*freight.KnownTime) *freight.KnownTime {
	for _, k := range times {
		if k != nil && !k.At.IsZero() {
			return k
		}
	}
	return nil
}

func paperOf(t *freight.Timeline, kind string) freight.PaperState {
	if state := t.Papers[kind]; state != "" {
		return state
	}
	return freight.PaperMissing
}

// openPOD lists a load whose last delivery was before the day and whose POD is missing or has an exception.
func (m *maker) openPOD(l *DailyLoad) {
	t := &l.Timeline
	pod := paperOf(t, freight.POD)
	if !t.State.Done() || t.State == freight.Closed || pod == freight.PaperReceived || pod == freight.PaperVerified {
		return
	}
	for i := len(t.Stops) - 1; i >= 0; i-- {
		s := &t.Stops[i]
		at := delivered(t, s)
		if at == nil {
			continue
		}
		if m.dayOf(at, s.Zone).Before(m.in.Day) {
			m.d.PODOpen = append(m.d.PODOpen, PODRow{Head: head(t), Delivered: m.actual(at, s.Zone), Age: ago(at.At, m.in.AsOf), POD: pod})
			m.list(l)
		}
		return
	}
}

// remainder accounts for a load that is in no list: it touches the day in another way, is cancelled, or has no day at all.
func (m *maker) remainder(l *DailyLoad) {
	t := &l.Timeline
	if m.listed[key(l)] {
		return
	}
	dated := false
	for i := range t.Stops {
		s := &t.Stops[i]
		what, touches := m.touch(t, s)
		dated = dated || !s.Window.IsZero() || s.Arrived != nil || s.Done()
		switch {
		case !touches:
			continue
		case out(t.State):
			m.cancelled = append(m.cancelled, t.Number)
			return
		}
		m.d.Others = append(m.d.Others, OtherRow{Head: head(t), Stop: stopHead(s), Window: m.cal.period(s.Window, s.Zone), What: what})
		m.list(l)
		return
	}
	if !dated && !t.State.Done() {
		m.dayless = append(m.dayless, t.Number)
	}
}

// touch says in what way a stop has to do with the day.
func (m *maker) touch(t *freight.Timeline, s *freight.StopLine) (what string, ok bool) {
	arrivedToday := s.Arrived != nil && !s.Arrived.At.IsZero() && m.dayOf(s.Arrived, s.Zone) == m.in.Day
	current, original := m.covers(s.Window, s.Zone, m.in.Day), m.covers(s.Original, s.Zone, m.in.Day)
	done := firstKnown(s.Delivered, s.Unloaded, s.PickedUp, s.Loaded, s.Departed)
	switch {
	case !arrivedToday && !current && !original && (done == nil || m.dayOf(done, s.Zone) != m.in.Day):
		return "", false
	case done != nil:
		return fmt.Sprintf("done %s, %s", m.actual(done, s.Zone).Text, m.judge(t, s, s.Window).Text), true
	case s.Arrived != nil && !s.Arrived.At.IsZero():
		return "arrived " + m.actual(s.Arrived, s.Zone).Text, true
	case original && !current && !s.Window.IsZero():
		return "was due " + m.cal.period(s.Original, s.Zone).Text + ", moved", true
	}
	return "no time was reported", true
}

func head(t *freight.Timeline) Head {
	h := Head{Load: t.Number, Account: t.Account, Carrier: cmp.Or(t.Carrier.Value, t.SCAC.Value), Refs: refsOf(t)}
	for i := range t.Stops {
		if h.From == "" && t.Stops[i].Pickup() {
			h.From = town(t.Stops[i].Place)
		}
		if t.Stops[i].Delivery() {
			h.To = town(t.Stops[i].Place)
		}
	}
	var remarks []string
	if t.Provisional {
		remarks = append(remarks, "known to the carrier only")
	}
	if t.Gone != nil {
		remarks = append(remarks, "no longer in the TMS export")
	}
	if t.State == freight.OnHold {
		remarks = append(remarks, "on hold")
	}
	h.Remark = strings.Join(remarks, ", ")
	return h
}

func town(p freight.Place) string { return cmp.Or(p.CityState(), p.String()) }

// refsOf are the numbers by which the customer asks for a load: PO, BOL, order, PRO; then how many more there are.
func refsOf(t *freight.Timeline) freight.List[string] {
	var refs freight.List[string]
	for _, wanted := range []freight.RefType{freight.RefPO, freight.RefBOL, freight.RefOrder, freight.RefPRO} {
		var values []string
		for _, r := range t.Refs {
			if r.Type == wanted {
				values = append(values, r.Value)
			}
		}
		slices.Sort(values)
		for _, v := range slices.Compact(values) {
			refs = append(refs, string(wanted)+" "+v)
		}
	}
	return refs
}

func stopHead(s *freight.StopLine) StopHead {
	return StopHead{Seq: s.Seq, Kind: s.Kind, Place: s.Place.String(), Zone: s.Zone}
}

// stopWords is "Delivery, stop 2".
func stopWords(kind string, seq int) string {
	name := map[string]string{"pickup": "Pickup", "delivery": "Delivery", "pickup_delivery": "Pickup and delivery", "relay": "Relay"}[kind]
	return fmt.Sprintf("%s, stop %d", cmp.Or(name, "Stop of unknown kind"), seq)
}

// original is the first window where it is not the current one.
func (m *maker) original(s *freight.StopLine) *Period {
	if s.Original.IsZero() || s.Original.Start.Equal(s.Window.Start) && Deadline(s.Original).Equal(Deadline(s.Window)) {
		return nil
	}
	return m.cal.period(s.Original, s.Zone)
}

// actual is a time that something happened; of a day without a time only the day is printed.
func (m *maker) actual(k *freight.KnownTime, zone string) Moment {
	if !dayOnly(k) {
		return m.cal.moment(k.At, zone)
	}
	at := k.At.In(location(zone))
	return Moment{At: at, Zone: at.Location().String(), Text: m.cal.dayWords(DayOf(at)) + ", no time"}
}

func (m *maker) eta(s *freight.StopLine) *ETA {
	if s.ETA == nil || s.ETA.At.IsZero() || s.Arrived != nil {
		return nil
	}
	e := &ETA{At: m.cal.moment(s.ETA.At, s.Zone), Source: string(s.ETA.Source.Kind), Age: ago(s.ETA.StatedAt, m.in.AsOf), Stale: m.stale(s.ETA.StatedAt)}
	if s.Window.IsZero() || s.Window.DayOnly {
		return e
	}
	slack := Deadline(s.Window).Sub(s.ETA.At)
	minutes := int(slack / time.Minute)
	if slack < 0 {
		minutes = -begunMinutes(-slack)
		e.Text = length(time.Duration(-minutes)*time.Minute) + " late"
	} else {
		e.Text = length(slack) + " to spare"
	}
	e.Slack = &minutes
	return e
}

// news is the last position where nothing newer was heard, else the last news.
func (m *maker) news(t *freight.Timeline) News {
	if p := t.Position; p != nil && (t.LastNews == nil || !t.LastNews.At.After(p.At)) {
		where := town(p.Place)
		if where == "" && p.Place.HasPoint() {
			where = fmt.Sprintf("at %.4f, %.4f", p.Place.Lat, p.Place.Lon)
		}
		return m.newsAt(p.At, cmp.Or(where, "position without a place"), p.Source)
	}
	if t.LastNews == nil {
		return News{Text: "nothing heard", Stale: true}
	}
	return m.newsAt(t.LastNews.At, t.LastNews.Text, t.LastNews.Source)
}

func (m *maker) newsAt(t time.Time, text string, by freight.Source) News {
	at := m.moment(t)
	return News{At: &at, Text: text, By: string(by.Kind), Age: ago(t, m.in.AsOf), Stale: m.stale(t)}
}
