package fourkites

import (
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
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
	world = sync.OnceValue(func() *standin.World { return standin.NewWorld(2, start, 150, 30) })
)

// desk is a client that knows what is published and nothing of the stand-in.
type desk struct {
	t     *testing.T
	s     *Server
	clock *standin.Clock
	http  *http.Client
}

func newDesk(t *testing.T, change func(*Config)) *desk {
	t.Helper()
	d := &desk{t: t, clock: standin.NewClock(start)}
	cfg := Config{World: world().Loads, Wire: d.clock.Now, Facts: d.clock.Now, Faults: standin.NewFaults(1), Seed: 1, DetailsPerSecond: 1000}
	if change != nil {
		change(&cfg)
	}
	d.s = New(cfg)
	d.http = &http.Client{Transport: standin.Direct{"fk.test": d.s}}
	return d
}

type answer struct {
	status int
	header http.Header
	raw    []byte
	body   map[string]any
}

// do sends a request with the gateway's key, unless headers say otherwise.
func (d *desk) do(method, path, body string, headers ...string) answer {
	d.t.Helper()
	r, err := http.NewRequest(method, "http://fk.test"+path, strings.NewReader(body))
	if err != nil {
		d.t.Fatal(err)
	}
	if len(headers) == 0 {
		headers = []string{"apikey", "fk-key"}
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := d.http.Do(r)
	if err != nil {
		d.t.Fatal(err)
	}
	defer res.Body.Close()
	out := answer{status: res.StatusCode, header: res.Header}
	if out.raw, err = io.ReadAll(res.Body); err != nil {
		d.t.Fatal(err)
	}
	if len(out.raw) > 0 && out.raw[0] == '{' {
		if err := json.Unmarshal(out.raw, &out.body); err != nil {
			d.t.Fatal(err)
		}
	}
	return out
}

func order(l *standin.Load) string {
	var stops []string
	for i := range l.Stops {
		s := &l.Stops[i]
		local := func(t time.Time) string { return t.In(s.Location()).Format("2006-01-02T15:04:05") }
		stops = append(stops, fmt.Sprintf(`{"stopType":%q,"name":%q,"addressLine1":%q,"city":%q,"state":%q,"postalCode":%q,"country":%q,"latitude":"%f","longitude":"%f",
			"earliestAppointmentTime":%q,"latestAppointmentTime":%q,"stopReferenceId":"S%d","sequence":"%d"}`,
			s.Kind, s.Name, s.Address, s.City, s.State, s.Postal, s.Country, s.Lat, s.Lon, local(s.Start), local(s.End), s.Seq, s.Seq))
	}
	return fmt.Sprintf(`{"additionalData":{"modeDetails":{"shipperModes":"TL","carrierModes":"TL"}},"load":{"loadNumber":%q,"carrier":%q,"haulType":["brokered_load"],
		"referenceNumbers":[%q],"trackingInfo":{"driverPhone":"+13125550144"},"stops":[%s]}}`, l.Number, l.SCAC, l.BOL, strings.Join(stops, ","))
}

func trip(t *testing.T) *standin.Load {
	t.Helper()
	for _, l := range world().Loads {
		if l.Course == standin.Tracked && l.Facts[0].At.After(start) && len(l.Stops) == 2 {
			return l
		}
	}
	t.Fatal("the world has no such load")
	return nil
}

func TestKeysTokensBasicAndSignedAddresses(t *testing.T) {
	sign := func(stamp string) string {
		query := "client_id=fk-key&timestamp=" + stamp
		mac := hmac.New(sha1.New, []byte("fk-secret"))
		mac.Write([]byte("/api/v1/tracking?" + query))
		s := base64.StdEncoding.EncodeToString(mac.Sum(nil))
		return "/api/v1/tracking?" + query + "&signature=" + strings.NewReplacer("+", "-", "/", "_").Replace(s)
	}
	const basic = "Basic ZGVzazpkZXNrLXNlY3JldA=="
	none := []string{"X-None", "1"}
	for _, c := range []struct {
		name, generation, path string
		headers                []string
		want                   int
	}{
		{"a key at the gateway", Gateway, "/shipments", []string{"apikey", "fk-key"}, 200},
		{"no key", Gateway, "/shipments", none, 401},
		{"another key", Gateway, "/shipments", []string{"apikey", "x"}, 401},
		{"Basic at the gateway", Gateway, "/shipments", []string{"Authorization", basic}, 200},
		{"a gateway key at the legacy API", Legacy, "/api/v1/tracking", []string{"apikey", "fk-key"}, 401},
		{"Basic at the legacy API", Legacy, "/api/v1/tracking", []string{"Authorization", basic}, 200},
		{"the gateway's path at the legacy API", Legacy, "/shipments", []string{"Authorization", basic}, 404},
		{"a signed address in seconds", Legacy, sign(fmt.Sprint(start.Unix())), none, 200},
		{"a signed address in digits", Legacy, sign(start.Format("20060102150405")), none, 200},
		{"an old signature", Legacy, sign(fmt.Sprint(start.Unix() - 3600)), none, 401},
		{"a wrong signature", Legacy, sign(fmt.Sprint(start.Unix())) + "x", none, 401},
		{"a signed address at the gateway", Gateway, sign(fmt.Sprint(start.Unix())), none, 401},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, func(cfg *Config) { cfg.Generation = c.generation })
			if got := d.do("GET", c.path, "", c.headers...); got.status != c.want {
				t.Errorf("answered %d, want %d: %s", got.status, c.want, got.raw)
			}
		})
	}
	d := newDesk(t, nil)
	token, _ := d.do("POST", "/shipments/oauth2/token", `{"grant_type":"client_credentials","client_id":"fk-key","client_secret":"fk-secret"}`).body["access_token"].(string)
	if got := d.do("GET", "/shipments", "", "Authorization", "Bearer "+token); got.status != 200 {
		t.Errorf("a token answered %d", got.status)
	}
	d.clock.Advance(time.Hour)
	if got := d.do("GET", "/shipments", "", "Authorization", "Bearer "+token); got.status != 401 {
		t.Errorf("an old token answered %d", got.status)
	}
}

