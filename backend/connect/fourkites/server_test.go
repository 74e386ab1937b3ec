package fourkites

import (
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/freight"
)

// server is FourKites for one test: a list of shipments, whatever else is put in answer, and what it was asked.
type server struct {
	*httptest.Server
	mu     sync.Mutex
	asked  []string
	bodies []string
	allow  func(r *http.Request) bool
	list   []string // shipments in the order of the list
	now    time.Time
	total  string // name of the total, "" none
	answer map[string]func(w http.ResponseWriter, r *http.Request)
}

func newServer(t *testing.T) *server {
	s := &server{answer: map[string]func(http.ResponseWriter, *http.Request){}, now: noon,
		allow: func(r *http.Request) bool { return r.Header.Get("apikey") == secrets["apiKey"] }}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.Close)
	return s
}

func (s *server) serve(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked, s.bodies = append(s.asked, r.Method+" "+r.URL.RequestURI()), append(s.bodies, string(body))
	w.Header().Set("Date", s.now.Format(http.TimeFormat))
	if answer := s.answer[r.Method+" "+r.URL.Path]; answer != nil {
		answer(w, r)
		return
	}
	if !s.allow(r) {
		w.WriteHeader(401)
		io.WriteString(w, `{"errors":["no access"],"message":"Unauthorized","requestId":"rq-1","statusCode":401}`)
		return
	}
	switch {
	case r.URL.Path == "/shipments" || r.URL.Path == "/api/v1/tracking" && r.Method == http.MethodGet:
		s.page(w, r)
	default:
		w.WriteHeader(404)
		io.WriteString(w, `{"message":"not found"}`)
	}
}

func (s *server) page(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	page, _ := strconv.Atoi(q.Get("page"))
	per, _ := strconv.Atoi(q.Get("perPage"))
	if per == 0 {
		per, _ = strconv.Atoi(q.Get("per_page"))
	}
	from := min((page-1)*per, len(s.list))
	to := min(from+per, len(s.list))
	total := ""
	if s.total != "" {
		total = fmt.Sprintf(`,"%s":%d`, s.total, len(s.list))
	}
	fmt.Fprintf(w, `{"data":{"shipments":[%s]%s}}`, strings.Join(s.list[from:to], ","), total)
}

func says(text string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, text) }
}

func shipmentAt(id int, updated time.Time) string {
	return fmt.Sprintf(`{"fourKitesShipmentID":"%d","loadNumber":"L-%d","status":"tracking","updatedAt":%q}`, id, id, updated.Format(time.RFC3339))
}

// readAll reads the list to its end and gives what was handed on.
func readAll(t *testing.T, c *Connector, cursor string) (abouts []string, next string) {
	t.Helper()
	for pages := 0; pages < 100; pages++ {
		page, err := c.List(context.Background(), cursor)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range page.Bodies {
			if !json.Valid(b.Bytes) {
				t.Errorf("%s is handed on as %s", b.About, b.Bytes)
			}
			abouts = append(abouts, strings.TrimPrefix(b.About, "shipment/"))
		}
		if cursor = page.Cursor; !page.More {
			return abouts, cursor
		}
	}
	t.Fatal("the list never ends")
	return nil, ""
}

func TestListHandsOnWhatChanged(t *testing.T) {
	for _, total := range []string{"", "totalCount", "hits"} {
		s := newServer(t)
		s.total = total
		for i := range 7 {
			s.list = append(s.list, shipmentAt(i, noon.Add(time.Duration(i*37%7-60)*time.Minute)))
		}
		c := connector(t, map[string]string{"baseUrl": s.URL, "perPage": "3", "totalKey": "hits"})
		got, cursor := readAll(t, c, "")
		if len(got) != 7 || len(s.asked) != 3 {
			t.Fatalf("%q: first reading: %v by %v", total, got, s.asked)
		}
		s.list[4] = shipmentAt(4, noon.Add(time.Minute))
		s.now = noon.Add(5 * time.Minute)
		got, cursor = readAll(t, c, cursor)
		if !slices.Contains(got, "4") || len(got) > 2 { // with the newest of the last reading, which may have changed again within its second
			t.Errorf("%q: one changed: %v", total, got)
		}
		if got, _ = readAll(t, c, cursor); len(got) > 1 {
			t.Errorf("%q: nothing changed: %v", total, got)
		}
	}
}

