package platforms

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	_ "time/tzdata"

	"tracedesk/backend/sim/standin"
)

var start = time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC)

// poller is a plain client: it asks every quarter of an hour and repeats what failed until it is whole.
type poller struct {
	t     *testing.T
	p     *Platforms
	wire  *standin.Clock
	http  *http.Client
	token string
	ids   []string // project44's master ids
	known map[string]bool
	tried int
}

func newPoller(t *testing.T, loads int, faults float64) *poller {
	c := &poller{t: t, wire: standin.NewClock(start), known: map[string]bool{}}
	c.p = New(Config{Seed: 4, Start: start, Loads: loads, Hours: 14, Wire: c.wire.Now, Faults: faults, Inbox: t.TempDir(), Limits: 900})
	for _, g := range c.p.Gates() {
		g.Faults.Wait = func(context.Context, time.Duration) {}
	}
	c.http = &http.Client{Transport: c.p.Transport()}
	return c
}

// ask repeats a request until its answer is whole JSON of the status wanted, and honours every Retry-After.
func (c *poller) ask(method, address, body string, want int, headers ...string) map[string]any {
	c.t.Helper()
	for range 40 {
		c.tried++
		r, err := http.NewRequest(method, address, strings.NewReader(body))
		if err != nil {
			c.t.Fatal(err)
		}
		for i := 0; i+1 < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		if c.token != "" && strings.Contains(address, Project44Host) {
			r.Header.Set("Authorization", "Bearer "+c.token)
		}
		res, err := c.http.Do(r)
		if err != nil {
			continue
		}
		b, err := io.ReadAll(res.Body)
		res.Body.Close()
		var out map[string]any
		if wait := res.Header.Get("Retry-After"); wait != "" {
			if d, err := time.ParseDuration(wait + "s"); err == nil {
				c.wire.Advance(d)
			}
			continue
		}
		if err == nil && res.StatusCode == http.StatusBadRequest && strings.Contains(string(b), "exists") {
			return nil // an answer was lost before
		}
		if err != nil || res.StatusCode != want || json.Unmarshal(b, &out) != nil {
			continue
		}
		return out
	}
	c.t.Fatalf("%s %s never answered well", method, address)
	return nil
}

func (c *poller) login() {
	c.token = ""
	c.token = c.ask("POST", "http://"+Project44Host+"/api/v4/oauth2/token", "grant_type=client_credentials&client_id=desk&client_secret=desk-secret", 200,
		"Content-Type", "application/x-www-form-urlencoded")["access_token"].(string)
}

// createAll makes every load of project44 and MacroPoint; those of FourKites are shared by their shippers.
func (c *poller) createAll() {
	c.login()
	for _, l := range c.p.World.Loads {
		switch l.System {
		case standin.Project44:
			var stops []string
			for i := range l.Stops {
				s := &l.Stops[i]
				stops = append(stops, fmt.Sprintf(`{"stopNumber":%d,"appointmentWindow":{"startDateTime":%q,"endDateTime":%q},"location":{"address":{"city":%q,"state":%q,"country":%q}}}`,
					s.Seq, s.Start.In(s.Location()).Format("2006-01-02T15:04:05"), s.End.In(s.Location()).Format("2006-01-02T15:04:05"), s.City, s.State, s.Country))
			}
			c.ask("POST", "http://"+Project44Host+"/api/v4/tl/shipments", fmt.Sprintf(`{"carrierIdentifier":{"type":"SCAC","value":%q},"shipmentIdentifiers":[{"type":"BILL_OF_LADING","value":%q}],"shipmentStops":[%s]}`,
				l.SCAC, l.BOL, strings.Join(stops, ",")), 200, "Content-Type", "application/json")
		case standin.FourKites:
			c.p.FourKites.Share(l)
		case standin.MacroPoint:
			c.order(l)
		}
	}
	for _, h := range c.p.Project44.Loads() {
		c.ids = append(c.ids, h.Master)
	}
	c.wire.Advance(time.Minute)
}

