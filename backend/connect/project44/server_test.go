package project44

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/freight"
)

// server is project44 for one test: what each path answers, and what it was asked.
type server struct {
	*httptest.Server
	mu     sync.Mutex
	asked  []string // "GET /path?query"
	bodies []string
	answer map[string]func(w http.ResponseWriter, r *http.Request) // by "METHOD /path"
	tokens int
	good   string // the token that is good now
}

func newServer(t *testing.T) *server {
	s := &server{answer: map[string]func(http.ResponseWriter, *http.Request){}, good: "t1"}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.Close)
	return s
}

func (s *server) serve(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.URL.Path == "/api/v4/oauth2/token" {
		s.token(w, r, string(body))
		return
	}
	s.asked, s.bodies = append(s.asked, r.Method+" "+r.URL.RequestURI()), append(s.bodies, string(body))
	if r.Header.Get("Authorization") != "Bearer "+s.good {
		w.WriteHeader(401)
		io.WriteString(w, `{"httpStatusCode":401,"httpMessage":"Unauthorized","errorMessage":"the token is not valid","errors":[],"supportReferenceId":"ref-7"}`)
		return
	}
	answer := s.answer[r.Method+" "+r.URL.Path]
	if answer == nil {
		w.WriteHeader(404)
		io.WriteString(w, `{"httpStatusCode":404,"errorMessage":"nothing there"}`)
		return
	}
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	answer(w, r)
}

// token takes the secret in the header or in the body and refuses both.
func (s *server) token(w http.ResponseWriter, r *http.Request, body string) {
	form, _ := url.ParseQuery(body)
	user, password, basic := r.BasicAuth()
	inBody := form.Get("client_secret") != ""
	if basic == inBody || form.Get("grant_type") != "client_credentials" || r.Header.Get("Content-Type") != "application/x-www-form-urlencoded" {
		w.WriteHeader(400)
		io.WriteString(w, `{"error":"invalid_request","error_description":"more than one way of signing in"}`)
		return
	}
	if inBody {
		user, password = form.Get("client_id"), form.Get("client_secret")
	}
	if user != "our-client" || password != "s3cret" {
		w.WriteHeader(401)
		io.WriteString(w, `{"error":"invalid_client"}`)
		return
	}
	s.tokens++
	json.NewEncoder(w).Encode(map[string]any{"access_token": s.good, "expires_in": 43200})
}

func says(text string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, text) }
}

const master = "5b0f2f2e-0d1c-4f6a-9b52-1d6f9c0a7a11"

// load is a load as the desk knows it.
func load() connect.Tracked {
	at := func(day, hour int) time.Time { return time.Date(2026, 3, day, hour, 0, 0, 0, time.UTC) }
	tms := freight.Provenance{Source: freight.Source{Kind: freight.TMS, Account: "tms"}}
	stop := func(seq int, kind, facility, street, city, state, postal string, start, end time.Time) freight.StopLine {
		w := freight.Window{Start: start, End: end}
		return freight.StopLine{Seq: seq, Kind: kind, Place: freight.Place{Facility: facility, Address: street, City: city, State: state, Postal: postal, Country: "USA"},
			Zone: "America/Chicago", Window: w, WindowsOf: []freight.ToldWindow{{Provenance: tms, Window: w}}}
	}
	return connect.Tracked{Load: 7, Number: "L-20260302-07", Customer: "Acme", IDType: "BILL_OF_LADING", Line: freight.Timeline{
		Number: "L-20260302-07", SCAC: freight.Known{Value: "EXMP"},
		Refs:      []freight.KnownRef{{Reference: freight.Reference{Type: freight.RefBOL, Value: "BOL-700123"}}},
		Driver:    map[string]freight.Known{"PHONE": {Value: "(312) 555-0144"}},
		Equipment: map[string]freight.Known{"TRUCK": {Value: "218"}, "TRAILER": {Value: "53071"}},
		Stops: []freight.StopLine{
			stop(1, "pickup", "North Dock", "1000 W 18th St", "Chicago", "IL", "60608", at(2, 14), at(2, 16)),
			stop(2, "delivery", "South Dock", "200 Dock Rd", "Nashville", "TN", "37207", at(3, 13), at(3, 15)),
		}}}
}

