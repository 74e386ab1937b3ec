package macropoint

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/freight"
)

// door is MacroPoint as the reference tells of it, for one answer.
type door struct {
	t      *testing.T
	status int
	answer string
	asked  []string // method, path
	bodies []string
	users  []string
}

func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		d.t.Error(err)
	}
	user, password, _ := r.BasicAuth()
	d.asked, d.bodies, d.users = append(d.asked, r.Method+" "+r.URL.Path), append(d.bodies, string(body)), append(d.users, user+":"+password)
	w.Header().Set("Date", received.Add(90*time.Second).Format(http.TimeFormat))
	w.WriteHeader(d.status)
	io.WriteString(w, d.answer)
}

// open is an account at the door.
func (d *door) open(settings ...string) *Connector {
	d.t.Helper()
	server := httptest.NewServer(d)
	d.t.Cleanup(server.Close)
	values := map[string]string{"baseUrl": server.URL + "/api/1.0", "user": "DESK", "mpid": "DESKMP"}
	for i := 0; i < len(settings); i += 2 {
		values[settings[i]] = settings[i+1]
	}
	c, err := New(connect.Account{Name: "mp", Values: values, HTTP: server.Client(), Now: func() time.Time { return received },
		Secret: func(key string) (string, error) { return "open " + key, nil }})
	if err != nil {
		d.t.Fatal(err)
	}
	return c
}

func load() connect.Tracked {
	at := func(day, hour int) time.Time { return time.Date(2026, 3, day, hour, 0, 0, 0, time.UTC) }
	return connect.Tracked{Load: 7, Number: "L-20260302-07", Customer: "Acme", Line: freight.Timeline{
		Driver:    map[string]freight.Known{"PHONE": {Value: "+1 (312) 555-0144"}},
		Equipment: map[string]freight.Known{"TRUCK": {Value: "218"}},
		Refs:      []freight.KnownRef{{Reference: freight.Reference{Type: freight.RefBOL, Value: "BOL-700123"}}},
		Stops: []freight.StopLine{
			{Seq: 1, Kind: "pickup", Place: freight.Place{Facility: "North Dock", Address: "1000 W 18th St", City: "Chicago", State: "IL", Postal: "60608"}, Window: freight.Window{Start: at(3, 14), End: at(3, 16)}},
			{Seq: 2, Kind: "delivery", Place: freight.Place{Facility: "South & Dock", Address: "200 Dock Rd", City: "Nashville", State: "TN", Postal: "37207", Country: "US"}, Window: freight.Window{Start: at(4, 13), End: at(4, 15)}},
		}}}
}

const created = `<?xml version="1.0" encoding="utf-8"?><OrderResult><OrderID>MP1009911</OrderID></OrderResult>`

func refused(code string) string {
	return "<Answer><Errors><Error><Code>" + code + "</Code><Message>As told</Message></Error></Errors></Answer>"
}

// TestCreate: the order as it goes out, element by element, and its id as it comes back.
func TestCreate(t *testing.T) {
	d := &door{t: t, status: 200, answer: created}
	c := d.open("customers", "Acme=BILL_OF_LADING")
	l := load()
	l.IDType = "BILL_OF_LADING"
	r, err := c.Write(t.Context(), connect.Errand{Key: "k", Kind: connect.CreateLoad, Load: l})
	if err != nil || r.Remote != "MP1009911" {
		t.Fatalf("receipt %+v, %v", r, err)
	}
	if d.asked[0] != "POST /api/1.0/orders/createorder" || d.users[0] != "DESK:open password" {
		t.Errorf("asked %s as %s", d.asked[0], d.users[0])
	}
	want := `<?xml version="1.0" encoding="UTF-8"?>
<Order xmlns="http://macropoint-lite.com/xml/1.0"><Number Type="Mobile">3125550144</Number><TrackStartDateTime>2026-03-03 07:00 ET</TrackStartDateTime>` +
		`<Notifications><Notification><PartnerMPID>DESKMP</PartnerMPID><IDNumber>BOL-700123</IDNumber><TrackDurationInHours>51</TrackDurationInHours><TrackIntervalInMinutes>30</TrackIntervalInMinutes></Notification></Notifications>` +
		`<TripSheet><Stops><Stop><StopID>TD-1</StopID><Name>North Dock</Name><StopType>Pickup</StopType><Address><Line1>1000 W 18th St</Line1><Line2></Line2><City>Chicago</City><StateOrProvince>IL</StateOrProvince><PostalCode>60608</PostalCode></Address>` +
		`<StartDateTime>2026-03-03T14:00Z</StartDateTime><EndDateTime>2026-03-03T16:00Z</EndDateTime></Stop>` +
		`<Stop><StopID>TD-2</StopID><Name>South &amp; Dock</Name><StopType>DropOff</StopType><Address><Line1>200 Dock Rd</Line1><Line2></Line2><City>Nashville</City><StateOrProvince>TN</StateOrProvince><PostalCode>37207</PostalCode></Address>` +
		`<StartDateTime>2026-03-04T13:00Z</StartDateTime><EndDateTime>2026-03-04T15:00Z</EndDateTime></Stop></Stops></TripSheet></Order>`
	if d.bodies[0] != want {
		t.Errorf("sent\n%s\nwant\n%s", d.bodies[0], want)
	}
	l.Remote = r.Remote
	if r, err := c.Write(t.Context(), connect.Errand{Kind: connect.CreateLoad, Load: l}); err != nil || !r.Twice || len(d.asked) != 1 {
		t.Errorf("an order that is known was made again: %+v, %v, %v", r, err, d.asked)
	}
}

