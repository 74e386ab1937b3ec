package macropoint

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/codes"
	"tracedesk/backend/freight"
)

// all are the observations and faults that a body becomes.
func all(t testing.TB, c *Connector, body string) (out []freight.Observation, faults []freight.Fault) {
	t.Helper()
	for rec, err := range c.Read(connect.Body{About: "callback", Bytes: []byte(body), At: received}) {
		if err != nil {
			t.Fatal(err)
		}
		out, faults = append(out, rec.Observations...), append(faults, rec.Faults...)
	}
	return out, faults
}

func claim(t *testing.T, obs []freight.Observation, fact freight.Fact) freight.Claim {
	t.Helper()
	for _, o := range obs {
		for _, c := range o.Claims {
			if c.Fact == fact {
				return c
			}
		}
	}
	t.Fatalf("no %s in %+v", fact, obs)
	return freight.Claim{}
}

// TestDates: each way in which a date may be written, as the instant that it is. UTC stays UTC, however it looks.
func TestDates(t *testing.T) {
	want := time.Date(2026, 3, 2, 20, 5, 11, 0, time.UTC)
	for text, at := range map[string]time.Time{
		"3/2/2026 8:05:11 PM": want, "03/02/2026 08:05:11 pm": want, "3/2/2026 20:05:11": want, "3/2/2026  8:05 PM": want.Truncate(time.Minute),
		"2026-03-02T20:05:11": want, "2026-03-02T20:05:11Z": want, "2026-03-02T20:05:11.123Z": want, "2026-03-02T14:05:11-06:00": want, "2026-03-02 20:05:11": want,
		"2026-03-02T14:05:11-0600": want, "2026-03-02T20:05Z": want.Truncate(time.Minute),
		"1/1/0001 12:00:00 AM": {}, "2/30/2026 8:05 PM": {}, "tomorrow": {}, "20260302": {},
	} {
		got, faults := all(t, connector(t), "ID=1&Latitude=39.7&Longitude=-86.1&LocationDateTimeUTC="+url.QueryEscape(text))
		when := claim(t, got, freight.FactPosition).At
		if at.IsZero() {
			if !when.IsZero() || len(faults) != 1 {
				t.Errorf("%q became %s with %v", text, when, faults)
			}
			continue
		}
		if when.Basis != freight.Instant || when.Sec != at.Unix() || len(faults) > 0 {
			t.Errorf("%q became %s, want %s; %v", text, when, at, faults)
		}
	}
	got, _ := all(t, connector(t, "dates", "dmy"), "ID=1&Latitude=39.7&Longitude=-86.1&LocationDateTimeUTC=2%2F3%2F2026+20%3A05%3A11")
	if when := claim(t, got, freight.FactPosition).At; when.Sec != want.Unix() {
		t.Errorf("the day first: %s", when)
	}
}

// TestSameNewsTwice: a position said twice is one observation; a state that comes back is a new one.
func TestSameNewsTwice(t *testing.T) {
	c := connector(t)
	read := func(text string, at time.Time) freight.Observation {
		body, err := c.Callback("GET", Recorded+at.Format(time.RFC3339Nano), text, "", nil)
		if err != nil {
			t.Fatal(err)
		}
		for rec := range c.Read(body) {
			return rec.Observations[0]
		}
		t.Fatal("nothing")
		return freight.Observation{}
	}
	if _, err := c.Callback("GET", Recorded+"noon", "ID=1&Code=1021", "", nil); err == nil {
		t.Error("noon was taken for an instant")
	}
	position := "ID=1&MPOrderID=2&Latitude=39.7&Longitude=-86.1&LocationDateTimeUTC=2026-03-02T20:05:11Z"
	a, b := read(position, received), read(position, received.Add(time.Hour))
	if a.Identify() != b.Identify() {
		t.Error("a position received twice is two")
	}
	state := "ID=1&MPOrderID=2&Code=1021"
	a, b = read(state, received), read(state, received.Add(time.Hour))
	if a.Identify() == b.Identify() || !a.Snapshot || a.SnapshotKey != b.SnapshotKey {
		t.Error("a state that comes back an hour later is lost")
	}
	if b = read(state, received); a.Identify() != b.Identify() {
		t.Error("a state read again from its stored body is another one")
	}
}

