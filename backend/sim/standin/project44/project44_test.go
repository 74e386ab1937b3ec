package project44

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
	_ "time/tzdata"

	"tracedesk/backend/sim/standin"
)

var (
	start = time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC)
	world = sync.OnceValue(func() *standin.World { return standin.NewWorld(1, start, 200, 30) })
)

// desk is a client that knows the vendor's pages and nothing of the stand-in.
type desk struct {
	t     *testing.T
	s     *Server
	world *standin.World
	clock *standin.Clock
	http  *http.Client
	token string
}

func newDesk(t *testing.T, change func(*Config)) *desk {
	t.Helper()
	d := &desk{t: t, world: world(), clock: standin.NewClock(start)}
	cfg := Config{World: d.world.Loads, Wire: d.clock.Now, Facts: d.clock.Now, Faults: standin.NewFaults(1), Seed: 1}
	if change != nil {
		change(&cfg)
	}
	d.s = New(cfg)
	d.http = &http.Client{Transport: standin.Direct{"p44.test": d.s}}
	return d
}

// login asks for a token with the form way.
func (d *desk) login() *desk {
	d.t.Helper()
	status, body := d.do("POST", "/api/v4/oauth2/token", "application/x-www-form-urlencoded", "grant_type=client_credentials&client_id=desk&client_secret=desk-secret")
	token, _ := body["access_token"].(string)
	if status != 200 || token == "" || body["expires_in"] != 43200.0 {
		d.t.Fatalf("token answered %d %v", status, body)
	}
	d.token = token
	return d
}

func (d *desk) do(method, path, kind, body string, headers ...string) (int, map[string]any) {
	d.t.Helper()
	r, err := http.NewRequest(method, "http://p44.test"+path, strings.NewReader(body))
	if err != nil {
		d.t.Fatal(err)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	if d.token != "" {
		r.Header.Set("Authorization", "Bearer "+d.token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := d.http.Do(r)
	if err != nil {
		return 0, map[string]any{"error": err.Error()}
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		return answer.StatusCode, map[string]any{"error": err.Error()}
	}
	out := map[string]any{"header": answer.Header, "raw": raw}
	var fields map[string]any
	if json.Unmarshal(raw, &fields) == nil {
		for k, v := range fields {
			out[k] = v
		}
	}
	return answer.StatusCode, out
}

func (d *desk) get(path string) map[string]any {
	d.t.Helper()
	status, body := d.do("GET", path, "", "")
	if status != 200 {
		d.t.Fatalf("GET %s answered %d %s", path, status, body["raw"])
	}
	return body
}

func order(l *standin.Load) string {
	var stops []string
	for i := range l.Stops {
		s := &l.Stops[i]
		local := func(t time.Time) string { return t.In(s.Location()).Format("2006-01-02T15:04:05") }
		stops = append(stops, fmt.Sprintf(`{"stopNumber":%d,"stopType":%q,"appointmentWindow":{"startDateTime":%q,"endDateTime":%q},
			"location":{"address":{"postalCode":%q,"addressLines":[%q],"city":%q,"state":%q,"country":%q},"contact":{"companyName":%q}}}`,
			s.Seq, strings.ToUpper(s.Kind), local(s.Start), local(s.End), s.Postal, s.Address, s.City, s.State, s.Country, s.Name))
	}
	return fmt.Sprintf(`{"carrierIdentifier":{"type":"SCAC","value":%q},"shipmentIdentifiers":[{"type":"BILL_OF_LADING","value":%q}],
		"equipmentIdentifiers":[{"type":"MOBILE_PHONE_NUMBER","value":"+13125550144"}],"shipmentStops":[%s],"attributes":[{"name":"division","value":"central"}]}`,
		l.SCAC, l.BOL, strings.Join(stops, ","))
}

// create makes a shipment and answers both of its ids.
func (d *desk) create(l *standin.Load) (id, master string) {
	d.t.Helper()
	status, body := d.do("POST", "/api/v4/tl/shipments", "application/json", order(l))
	ship, _ := body["shipment"].(map[string]any)
	if status != 200 || ship == nil {
		d.t.Fatalf("create answered %d %s", status, body["raw"])
	}
	return fmt.Sprint(int64(ship["id"].(float64))), ship["masterShipmentId"].(string)
}

// trip is a load that is picked up after the beginning and delivered within the world's hours.
func (d *desk) trip(course standin.Course) *standin.Load {
	d.t.Helper()
	for _, l := range d.world.Loads {
		first, last := l.Facts[0].At, l.Facts[len(l.Facts)-1].Told
		if l.Course == course && first.After(start) && last.Before(d.world.End.Add(36*time.Hour)) {
			return l
		}
	}
	d.t.Fatalf("the world has no such load: %q", course)
	return nil
}

func TestTokens(t *testing.T) {
	const form = "application/x-www-form-urlencoded"
	for _, c := range []struct {
		name, kind, body string
		headers          []string
		want             int
	}{
		{"in the body", form, "grant_type=client_credentials&client_id=desk&client_secret=desk-secret", nil, 200},
		{"in a Basic header", form, "grant_type=client_credentials", []string{"Authorization", "Basic ZGVzazpkZXNrLXNlY3JldA=="}, 200},
		{"both at once", form, "grant_type=client_credentials&client_id=desk&client_secret=desk-secret", []string{"Authorization", "Basic ZGVzazpkZXNrLXNlY3JldA=="}, 400},
		{"wrong secret", form, "grant_type=client_credentials&client_id=desk&client_secret=x", nil, 401},
		{"another grant", form, "grant_type=password&client_id=desk&client_secret=desk-secret", nil, 400},
		{"JSON", "application/json", `{"grant_type":"client_credentials"}`, nil, 400},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, nil)
			if got, body := d.do("POST", "/api/v4/oauth2/token", c.kind, c.body, c.headers...); got != c.want {
				t.Errorf("answered %d, want %d: %s", got, c.want, body["raw"])
			}
		})
	}
}

