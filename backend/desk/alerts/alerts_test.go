package alerts_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	_ "time/tzdata"

	"tracedesk/backend/desk"
	"tracedesk/backend/desk/alerts"
	"tracedesk/backend/desk/exceptions"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// noon is 07:00 in Chicago.
var noon = time.Date(2026, 3, 18, 12, 0, 0, 0, time.UTC)

// example is a desk whose clock stands at a minute after noon.
type example struct {
	*testing.T
	dir    string
	minute atomic.Int64
	desk   *desk.Desk
	area   *alerts.Area
}

func start(t *testing.T) *example {
	e := &example{T: t, dir: t.TempDir()}
	e.open()
	t.Cleanup(func() { e.desk.Close() })
	return e
}

func (e *example) now() time.Time { return noon.Add(time.Duration(e.minute.Load()) * time.Minute) }

func (e *example) open() {
	e.Helper()
	d, err := desk.Open(e.Context(), desk.Options{Dir: e.dir, Person: "Ida", Now: e.now})
	if err != nil {
		e.Fatal(err)
	}
	e.desk, e.area = d, alerts.New(d, wording)
}

// wording is a playbook that knows what to write about missed appointments only.
func wording(_ context.Context, kind string) (string, error) {
	if kind != "appointment.missed" {
		return "", nil
	}
	return "Load {load} for {customer} misses {window}. Next update at {next}.", nil
}

// reopen closes the desk and opens it at a minute after noon.
func (e *example) reopen(minute int) {
	e.Helper()
	if err := e.desk.Close(); err != nil {
		e.Fatal(err)
	}
	e.minute.Store(int64(minute))
	e.open()
}

// tender is a load of a customer to be picked up at a minute after noon: near 75 minutes before (watch), missed a minute
// after (major), missed late 105 minutes after (critical).
func (e *example) tender(number, customer string, pickup int) {
	e.Helper()
	at := freight.At(noon.Add(time.Duration(pickup) * time.Minute))
	place := freight.Place{City: "Dallas", State: "TX", Country: "US"}
	o := freight.Observation{Source: freight.Source{Kind: freight.TMS, Account: freight.DefaultTMS}, Channel: freight.ByFile, StatedAt: e.now(),
		Names: []freight.Reference{{Type: freight.RefLoad, Value: number}},
		Claims: []freight.Claim{{Fact: freight.FactCustomer, Value: freight.Value{Text: customer}},
			{Subject: freight.Stop(1), Fact: freight.FactStopKind, Value: freight.Value{Text: "pickup"}},
			{Subject: freight.Stop(1), Fact: freight.FactPlace, Value: freight.Value{Place: place}},
			{Subject: freight.Stop(1), Fact: freight.FactWindow, Value: freight.Value{Start: at, End: at}}}}
	if _, err := e.desk.Ledger.Post(e.Context(), 0, []freight.Observation{o}, nil); err != nil {
		e.Fatal(err)
	}
}

// at sets the clock and lets the desk judge what is due.
func (e *example) at(minute int) {
	e.Helper()
	e.minute.Store(int64(minute))
	if _, err := e.desk.Ledger.Tick(e.Context()); err != nil {
		e.Fatal(err)
	}
}

// look is one round over all loads; it answers what was told in it, as "who: title".
func (e *example) look() []string {
	e.Helper()
	before := e.recent(0).Seq
	if err := e.area.Look(e.Context(), nil); err != nil {
		e.Fatal(err)
	}
	return told(e.recent(before).Alerts)
}

func told(list []alerts.Alert) []string {
	out := []string{}
	for i := range list {
		if about(&list[i]) {
			out = append(out, list[i].Who+": "+list[i].Title)
		}
	}
	return out
}

// about leaves out kinds that are not the matter of these examples.
func about(a *alerts.Alert) bool {
	return strings.HasPrefix(a.Kind, "appointment.") || strings.Contains(a.Title, "more exceptions")
}

func (e *example) recent(since int64) alerts.RecentAlerts {
	e.Helper()
	got, err := e.area.Recent(e.Context(), since)
	if err != nil {
		e.Fatal(err)
	}
	return got
}

func (e *example) alert(c alerts.AlertChange) alerts.AlertRules {
	e.Helper()
	if c.Channel == "" && !c.Remove {
		c.Channel = alerts.InApp
	}
	got, err := e.area.Change(e.Context(), c)
	if err != nil {
		e.Fatal(err)
	}
	return got
}

func (e *example) want(what string, got []string, want ...string) {
	e.Helper()
	if !slices.Equal(got, want) {
		e.Errorf("%s: told %q, want %q", what, got, want)
	}
}