func TestTokenIsKeptRenewedEarlyAndOnceAfterARefusal(t *testing.T) {
	s := newServer(t)
	s.answer["GET /api/v4/shipments/"+master+"/tracking/history"] = says(`{"shipment":{"id":"` + master + `"},"events":[]}`)
	now := noon
	c := connector(t, map[string]string{"baseUrl": s.URL})
	c.account.Now = func() time.Time { return now }
	l := load()
	l.Remote = master
	ask := func(tokens int) {
		t.Helper()
		if _, err := c.Follow(context.Background(), l, ""); err != nil {
			t.Fatal(err)
		}
		if s.tokens != tokens {
			t.Fatalf("%d tokens were asked for, want %d", s.tokens, tokens)
		}
	}
	ask(1)
	now = now.Add(11 * time.Hour)
	ask(1)
	now = now.Add(51 * time.Minute) // nine minutes before its end
	ask(2)
	s.good = "t2" // the old one is turned down
	ask(3)
	s.good = "never given"
	c.account.Secret = func(string) (string, error) { return "s3cret", nil }
	before := len(s.asked)
	s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/token") {
			io.WriteString(w, `{"access_token":"bad"}`)
			return
		}
		s.asked = append(s.asked, r.URL.Path)
		w.WriteHeader(401)
	})
	if _, err := c.Follow(context.Background(), l, ""); !errors.Is(err, connect.ErrSignIn) {
		t.Errorf("an account whose tokens are turned down: %v", err)
	}
	if n := len(s.asked) - before; n != 2 {
		t.Errorf("asked %d times with tokens that are turned down, want 2", n)
	}
}

func TestSecretStandsInOnePlaceOnly(t *testing.T) {
	for _, where := range []string{"header", "body"} {
		s := newServer(t)
		s.answer["GET /api/v4/webhooks"] = says(`{"webhookEndpoints":[]}`)
		p, err := connector(t, map[string]string{"baseUrl": s.URL, "credentials": where}).Probe(context.Background())
		if err != nil || s.tokens != 1 {
			t.Errorf("%s: %v", where, err)
		}
		if p.Identity != "app-our-client@client-applications.project44.com" || len(p.May) == 0 {
			t.Errorf("probe: %+v", p)
		}
	}
}

func TestWrongSecretAsksAPerson(t *testing.T) {
	s := newServer(t)
	c := connector(t, map[string]string{"baseUrl": s.URL, "clientId": "somebody-else"})
	if _, err := c.Probe(context.Background()); !errors.Is(err, connect.ErrSignIn) || !strings.Contains(err.Error(), "invalid_client") {
		t.Errorf("%v", err)
	}
}

func TestCreateSendsTheLoadAndKeepsBothIDs(t *testing.T) {
	s := newServer(t)
	s.answer["POST /api/v4/tl/shipments"] = says(`{"id": 88123, "masterShipmentId": "` + master + `", "infoMessages": [{"severity":"INFO","message":"queued"}]}`)
	c := connector(t, map[string]string{"baseUrl": s.URL})
	r, err := c.Write(context.Background(), connect.Errand{Key: "k1", Kind: connect.CreateLoad, Load: load()})
	if err != nil {
		t.Fatal(err)
	}
	if r.Remote != master+" 88123" || !strings.Contains(r.Says, "queued") {
		t.Errorf("%+v", r)
	}
	golden(t, "sent_create", s.bodies[0]+"\n")
}