func TestTokenEndsAfterTwelveHours(t *testing.T) {
	d := newDesk(t, nil)
	if status, body := d.do("GET", "/api/v4/webhooks", "", ""); status != 401 || body["httpStatusCode"] != 401.0 || body["supportReferenceId"] == "" {
		t.Errorf("without a token it answered %d %s", status, body["raw"])
	}
	d.login()
	d.clock.Advance(12*time.Hour - time.Second)
	d.get("/api/v4/webhooks")
	d.clock.Advance(time.Second)
	if status, _ := d.do("GET", "/api/v4/webhooks", "", ""); status != 401 {
		t.Errorf("after twelve hours it answered %d", status)
	}
	d.login().get("/api/v4/webhooks")
}

func TestCreateIsReadableSomeSecondsLater(t *testing.T) {
	d := newDesk(t, nil).login()
	id, master := d.create(d.trip(standin.Tracked))
	status, body := d.do("GET", "/api/v4/shipments/"+master+"/eventhistory?includeRouteInfo=true", "", "")
	if status != 404 || body["errorMessage"] == nil {
		t.Errorf("at once it answered %d %s", status, body["raw"])
	}
	d.clock.Advance(20 * time.Second)
	answer := d.get("/api/v4/shipments/" + master + "/eventhistory?includeRouteInfo=true")
	ship := answer["shipment"].(map[string]any)
	if ship["id"] != master || ship["routeInfo"] == nil {
		t.Errorf("the history's shipment is %v", ship)
	}
	modal := d.get("/api/v4/tl/shipments/" + id + "/statuses")
	if got := modal["latestStatusUpdate"].(map[string]any)["statusCode"]; got != "DISPATCHED" {
		t.Errorf("a new shipment is %v", got)
	}
}