func TestListInTheOrderOfChangesIsReadNoFurtherThanNeeded(t *testing.T) {
	s := newServer(t)
	for i := range 9 {
		s.list = append(s.list, shipmentAt(100-i, noon.Add(-time.Duration(i)*time.Minute)))
	}
	c := connector(t, map[string]string{"baseUrl": s.URL, "perPage": "3"})
	_, cursor := readAll(t, c, "")
	s.asked = nil
	s.list = append([]string{shipmentAt(95, noon.Add(time.Minute))}, slices.Delete(s.list, 5, 6)...)
	s.now = noon.Add(2 * time.Minute)
	got, cursor := readAll(t, c, cursor)
	if !slices.Equal(got, []string{"95", "100"}) || len(s.asked) != 1 {
		t.Errorf("%v by %v", got, s.asked)
	}
	s.asked = nil
	c.account.Now = func() time.Time { return noon.Add(7 * time.Hour) }
	if got, _ = readAll(t, c, cursor); len(got) != 9 {
		t.Errorf("the sweep: %v by %v", got, s.asked)
	}
}

// A list in the order of creation looks like one in the order of changes on its first page.
func TestListInAnotherOrderIsReadToItsEnd(t *testing.T) {
	s := newServer(t)
	for i := range 9 {
		s.list = append(s.list, shipmentAt(100-i, noon.Add(-time.Duration(i)*time.Minute)))
	}
	s.list[8] = shipmentAt(92, noon.Add(-30*time.Second))
	c := connector(t, map[string]string{"baseUrl": s.URL, "perPage": "3"})
	_, cursor := readAll(t, c, "")
	s.list[7] = shipmentAt(93, noon.Add(time.Minute))
	s.now = noon.Add(2 * time.Minute)
	if got, _ := readAll(t, c, cursor); !slices.Contains(got, "93") {
		t.Errorf("a change on the last page is missed: %v", got)
	}
}

func TestAChangeWhilePagesAreReadIsNotLost(t *testing.T) {
	s := newServer(t)
	for i := range 6 {
		s.list = append(s.list, shipmentAt(10+i, noon.Add(-time.Duration(i+1)*time.Minute)))
	}
	c := connector(t, map[string]string{"baseUrl": s.URL, "perPage": "3"})
	page, err := c.List(context.Background(), "")
	if err != nil || !page.More {
		t.Fatal(page, err)
	}
	// 14 changes and moves to the first page, which was read; 15 changes later and is seen on the second.
	s.list = []string{shipmentAt(14, noon.Add(10*time.Second)), s.list[0], s.list[1], s.list[2], s.list[3], shipmentAt(15, noon.Add(20*time.Second))}
	_, cursor := readAll(t, c, page.Cursor)
	s.now = noon.Add(time.Minute)
	if got, _ := readAll(t, c, cursor); !slices.Contains(got, "14") {
		t.Errorf("the second reading: %v", got)
	}
}

func TestListForms(t *testing.T) {
	one := shipmentAt(1, noon)
	for _, body := range []string{`{"data":{"shipments":[` + one + `]}}`, `{"data":[` + one + `]}`, `{"shipments":[` + one + `]}`, `[` + one + `]`, `{"loads":[` + one + `],"pagination":{"total":1}}`} {
		s := newServer(t)
		s.answer["GET /shipments"] = says(body)
		if got, _ := readAll(t, connector(t, map[string]string{"baseUrl": s.URL}), ""); !slices.Equal(got, []string{"1"}) {
			t.Errorf("%s: %v", body, got)
		}
	}
	s := newServer(t)
	s.answer["GET /shipments"] = says(`{"data":{"shipments":[` + one)
	if _, err := connector(t, map[string]string{"baseUrl": s.URL}).List(context.Background(), ""); err == nil || errors.Is(err, connect.ErrRefused) {
		t.Errorf("cut off: %v", err)
	}
	s.answer["GET /shipments"] = says(`{"data":{"shipments":[` + shipmentAt(1, noon) + "," + shipmentAt(2, noon) + `]}}`) // whatever page is asked for
	if got, _ := readAll(t, connector(t, map[string]string{"baseUrl": s.URL, "perPage": "2"}), ""); len(got) != 2 {
		t.Errorf("a list without pages: %v", got)
	}
}