func TestARefusedCreateMayBeThereAlready(t *testing.T) {
	s := newServer(t)
	s.answer["POST /api/v4/tl/shipments"] = func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(400)
		io.WriteString(w, `{"httpStatusCode":400,"errorMessage":"Bad Request","errors":[{"severity":"ERROR","message":"the shipment exists","diagnostic":"shipmentIdentifiers"}],"supportReferenceId":"ref-9"}`)
	}
	c := connector(t, map[string]string{"baseUrl": s.URL})
	later := noon.Add(3 * time.Minute)
	c.account.Now = func() time.Time { return later }
	e := connect.Errand{Key: "k1", Kind: connect.CreateLoad, Load: load()}
	if _, _, _, err := connector(t, map[string]string{"baseUrl": s.URL}).Written(context.Background(), e); !errors.Is(err, connect.ErrNotYet) {
		t.Errorf("right after a start: %v", err)
	}
	if _, err := c.Write(context.Background(), e); !errors.Is(err, connect.ErrRefused) || !strings.Contains(err.Error(), "the shipment exists (shipmentIdentifiers)") || !strings.Contains(err.Error(), "ref-9") {
		t.Errorf("refused: %v", err)
	}
	later = later.Add(3 * time.Minute)
	if _, arrived, known, err := c.Written(context.Background(), e); arrived || !known || err != nil {
		t.Errorf("written: %v %v %v", arrived, known, err)
	}
	s.answer["GET /api/v4/tl/shipments/statuses"] = says(`[{"shipment":{"id":88`) // cut
	if _, err := c.Write(context.Background(), e); err == nil || errors.Is(err, connect.ErrRefused) || errors.Is(err, connect.ErrGone) {
		t.Errorf("it may be there, and that could not be read: %v", err)
	}
	s.answer["GET /api/v4/tl/shipments/statuses"] = says(`[{"shipment":{"id":88123,"masterShipmentId":"` + master + `"},"latestStopStatuses":[]}]`)
	if r, err := c.Write(context.Background(), e); err != nil || !r.Twice || r.Remote != master+" 88123" {
		t.Errorf("there already: %+v %v", r, err)
	}
	if r, arrived, known, err := c.Written(context.Background(), e); !arrived || !known || err != nil || r.Remote == "" {
		t.Errorf("written: %v %v %v", arrived, known, err)
	}
	if last := s.asked[len(s.asked)-1]; !strings.Contains(last, "carrierIdentifier.type=SCAC&carrierIdentifier.value=EXMP&shipmentIdentifiers.type=BILL_OF_LADING&shipmentIdentifiers.value=BOL-700123") {
		t.Errorf("looked up by %s", last)
	}
}

func TestAppointmentMoved(t *testing.T) {
	s := newServer(t)
	s.answer["PUT /api/v4/tl/shipments/88123"] = says(`{}`)
	c := connector(t, map[string]string{"baseUrl": s.URL})
	l := load()
	l.Remote = master + " 88123"
	at := time.Date(2026, 3, 8, 12, 30, 0, 0, time.UTC) // after the clocks went forward that morning
	r, err := c.Write(context.Background(), connect.Errand{Key: "k2", Kind: connect.WriteWindow, Load: l, Says: connect.Saying{Fact: freight.FactWindow, Stop: 2, Start: at, End: at.Add(time.Hour)}})
	if err != nil || r.Remote != l.Remote {
		t.Fatalf("%+v %v", r, err)
	}
	golden(t, "sent_window", s.bodies[0]+"\n")
}

func TestCancel(t *testing.T) {
	s := newServer(t)
	s.answer["POST /api/v4/tl/shipments/88123/cancel"] = says(``)
	c := connector(t, map[string]string{"baseUrl": s.URL})
	l := load()
	l.Remote = "88123"
	if r, err := c.Write(context.Background(), connect.Errand{Kind: connect.CancelLoad, Load: l}); err != nil || r.Twice {
		t.Errorf("%+v %v", r, err)
	}
	l.Remote = "99"
	if r, err := c.Write(context.Background(), connect.Errand{Kind: connect.CancelLoad, Load: l}); err != nil || !r.Twice {
		t.Errorf("unknown there: %+v %v", r, err)
	}
}