func TestEachIsToldOnceToWhomItConcerns(t *testing.T) {
	e := start(t)
	e.alert(alerts.AlertChange{Who: "Ana", Severity: freight.Major})
	e.alert(alerts.AlertChange{Who: "Bob", Severity: freight.Watched, Customer: "ACME", Channel: alerts.OS})
	e.alert(alerts.AlertChange{Who: "Cy", Severity: freight.Critical})
	e.tender("L1", "Acme", 90)
	e.tender("L2", "Other", 90)
	e.want("nothing holds", e.look())
	e.at(30)
	e.want("near", e.look(), "Bob: Load L1: Appointment near, no arrival")
	e.at(91)
	e.want("missed: it got worse for Bob", e.look(), "Ana: Load L2: Appointment missed", "Ana: Load L1: Appointment missed", "Bob: Load L1: Appointment missed")
	e.want("once", e.look())
	last := e.recent(0).Alerts
	if i := slices.IndexFunc(last, func(a alerts.Alert) bool { return a.Who == "Bob" && about(&a) }); i < 0 || !last[i].OS || last[i].Channel != alerts.OS || last[i].Text == "" || len(last[i].LoadID) != 32 {
		t.Errorf("what Bob is told is %+v", last)
	}
	e.reopen(100)
	e.want("after a restart", e.look())
	e.at(195)
	e.want("worse", e.look(), "Ana: Load L2: Appointment missed, work not done", "Ana: Load L1: Appointment missed, work not done",
		"Bob: Load L1: Appointment missed, work not done", "Cy: Load L2: Appointment missed, work not done", "Cy: Load L1: Appointment missed, work not done")
	e.want("worse, once", e.look())
	if got := e.recent(9999); len(got.Alerts) != len(e.recent(0).Alerts) {
		t.Errorf("a number of another desk file hides alerts: %d", len(got.Alerts))
	}
}

func TestQuietHoursHoldBack(t *testing.T) {
	e := start(t)
	e.alert(alerts.AlertChange{Who: "Ana", Severity: freight.Major, QuietFrom: "22:00", QuietTo: "08:30", Zone: "America/Chicago"})
	e.tender("L1", "Acme", 30)
	e.at(31)
	e.want("07:31 in Chicago", e.look())
	e.reopen(89)
	e.want("08:29, after a restart", e.look())
	e.at(90)
	if err := e.area.Look(t.Context(), []int64{}); err != nil { // nothing changed but the clock
		t.Fatal(err)
	}
	e.want("08:30", told(e.recent(0).Alerts), "Ana: Load L1: Appointment missed")
	e.want("once", e.look())
}

func TestSnoozedAndResolvedOnesAreNotTold(t *testing.T) {
	e := start(t)
	e.alert(alerts.AlertChange{Who: "Ana", Severity: freight.Major})
	e.tender("L1", "Acme", 30)
	e.tender("L2", "Acme", 30)
	e.at(40)
	book := exceptions.New(e.desk)
	until := noon.Add(time.Hour)
	for load, act := range map[string]exceptions.ExceptionActs{
		"L1": {Act: exceptions.Snooze, Until: &until},
		"L2": {Act: exceptions.Resolve, Cause: "AI", Party: "carrier", Evidence: freight.List[string]{"gate log"}},
	} {
		list, err := book.List(t.Context(), exceptions.ExceptionQuery{Load: load, Kind: "appointment.missed"})
		if err != nil || len(list.Items) != 1 {
			t.Fatalf("%s has %d, %v", load, len(list.Items), err)
		}
		act.Items = freight.List[exceptions.ExceptionRef]{{Load: load, ID: list.Items[0].ID}}
		if done, err := book.Act(t.Context(), act); err != nil || len(done.Refused) > 0 {
			t.Fatal(done, err)
		}
	}
	e.want("snoozed, resolved", e.look())
	e.at(60)
	e.want("awake", e.look(), "Ana: Load L1: Appointment missed")
}

func TestMessagesAreDraftedNotSent(t *testing.T) {
	e := start(t)
	e.alert(alerts.AlertChange{Who: "Ana", Severity: freight.Watched, Channel: alerts.Mail, Address: "ana@acme.example"})
	e.alert(alerts.AlertChange{Who: "Ana", Severity: freight.Major, Channel: alerts.SMS, Address: "+1 972 555 0143"})
	e.tender("L1", "Acme", 60)
	e.at(0)
	e.look()
	e.want("a draft", e.drafts(),
		"alert|Ana|mail|ana@acme.example|Load L1: Appointment near, no arrival. Pickup window at Dallas, TX ends Wed 18 Mar 08:00 CDT and no arrival is known. Ask the driver where the truck is and for the ETA at Dallas, TX.")
	e.at(61)
	e.look()
	e.want("what is worse takes the place of what was drafted", e.drafts(),
		"alert|Ana|mail|ana@acme.example|Load L1 for Acme misses Wed 18 Mar 08:00 CDT. Next update at {next}.",
		"alert|Ana|sms|+1 972 555 0143|Load L1 for Acme misses Wed 18 Mar 08:00 CDT. Next update at {next}.")
	for _, a := range e.recent(0).Alerts {
		if a.OS || a.Channel != alerts.Mail && a.Channel != alerts.SMS {
			t.Errorf("a draft shows on the desk: %+v", a)
		}
	}
}