// load is a load as the desk knows it.
func load() connect.Tracked {
	at := func(day, hour int) time.Time { return time.Date(2026, 3, day, hour, 0, 0, 0, time.UTC) }
	tms := freight.Provenance{Source: freight.Source{Kind: freight.TMS, Account: "tms"}}
	stop := func(seq int, kind, facility, street, city, state, postal string, start, end time.Time) freight.StopLine {
		w := freight.Window{Start: start, End: end}
		return freight.StopLine{Seq: seq, Kind: kind, Place: freight.Place{Facility: facility, Address: street, City: city, State: state, Postal: postal},
			Zone: "America/Chicago", Lat: 41.8577, Lon: -87.6614, Window: w, WindowsOf: []freight.ToldWindow{{Provenance: tms, Window: w}}}
	}
	return connect.Tracked{Load: 7, Number: "L-20260302-07", Customer: "Borden", BillTo: "BT77", Line: freight.Timeline{
		Number: "L-20260302-07", SCAC: freight.Known{Value: "EXMP"},
		Refs:      []freight.KnownRef{{Reference: freight.Reference{Type: freight.RefPO, Value: "PO-5512"}}, {Reference: freight.Reference{Type: freight.RefBOL, Value: "BOL-700123"}}},
		Driver:    map[string]freight.Known{"PHONE": {Value: "(312) 555-0144"}},
		Equipment: map[string]freight.Known{"TRUCK": {Value: "218"}, "TRAILER": {Value: "53071"}},
		Stops: []freight.StopLine{
			stop(1, "pickup", "North Dock", "1000 W 18th St", "Chicago", "IL", "60608", at(2, 14), at(2, 16)),
			stop(2, "delivery", "South Dock", "200 Dock Rd", "Nashville", "TN", "37207", at(3, 13), at(3, 15)),
		}}}
}

func TestCreateLooksFirst(t *testing.T) {
	s := newServer(t)
	s.answer["POST /api/v1/tracking"] = says(`{"loadId": 626000123}`)
	c := connector(t, map[string]string{"baseUrl": s.URL})
	e := connect.Errand{Key: "k", Kind: connect.CreateLoad, Load: load()}
	r, err := c.Write(context.Background(), e)
	if err != nil || r.Remote != "626000123" || r.Twice {
		t.Fatalf("%+v %v", r, err)
	}
	if !slices.Equal(s.asked, []string{"GET /shipments/L-20260302-07?identifierType=loadNumber", "POST /api/v1/tracking"}) {
		t.Errorf("asked %v", s.asked)
	}
	golden(t, "sent_create", s.bodies[1]+"\n")
	s.answer["GET /shipments/L-20260302-07"] = says(`{"data":{"shipment":{"fourKitesShipmentID":"626000123","loadNumber":"L-20260302-07"}}}`)
	s.asked = nil
	if r, err = c.Write(context.Background(), e); err != nil || !r.Twice || r.Remote != "626000123" || len(s.asked) != 1 {
		t.Errorf("there already: %+v %v by %v", r, err, s.asked)
	}
	if r, arrived, known, err := c.Written(context.Background(), e); !arrived || !known || err != nil || r.Remote == "" {
		t.Errorf("written: %v %v %v", arrived, known, err)
	}
	s.answer["GET /shipments/L-20260302-07"] = says(`{"data":{"shipments":[{"fourKitesShipmentID":"9","loadNumber":"L-20260302-070"}]}}`)
	if _, _, _, err := c.Written(context.Background(), e); !errors.Is(err, connect.ErrNotYet) {
		t.Errorf("what is not visible yet is taken as not made: %v", err)
	}
	c.account.Now = func() time.Time { return noon.Add(3 * time.Minute) }
	if _, arrived, known, err := c.Written(context.Background(), e); arrived || !known || err != nil {
		t.Errorf("another load is taken for this one: %v %v %v", arrived, known, err)
	}
	s.answer["GET /shipments/L-20260302-07"] = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }
	s.asked = nil
	if _, err := c.Write(context.Background(), e); err == nil || len(s.asked) != 1 {
		t.Errorf("created without knowing whether it is there: %v by %v", err, s.asked)
	}
}