func TestWhatIsMissingMakesALoadWait(t *testing.T) {
	for name, change := range map[string]func(*connect.Tracked){
		"carrier": func(l *connect.Tracked) { l.Line.SCAC.Value = "" },
		"stops":   func(l *connect.Tracked) { l.Line.Stops = l.Line.Stops[:1] },
		"window":  func(l *connect.Tracked) { l.Line.Stops[1].Window, l.Line.Stops[1].WindowsOf = freight.Window{}, nil },
		"zone":    func(l *connect.Tracked) { l.Line.Stops[0].Zone = "" },
		"place":   func(l *connect.Tracked) { l.Line.Stops[0].Place = freight.Place{Facility: "North Dock"} },
	} {
		l := load()
		change(&l)
		c := connector(t, map[string]string{"baseUrl": "http://127.0.0.1:1"})
		if _, err := c.Write(context.Background(), connect.Errand{Kind: connect.CreateLoad, Load: l}); !errors.Is(err, connect.ErrNotYet) {
			t.Errorf("without %s: %v", name, err)
		}
	}
}

func TestFollowToldTooEarlyAndGone(t *testing.T) {
	s := newServer(t)
	c := connector(t, map[string]string{"baseUrl": s.URL})
	l := load()
	l.Remote = master
	path := "GET /api/v4/shipments/" + master + "/tracking/history"
	if _, err := c.Follow(context.Background(), l, ""); !errors.Is(err, connect.ErrNotYet) {
		t.Errorf("just created: %v", err)
	}
	s.answer[path] = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(202) }
	if _, err := c.Follow(context.Background(), l, ""); !errors.Is(err, connect.ErrNotYet) {
		t.Errorf("accepted, not readable: %v", err)
	}
	s.answer[path] = says(`{"shipment":{"id":"` + master + `"},"events":[`)
	if _, err := c.Follow(context.Background(), l, ""); err == nil || errors.Is(err, connect.ErrNotYet) || errors.Is(err, connect.ErrRefused) {
		t.Errorf("cut off: %v", err)
	}
	s.answer[path] = says(`{"shipment":{"id":"` + master + `"},"events":[]}`)
	page, err := c.Follow(context.Background(), l, "")
	if err != nil || len(page.Bodies) != 1 || page.Gone || page.Bodies[0].About != "history/"+master {
		t.Fatalf("%+v %v", page, err)
	}
	delete(s.answer, path)
	if _, err := c.Follow(context.Background(), l, page.Cursor); !errors.Is(err, connect.ErrGone) || errors.Is(err, connect.ErrNotYet) {
		t.Errorf("gone: %v", err)
	}
}

func TestFollowFindsTheMasterIDByTheStatus(t *testing.T) {
	s := newServer(t)
	s.answer["GET /api/v4/tl/shipments/88123/statuses"] = says(`{"shipment":{"id":88123,"masterShipmentId":"` + master + `"},"latestStopStatuses":[]}`)
	s.answer["GET /api/v4/shipments/"+master+"/tracking/history"] = says(`{"shipment":{"id":"` + master + `"},"events":[]}`)
	l := load()
	l.Remote = "88123"
	page, err := connector(t, map[string]string{"baseUrl": s.URL}).Follow(context.Background(), l, "")
	if err != nil || len(page.Bodies) != 1 || page.Bodies[0].About != "history/"+master || page.Remote != master+" 88123" {
		t.Errorf("%+v %v", page, err)
	}
	if !strings.Contains(s.asked[0], "includeStatusHistory=true") {
		t.Errorf("asked %s", s.asked[0])
	}
	page, err = connector(t, map[string]string{"baseUrl": s.URL, "follow": "both"}).Follow(context.Background(), l, "")
	if err != nil || len(page.Bodies) != 2 {
		t.Errorf("both: %+v %v", page, err)
	}
	page, err = connector(t, map[string]string{"baseUrl": s.URL, "follow": "status"}).Follow(context.Background(), l, "")
	if err != nil || len(page.Bodies) != 1 || page.Bodies[0].About != "status/88123" {
		t.Errorf("the status: %+v %v", page, err)
	}
}