// TestForms: query, form, both, XML and JSON say the same.
func TestForms(t *testing.T) {
	c := connector(t)
	query := "ID=L1&MPOrderID=MP1&Code=1060&Message=Waiting"
	var want freight.ObservationID
	for i, r := range []struct{ method, query, media, body string }{
		{"GET", query, "", ""},
		{"POST", "", "application/x-www-form-urlencoded; charset=utf-8", query},
		{"POST", query[:5], "application/x-www-form-urlencoded", query[6:]},
		{"POST", "", "text/plain", query + "\r\n"},
		{"POST", "", "text/xml", "<Status><ID>L1</ID><MPOrderID>MP1</MPOrderID><Code>1060</Code><Message>Waiting</Message></Status>"},
		{"POST", "", "application/json", `{"id":"L1","mpOrderId":"MP1","code":1060,"message":"Waiting"}`},
	} {
		body, err := connector(t).Callback(r.method, "/in/mp/status", r.query, r.media, []byte(r.body))
		if err != nil || body.About != "callback/order/MP1" {
			t.Fatalf("%d: %q, %v", i, body.About, err)
		}
		for rec := range c.Read(body) {
			if len(rec.Faults) > 0 || len(rec.Observations) != 1 {
				t.Fatalf("%d: %+v", i, rec)
			}
			id := rec.Observations[0].Identify()
			if want.IsZero() {
				want = id
			}
			if id != want {
				t.Errorf("%d says something else: %+v", i, rec.Observations[0])
			}
		}
	}
	for _, r := range []struct{ method, query string }{{"GET", ""}, {"DELETE", query}} {
		if _, err := c.Callback(r.method, "/in/mp", r.query, "", nil); err == nil {
			t.Errorf("%s %q was taken", r.method, r.query)
		}
	}
}

// TestEveryCode: each code of an order and a schedule is known, and says of tracking what the desk has a word for.
func TestEveryCode(t *testing.T) {
	want := map[string]freight.TrackingState{"1001": "pending", "1020": "ready", "1021": "tracking", "1022": "ended", "1050": "ended", "1051": "ended", "1052": "denied", "1053": "hidden",
		"1060": "stale", "1061": "failed", "1062": "failed", "1063": "failed", "1064": "denied", "1070": "expired", "1071": "expired", "1110": "", "1111": "", "1112": "", "1113": ""}
	for code, state := range want {
		got, _ := all(t, connector(t), "ID=1&MPOrderID=2&Code="+code)
		for _, c := range got[0].Claims {
			if c.Fact == freight.FactTracking && c.Value.Text != string(state) || c.Value.Note == codes.Unknown {
				t.Errorf("%s became %+v", code, c)
			}
		}
		if tracked := len(got[0].Claims) == 3; tracked != (state != "") {
			t.Errorf("%s became %+v", code, got[0].Claims)
		}
	}
}

// TestOwnWords: an account's own codes, names of values and zone of events are followed.
func TestOwnWords(t *testing.T) {
	c := connector(t, "codes", "event X1 at_stop arrived delivery = arrived at the receiver", "names", "Event=TripCode;EventTime=TripTime", "eventTimes", "utc",
		"customers", "Acme=BILL_OF_LADING;Borden=LOAD_NUMBER")
	got, faults := all(t, c, "ID=1&StopID=77&TripCode=X1&TripTime=3%2F3%2F2026+1%3A52+PM")
	arrived := claim(t, got, freight.FactArrived)
	if len(faults) > 0 || arrived.At != freight.At(time.Date(2026, 3, 3, 13, 52, 0, 0, time.UTC)) || arrived.Subject.Stop.ID != "77" {
		t.Errorf("%+v %v", arrived, faults)
	}
	if names := got[0].Names; len(names) != 2 || names[0].Type != freight.RefBOL || names[1].Type != freight.RefLoad {
		t.Errorf("named by %+v", names)
	}
}