func TestLegacyCreateAndSearch(t *testing.T) {
	s := newServer(t)
	s.allow = func(r *http.Request) bool { u, p, _ := r.BasicAuth(); return u == "me" && p == secrets["password"] }
	s.answer["POST /api/v1/tracking/search"] = says(`{"loads":[],"pagination":{"total_entries":0}}`)
	s.answer["POST /api/v1/tracking"] = says(`{"fourKitesLoadId":"5501"}`)
	c := connector(t, map[string]string{"baseUrl": s.URL, "generation": legacy, "user": "me"})
	r, err := c.Write(context.Background(), connect.Errand{Kind: connect.CreateLoad, Load: load()})
	if err != nil || r.Remote != "5501" {
		t.Fatalf("%+v %v", r, err)
	}
	golden(t, "sent_legacy_create", strings.Join(s.bodies, "\n")+"\n")
}

func TestChangesAndDeletion(t *testing.T) {
	s := newServer(t)
	s.answer["PATCH /api/v1/tracking/626000123"] = says(`{}`)
	s.answer["POST /api/v1/tracking/delete_loads"] = says(`{}`)
	c := connector(t, map[string]string{"baseUrl": s.URL})
	l := load()
	l.Remote = "626000123"
	for _, kind := range []string{connect.UpdateLoad, connect.CancelLoad} {
		if _, err := c.Write(context.Background(), connect.Errand{Kind: kind, Load: l}); err != nil {
			t.Fatal(err)
		}
	}
	if !strings.Contains(s.bodies[0], `"simpleUpdate":true`) || s.bodies[1] != `{"trackingIds":[626000123]}` {
		t.Errorf("sent %v", s.bodies)
	}
	l.Remote = ""
	if r, err := c.Write(context.Background(), connect.Errand{Kind: connect.CancelLoad, Load: l}); err != nil || !r.Twice {
		t.Errorf("cancelled without being known there: %+v %v", r, err)
	}
}

func TestDispatcherUpdates(t *testing.T) {
	s := newServer(t)
	s.answer["POST /load/update/dispatcher-api/async"] = func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(202)
		io.WriteString(w, `{"requestId":"rq-7","status":"202","message":"queued","timestamp":"2026-03-02T18:00:00Z"}`)
	}
	c := connector(t, map[string]string{"baseUrl": s.URL})
	l := load()
	l.Remote = "626000123"
	at := time.Date(2026, 3, 2, 8, 21, 0, 0, time.FixedZone("", -6*3600))
	errands := []connect.Errand{
		{Kind: connect.WriteStatus, Load: l, Says: connect.Saying{Fact: freight.FactArrived, Stop: 1, At: at}},
		{Kind: connect.WriteStatus, Load: l, Says: connect.Saying{Fact: freight.FactDelivered, Stop: 2, At: at}},
		{Kind: connect.WritePlace, Load: l, Says: connect.Saying{Fact: freight.FactPosition, At: at, Place: freight.Place{Lat: 39.7684, Lon: -86.1581, City: "Indianapolis", State: "IN"}}},
		{Kind: connect.WriteWindow, Load: l, Says: connect.Saying{Fact: freight.FactWindow, Stop: 2, Start: time.Date(2026, 3, 8, 12, 30, 0, 0, time.UTC)}},
	}
	for _, e := range errands {
		if r, err := c.Write(context.Background(), e); err != nil || !r.Later || !strings.Contains(r.Says, "rq-7") {
			t.Fatalf("%+v %v", r, err)
		}
	}
	if _, err := c.Dispatch(context.Background(), errands...); err != nil {
		t.Fatal(err)
	}
	carrier := connector(t, map[string]string{"baseUrl": s.URL, "changesAs": "assignment"})
	if _, err := carrier.Write(context.Background(), connect.Errand{Kind: connect.UpdateLoad, Load: l}); err != nil {
		t.Fatal(err)
	}
	golden(t, "sent_dispatcher", strings.Join(s.bodies, "\n")+"\n")
	if _, err := c.Dispatch(context.Background(), make([]connect.Errand, 101)...); !errors.Is(err, connect.ErrRefused) {
		t.Errorf("more than a request takes: %v", err)
	}
	if _, err := c.Write(context.Background(), connect.Errand{Kind: connect.WriteStatus, Load: l, Says: connect.Saying{Fact: freight.FactLoaded, Stop: 1, At: at}}); !errors.Is(err, connect.ErrRefused) {
		t.Errorf("what has no code: %v", err)
	}
}