func TestPapersFollowTheDelivery(t *testing.T) {
	s := newServer(t)
	file := "%PDF-1.4 a proof"
	foreign := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			t.Error("another host was told the token")
		}
		w.Header().Set("Content-Type", "image/png")
		io.WriteString(w, "png")
	}))
	defer foreign.Close()
	s.answer["POST /services/document/v1/documents/search"] = says(`{"documents":[{"id":"d1","name":"pod.pdf","type":"PROOF_OF_DELIVERY","files":[{"url":"` + s.URL + `/files/1","sizeInBytes":16}]},
		{"id":"d2","name":"scale.png","type":"WEIGHT_CERTIFICATE","files":[{"url":"` + foreign.URL + `/2"},{"url":"` + s.URL + `/files/lost"}]}]}`)
	s.answer["GET /files/1"] = func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/pdf")
		io.WriteString(w, file)
	}
	now := noon
	c := connector(t, map[string]string{"baseUrl": s.URL, "documentDays": "1", "documentHours": "12"})
	c.account.Now = func() time.Time { return now }
	l := load()
	l.Remote = master
	s.answer["GET /api/v4/shipments/"+master+"/tracking/history"] = says(`{"shipment":{"id":"` + master + `"},"events":[]}`)
	l.Line.State, l.Line.Tracking.State = freight.Delivered, freight.TrackEnded
	page, err := c.Follow(context.Background(), l, "")
	if err != nil || len(page.Bodies) != 4 || string(page.Bodies[2].Bytes) != file || page.Bodies[2].About != "paper/d1/pod.pdf" || page.Bodies[2].Media != "application/pdf" || page.Gone {
		t.Fatalf("%+v %v", page, err)
	}
	asked := len(s.asked)
	page, err = c.Follow(context.Background(), l, page.Cursor)
	if err != nil || len(page.Bodies) != 0 || len(s.asked) != asked {
		t.Errorf("a delivered load is asked about again at once: %v %v", s.asked[asked:], err)
	}
	now = now.Add(13 * time.Hour)
	page, err = c.Follow(context.Background(), l, page.Cursor)
	if err != nil || len(page.Bodies) != 2 || !page.Gone {
		t.Errorf("the last search: %d bodies, gone %v, %v", len(page.Bodies), page.Gone, err)
	}
}

func TestABrokenPaperIsFetchedOnceMore(t *testing.T) {
	const whole, half = "%PDF-1.4 a proof of delivery %%EOF", "%PDF-1.4 a pro"
	for name, x := range map[string]struct {
		size  string // as the list tells it
		comes []string
		media string
		want  string // empty: none is taken, it is asked for later
		asked int
	}{
		"whole":                       {`,"sizeInBytes":34`, []string{whole}, "application/pdf", whole, 1},
		"broken off":                  {`,"sizeInBytes":34`, []string{half, whole}, "application/pdf", whole, 2},
		"a proxy's page":              {`,"sizeInBytes":34`, []string{"<html>come back later</html>", whole}, "application/pdf", whole, 2},
		"no size is told":             {"", []string{half, whole}, "application/pdf", whole, 2},
		"another size than told":      {`,"sizeInBytes":7`, []string{whole, whole}, "application/pdf", whole, 2},
		"without an end, as it is":    {"", []string{half, half}, "application/pdf", half, 2},
		"broken in two places":        {`,"sizeInBytes":34`, []string{half, "%PDF"}, "application/pdf", "", 2},
		"a page in place of it":       {"", []string{"<html>", "png"}, "text/html", "", 2},
		"a picture of unknown length": {"", []string{"png"}, "image/png", "png", 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t)
			s.answer["POST /services/document/v1/documents/search"] = says(`[{"id":"d1","name":"pod.pdf","type":"PROOF_OF_DELIVERY","files":[{"url":"` + s.URL + `/files/1"` + x.size + `}]}]`)
			asked := 0
			s.answer["GET /files/1"] = func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", x.media)
				io.WriteString(w, x.comes[min(asked, len(x.comes)-1)])
				asked++
			}
			var at place
			var page connect.Page
			err := connector(t, map[string]string{"baseUrl": s.URL}).followPapers(context.Background(), load(), &at, &page)
			switch {
			case asked != x.asked:
				t.Errorf("asked %d times", asked)
			case x.want == "" && (err == nil || len(at.Papers) > 0):
				t.Errorf("taken as %q, %v", page.Bodies[len(page.Bodies)-1].Bytes, err)
			case x.want != "" && (err != nil || len(page.Bodies) != 2 || string(page.Bodies[1].Bytes) != x.want):
				t.Errorf("%+v %v", page.Bodies, err)
			}
		})
	}
}