func (c *poller) order(l *standin.Load) {
	body := fmt.Sprintf(`<Order xmlns="http://macropoint-lite.com/xml/1.0"><Number Type="Mobile">1</Number><TrackStartDateTime>2026-11-20 6:00 CT</TrackStartDateTime><Notifications><Notification>
		<PartnerMPID>SIM-MPID</PartnerMPID><IDNumber>%s</IDNumber><TrackDurationInHours>240</TrackDurationInHours><TrackIntervalInMinutes>60</TrackIntervalInMinutes></Notification></Notifications></Order>`, l.Number)
	for len(c.p.MacroPoint.Log.Deliveries()) == 0 || c.p.MacroPoint.Log.Deliveries()["create "+l.Number] == 0 {
		r, err := http.NewRequest("POST", "http://"+MacroPointHost+"/api/1.0/orders/createorder", strings.NewReader(body))
		if err != nil {
			c.t.Fatal(err)
		}
		r.Header.Set("Content-Type", "text/xml")
		r.SetBasicAuth(Account, Secret)
		if res, err := c.http.Do(r); err == nil {
			res.Body.Close()
			if d, err := time.ParseDuration(res.Header.Get("Retry-After") + "s"); err == nil {
				c.wire.Advance(d)
			}
		}
	}
}

// round asks everything once.
func (c *poller) round() {
	for _, id := range c.ids {
		out := c.ask("GET", "http://"+Project44Host+"/api/v4/shipments/"+id+"/tracking/history", "", 200)
		for _, part := range []string{"events", "states", "positions"} {
			list, _ := out[part].([]any)
			for _, one := range list {
				b, err := json.Marshal(one)
				if err != nil {
					c.t.Fatal(err)
				}
				c.known[id+part+string(b)] = true
			}
		}
	}
	for page := 1; ; page++ {
		rows := c.ask("GET", fmt.Sprintf("http://%s/shipments?page=%d&perPage=100", FourKitesHost, page), "", 200, "apikey", APIKey)["data"].(map[string]any)["shipments"].([]any)
		for _, row := range rows {
			b, err := json.Marshal(row)
			if err != nil {
				c.t.Fatal(err)
			}
			c.known[string(b)] = true
		}
		if len(rows) < 100 {
			return
		}
	}
}

// live runs the world's hours.
func (c *poller) live() {
	c.createAll()
	for at := c.p.World.Start; at.Before(c.p.World.End); at = at.Add(c.p.World.Step) {
		c.round()
		if at.Sub(start)%(8*time.Hour) == 0 {
			c.login()
		}
		c.p.Advance(context.Background(), c.p.World.Step)
		c.wire.Advance(c.p.World.Step)
	}
	names, err := filepath.Glob(filepath.Join(c.p.inbox, "*.txt"))
	if err != nil || len(names) == 0 {
		c.t.Fatalf("%d callbacks, %v", len(names), err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			c.t.Fatal(err)
		}
		c.known[withoutOrder(string(b))] = true
	}
}

// withoutOrder drops MPOrderID: a lost answer makes another order at MacroPoint, whose number differs.
func withoutOrder(query string) string {
	parts := strings.Split(strings.TrimSpace(query), "&")
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return strings.HasPrefix(p, "MPOrderID=") }), "&")
}

// With every fault at once a patient client learns exactly what one without faults learns.
func TestFaultsHideNothing(t *testing.T) {
	clear, faulty := newPoller(t, 36, 0), newPoller(t, 36, 0.3)
	clear.live()
	faulty.live()
	if len(clear.known) < 500 || len(clear.known) != len(faulty.known) {
		t.Errorf("%d facts without faults, %d with", len(clear.known), len(faulty.known))
	}
	for k := range clear.known {
		if !faulty.known[k] {
			t.Fatalf("lost: %s", k)
		}
	}
	if faulty.tried < clear.tried*6/5 {
		t.Errorf("%d requests without faults, %d with: too few faults", clear.tried, faulty.tried)
	}
	for name, g := range faulty.p.Gates() {
		s := g.Log.Sum()
		if s.Early > 0 || s.OverLimit > 0 || name != standin.MacroPoint && s.Doubled > 0 || s.Requests == 0 {
			t.Errorf("%s counts %+v", name, s)
		}
	}
}

