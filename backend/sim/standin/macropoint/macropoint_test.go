package macropoint

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
	_ "time/tzdata"

	"tracedesk/backend/sim/standin"
)

var (
	start = time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC)
	world = sync.OnceValue(func() *standin.World { return standin.NewWorld(3, start, 200, 30) })
)

// desk is a client that knows what is published and nothing of the stand-in.
type desk struct {
	t     *testing.T
	s     *Server
	clock *standin.Clock
	http  *http.Client
	heard []standin.Callback
}

// Send takes callbacks.
func (d *desk) Send(_ context.Context, c *standin.Callback) error {
	d.heard = append(d.heard, *c)
	return nil
}

func newDesk(t *testing.T, change func(*Config)) *desk {
	t.Helper()
	d := &desk{t: t, clock: standin.NewClock(start)}
	cfg := Config{World: world().Loads, Wire: d.clock.Now, Facts: d.clock.Now, Faults: standin.NewFaults(1), Push: d}
	if change != nil {
		change(&cfg)
	}
	d.s = New(cfg)
	d.http = &http.Client{Transport: standin.Direct{"mp.test": d.s}}
	return d
}

// post sends XML and answers status, body and the texts of OrderID and Code by local name.
func (d *desk) post(path, body string) (status int, orderID, code string) {
	d.t.Helper()
	r, err := http.NewRequest("POST", "http://mp.test/api/1.0/"+path, strings.NewReader(body))
	if err != nil {
		d.t.Fatal(err)
	}
	r.SetBasicAuth("desk", "desk-secret")
	r.Header.Set("Content-Type", "text/xml")
	res, err := d.http.Do(r)
	if err != nil {
		d.t.Fatal(err)
	}
	defer res.Body.Close()
	element := ""
	for dec := xml.NewDecoder(res.Body); ; {
		tok, err := dec.Token()
		if err == io.EOF {
			return res.StatusCode, orderID, code
		}
		if err != nil {
			d.t.Fatal(err)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			if element = e.Name.Local; e.Name.Space != "" {
				d.t.Fatalf("the answer has a namespace: %v", e.Name)
			}
		case xml.CharData:
			switch element {
			case "OrderID":
				orderID = string(e)
			case "Code":
				code = string(e)
			}
		case xml.EndElement:
			element = ""
		}
	}
}

func orderXML(l *standin.Load) string {
	var stops strings.Builder
	for i := range l.Stops {
		s := &l.Stops[i]
		kind := map[string]string{"pickup": "Pickup", "delivery": "DropOff"}[s.Kind]
		fmt.Fprintf(&stops, `<Stop><StopID>S%d</StopID><Name>x</Name><StopType>%s</StopType><Address><Line1>%s</Line1><Line2></Line2><City>%s</City><StateOrProvince>%s</StateOrProvince><PostalCode>%s</PostalCode></Address>
			<StartDateTime>%s</StartDateTime><EndDateTime>%s</EndDateTime></Stop>`, s.Seq, kind, s.Address, s.City, s.State, s.Postal, s.Start.Format("2006-01-02T15:04Z"), s.End.Format("2006-01-02T15:04Z"))
	}
	return fmt.Sprintf(`<Order xmlns="http://macropoint-lite.com/xml/1.0"><Number Type="Mobile">3125550144</Number><TrackStartDateTime>2026-11-23 0:00 CT</TrackStartDateTime>
		<Notifications><Notification><PartnerMPID>SIM-MPID</PartnerMPID><IDNumber>%s</IDNumber><TrackDurationInHours>120</TrackDurationInHours><TrackIntervalInMinutes>60</TrackIntervalInMinutes></Notification></Notifications>
		<TripSheet><Stops>%s</Stops></TripSheet></Order>`, l.Number, stops.String())
}

func trip(t *testing.T, course standin.Course) *standin.Load {
	t.Helper()
	for _, l := range world().Loads {
		if l.Course == course && l.Facts[0].At.After(start) {
			return l
		}
	}
	t.Fatal("the world has no such load")
	return nil
}