func TestALoadIsFollowedAsLongAsSomethingMayCome(t *testing.T) {
	s := newServer(t)
	s.answer["GET /api/v4/shipments/"+master+"/tracking/history"] = says(`{"shipment":{"id":"` + master + `"},"events":[]}`)
	s.answer["POST /services/document/v1/documents/search"] = says(`[]`)
	for _, tt := range []struct {
		name     string
		state    freight.LoadState
		tracking freight.TrackingState
		hours    string
		asked    []string
		gone     bool
	}{
		{"under way", freight.InTransit, freight.TrackTracking, "6", []string{"GET"}, false},
		{"trace lost under way", freight.InTransit, freight.TrackLost, "6", []string{"GET"}, false},
		{"delivered, still tracked", freight.Delivered, freight.TrackTracking, "6", []string{"GET", "POST"}, false},
		{"delivered, still tracked, no papers wanted", freight.Delivered, freight.TrackTracking, "0", []string{"GET"}, false},
		{"delivered, no papers wanted", freight.Delivered, freight.TrackEnded, "0", nil, true},
		{"delivered, papers wanted", freight.Delivered, freight.TrackEnded, "6", []string{"GET", "POST"}, false},
		{"delivered, the last search", freight.Delivered, freight.TrackTracking, "168", []string{"GET", "POST"}, true},
		{"cancelled", freight.Cancelled, freight.TrackEnded, "6", nil, true},
	} {
		c := connector(t, map[string]string{"baseUrl": s.URL, "documentHours": tt.hours})
		l := load()
		l.Remote, l.Line.State, l.Line.Tracking.State = master, tt.state, tt.tracking
		s.asked = nil
		page, err := c.Follow(context.Background(), l, "")
		var asked []string
		for _, a := range s.asked {
			method, _, _ := strings.Cut(a, " ")
			asked = append(asked, method)
		}
		if err != nil || page.Gone != tt.gone || !slices.Equal(asked, tt.asked) {
			t.Errorf("%s: asked %v, gone %v, %v", tt.name, s.asked, page.Gone, err)
		}
	}
}

func TestPaperIsSentInTwoParts(t *testing.T) {
	s := newServer(t)
	paper := connect.Errand{Key: "k-9", Kind: connect.SendDocument, Load: load(), Paper: []byte("%PDF-1.4"), Media: "application/pdf", Says: connect.Saying{Paper: "pod", Name: `pod "7".pdf`}}
	var head, file string
	s.answer["POST /services/document/v1/documents"] = func(w http.ResponseWriter, r *http.Request) {
		_, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
		form, err := multipart.NewReader(r.Body, params["boundary"]).ReadForm(1 << 20)
		if err != nil {
			t.Error(err)
			return
		}
		head = form.Value["document"][0]
		f, _ := form.File["upload_file"][0].Open()
		b, _ := io.ReadAll(f)
		file = string(b)
		io.WriteString(w, `{"id":"d9"}`)
	}
	c := connector(t, map[string]string{"baseUrl": s.URL})
	r, err := c.Write(context.Background(), paper)
	if err != nil || r.Remote != "d9" || file != "%PDF-1.4" {
		t.Errorf("%+v %v, file %q", r, err, file)
	}
	golden(t, "sent_document", head+"\n")
	s.answer["POST /services/document/v1/documents/search"] = says(`[{"id":"d9","name":"pod \"7\".pdf","files":[{"sizeInBytes":8}]}]`)
	if r, arrived, known, err := c.Written(context.Background(), paper); !arrived || !known || err != nil || r.Remote != "d9" {
		t.Errorf("looked up: %+v %v %v %v", r, arrived, known, err)
	}
}

