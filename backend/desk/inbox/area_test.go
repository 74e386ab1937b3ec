package inbox

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/fourkites"
	"tracedesk/backend/connect/macropoint"
	"tracedesk/backend/connect/project44"
	"tracedesk/backend/desk"
	"tracedesk/backend/desk/sources"
	"tracedesk/backend/feeds"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

var clock = time.Date(2026, 3, 2, 20, 0, 0, 0, time.UTC)

// bench is a desk with an account at MacroPoint whose customer has one load, and a folder for recorded callbacks.
type bench struct {
	t      testing.TB
	dir    string
	drop   string
	now    time.Time
	desk   *desk.Desk
	engine *feeds.Engine
	area   *Area
}

func newBench(t testing.TB) *bench {
	t.Helper()
	b := &bench{t: t, dir: t.TempDir(), drop: t.TempDir(), now: clock}
	b.open()
	sheet := filepath.Join(t.TempDir(), "loads.csv")
	text := "load,customer,stop,kind,facility,city,state,zone,appt_start,appt_end\n" +
		"L-7,Acme,1,pickup,North Dock,Chicago,IL,America/Chicago,2026-03-02 08:00,2026-03-02 10:00\n" +
		"L-7,Acme,2,delivery,South Dock,Nashville,TN,America/Chicago,2026-03-03 07:00,2026-03-03 09:00\n"
	if err := os.WriteFile(sheet, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := sources.New(b.desk, nil).ImportNow(t.Context(), sources.ImportRequest{Files: freight.List[sources.FileRef]{{Path: sheet}}}, nil); err != nil {
		t.Fatal(err)
	}
	a := feeds.Account{Name: "mp", Kind: "macropoint", Enabled: true, Values: map[string]string{"baseUrl": "https://mp.example/api/1.0/", "user": "desk", "mpid": "DESKMP", "inboxDir": b.drop}}
	if _, err := b.engine.Add(t.Context(), a, "Ida"); err != nil {
		t.Fatal(err)
	}
	return b
}

// nobody answers: callbacks need no network.
type nobody struct{}

func (nobody) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("no network here")
}

func (b *bench) open() {
	b.t.Helper()
	if err := b.start(b.t.Context()); err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { b.desk.Close() })
}

func (b *bench) start(ctx context.Context) (err error) {
	if b.desk, err = desk.Open(ctx, desk.Options{Dir: b.dir, Person: "Ida", Now: func() time.Time { return b.now }}); err != nil {
		return err
	}
	b.engine = feeds.New(feeds.Options{Kinds: []connect.Kind{macropoint.Kind, project44.Kind, fourkites.Kind}, Store: b.desk.Store, Poster: b.desk.FeedPoster(), Now: b.desk.Now, Clock: still{b},
		Secret: func(string, string) (string, error) { return "secret", nil }, Transport: func(store.Feed) (http.RoundTripper, error) { return nobody{}, nil }})
	b.area = New(b.desk, b.engine)
	return nil
}

// still is a transport's clock that goes with the bench's.
type still struct{ b *bench }

func (s still) Now() time.Time                                   { return s.b.now }
func (s still) Sleep(ctx context.Context, _ time.Duration) error { return ctx.Err() }

// again closes the desk as a crash would leave it and opens it.
func (b *bench) again() {
	b.t.Helper()
	if err := b.desk.Close(); err != nil {
		b.t.Fatal(err)
	}
	b.open()
}

func (b *bench) call(query string) {
	b.t.Helper()
	b.now = b.now.Add(time.Minute)
	kept, err := b.area.Receive(b.t.Context(), Callback{Account: "mp", Method: "GET", Path: "/cb", Query: query})
	if err != nil || !kept.Kept {
		b.t.Fatalf("%s: %+v, %v", query, kept, err)
	}
}

func (b *bench) read() feeds.SyncResult {
	b.t.Helper()
	res, err := b.engine.ReadDeposits(b.t.Context(), "mp")
	if err != nil {
		b.t.Fatal(err)
	}
	return res
}

func (b *bench) line() freight.Timeline {
	b.t.Helper()
	known, err := b.desk.FindLoad(b.t.Context(), "L-7")
	if err != nil {
		b.t.Fatal(err)
	}
	line, err := b.desk.Ledger.Known(b.t.Context(), known.ID)
	if err != nil {
		b.t.Fatal(err)
	}
	return line
}

func status(code int) string {
	return fmt.Sprintf("ID=L-7&MPOrderID=MP1&Code=%d&Message=As+told", code)
}

func position(minute int) string {
	at := url.QueryEscape(fmt.Sprintf("3/2/2026 8:%02d:11 PM", minute))
	return fmt.Sprintf("ID=L-7&MPOrderID=MP1&Latitude=39.%02d&Longitude=-86.15&City=Indianapolis&State=IN&LocationDateTimeUTC=%s", minute, at)
}