// FuzzRead: whatever comes, nothing panics; the same body reads the same; what says nothing says why.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{"", "ID=1&Code=1021", "ID=1&Latitude=39.7&Longitude=-86.1&LocationDateTimeUTC=3%2F2%2F2026", "<a><ID>1</ID><Code>2</Code></a>", `{"ID":"1","Code":{"Code":1}}`,
		"ID=1&StopID=TD-99999999999&EventName=Arrived&EventDateTimeUTC=x", "%zz=1&ID=%", "ID=1&ScheduleAlertCode=4&ScheduledStartTimeInLocalTimeForStop=1", "<a", "{", "ID=1&Latitude=NaN&Longitude=Inf"} {
		f.Add(seed)
	}
	c := connector(f)
	f.Fuzz(func(t *testing.T, text string) {
		got, faults := all(t, c, text)
		if len(got) == 0 && len(faults) == 0 {
			t.Errorf("%q became nothing, without a word", text)
		}
		again, _ := all(t, c, text)
		for i := range got {
			if got[i].Identify() != again[i].Identify() {
				t.Errorf("%q reads otherwise the second time", text)
			}
			for _, cl := range got[i].Claims {
				if p := cl.Value.Place; !(p.Lat >= -90 && p.Lat <= 90 && p.Lon >= -180 && p.Lon <= 180) {
					t.Errorf("%q lies at %v, %v", text, p.Lat, p.Lon)
				}
			}
		}
		if body, err := c.Callback("POST", "/", "", "", []byte(text)); err == nil && !strings.HasPrefix(body.About, "callback/") {
			t.Errorf("%q is about %q", text, body.About)
		}
	})
}

// TestWhenStatesAre: a state is ordered by the time that its callback carries; without one by when it was heard, which is said.
func TestWhenStatesAre(t *testing.T) {
	own := time.Date(2026, 3, 2, 19, 58, 0, 0, time.UTC)
	for _, c := range []struct {
		name, text string
		settings   []string
		stated     time.Time
		told       bool
		faults     int
	}{
		{"none", "ID=1&MPOrderID=2&Code=1021", nil, received, false, 0},
		{"in UTC", "ID=1&MPOrderID=2&Code=1021&StatusDateTimeUTC=3%2F2%2F2026+7%3A58+PM", nil, own, true, 0},
		{"with its offset", "ID=1&MPOrderID=2&Code=1021&StatusDateTime=2026-03-02T13:58:00-06:00", nil, own, true, 0},
		{"under another name", "ID=1&MPOrderID=2&Code=1021&TimeUTC=2026-03-02T19:58", []string{"names", "StateTime=TimeUTC"}, own, true, 0},
		{"on some clock", "ID=1&MPOrderID=2&Code=1021&StatusDateTime=2026-03-02T19:58", nil, received, false, 1},
		{"no time at all", "ID=1&MPOrderID=2&Code=1021&StatusDateTimeUTC=soon", nil, received, false, 1},
		{"of an alert", "ID=1&MPOrderID=2&StopID=TD-1&ScheduleAlertCode=4&StatusDateTimeUTC=2026-03-02T19:58", nil, own, true, 0},
		{"of an alert, none", "ID=1&MPOrderID=2&StopID=TD-1&ScheduleAlertCode=4", nil, received, false, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, faults := all(t, connector(t, c.settings...), c.text)
			status := claim(t, got, freight.FactStatus)
			if !got[0].StatedAt.Equal(c.stated) || !got[0].Snapshot || len(faults) != c.faults {
				t.Errorf("stated %s, %v", got[0].StatedAt, faults)
			}
			if status.At.IsZero() == c.told || strings.Contains(status.Value.Note, asHeard) == c.told {
				t.Errorf("%+v", status)
			}
		})
	}
}

// TestStatesOutOfOrder: of two states that carry their times the later one is the later word, whichever came first.
func TestStatesOutOfOrder(t *testing.T) {
	c := connector(t)
	later, _ := all(t, c, "ID=1&MPOrderID=2&Code=1022&StatusDateTimeUTC=2026-03-02T19:58")
	earlier, _ := all(t, c, "ID=1&MPOrderID=2&Code=1021&StatusDateTimeUTC=2026-03-02T18:00") // came second
	if !earlier[0].StatedAt.Before(later[0].StatedAt) || earlier[0].SnapshotKey != later[0].SnapshotKey {
		t.Errorf("%s before %s", earlier[0].StatedAt, later[0].StatedAt)
	}
}