// live lets the whole trip of a load pass.
func (d *desk) live(l *standin.Load) {
	d.s.Tick(context.Background())
	for d.clock.Now().Before(l.Facts[len(l.Facts)-1].Told.Add(time.Hour)) {
		d.clock.Advance(15 * time.Minute)
		d.s.Tick(context.Background())
	}
}

// codes are the status codes called back, in order.
func (d *desk) codes() (list []string) {
	for _, c := range d.heard {
		q, err := url.ParseQuery(c.Query)
		if err != nil {
			d.t.Fatal(err)
		}
		if code := q.Get("Code"); code != "" && code < "1100" {
			list = append(list, code)
		}
	}
	return list
}

func TestOrderIsCalledBack(t *testing.T) {
	d := newDesk(t, nil)
	l := trip(t, standin.Tracked)
	status, id, _ := d.post("orders/createorder", orderXML(l))
	if status != 200 || id == "" {
		t.Fatalf("createorder answered %d %q", status, id)
	}
	d.live(l)
	codes := strings.Join(d.codes(), " ")
	if !strings.HasPrefix(codes, "1001 1020 1021") || !strings.HasSuffix(codes, "1022") {
		t.Errorf("statuses %s", codes)
	}
	kinds := map[string]int{}
	for _, c := range d.heard {
		kinds[c.Name]++
		q, _ := url.ParseQuery(c.Query)
		if q.Get("ID") != l.Number || q.Get("MPOrderID") != id {
			t.Fatalf("a callback names %s", c.Query)
		}
		if at := q.Get("LocationDateTimeUTC"); c.Name == "macropoint-location" {
			if _, err := time.Parse("1/2/2006 3:04:05 PM", at); err != nil || q.Get("Latitude") == "" {
				t.Fatalf("a location at %q", at)
			}
		}
	}
	if kinds["macropoint-location"] < 3 || kinds["macropoint-event"] != 2*len(l.Stops) || kinds["macropoint-alert"] == 0 {
		t.Errorf("callbacks %v", kinds)
	}
}

func TestSidePaths(t *testing.T) {
	for course, last := range map[standin.Course]string{standin.Denied: "1052", standin.BadNumber: "1062", standin.Uninstalled: "1070", standin.Lost: "1071"} {
		t.Run(string(course), func(t *testing.T) {
			d := newDesk(t, func(c *Config) { c.KeepHistory = true })
			for _, l := range world().Loads {
				if l.Course == course {
					d.post("orders/createorder", orderXML(l))
					d.live(l)
					if codes := d.codes(); codes[len(codes)-1] != last {
						t.Errorf("statuses %v, want %s at last", codes, last)
					}
					return
				}
			}
			t.Error("the world has no such load")
		})
	}
}

func TestOrderIsChecked(t *testing.T) {
	d := newDesk(t, nil)
	good := orderXML(trip(t, standin.Tracked))
	for _, c := range []struct{ name, from, to string }{
		{"no namespace", ` xmlns="http://macropoint-lite.com/xml/1.0"`, ""},
		{"https in the namespace", "http://macropoint-lite", "https://macropoint-lite"},
		{"another partner", "SIM-MPID", "OTHER"},
		{"no load id", "<IDNumber>", "<IDNumberX>x</IDNumberX><IDNumber></IDNumber><X>"},
		{"a start without a zone", " CT<", "<"},
		{"a window in local time", "Z</StartDateTime>", "</StartDateTime>"},
		{"a kind of stop", "DropOff", "Delivery"},
		{"half of it", "</TripSheet></Order>", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if status, _, code := d.post("orders/createorder", strings.Replace(good, c.from, c.to, 1)); status != 400 || code == "" {
				t.Errorf("answered %d, code %q", status, code)
			}
		})
	}
	if len(d.s.Loads()) != 0 {
		t.Error("a refused order is held")
	}
	r, _ := http.NewRequest("POST", "http://mp.test/api/1.0/orders/createorder", strings.NewReader(good))
	res, err := d.http.Do(r)
	if err != nil || res.StatusCode != 401 {
		t.Errorf("without a login: %v %v", res, err)
	}
}