// TestWaits: what a load still lacks has its order wait or refuses it, and nothing is asked.
func TestWaits(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*connect.Tracked)
		want   error
	}{
		"no phone":          {func(l *connect.Tracked) { l.Line.Driver = nil }, connect.ErrNotYet},
		"half a phone":      {func(l *connect.Tracked) { l.Line.Driver["PHONE"] = freight.Known{Value: "555-0144"} }, connect.ErrRefused},
		"one stop":          {func(l *connect.Tracked) { l.Line.Stops = l.Line.Stops[:1] }, connect.ErrNotYet},
		"no type of number": {func(l *connect.Tracked) { l.IDType = "SHOE_SIZE" }, connect.ErrRefused},
	} {
		t.Run(name, func(t *testing.T) {
			d := &door{t: t, status: 200, answer: created}
			l := load()
			c.change(&l)
			_, err := d.open().Write(t.Context(), connect.Errand{Kind: connect.CreateLoad, Load: l})
			if !errors.Is(err, c.want) || len(d.asked) > 0 {
				t.Errorf("%v after %v", err, d.asked)
			}
		})
	}
}

// TestNumbers: by which number a load goes there.
func TestNumbers(t *testing.T) {
	for idType, want := range map[string]string{"": "L-20260302-07", "LOAD_NUMBER": "L-20260302-07", "BILL_OF_LADING": "BOL-700123", "ORDER": "L-20260302-07"} {
		l := load()
		l.IDType = idType
		if got, err := idOf(&l); got != want || err != nil {
			t.Errorf("%q: %s, %v; want %s", idType, got, err, want)
		}
	}
}

// TestPastAppointments: an order never starts in the past, and one without appointments starts now.
func TestPastAppointments(t *testing.T) {
	d := &door{t: t, status: 200, answer: created}
	c := d.open("trackZone", "CT", "trackAfter", "10")
	l := load()
	for i := range l.Line.Stops {
		l.Line.Stops[i].Window = freight.Window{}
	}
	if _, err := c.Write(t.Context(), connect.Errand{Kind: connect.CreateLoad, Load: l}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<TrackStartDateTime>2026-03-02 14:06 CT<", "<TrackDurationInHours>10<"} {
		if !strings.Contains(d.bodies[0], want) {
			t.Errorf("%s is not in %s", want, d.bodies[0])
		}
	}
	if strings.Contains(d.bodies[0], "StartDateTime></") || strings.Contains(d.bodies[0], "0001-") {
		t.Errorf("times that nobody knows were sent: %s", d.bodies[0])
	}
}

// TestAnswers: each answer of updatelocation, by what the engine is to do.
func TestAnswers(t *testing.T) {
	none := errors.New("none of the contract's")
	for _, c := range []struct {
		status int
		answer string
		want   error
	}{
		{200, "", nil},
		{200, "<OK/>", nil},
		{200, refused("1001"), connect.ErrRefused},
		{400, refused("2000"), connect.ErrGone},
		{200, `<m:A xmlns:m="http://macropoint-lite.com/xml/1.0"><m:Errors><m:Error><m:Code>2001</m:Code></m:Error></m:Errors></m:A>`, connect.ErrRefused},
		{400, refused("3000"), connect.ErrRefused},
		{400, refused("5000"), connect.ErrNotYet},
		{500, refused("9999"), none},
		{400, refused("7777"), connect.ErrRefused},
		{401, "", connect.ErrSignIn},
		{403, refused("3000"), connect.ErrSignIn},
		{404, "<html>", connect.ErrRefused},
		{429, "", none},
		{503, "later", none},
		{200, "<html><body>Please sign in", none},
		{400, "no", connect.ErrRefused},
	} {
		t.Run(fmt.Sprintf("%d %s", c.status, c.answer), func(t *testing.T) {
			d := &door{t: t, status: c.status, answer: c.answer}
			l := load()
			l.Remote = "MP 1/2"
			r, err := d.open().Write(t.Context(), connect.Errand{Kind: connect.AskPosition, Load: l})
			if d.asked[0] != "POST /api/1.0/orders/updatelocation/MP 1/2" || d.bodies[0] != "" {
				t.Errorf("asked %s with %q", d.asked[0], d.bodies[0])
			}
			switch c.want {
			case nil:
				if err != nil || !r.Later {
					t.Errorf("%+v, %v", r, err)
				}
			case none:
				for _, kind := range []error{connect.ErrSignIn, connect.ErrRefused, connect.ErrGone, connect.ErrNotYet} {
					if err == nil || errors.Is(err, kind) {
						t.Errorf("%v", err)
					}
				}
			default:
				if !errors.Is(err, c.want) {
					t.Errorf("%v, want %v", err, c.want)
				}
			}
		})
	}
}