func TestCreateIsCheckedAndUnique(t *testing.T) {
	d := newDesk(t, nil).login()
	l := d.trip(standin.Tracked)
	good := order(l)
	for _, c := range []struct{ name, body, want string }{
		{"no JSON", "{", "not valid JSON"},
		{"a type of carrier", strings.Replace(good, `"SCAC"`, `"NAME"`, 1), "carrierIdentifier.type"},
		{"a type of identifier", strings.Replace(good, "BILL_OF_LADING", "PRO", 1), "shipmentIdentifiers[0].type"},
		{"equipment", strings.Replace(good, "MOBILE_PHONE_NUMBER", "PHONE", 1), "equipmentIdentifiers[0]"},
		{"no state", regexp.MustCompile(`"state":"\w+"`).ReplaceAllString(good, `"state":""`), "state is required"},
		{"one stop", good[:strings.Index(good, `,{"stopNumber":2`)] + `]}`, "at least two"},
		{"a window without a time", regexp.MustCompile(`"startDateTime":"[^"]+"`).ReplaceAllString(good, `"startDateTime":"2026-11-23"`), "startDateTime"},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, body := d.do("POST", "/api/v4/tl/shipments", "application/json", c.body)
			if status != 400 || !strings.Contains(string(body["raw"].([]byte)), c.want) {
				t.Errorf("answered %d %s", status, body["raw"])
			}
		})
	}
	d.create(l)
	if status, body := d.do("POST", "/api/v4/tl/shipments", "application/json", good); status != 400 || !strings.Contains(string(body["raw"].([]byte)), "exists") {
		t.Errorf("a second create answered %d %s", status, body["raw"])
	}
	if held := d.s.Loads(); len(held) != 1 || held[0].Load != l.Number {
		t.Errorf("it holds %v", held)
	}
}