func TestSecondPostMakesASecondLoad(t *testing.T) {
	d := newDesk(t, nil)
	l := trip(t)
	first, second := d.do("POST", "/api/v1/tracking", order(l)), d.do("POST", "/api/v1/tracking", order(l))
	if first.status != 200 || second.status != 200 || first.body["loadId"] == second.body["loadId"] {
		t.Fatalf("%s %s", first.raw, second.raw)
	}
	if got := d.do("GET", "/shipments/"+l.Number+"?identifierType=loadNumber", ""); got.status != 404 {
		t.Errorf("it can be read at once: %d", got.status)
	}
	d.clock.Advance(30 * time.Second)
	if got := d.do("GET", "/shipments/"+l.Number+"?identifierType=loadNumber", ""); got.status != 200 {
		t.Errorf("half a minute later it answered %d", got.status)
	}
	if s := d.s.Log.Sum(); s.Doubled != 1 || len(d.s.Loads()) != 2 {
		t.Errorf("%+v", s)
	}
}

func TestCreateIsChecked(t *testing.T) {
	d := newDesk(t, nil)
	good := order(trip(t))
	for _, c := range []struct{ name, from, to, want string }{
		{"carrier", `"carrier":"`, `"carrier":"","x":"`, "Carrier not specified"},
		{"carrier as an object", `"carrier":"`, `"carrier":{},"x":"`, "Carrier not specified"},
		{"phone", "+13125550144", "312-555-0144", "phone is invalid"},
		{"haul type as text", `["brokered_load"]`, `"brokered_load"`, "haulType"},
		{"a zone at the appointment", `","latestAppointmentTime"`, `Z","latestAppointmentTime"`, "local to the stop"},
		{"numbers for coordinates", `"latitude":"`, `"latitude":1,"x":"`, "must be strings"},
		{"too old", `"earliestAppointmentTime":"2026`, `"earliestAppointmentTime":"2025`, "earlier than 4 days"},
		{"a kind of stop", `"stopType":"delivery"`, `"stopType":"DELIVERY"`, "stopType"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := d.do("POST", "/api/v1/tracking", strings.Replace(good, c.from, c.to, 1))
			if got.status != 400 || got.body["statusCode"] != 400.0 || got.body["requestId"] == nil || !strings.Contains(string(got.raw), c.want) {
				t.Errorf("answered %d %s", got.status, got.raw)
			}
		})
	}
	if len(d.s.Loads()) != 0 {
		t.Error("a refused load is held")
	}
}