// Many clients at once, while time goes on: run with -race.
func TestManyClientsAtOnce(t *testing.T) {
	hooks := t.TempDir()
	p := New(Config{Seed: 2, Start: start, Loads: 30, Hours: 6, Shared: 1, Faults: 0.2, Inbox: t.TempDir(), Hooks: hooks})
	for _, g := range p.Gates() {
		g.Faults.Wait = func(context.Context, time.Duration) {}
	}
	client := &http.Client{Transport: p.Transport()}
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			for page := range 20 {
				for _, address := range []string{fmt.Sprintf("http://%s/shipments?page=%d", FourKitesHost, page), "http://" + Project44Host + "/api/v4/webhooks"} {
					r, err := http.NewRequest("GET", address, nil)
					if err != nil {
						t.Error(err)
						return
					}
					r.Header.Set("apikey", APIKey)
					if res, err := client.Do(r); err == nil {
						res.Body.Close()
					}
				}
				p.Project44.Loads()
			}
		})
	}
	p.Advance(context.Background(), 6*time.Hour)
	all.Wait()
	for _, name := range []standin.System{standin.Project44, standin.FourKites} {
		if calls, err := filepath.Glob(filepath.Join(hooks, string(name), "*.json")); err != nil || len(calls) == 0 {
			t.Errorf("%s wrote %d webhook calls, %v", name, len(calls), err)
		}
	}
	for name, n := range map[standin.System]int{standin.FourKites: 120, standin.Project44: 120, standin.MacroPoint: 0} {
		if got := p.Gates()[name].Log.Sum().Requests; got != n {
			t.Errorf("%s counts %d requests of %d", name, got, n)
		}
	}
}

func TestListenWithAndWithoutTLS(t *testing.T) {
	p := New(Config{Seed: 1, Start: start, Loads: 10, Hours: 2})
	ca, err := p.Listen("127.0.0.1", 0, true, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close(context.Background())
	pem, err := os.ReadFile(ca)
	roots := x509.NewCertPool()
	if err != nil || !roots.AppendCertsFromPEM(pem) {
		t.Fatal("no certificate", err)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: roots}}}
	ask := func() error {
		res, err := client.Get(p.open[1].URL + "/shipments")
		if err == nil {
			res.Body.Close()
		}
		return err
	}
	if err := ask(); err != nil {
		t.Fatal(err)
	}
	if _, err := http.Get(p.open[1].URL); err == nil {
		t.Error("a client that does not trust the authority got through")
	}
	p.FourKites.Faults.Set(standin.TLS, 1)
	if err := ask(); err == nil || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("the handshake did not fail: %v", err)
	}
}

func TestSourcesNameWhatADeskAsksFor(t *testing.T) {
	p := New(Config{Seed: 1, Start: start, Loads: 10, Hours: 2, Inbox: "/inbox"})
	if _, err := p.Listen("127.0.0.1", 0, false, ""); err != nil {
		t.Fatal(err)
	}
	defer p.Close(context.Background())
	want := map[string][]string{
		"project44":  {"--set baseUrl=http://127.0.0.1:", "--set clientId=desk", "--secret clientSecret=SIM_P44_SECRET", "=BILL_OF_LADING"},
		"fourkites":  {"--set generation=gateway", "--secret apiKey=SIM_FK_KEY", "=ORDER:BT"},
		"macropoint": {"/api/1.0/", "--set mpid=SIM-MPID", "--set inboxDir=/inbox", "--secret password=SIM_MP_PASSWORD"},
	}
	for _, s := range p.Sources() {
		line := s.Line()
		for _, part := range want[s.Kind] {
			if !strings.Contains(line, part) {
				t.Errorf("%s lacks %s", line, part)
			}
		}
		for _, x := range s.Secrets {
			if strings.Contains(line, x[2]) && x[2] != Account {
				t.Errorf("%s tells a secret", line)
			}
		}
	}
	dir := t.TempDir()
	paths, err := p.WriteFiles(dir, start)
	if err != nil || len(paths) != 3 {
		t.Fatal(paths, err)
	}
	b, err := os.ReadFile(paths[2])
	if err != nil || !bytes.HasPrefix(b, []byte("load,customer,")) {
		t.Error("the third is no sheet of loads")
	}
}