// A whole trip, read every quarter of an hour: the list of events only grows, offsets have no colon, positions ascend, and the
// rule of one stop holds.
func TestTripReadInSteps(t *testing.T) {
	d := newDesk(t, nil).login()
	l := d.trip(standin.Tracked)
	id, master := d.create(l)
	d.clock.Advance(time.Minute)
	seen := map[string]bool{}
	offset := regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}$`)
	var positions int
	end := l.Facts[len(l.Facts)-1].Told
	for d.clock.Now().Before(end.Add(time.Hour)) {
		d.login()
		events, _ := d.get("/api/v4/shipments/" + master + "/eventhistory?includeRouteInfo=false")["events"].([]any)
		now := map[string]bool{}
		for _, e := range events {
			m := e.(map[string]any)
			at, happened := m["dateTime"].(string)
			if !happened {
				continue
			}
			if !offset.MatchString(at) {
				t.Fatalf("an event is at %q", at)
			}
			now[fmt.Sprint(m["type"], m["stopId"], at)] = true
		}
		for k := range seen {
			if !now[k] {
				t.Fatalf("at %s the event %s is gone", d.clock.Now(), k)
			}
		}
		seen = now
		list, _ := d.get("/api/v4/shipments/" + master + "/positionhistory?includeRouteInfo=false")["positions"].([]any)
		if len(list) < positions {
			t.Fatal("positions are gone")
		}
		positions = len(list)
		d.oneStop(id)
		d.clock.Advance(15 * time.Minute)
	}
	want := 1 + 2*len(l.Stops) + 1 // tracking start, arrival and departure of each stop, delivery
	idle := 0
	for k := range seen {
		if strings.HasPrefix(k, "IDLE") || strings.HasPrefix(k, "YARD") {
			idle++
		}
	}
	if len(seen)-idle != want || positions < 3 {
		t.Errorf("%d events of %d, %d positions: %v", len(seen), want, positions, seen)
	}
	if got := d.get("/api/v4/tl/shipments/statuses?carrierIdentifier.type=SCAC&carrierIdentifier.value=" + l.SCAC + "&shipmentIdentifiers.type=BILL_OF_LADING&shipmentIdentifiers.value=" + url.QueryEscape(l.BOL) + "&includeStatusHistory=true"); len(got["statusUpdates"].([]any)) < 5 {
		t.Error("there is no history of statuses")
	}
}

// oneStop checks the modal status: while the load is under way exactly one stop is EN_ROUTE or ARRIVED.
func (d *desk) oneStop(id string) {
	d.t.Helper()
	m := d.get("/api/v4/tl/shipments/" + id + "/statuses")
	code := m["latestStatusUpdate"].(map[string]any)["statusCode"]
	n := 0
	for _, s := range m["latestStopStatuses"].([]any) {
		if c := s.(map[string]any)["statusCode"]; c == "EN_ROUTE" || c == "ARRIVED" {
			n++
		}
	}
	if under := code != "DISPATCHED" && code != "COMPLETED"; under && n != 1 || !under && n != 0 {
		d.t.Fatalf("%v with %d stops on the way or arrived: %s", code, n, m["raw"])
	}
}

func TestCoursesThatAreNotDeliveries(t *testing.T) {
	for _, c := range []struct {
		course      standin.Course
		code, event string
	}{
		{standin.Denied, "COMPLETED/APPROVAL_DENIED", "DRIVER_DENY_TRACKING"},
		{standin.OutOfNetwork, "DISPATCHED/PENDING_CARRIER", "WARNING"},
		{standin.Lost, "COMPLETED/TIMED_OUT", "TRACKING_END_DUE_TO_TIMEOUT"},
	} {
		t.Run(string(c.course), func(t *testing.T) {
			d := newDesk(t, func(c *Config) { c.KeepHistory = true }).login()
			var l *standin.Load
			for _, one := range d.world.Loads {
				if one.Course == c.course {
					l = one
				}
			}
			_, master := d.create(l)
			d.clock.Advance(120 * time.Hour)
			body := d.login().get("/api/v4/shipments/" + master + "/tracking/history")
			if !strings.Contains(string(body["raw"].([]byte)), `"`+c.event+`"`) || strings.Contains(string(body["raw"].([]byte)), `"DELIVERY"`) {
				t.Errorf("no %s, or a delivery: %s", c.event, body["raw"])
			}
			if got := d.s.Loads()[0].Status; got != c.code {
				t.Errorf("status %s, want %s", got, c.code)
			}
		})
	}
}

func TestCancelled(t *testing.T) {
	d := newDesk(t, nil).login()
	id, master := d.create(d.trip(standin.Tracked))
	d.clock.Advance(time.Minute)
	if status, body := d.do("POST", "/api/v4/tl/shipments/"+id+"/cancel", "", ""); status != 200 {
		t.Fatalf("cancel answered %d %s", status, body["raw"])
	}
	d.clock.Advance(60 * time.Hour)
	body := d.login().get("/api/v4/shipments/" + master + "/tracking/history")
	if raw := string(body["raw"].([]byte)); !strings.Contains(raw, "TRACKING_END_BY_USER") || strings.Contains(raw, "DEPARTURE") {
		t.Errorf("after the cancellation it tells %s", raw)
	}
	if got := d.s.Loads()[0].Status; got != "COMPLETED/CANCELED" {
		t.Error(got)
	}
}

func TestDocuments(t *testing.T) {
	d := newDesk(t, nil).login()
	var l *standin.Load
	for _, one := range d.world.Loads {
		if !one.Paper.IsZero() && one.Paper.Before(start) {
			l = one
		}
	}
	ask := fmt.Sprintf(`{"identifiers":[{"type":"BILL_OF_LADING","value":%q}]}`, l.BOL)
	_, found := d.do("POST", "/services/document/v1/documents/search", "application/json", ask)
	docs := found["documents"].([]any)
	if len(docs) != 1 {
		t.Fatalf("found %s", found["raw"])
	}
	file := docs[0].(map[string]any)["files"].([]any)[0].(map[string]any)
	u, err := url.Parse(file["url"].(string))
	if err != nil {
		t.Fatal(err)
	}
	if _, pdf := d.do("GET", u.Path, "", ""); !bytes.HasPrefix(pdf["raw"].([]byte), []byte("%PDF-")) || float64(len(pdf["raw"].([]byte))) != file["sizeInBytes"] {
		t.Error("the file is no PDF of that size")
	}
	var form bytes.Buffer
	m := multipart.NewWriter(&form)
	part, _ := m.CreateFormField("document")
	fmt.Fprintf(part, `{"name":"bol.pdf","type":"BILL_OF_LADING","identifiers":[{"type":"BILL_OF_LADING","value":%q}]}`, l.BOL)
	part, _ = m.CreateFormFile("upload_file", "bol.pdf")
	part.Write([]byte("%PDF-1.4 a bill"))
	m.Close()
	if status, body := d.do("POST", "/services/document/v1/documents", m.FormDataContentType(), form.String()); status != 200 || body["type"] != "BILL_OF_LADING" {
		t.Fatalf("submit answered %d %s", status, body["raw"])
	}
	if _, found = d.do("POST", "/services/document/v1/documents/search", "application/json", ask); len(found["documents"].([]any)) != 2 {
		t.Errorf("after the upload it finds %s", found["raw"])
	}
	if got := d.s.Received(); len(got) != 1 || got[0].Load != l.Number || string(got[0].Body) != "%PDF-1.4 a bill" {
		t.Errorf("received %v", got)
	}
}

func TestCarrierPush(t *testing.T) {
	d := newDesk(t, nil).login()
	l := d.trip(standin.Tracked)
	body := fmt.Sprintf(`{"customerId":"C1","shipmentIdentifiers":[{"type":"BILL_OF_LADING","value":%q}],"latitude":41.9,"longitude":-87.6,"utcTimestamp":"2026-11-23T06:10:00","eventType":"ARRIVED","eventStopNumber":1}`, l.BOL)
	const path = "/api/v4/capacityproviders/tl/shipments/statusUpdates"
	if status, answer := d.do("POST", path, "application/json", strings.Replace(body, "06:10:00", "06:10:00Z", 1)); status != 400 {
		t.Errorf("a time with a zone: %d %s", status, answer["raw"])
	}
	for range 2 {
		if status, answer := d.do("POST", path, "application/json", body); status/100 != 2 {
			t.Fatalf("%d %s", status, answer["raw"])
		}
	}
	if s := d.s.Log.Sum(); s.Errands != 1 || s.Doubled != 1 || len(d.s.Received()) != 2 {
		t.Errorf("%+v", s)
	}
}

func TestLimitIsToldAndLogged(t *testing.T) {
	d := newDesk(t, func(c *Config) { c.PerMinute = 3 }).login()
	for range 2 {
		d.get("/api/v4/webhooks")
	}
	status, body := d.do("GET", "/api/v4/webhooks", "", "")
	if wait := body["header"].(http.Header).Get("Retry-After"); status != 429 || wait != "60" {
		t.Fatalf("the fourth answered %d, Retry-After %q", status, wait)
	}
	d.clock.Advance(30 * time.Second)
	d.do("GET", "/api/v4/webhooks", "", "")
	d.clock.Advance(30 * time.Second)
	d.get("/api/v4/webhooks")
	if s := d.s.Log.Sum(); s.OverLimit != 2 || s.Early != 1 {
		t.Errorf("the log counts %+v", s)
	}
}

func TestWebhookCallsAreFiledWhole(t *testing.T) {
	dir := t.TempDir()
	d := newDesk(t, func(c *Config) { c.Push, c.Twice = &standin.Folder{Dir: dir}, 0.3 }).login()
	l := d.trip(standin.Tracked)
	d.create(l)
	for range 48 * 4 {
		d.clock.Advance(15 * time.Minute)
		d.s.Tick(context.Background())
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(names) < 10 {
		t.Fatal(len(names), err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		var body struct {
			Shipment  struct{ ID string }
			Positions []any
			Events    []any
		}
		if err != nil || json.Unmarshal(b, &body) != nil || body.Shipment.ID == "" || len(body.Positions) > 1 || len(body.Events) == 0 {
			t.Fatalf("%s holds %s", name, b)
		}
	}
	if twice := len(names); twice == 0 || d.s.push.Waiting() != 0 {
		t.Error("nothing was sent, or something waits")
	}
}