func TestPagesEndAndHoldEveryLoadOnce(t *testing.T) {
	d := newDesk(t, nil)
	for _, l := range world().Loads {
		d.s.Share(l)
	}
	seen := map[string]int{}
	for page := 1; ; page++ {
		data := d.do("GET", fmt.Sprintf("/shipments?page=%d&perPage=100", page), "").body["data"].(map[string]any)
		rows := data["shipments"].([]any)
		if data["totalCount"] != float64(len(world().Loads)) {
			t.Fatalf("the total is %v", data["totalCount"])
		}
		for _, r := range rows {
			seen[r.(map[string]any)["loadNumber"].(string)]++
		}
		if len(rows) == 0 {
			break
		}
	}
	if len(seen) != len(world().Loads) {
		t.Errorf("%d loads of %d", len(seen), len(world().Loads))
	}
	for n, times := range seen {
		if times != 1 {
			t.Errorf("%s is listed %d times", n, times)
		}
	}
}

func TestShapes(t *testing.T) {
	for shape, begin := range map[string]string{"data.shipments": `{"data":{"shipments":[{`, "data": `{"data":[{`, "shipments": `{"shipments":[{`, "bare": `[{`} {
		d := newDesk(t, func(c *Config) { c.Shape = shape })
		d.s.Share(trip(t))
		if got := d.do("GET", "/shipments", ""); !strings.HasPrefix(string(got.raw), begin) {
			t.Errorf("%s answers %.60s", shape, got.raw)
		}
	}
	d := newDesk(t, nil)
	d.s.Share(trip(t))
	got := d.do("POST", "/api/v1/tracking/search?company_id=1&show=stops", `{"shipper":"x","load_status":"awaiting_tracking_info","page":1,"per_page":10}`)
	if len(got.body["loads"].([]any)) != 1 || got.body["pagination"] == nil {
		t.Errorf("the legacy search answers %s", got.raw)
	}
	got = d.do("POST", "/api/v1/tracking/search", `{"load_status":"tracking,at_pickup"}`)
	if len(got.body["loads"].([]any)) != 0 {
		t.Errorf("a filter of statuses answers %s", got.raw)
	}
}

// A trip read in steps: times in UTC, updatedAt grows with every change, the load ends as delivered.
func TestTripReadInSteps(t *testing.T) {
	d := newDesk(t, nil)
	l := trip(t)
	d.do("POST", "/api/v1/tracking", order(l))
	d.clock.Advance(time.Minute)
	var last, updated string
	statuses := map[string]bool{}
	for d.clock.Now().Before(l.Facts[len(l.Facts)-1].Told.Add(time.Hour)) {
		got := d.do("GET", "/shipments/"+l.Number+"?identifierType=loadNumber", "")
		row := got.body["data"].(map[string]any)
		at := row["updatedAt"].(string)
		if text := string(got.raw); text != last && last != "" && at <= updated {
			t.Fatalf("it changed, but updatedAt stays %s", at)
		}
		last, updated = string(got.raw), at
		statuses[row["status"].(string)] = true
		if _, err := time.Parse("2006-01-02T15:04:05Z", at); err != nil {
			t.Fatal(err)
		}
		d.clock.Advance(15 * time.Minute)
	}
	for _, want := range []string{"awaiting_tracking_info", "tracking_info_assigned", "at_pickup", "picked_up", "at_consignee", "delivered"} {
		if !statuses[want] {
			t.Errorf("it was never %s: %v", want, statuses)
		}
	}
}

func TestDispatcherUpdates(t *testing.T) {
	d := newDesk(t, nil)
	l := trip(t)
	const path = "/load/update/dispatcher-api/async"
	update := func(key, bill, rest string) string {
		return fmt.Sprintf(`{"updates":[{"timeZone":"UTC","billToCode":%q,"identifierKeys":[{"identifier":"nobody","identifierType":"loadNumber"},{"identifier":%q,"identifierType":"loadReferenceNumber"}],%s}]}`, bill, key, rest)
	}
	const event = `"loadUpdate":[{"eventUpdate":{"statusCode":"X3","eventTimeStamp":"2026-11-23T14:21:00Z"}}]`
	if got := d.do("POST", path, update(l.BOL, l.BillTo, event)); got.status != 202 || got.body["requestId"] == nil || got.body["status"] != "202" {
		t.Fatalf("%d %s", got.status, got.raw)
	}
	for _, c := range []struct{ name, body, want string }{
		{"nothing", `{"updates":[]}`, "updates array is empty"},
		{"a type of key", strings.Replace(update(l.BOL, "", event), "loadReferenceNumber", "BOL", 1), "identifierType"},
		{"a time without Z", strings.Replace(update(l.BOL, "", event), "00Z", "00-0600", 1), "UTC with Z"},
		{"numbers for coordinates", update(l.BOL, "", `"loadUpdate":[{"locationUpdate":{"latitude":41.1,"longitude":-87.1,"locatedAt":"2026-11-23T14:21:00Z"}}]`), "strings"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := d.do("POST", path, c.body); got.status != 400 || got.body["status"] != "400" || !strings.Contains(string(got.raw), c.want) {
				t.Errorf("%d %s", got.status, got.raw)
			}
		})
	}
	d.do("POST", path, update(l.BOL, l.BillTo, `"loadUpdate":[{"stopUpdate":{"stopReferenceId":"S2"}}]`))
	d.do("POST", path, update(l.BOL, "BT-other", event))
	got := d.s.Received()
	if len(got) != 3 || got[0].Load != l.Number || got[0].Kind != "dispatch" || got[1].Kind != "ignored" || got[2].Load != "" {
		t.Errorf("received %+v", got)
	}
}