func TestReportsAsTheCarrier(t *testing.T) {
	s := newServer(t)
	s.answer["POST /api/v4/capacityproviders/tl/shipments/statusUpdates"] = says(`{}`)
	if ok, why := connector(t, nil).CanWrite(connect.WriteStatus); ok || why == "" {
		t.Error("a shipper's desk reports as the carrier")
	}
	c := connector(t, map[string]string{"baseUrl": s.URL, "customerId": "C-1"})
	at := time.Date(2026, 3, 2, 14, 21, 0, 0, time.UTC)
	if _, err := c.Write(context.Background(), connect.Errand{Kind: connect.WriteStatus, Load: load(), Says: connect.Saying{Fact: freight.FactArrived, Stop: 1, At: at}}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Write(context.Background(), connect.Errand{Kind: connect.WritePlace, Load: load(), Says: connect.Saying{Fact: freight.FactPosition, At: at, Place: freight.Place{Lat: 41.8, Lon: -87.6}}}); err != nil {
		t.Fatal(err)
	}
	golden(t, "sent_carrier", strings.Join(s.bodies, "\n")+"\n")
	if _, err := c.Write(context.Background(), connect.Errand{Kind: connect.WriteStatus, Load: load(), Says: connect.Saying{Fact: freight.FactETA, At: at}}); !errors.Is(err, connect.ErrRefused) {
		t.Errorf("an ETA as the carrier: %v", err)
	}
}

func TestTrackingMethods(t *testing.T) {
	s := newServer(t)
	s.answer["GET /api/v4/tl/trackingmethods"] = says(`{"trackingMethods":[{"equipmentIdentifier":{"type":"VEHICLE_ID","value":"218"}},{"equipmentIdentifier":{"type":"MOBILE_PHONE_NUMBER"}}],"infoMessages":[{"message":"two ways"}]}`)
	methods, remarks, err := connector(t, map[string]string{"baseUrl": s.URL}).TrackingMethods(context.Background(), load())
	if err != nil || len(methods) != 2 || methods[0] != (TrackingMethod{"VEHICLE_ID", "218"}) || remarks != "two ways" {
		t.Errorf("%v %q %v", methods, remarks, err)
	}
}

func TestSettingsAreChecked(t *testing.T) {
	for name, values := range map[string]map[string]string{
		"address":   {"baseUrl": "na12"},
		"password":  {"baseUrl": "https://u:p@example.com"},
		"choice":    {"credentials": "both"},
		"number":    {"tokenHours": "a day"},
		"names":     {"positionNames": "lat lon"},
		"codes":     {"codes": "status X"},
		"client":    {"clientId": " "},
		"customers": {"customers": "=BILL_OF_LADING"},
	} {
		all := map[string]string{"clientId": "x"}
		for k, v := range values {
			all[k] = v
		}
		if _, err := New(connect.Account{Values: all}); err == nil {
			t.Errorf("%s: no fault", name)
		}
	}
	for region, host := range regions {
		c, err := New(connect.Account{Values: map[string]string{"clientId": "x", "region": region}})
		if err != nil || c.(*Connector).config.base.String() != host {
			t.Errorf("%s: %v", region, err)
		}
	}
}