// drafts are the messages about appointments that wait.
func (e *example) drafts() (got []string) {
	e.Helper()
	waiting, err := e.desk.Store.Intents(e.Context(), "waiting", 100)
	if err != nil {
		e.Fatal(err)
	}
	for _, in := range waiting {
		if in.Kind == "message" && strings.Contains(strings.ToLower(in.Body), "appointment") || strings.Contains(in.Body, "misses") {
			parts := strings.Split(in.Key, "/")
			got = append(got, strings.Join([]string{parts[0], parts[2], parts[3], in.Target, in.Body}, "|"))
		}
	}
	return got
}

func TestADraftFallsAwayWithItsExceptionAndComesBackWithIt(t *testing.T) {
	e := start(t)
	e.alert(alerts.AlertChange{Who: "Ana", Severity: freight.Major, Channel: alerts.Mail, Address: "ana@acme.example"})
	e.tender("L1", "Acme", 30)
	e.at(40)
	e.look()
	want := "alert|Ana|mail|ana@acme.example|Load L1 for Acme misses Wed 18 Mar 07:30 CDT. Next update at {next}."
	e.want("open", e.drafts(), want)
	book := exceptions.New(e.desk)
	list, err := book.List(t.Context(), exceptions.ExceptionQuery{Load: "L1", Kind: "appointment.missed"})
	if err != nil || len(list.Items) != 1 {
		t.Fatal(list, err)
	}
	do := func(act exceptions.ExceptionActs) {
		t.Helper()
		act.Items = freight.List[exceptions.ExceptionRef]{{Load: "L1", ID: list.Items[0].ID}}
		if done, err := book.Act(t.Context(), act); err != nil || len(done.Refused) > 0 {
			t.Fatal(done, err)
		}
	}
	do(exceptions.ExceptionActs{Act: exceptions.Resolve, Cause: "AI", Party: "carrier", Evidence: freight.List[string]{"gate log"}})
	e.look()
	e.want("resolved", e.drafts())
	e.at(45)
	do(exceptions.ExceptionActs{Act: exceptions.Reopen})
	e.want("opened again", e.look(), "Ana: Load L1: Appointment missed")
	e.want("drafted again", e.drafts(), want)
}

func TestWhatIsOldWhenTheDeskOpensIsNotTold(t *testing.T) {
	const days = 24 * 60
	e := start(t)
	e.alert(alerts.AlertChange{Who: "Ana", Severity: freight.Major})
	e.tender("OLD", "Acme", 30)
	e.at(40)
	e.desk.Close() // nobody looked, and no round says how long it was open
	e.reopen(40 + 3*days)
	e.tender("NEW", "Acme", 10+3*days)
	e.at(40 + 3*days)
	got := e.look()
	e.want("three days later", got, "Ana: Load NEW: Appointment missed")
	e.tender("GAP", "Acme", 100+3*days)
	e.reopen(5 * days)
	e.at(5 * days)
	e.want("what began or got worse since it was last open", e.look(), "Ana: Load NEW: Appointment missed, work not done", "Ana: Load GAP: Appointment missed, work not done")
	e.want("old ones stay old", e.look())
}

func TestManyAreOneLine(t *testing.T) {
	e := start(t)
	e.alert(alerts.AlertChange{Who: "Ana", Severity: freight.Major})
	e.alert(alerts.AlertChange{Who: "Bob", Severity: freight.Major, Channel: alerts.Mail, Address: "bob@acme.example"})
	for i := range 30 {
		e.tender(fmt.Sprintf("L%02d", i), "Acme", 30)
	}
	e.at(31)
	list := e.look()
	if len(list) != 22 || list[0] != "Ana: 20 more exceptions" || list[10] != "Ana: Load L00: Appointment missed" {
		t.Errorf("told %q", list)
	}
	waiting, err := e.desk.Store.Intents(t.Context(), "waiting", 100)
	if err != nil || len(waiting) != 11 || waiting[0].Load != 0 || !strings.HasPrefix(waiting[0].Body, "20 more exceptions. Load L10: Appointment missed; ") {
		t.Errorf("%d drafts, %v: %+v", len(waiting), err, waiting)
	}
	e.want("none of the rest later", e.look())
}