// TestCallbacksToTimeline: a tracked load from the invitation to the end, as callbacks tell it.
func TestCallbacksToTimeline(t *testing.T) {
	b := newBench(t)
	tracking := func(want freight.TrackingState) {
		t.Helper()
		b.read()
		if got := b.line().Tracking; got.State != want || got.Source.String() != "macropoint/mp" {
			t.Fatalf("tracking is %+v, want %s", got, want)
		}
	}
	b.call(status(1001))
	tracking(freight.TrackPending)
	b.call(status(1020))
	tracking(freight.TrackReady)
	b.call(status(1021))
	b.call(position(5))
	tracking(freight.TrackTracking)
	b.call(status(1060))
	tracking(freight.TrackStale)
	b.call(status(1021)) // the same words as before, and news
	tracking(freight.TrackTracking)
	b.call(status(1111)) // of the driver's trip sheet: takes nothing back
	tracking(freight.TrackTracking)
	b.call(status(1098)) // unknown: kept, shown, and takes nothing back
	tracking(freight.TrackTracking)
	b.call("ID=L-7&MPOrderID=MP1&StopType=Pickup&StopID=TD-1&EventName=Arrived&EventDateTimeUTC=3%2F2%2F2026+2%3A21%3A00+PM")
	b.call("ID=L-7&MPOrderID=MP1&StopType=DropOff&StopID=99&City=Nashville&State=TN&ScheduleAlertCode=3&ScheduledEndTimeInLocalTimeForStop=3%2F3%2F2026+9%3A00%3A00+AM")
	b.call(status(1022))
	tracking(freight.TrackEnded)

	line := b.line()
	if line.State != freight.AtPickup || line.Stops[0].Arrived == nil || line.Stops[0].Arrived.At != time.Date(2026, 3, 2, 14, 21, 0, 0, time.UTC) {
		t.Errorf("state %s, arrived %+v", line.State, line.Stops[0].Arrived)
	}
	if line.Position == nil || line.Position.Place.Lat != 39.05 {
		t.Errorf("position %+v", line.Position)
	}
	var words []string
	for _, w := range line.Statuses {
		words = append(words, fmt.Sprintf("%d %s %s", w.Stop, w.Type, w.Text))
	}
	for _, want := range []string{"0 macropoint order 1022", "2 macropoint schedule 3", "1 macropoint event Arrived"} {
		if !strings.Contains(strings.Join(words, "; "), want) {
			t.Errorf("%q is not among the status words: %q", want, words)
		}
	}
	if len(line.Exceptions) != 1 || line.Exceptions[0].Stop != 2 {
		t.Errorf("exceptions %+v", line.Exceptions)
	}
}

// TestRepeats: a callback that comes again, at once or after a restart, changes nothing.
func TestRepeats(t *testing.T) {
	b := newBench(t)
	b.call(status(1021))
	b.call(position(5))
	if res := b.read(); res.New != 2 || res.Quarantined != 0 {
		t.Errorf("%+v", res)
	}
	for range 2 {
		b.call(position(5))
		b.call(status(1021))
		if res := b.read(); res.New != 0 || res.Quarantined != 0 {
			t.Errorf("a repeat was news: %+v", res)
		}
		b.again()
	}
	b.call(position(6))
	if res := b.read(); res.New != 1 {
		t.Errorf("after a restart: %+v", res)
	}
}

// TestKeptBeforeRead: what was answered with "kept" is read after a crash, whatever had not been read by then.
func TestKeptBeforeRead(t *testing.T) {
	b := newBench(t)
	b.call(status(1021))
	b.call(position(5))
	b.again()
	b.call(position(6))
	b.again()
	if res := b.read(); res.New != 3 {
		t.Errorf("%+v", res)
	}
	if line := b.line(); line.Tracking.State != freight.TrackTracking || len(line.Trail) == 0 {
		t.Errorf("%+v", line.Tracking)
	}
}

// TestUnknown: what no load answers to, what cannot be read, and whom nobody knows.
func TestUnknown(t *testing.T) {
	b := newBench(t)
	b.call("Code=1021")
	b.call("ID=L-7&Hello=World")
	if res := b.read(); res.New != 0 || res.Quarantined != 2 {
		t.Errorf("%+v", res)
	}
	for account, want := range map[string]Why{"nobody": NoAccount, "mp": NoCallback} {
		kept, err := b.area.Receive(t.Context(), Callback{Account: account, Method: "GET"})
		if err != nil || kept.Kept || kept.Refused != want || kept.Error() == nil {
			t.Errorf("%s: %+v, %v", account, kept, err)
		}
	}
}

// TestFolder: recorded callbacks are swept in by the account's setting, each once, also beside the listener.
func TestFolder(t *testing.T) {
	b := newBench(t)
	b.call(position(5))
	text := "2026-03-02T20:01:00Z " + status(1001) + "\n2026-03-02T20:02:00Z " + status(1021) + "\n" + position(5) + "\n" + position(6) + "\n"
	path := filepath.Join(b.drop, "mp.log")
	if err := errors.Join(os.WriteFile(path, []byte(text), 0o600), os.Chtimes(path, clock, clock)); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := b.area.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		b.again()
	}
	if res := b.read(); res.New != 4 || res.Duplicates != 0 {
		t.Errorf("%+v", res)
	}
	if got := b.line().Tracking; got.State != freight.TrackTracking {
		t.Errorf("%+v", got)
	}
}