func TestLegacyUpdates(t *testing.T) {
	s := newServer(t)
	s.answer["POST /api/v1/tracking/dispatcher_updates"] = says(`{}`)
	c := connector(t, map[string]string{"baseUrl": s.URL, "generation": legacy, "user": "me"})
	at := time.Date(2026, 3, 2, 14, 21, 0, 0, time.UTC)
	if _, err := c.Dispatch(context.Background(),
		connect.Errand{Kind: connect.WriteStatus, Load: load(), Says: connect.Saying{Fact: freight.FactDelivered, Stop: 2, At: at}},
		connect.Errand{Kind: connect.WritePlace, Load: load(), Says: connect.Saying{At: at, Place: freight.Place{Lat: 39.7684, Lon: -86.1581}}}); err != nil {
		t.Fatal(err)
	}
	golden(t, "sent_legacy_updates", s.bodies[0]+"\n")
}

func TestAnArrivalThatWasTakenIsSeen(t *testing.T) {
	s := newServer(t)
	s.answer["GET /shipments/L-20260302-07"] = says(`{"fourKitesShipmentID":"1","loadNumber":"L-20260302-07","stops":[{"stopReferenceId":"S1","sequence":"1","arrivalTime":"2026-03-02T14:21:00Z"}]}`)
	c := connector(t, map[string]string{"baseUrl": s.URL})
	e := connect.Errand{Kind: connect.WriteStatus, Load: load(), Says: connect.Saying{Fact: freight.FactArrived, Stop: 1, At: time.Date(2026, 3, 2, 14, 21, 0, 0, time.UTC)}}
	if _, arrived, known, err := c.Written(context.Background(), e); !arrived || !known || err != nil {
		t.Errorf("%v %v %v", arrived, known, err)
	}
	e.Says.Fact = freight.FactDeparted
	if _, arrived, known, err := c.Written(context.Background(), e); arrived || known || err != nil {
		t.Errorf("a departure: %v %v %v", arrived, known, err)
	}
}

func TestPapers(t *testing.T) {
	s := newServer(t)
	s.answer["POST /document-data/upload"] = says(`{}`)
	c := connector(t, map[string]string{"baseUrl": s.URL})
	e := connect.Errand{Kind: connect.SendDocument, Load: load(), Paper: []byte("%PDF-1.4"), Media: "application/pdf", Says: connect.Saying{Paper: "pod", Name: "pod.pdf"}}
	if _, err := c.Write(context.Background(), e); err != nil {
		t.Fatal(err)
	}
	golden(t, "sent_document", s.bodies[0]+"\n")
	e.Media = "image/png"
	if _, err := c.Write(context.Background(), e); !errors.Is(err, connect.ErrRefused) {
		t.Errorf("a PNG: %v", err)
	}
	e.Media, e.Paper = "application/pdf", make([]byte, 8<<20)
	if _, err := c.Write(context.Background(), e); !errors.Is(err, connect.ErrRefused) {
		t.Errorf("8 MB: %v", err)
	}
}

func TestProbeTellsWhichGenerationAnswers(t *testing.T) {
	s := newServer(t)
	s.list = []string{shipmentAt(1, noon)}
	s.now = noon.Add(90 * time.Second)
	c := connector(t, map[string]string{"baseUrl": s.URL})
	p, err := c.Probe(context.Background())
	if err != nil || p.Skew != 90*time.Second || !strings.Contains(p.Notes[0], gateway) {
		t.Errorf("%+v %v", p, err)
	}
	wrong := connector(t, map[string]string{"baseUrl": s.URL, "generation": legacy, "user": "me"})
	if _, err := wrong.Probe(context.Background()); !errors.Is(err, connect.ErrSignIn) || !strings.Contains(err.Error(), "set the generation to gateway") {
		t.Errorf("a gateway key at the legacy API: %v", err)
	}
	s.allow = func(*http.Request) bool { return false }
	if _, err := c.Probe(context.Background()); !errors.Is(err, connect.ErrSignIn) || !strings.Contains(err.Error(), "rq-1") {
		t.Errorf("nothing answers: %v", err)
	}
}