func TestSixtyAMinute(t *testing.T) {
	d := newDesk(t, nil)
	body := `{"updates":[{"identifierKeys":[{"identifier":"x","identifierType":"loadNumber"}]}]}`
	for i := range 60 {
		got := d.do("POST", "/load/update/dispatcher-api/async", body)
		if got.status != 202 || got.header.Get("X-RateLimit-Limit-minute") != "60" || got.header.Get("X-RateLimit-Remaining-minute") != fmt.Sprint(59-i) {
			t.Fatalf("number %d answered %d %v", i, got.status, got.header)
		}
	}
	got := d.do("POST", "/load/update/dispatcher-api/async", body)
	if got.status != 429 || got.header.Get("X-RateLimit-Remaining-minute") != "0" || got.header.Get("Retry-After") != "60" {
		t.Errorf("number 61 answered %d %v", got.status, got.header)
	}
	if got := d.do("GET", "/shipments", ""); got.status != 200 {
		t.Errorf("the list shares the limit: %d", got.status)
	}
	d = newDesk(t, func(c *Config) { c.DetailsPerSecond = 0 })
	d.s.Share(trip(t))
	for i, want := range []int{200, 429} {
		if got := d.do("GET", "/shipments/626000100", ""); got.status != want {
			t.Errorf("details number %d answered %d", i, got.status)
		}
	}
}

func TestDocumentsAreTaken(t *testing.T) {
	d := newDesk(t, nil)
	l := trip(t)
	body := func(kind, content string) string {
		return fmt.Sprintf(`{"load":{"identifier":"loadNumber","value":%q},"documents":[{"type":"pdf","document_type":%q,"base64_content":%q}]}`, l.Number, kind, content)
	}
	paper := base64.StdEncoding.EncodeToString([]byte("%PDF-1.4"))
	if got := d.do("POST", "/document-data/upload", body("DR", paper)); got.status != 200 {
		t.Errorf("%d %s", got.status, got.raw)
	}
	if got := d.do("POST", "/document-data/upload", body("POD", paper)); got.status != 400 {
		t.Errorf("an unknown type: %d", got.status)
	}
	if got := d.s.Received(); len(got) != 1 || got[0].Load != l.Number || string(got[0].Body) != "%PDF-1.4" {
		t.Errorf("received %v", got)
	}
}

func TestCallbacks(t *testing.T) {
	dir := t.TempDir()
	d := newDesk(t, func(c *Config) { c.Push = &standin.Folder{Dir: dir} })
	l := trip(t)
	d.do("POST", "/api/v1/tracking", order(l))
	for d.clock.Now().Before(l.Facts[len(l.Facts)-1].Told.Add(time.Hour)) {
		d.clock.Advance(15 * time.Minute)
		d.s.Tick(context.Background())
	}
	kinds := map[string]int{}
	names, _ := filepath.Glob(filepath.Join(dir, "*.json"))
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var c struct {
			MessageType, LoadNumber, Latitude string
			FourKitesLoadId                   int64
			Success                           bool
		}
		if err := json.Unmarshal(b, &c); err != nil || c.LoadNumber != l.Number || c.FourKitesLoadId == 0 {
			t.Fatalf("%s: %v", b, err)
		}
		if c.MessageType == "LOCATION_UPDATE" && c.Latitude == "" {
			t.Errorf("a position is not told in strings: %s", b)
		}
		kinds[c.MessageType]++
	}
	if kinds["STOP_ARRIVAL"] != 2 || kinds["STOP_DEPARTURE"] != 2 || kinds["LOCATION_UPDATE"] < 3 || kinds["TRACKING_UPDATE"] != 1 || kinds["LOAD_CREATION"] != 1 {
		t.Errorf("callbacks %v", kinds)
	}
}