// TestWatchFollowsAccounts: watching ends with its context, whether or not any account has a folder.
func TestWatchFollowsAccounts(t *testing.T) {
	b := newBench(t)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- b.area.Watch(ctx) }()
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	acc, err := b.engine.Accounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	acc[0].Values["inboxDir"] = ""
	if err := b.engine.Change(t.Context(), "mp", acc[0], "Ida"); err != nil {
		t.Fatal(err)
	}
	ctx, stop = context.WithCancel(t.Context())
	go func() { ended <- b.area.Watch(ctx) }()
	stop()
	n, err := b.area.Sweep(t.Context())
	if err = errors.Join(err, <-ended); err != nil || len(n) != 0 {
		t.Error(err)
	}
}

// TestLackingPhone: a load whose driver's phone nobody knows waits without keeping a sync from its end, says what it lacks, and is
// tried again.
func TestLackingPhone(t *testing.T) {
	b := newBench(t)
	acc, err := b.engine.Accounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	acc[0].Values["customers"] = "Acme"
	if err := b.engine.Change(t.Context(), "mp", acc[0], "Ida"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		res, err := b.engine.UntilIdle(t.Context(), feeds.Sync{}, nil)
		if err != nil || res[0].Failed != 0 || res[0].Pushed != 0 {
			t.Fatalf("%+v, %v", res, err)
		}
		b.now = b.now.Add(time.Minute)
	}
	out, err := b.engine.Outbox(t.Context(), "mp", time.Time{}, 10)
	if err != nil || len(out) != 1 || !strings.Contains(out[0].Reason, "no driver's phone yet") {
		t.Fatalf("%+v, %v", out, err)
	}
	id, err := strconv.ParseInt(out[0].ID, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	if tries, err := b.engine.Tries(t.Context(), id); err != nil || len(tries) != 1 {
		t.Errorf("what it lacks was told %d times, %v", len(tries), err)
	}
}

// TestWebhooks: project44 and FourKites call back by the same roads, for those who have a relay; what came by both is there once.
func TestWebhooks(t *testing.T) {
	for kind, c := range map[string]struct {
		values map[string]string
		body   string
	}{
		"project44": {map[string]string{"clientId": "desk", "region": "northAmerica"}, `{"shipment": {"id": "5b0f2f2e-0d1c-4f6a-9b52-1d6f9c0a7a11", "identifiers": [{"type": "BILL_OF_LADING", "value": "L-7"}],
			"routeInfo": {"stops": [{"id": "a1", "type": "ORIGIN", "location": {"name": "North Dock"}}, {"id": "b2", "type": "DESTINATION", "location": {"name": "South Dock"}}]}},
			"events": [{"type": "ARRIVAL_AT_STOP", "stopId": "a1", "dateTime": "2026-03-02T08:21:00-0600"}], "positions": []}`},
		"fourkites": {map[string]string{"generation": "gateway"}, `{"MessageType": "LOCATION_UPDATE", "FourKitesLoadId": 626000123, "LoadNumber": "L-7", "City": "Indianapolis", "State": "IN",
			"Latitude": "39.7684", "Longitude": "-86.1581", "Timestamp": "2026-03-02T20:05:11Z", "Timezone": "America/Indiana/Indianapolis"}`},
	} {
		t.Run(kind, func(t *testing.T) {
			b := newBench(t)
			drop := t.TempDir()
			c.values["inboxDir"] = drop
			if _, err := b.engine.Add(t.Context(), feeds.Account{Name: "hook", Kind: kind, Enabled: true, Values: c.values}, "Ida"); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(drop, "call.json")
			if err := errors.Join(os.WriteFile(path, []byte(c.body), 0o600), os.Chtimes(path, clock, clock)); err != nil {
				t.Fatal(err)
			}
			kept, err := b.area.Receive(t.Context(), Callback{Account: "hook", Method: "POST", Path: "/", Media: "application/json", Body: []byte(c.body)})
			if err != nil || !kept.Kept {
				t.Fatalf("%+v, %v", kept, err)
			}
			if n, err := b.area.Sweep(t.Context()); err != nil || n["hook"] != 1 {
				t.Fatalf("%v, %v", n, err)
			}
			first, err := b.engine.ReadDeposits(t.Context(), "hook")
			if err != nil || first.New == 0 || first.Duplicates != 0 {
				t.Errorf("%+v, %v", first, err)
			}
			for _, empty := range []Callback{{Account: "hook", Method: "POST"}, {Account: "hook", Method: "GET", Query: "ping=1"}} {
				if kept, err := b.area.Receive(t.Context(), empty); err != nil || kept.Refused != NoCallback {
					t.Errorf("%+v, %v", kept, err)
				}
			}
		})
	}
}