func TestGenerationByWhatIsFilledIn(t *testing.T) {
	for _, tt := range []struct {
		values map[string]string
		keys   []string
		want   string
	}{
		{map[string]string{}, []string{"apiKey"}, "https://api.fourkites.com"},
		{map[string]string{"environment": "azure"}, []string{"apiKey"}, "https://api.ng.fourkites.com"},
		{map[string]string{"user": "me"}, []string{"password"}, "https://tracking-api.fourkites.com"},
		{map[string]string{"user": "me", "environment": "staging"}, []string{"password"}, "https://tracking-api-staging.fourkites.com"},
		{map[string]string{"generation": gateway, "user": "me"}, nil, "https://api.fourkites.com"},
	} {
		c, err := New(connect.Account{Values: tt.values, Secret: func(key string) (string, error) {
			if slices.Contains(tt.keys, key) {
				return "x", nil
			}
			return "", errors.New("there is none")
		}})
		if err != nil || c.(*Connector).config.base.String() != tt.want {
			t.Errorf("%v: %v", tt.values, err)
		}
	}
	for name, values := range map[string]map[string]string{"azure legacy": {"generation": legacy, "environment": "azure"}, "number": {"perPage": "0"}, "choice": {"auth": "digest"}} {
		if _, err := New(connect.Account{Values: values}); err == nil {
			t.Errorf("%s: no fault", name)
		}
	}
}

func TestSignedAddress(t *testing.T) {
	s := newServer(t)
	for form, stamp := range map[string]string{"unix": strconv.FormatInt(noon.Unix(), 10), "yyyyMMddHHmmss": "20260302180000"} {
		s.allow = func(r *http.Request) bool {
			query, signature, _ := strings.Cut(r.URL.RawQuery, "&signature=")
			mac := hmac.New(sha1.New, []byte(secrets["clientSecret"]))
			io.WriteString(mac, r.URL.Path+"?"+query)
			want := base64.URLEncoding.EncodeToString(mac.Sum(nil))
			return strings.ReplaceAll(signature, "%3D", "=") == want && strings.HasSuffix(query, "&client_id=us&timestamp="+stamp) && r.Header.Get("Authorization") == ""
		}
		c := connector(t, map[string]string{"baseUrl": s.URL, "generation": legacy, "auth": "signed", "clientId": "us", "stampForm": form})
		if _, err := c.Probe(context.Background()); err != nil {
			t.Errorf("%s: %v by %v", form, err, s.asked)
		}
	}
}

func TestOAuthBesideTheKey(t *testing.T) {
	s := newServer(t)
	good, tokens := "t1", 0
	s.answer["POST /shipments/oauth2/token"] = func(w http.ResponseWriter, _ *http.Request) {
		tokens++
		io.WriteString(w, `{"access_token":"`+good+`","expires_in":3600}`)
	}
	s.allow = func(r *http.Request) bool {
		return r.Header.Get("apikey") == secrets["apiKey"] && r.Header.Get("Authorization") == "Bearer "+good
	}
	c := connector(t, map[string]string{"baseUrl": s.URL, "auth": "oauth"})
	for _, want := range []int{1, 1} {
		if _, err := c.List(context.Background(), ""); err != nil || tokens != want {
			t.Errorf("%d tokens, %v", tokens, err)
		}
	}
	if s.bodies[0] != `{"client_id":"k3y","client_secret":"s3cret","grant_type":"client_credentials"}` {
		t.Errorf("sent %s", s.bodies[0])
	}
	good = "t2"
	if _, err := c.List(context.Background(), ""); err != nil || tokens != 2 {
		t.Errorf("after a refusal: %d tokens, %v", tokens, err)
	}
}