// TestCutAnswer: an answer that breaks off tells nobody whether the order was made; a callback that names it does.
func TestCutAnswer(t *testing.T) {
	d := &door{t: t, status: 200, answer: created[:len(created)-12]}
	c := d.open()
	e := connect.Errand{Kind: connect.CreateLoad, Load: load()}
	if _, err := c.Write(t.Context(), e); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%v", err)
	}
	d.answer = "<OrderResult/>"
	if _, err := c.Write(t.Context(), e); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("an answer without an OrderID: %v", err)
	}
	if _, _, known, _ := c.Written(t.Context(), e); known || c.Repeatable(connect.CreateLoad) {
		t.Error("an order whose answer was cut is said to be known or repeatable")
	}
	e.Load.Line.Refs = append(e.Load.Line.Refs, freight.KnownRef{Reference: freight.Reference{Type: freight.RefMacroPoint, Value: "MP1009911"}})
	if r, arrived, known, err := c.Written(t.Context(), e); !known || !arrived || r.Remote != "MP1009911" || err != nil {
		t.Errorf("after its callback: %+v, %v, %v, %v", r, arrived, known, err)
	}
}

// TestCarrier: what a carrier tells a customer's MacroPoint.
func TestCarrier(t *testing.T) {
	d := &door{t: t, status: 201}
	c := d.open("customers", "Acme=BILL_OF_LADING:ACMEMP")
	l := load()
	l.IDType, l.BillTo = "BILL_OF_LADING", "ACMEMP"
	at := time.Date(2026, 3, 3, 14, 21, 0, 0, time.UTC)
	errands := []connect.Errand{
		{Kind: connect.WritePlace, Load: l, Says: connect.Saying{Fact: freight.FactPosition, At: at, Place: freight.Place{Lat: 39.7684, Lon: -86.1581}}},
		{Kind: connect.WriteStatus, Load: l, Says: connect.Saying{Fact: freight.FactDeparted, Stop: 2, At: at}},
	}
	for _, e := range errands {
		if _, err := c.Write(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	head := `<?xml version="1.0" encoding="UTF-8"?>` + "\n"
	want := []string{
		head + `<TMSLocationData xmlns="http://macropoint-lite.com/xml/1.0"><Sender><LoadID>L-20260302-07</LoadID></Sender><Requestor><MPID>ACMEMP</MPID><LoadID>BOL-700123</LoadID></Requestor>` +
			`<AllowAccessFrom><MPID>ACMEMP</MPID></AllowAccessFrom><Location><Coordinates><Latitude>39.768400</Latitude><Longitude>-86.158100</Longitude></Coordinates><CreatedDateTime>2026-03-03T14:21:00Z</CreatedDateTime></Location></TMSLocationData>`,
		head + `<TMSStopEventData xmlns="http://macropoint-lite.com/xml/1.0"><Sender><LoadID>L-20260302-07</LoadID><VehicleID>218</VehicleID></Sender><Requestor><MPID>ACMEMP</MPID><LoadID>BOL-700123</LoadID></Requestor>` +
			`<Stop><Name>South &amp; Dock</Name><StopType>DropOff</StopType><Address><Line1>200 Dock Rd</Line1><Line2></Line2><City>Nashville</City><StateOrProvince>TN</StateOrProvince><PostalCode>37207</PostalCode><CountryCode>US</CountryCode></Address>` +
			`<StartDateTime>2026-03-04T13:00Z</StartDateTime><EndDateTime>2026-03-04T15:00Z</EndDateTime><SequenceNumber>2</SequenceNumber><StopID>TD-2</StopID></Stop>` +
			`<Event><Name>Departed</Name><CompletedDateTime>2026-03-03T14:21:00Z</CompletedDateTime></Event></TMSStopEventData>`,
	}
	paths := []string{"POST /api/1.0/tms/data/location", "POST /api/1.0/tms/data/stopevent"}
	for i := range want {
		if d.asked[i] != paths[i] || d.bodies[i] != want[i] {
			t.Errorf("%s\n%s\nwant %s\n%s", d.asked[i], d.bodies[i], paths[i], want[i])
		}
	}
	for name, e := range map[string]connect.Errand{
		"unloaded":     {Kind: connect.WriteStatus, Load: l, Says: connect.Saying{Fact: freight.FactUnloaded, Stop: 2, At: at}},
		"no stop":      {Kind: connect.WriteStatus, Load: l, Says: connect.Saying{Fact: freight.FactArrived, At: at}},
		"no time":      {Kind: connect.WriteStatus, Load: l, Says: connect.Saying{Fact: freight.FactArrived, Stop: 1}},
		"nowhere":      {Kind: connect.WritePlace, Load: l, Says: connect.Saying{At: at}},
		"never":        {Kind: connect.WritePlace, Load: l, Says: connect.Saying{Place: freight.Place{City: "Gary"}}},
		"unknown MPID": {Kind: connect.WritePlace, Load: load(), Says: connect.Saying{At: at, Place: freight.Place{City: "Gary"}}},
	} {
		if _, err := c.Write(t.Context(), e); !errors.Is(err, connect.ErrRefused) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if ok, why := c.CanWrite(connect.CreateLoad); ok || why == "" {
		t.Error("a carrier orders the tracking that its customer orders")
	}
	mixed := d.open("customers", "Acme=ORDER:ACMEMP;Borden")
	if r, err := mixed.Write(t.Context(), connect.Errand{Kind: connect.CreateLoad, Load: l}); err != nil || r.Remote != "" {
		t.Errorf("%+v, %v", r, err)
	}
	if len(d.asked) != 2 {
		t.Errorf("asked %v", d.asked)
	}
}

// TestUnpublishedPaths: what MacroPoint does not publish is done by paths that the account names, and by none else.
func TestUnpublishedPaths(t *testing.T) {
	d := &door{t: t, status: 200}
	l := load()
	l.Remote = "MP1009911"
	c := d.open()
	for _, kind := range []string{connect.UpdateLoad, connect.CancelLoad, connect.WriteWindow, connect.WriteStatus, connect.WritePlace, connect.WriteNote, connect.SendDocument} {
		if ok, why := c.CanWrite(kind); ok || why == "" {
			t.Errorf("%s: %v %q", kind, ok, why)
		}
		if _, err := c.Write(t.Context(), connect.Errand{Kind: kind, Load: l}); !errors.Is(err, connect.ErrRefused) {
			t.Errorf("%s: %v", kind, err)
		}
	}
	c = d.open("updatePath", "orders/change/{OrderID}", "stopPath", "orders/stop/{OrderID}")
	for _, kind := range []string{connect.UpdateLoad, connect.CancelLoad} {
		if _, err := c.Write(t.Context(), connect.Errand{Kind: kind, Load: l}); err != nil {
			t.Error(err)
		}
	}
	if got := strings.Join(d.asked, ", "); got != "POST /api/1.0/orders/change/MP1009911, POST /api/1.0/orders/stop/MP1009911" {
		t.Error(got)
	}
	c = d.open("stopPath", "https://elsewhere.example/{OrderID}")
	if _, err := c.Write(t.Context(), connect.Errand{Kind: connect.CancelLoad, Load: l}); !errors.Is(err, connect.ErrRefused) {
		t.Errorf("the password went to another host: %v", err)
	}
}

// TestProbe: an order that does not exist tells whether the sign-in is good.
func TestProbe(t *testing.T) {
	d := &door{t: t, status: 400, answer: refused("2000")}
	p, err := d.open().Probe(context.Background())
	if err != nil || p.Identity != "DESK" || p.Skew != 90*time.Second || len(p.May) != 3 {
		t.Errorf("%+v, %v", p, err)
	}
	d.status, d.answer = 401, ""
	if _, err := d.open().Probe(t.Context()); !errors.Is(err, connect.ErrSignIn) {
		t.Errorf("%v", err)
	}
	d.status, d.answer = 200, "<html>not MacroPoint"
	if _, err := d.open().Probe(t.Context()); err == nil {
		t.Error("a page that is not MacroPoint's passed for it")
	}
}

// TestSettings: what a person may write wrongly is told when the account is made.
func TestSettings(t *testing.T) {
	for key, value := range map[string]string{"baseUrl": "macropoint", "customers": "=ORDER", "number": "Fax", "trackLead": "soon", "trackZone": "Mars", "stopTypes": "PickUp",
		"dates": "ymd", "names": "Speed=Miles", "codes": "order 1021"} {
		_, err := New(connect.Account{Values: map[string]string{key: value}})
		if err == nil || !strings.Contains(err.Error(), key) && key != "codes" {
			t.Errorf("%s %q: %v", key, value, err)
		}
	}
	if _, err := New(connect.Account{Values: map[string]string{"customers": "Acme=SHOE_SIZE"}}); err == nil {
		t.Error("a type of number that nobody knows was taken")
	}
}