func TestFreshLocation(t *testing.T) {
	d := newDesk(t, nil)
	l := trip(t, standin.Tracked)
	_, id, _ := d.post("orders/createorder", orderXML(l))
	ask := func(want int, code string) {
		t.Helper()
		if status, _, got := d.post("orders/updatelocation/"+id, ""); status != want || got != code {
			t.Errorf("answered %d %q, want %d %q", status, got, want, code)
		}
	}
	ask(400, "5000")
	if status, _, code := d.post("orders/updatelocation/MP0", ""); status != 400 || code != "2000" {
		t.Errorf("an unknown order: %d %s", status, code)
	}
	for !strings.Contains(fmt.Sprint(d.heard), "macropoint-location") {
		d.clock.Advance(15 * time.Minute)
		d.s.Tick(context.Background())
	}
	n := len(d.heard)
	ask(200, "")
	ask(400, "5000")
	d.clock.Advance(2 * time.Minute)
	if d.s.Tick(context.Background()); len(d.heard) != n+1 || d.heard[n].Name != "macropoint-location" {
		t.Errorf("%d callbacks after a fresh location was asked for", len(d.heard)-n)
	}
	d.live(l)
	ask(400, "2001")
}

func TestCarrierSide(t *testing.T) {
	d := newDesk(t, nil)
	l := trip(t, standin.Tracked)
	location := func(at string) string {
		return fmt.Sprintf(`<TMSLocationData xmlns="http://macropoint-lite.com/xml/1.0"><Sender><LoadID>%s</LoadID></Sender><Requestor><MPID>CUST</MPID><LoadID>%s</LoadID></Requestor>
			<Location><Coordinates><Latitude>41.8</Latitude><Longitude>-87.6</Longitude></Coordinates><CreatedDateTime>%s</CreatedDateTime></Location></TMSLocationData>`, l.Number, l.Number, at)
	}
	event := fmt.Sprintf(`<TMSStopEventData xmlns="http://macropoint-lite.com/xml/1.0"><Sender><LoadID>%s</LoadID></Sender><Requestor><MPID>CUST</MPID><LoadID>%s</LoadID></Requestor>
		<Stop><Name>x</Name><StopType>PickUp</StopType><SequenceNumber>1</SequenceNumber></Stop><Event><Name>Arrived</Name><CompletedDateTime>2026-11-23T14:05:00Z</CompletedDateTime></Event></TMSStopEventData>`, l.Number, l.Number)
	for _, c := range []struct {
		name, path, body string
		want             int
	}{
		{"a position", "tms/data/location", location("2026-11-23T14:00:00Z"), 201},
		{"a position without a zone", "tms/data/location", location("2026-11-23T14:00:00"), 400},
		{"an arrival", "tms/data/stopevent", event, 201},
		{"an arrival that is called something else", "tms/data/stopevent", strings.ReplaceAll(event, "TMSStopEventData", "StopEvent"), 400},
	} {
		t.Run(c.name, func(t *testing.T) {
			if status, _, _ := d.post(c.path, c.body); status != c.want {
				t.Errorf("answered %d, want %d", status, c.want)
			}
		})
	}
	if got := d.s.Received(); len(got) != 2 || got[0].Load != l.Number || got[1].Kind != "stopEvent" {
		t.Errorf("received %+v", got)
	}
}

func TestCallbacksInAllForms(t *testing.T) {
	l := trip(t, standin.Tracked)
	for form, begin := range map[string]string{"query": "ID=", "form": "ID=", "xml": "<"} {
		dir := t.TempDir()
		d := newDesk(t, func(c *Config) { c.Form, c.Push, c.Dates = form, &standin.Folder{Dir: dir}, "isoz" })
		d.post("orders/createorder", orderXML(l))
		d.live(l)
		names, err := filepath.Glob(filepath.Join(dir, "2*"))
		if err != nil || len(names) < 10 {
			t.Fatal(form, len(names), err)
		}
		for _, name := range names {
			if b, err := os.ReadFile(name); err != nil || !strings.HasPrefix(string(b), begin) || strings.Count(string(b), "\n") != 1 {
				t.Fatalf("%s: %s", name, b)
			}
		}
	}
}