func TestStakeholdersComeAndGo(t *testing.T) {
	e := start(t)
	e.tender("L1", "Acme", 30)
	e.at(31)
	e.look()
	rules := e.alert(alerts.AlertChange{Who: " Ana ", Severity: freight.Critical, As: "Ida"})
	rules = e.alert(alerts.AlertChange{ID: rules.Rules[0].ID, Who: "Ana", Severity: freight.Watched})
	e.want("what was open before", e.look())
	e.tender("L2", "Acme", 40)
	e.at(41)
	e.want("what opens", e.look(), "Ana: Load L2: Appointment missed")
	if r := rules.Rules[0]; r.Who != "Ana" || r.By != "Ida" || !r.At.Equal(noon.Add(31*time.Minute)) || len(rules.Channels) != 4 {
		t.Errorf("kept %+v", rules)
	}
	gone := e.alert(alerts.AlertChange{ID: rules.Rules[0].ID, Remove: true})
	again := e.alert(alerts.AlertChange{Who: "Ana", Severity: freight.Major})
	if len(gone.Rules) != 0 || again.Rules[0].ID == rules.Rules[0].ID {
		t.Errorf("after the removal %+v, then %+v", gone, again)
	}
	versions, err := e.desk.Store.SettingVersions(t.Context(), "alerts")
	if err != nil || len(versions) != 4 {
		t.Errorf("%d versions kept, %v", len(versions), err)
	}
}

func TestWhatCannotBeAlerted(t *testing.T) {
	e := start(t)
	good := alerts.AlertChange{Who: "Ana", Severity: freight.Major, Channel: alerts.InApp}
	for says, spoil := range map[string]func(*alerts.AlertChange){
		"who is alerted":    func(c *alerts.AlertChange) { c.Who = " " },
		"too long":          func(c *alerts.AlertChange) { c.Who = strings.Repeat("a", 201) },
		"no severity":       func(c *alerts.AlertChange) { c.Severity = "bad" },
		"no way to alert":   func(c *alerts.AlertChange) { c.Channel = "fax" },
		"needs no address":  func(c *alerts.AlertChange) { c.Address = "x@y.example" },
		"no mail address":   func(c *alerts.AlertChange) { c.Channel, c.Address = alerts.Mail, "ana" },
		"no phone number":   func(c *alerts.AlertChange) { c.Channel, c.Address = alerts.SMS, "555" },
		"no time of day":    func(c *alerts.AlertChange) { c.QuietFrom = "22:00" },
		"never begin":       func(c *alerts.AlertChange) { c.QuietFrom, c.QuietTo, c.Zone = "22:00", "22:00", "UTC" },
		"no time zone":      func(c *alerts.AlertChange) { c.QuietFrom, c.QuietTo, c.Zone = "22:00", "06:00", "Mars" },
		"There is no stake": func(c *alerts.AlertChange) { c.ID = "7" },
	} {
		c := good
		spoil(&c)
		if _, err := e.area.Change(t.Context(), c); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("want %q, got %v", says, err)
		}
	}
	if rules, err := e.area.Rules(t.Context()); err != nil || len(rules.Rules) != 0 {
		t.Errorf("kept %+v, %v", rules, err)
	}
}

// TestWatch: what the ledger announces is told without being asked for, and the watching ends with its context.
func TestWatch(t *testing.T) {
	e := start(t)
	e.alert(alerts.AlertChange{Who: "Ana", Severity: freight.Major})
	e.tender("L1", "Acme", 30)
	news, stop := e.desk.Ledger.News().Listen()
	defer stop()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		e.area.Watch(ctx, func(err error) { t.Error(err) })
	}()
	e.at(31)
	for len(told(e.recent(0).Alerts)) == 0 {
		<-news // the watcher announces what it told
	}
	cancel()
	<-done
	e.want("told", told(e.recent(0).Alerts), "Ana: Load L1: Appointment missed")
	if kept, err := e.desk.Store.Meta(t.Context(), "alerts.open"); err != nil || kept == "" {
		t.Errorf("how long the desk was open is not kept: %q, %v", kept, err)
	}
}

// TestSalvageKeepsWhatWasTold: a damaged file is no reason to tell all of it again.
func TestSalvageKeepsWhatWasTold(t *testing.T) {
	e := start(t)
	e.alert(alerts.AlertChange{Who: "Ana", Severity: freight.Major})
	e.tender("L1", "Acme", 30)
	e.at(31)
	before, err := json.Marshal(e.look())
	if err != nil || e.desk.Close() != nil {
		t.Fatal(err)
	}
	if _, err := store.Salvage(t.Context(), e.dir, noon); err != nil {
		t.Fatal(err)
	}
	e.open()
	if after, _ := json.Marshal(told(e.recent(0).Alerts)); string(after) != string(before) {
		t.Errorf("salvaged %s of %s", after, before)
	}
}
