package api_test

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"tracedesk/app/api"
	"tracedesk/app/api/apitest"
	"tracedesk/backend/desk/board"
	"tracedesk/backend/desk/papers"
	"tracedesk/backend/desk/sources"
)

func ask(t *testing.T, h http.Handler, method, path, body string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func read[T any](t *testing.T, w *httptest.ResponseRecorder) (v T) {
	t.Helper()
	if w.Code != http.StatusOK {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestEveryRouteAnswersJSONWithoutNulls(t *testing.T) {
	desk, _ := apitest.New(50)
	h := api.New(desk)
	for _, route := range []struct{ method, path, body string }{
		{"GET", "/api/status", ""},
		{"POST", "/api/board/view", `{"filter":{"live":true},"sort":{"by":"attention"}}`},
		{"GET", "/api/changes?since=0", ""},
		{"GET", "/api/search?q=acme", ""},
		{"GET", "/api/customers", ""},
		{"GET", "/api/carriers", ""},
		{"GET", "/api/loads/L480100", ""},
		{"GET", "/api/loads/L480100?asOf=2026-11-23T14:00:00-06:00", ""},
		{"POST", "/api/loads/L480100/claims", `{"stop":1,"fact":"arrived","at":"2026-11-23 08:10"}`},
		{"GET", "/api/observations/0/raw", ""},
		{"POST", "/api/undo", `{"observation":"00000000000000000000000000abc065"}`},
		{"GET", "/api/history", ""},
		{"GET", "/api/alerts?since=0", ""},
		{"GET", "/api/alerts/rules", ""},
		{"POST", "/api/alerts/rules", `{"who":"Ana","severity":"major","channel":"os"}`},
		{"GET", "/api/partners", ""},
		{"GET", "/api/partners/unknown", ""},
		{"GET", "/api/partners/meanings?list=1650", ""},
		{"POST", "/api/partners", `{"id":"SWVL","name":"Swift Valley"}`},
		{"POST", "/api/partners/codes", `{"partner":"SWVL","list":"1650","code":"ZX","means":"X3"}`},
		{"POST", "/api/explain", `{"text":"AT7*X3*NS***20261123*0810*CT"}`},
		{"POST", "/api/edi/write", `{"kind":"990","load":"L480100","answer":"accept"}`},
		{"POST", "/api/import/preview", `{"files":[{"path":"a.csv"}]}`},
		{"POST", "/api/import", `{"files":[{"path":"a.csv"}]}`},
		{"GET", "/api/jobs/j1", ""},
		{"POST", "/api/jobs/j1/cancel", ""},
		{"GET", "/api/profiles", ""},
		{"POST", "/api/profiles", `{"name":"m","source":"tms","rowPer":"stop","dateOrder":"","full":false,"columns":[]}`},
		{"GET", "/api/quarantine", ""},
		{"POST", "/api/quarantine/q1", `{"action":"drop"}`},
		{"GET", "/api/documents", ""},
		{"POST", "/api/documents/0/verdict", `{"load":"L480100","kind":"pod","verdict":"verified"}`},
		{"GET", "/api/reports/daily?customer=Acme", ""},
		{"GET", "/api/kpi?customer=Acme&from=2026-11-16&to=2026-11-22&rows=otd.current", ""},
		{"GET", "/api/kpi/definitions", ""},
		{"GET", "/api/schedules", ""},
		{"POST", "/api/schedules", `{"report":"daily","customer":"Acme","time":"07:30"}`},
		{"GET", "/api/schedules/runs?limit=5", ""},
		{"POST", "/api/schedules/round", `{}`},
		{"GET", "/api/quality?customer=Acme&from=2026-11-16&to=2026-11-22&kind=number.form", ""},
		{"GET", "/api/quality/corrections", ""},
		{"GET", "/api/quality/check?type=CONTAINER&value=CSQU3054383", ""},
		{"GET", "/api/archives?load=1", ""},
		{"POST", "/api/archives", `{"until":"2023-01-01"}`},
		{"POST", "/api/export", `{"customer":"Acme","out":"/tmp/acme.zip"}`},
		{"POST", "/api/kpi/definitions", `{"use":{"customer":"Acme","definition":"standard"}}`},
		{"GET", "/api/board?limit=3", ""},
		{"GET", "/api/folders", ""},
		{"POST", "/api/folders", `{"path":"/scans","after":"keep"}`},
		{"POST", "/api/settings", `{"person":"Ana"}`},
		{"POST", "/api/settings", `{"x12Receiver":"ACMETMS"}`},
		{"GET", "/api/intents/x12", ""},
		{"POST", "/api/rebuild", ""},
		{"POST", "/api/quarantine/retry", ""},
		{"GET", "/api/quarantine/at", ""},
		{"GET", "/api/intents", ""},
		{"POST", "/api/intents/i1", `{"state":"done"}`},
	} {
		t.Run(route.method+" "+route.path, func(t *testing.T) {
			w := ask(t, h, route.method, route.path, route.body)
			if !json.Valid(w.Body.Bytes()) || w.Code != 200 && w.Code != 404 {
				t.Errorf("status %d: %s", w.Code, w.Body)
			}
			// Instants and windows may be null, lists never; "tms" is an instant.
			if strings.Contains(strings.ReplaceAll(w.Body.String(), `"tms":null`, ""), `s":null`) {
				t.Errorf("a list is null: %s", w.Body)
			}
		})
	}
}

func TestViewThenRows(t *testing.T) {
	desk, _ := apitest.New(400)
	h := api.New(desk)
	view := read[board.View](t, ask(t, h, "POST", "/api/board/view", `{"filter":{"levels":["actNow"]},"sort":{"by":"attention"}}`))
	rows := read[board.Rows](t, ask(t, h, "GET", "/api/board/rows?view="+view.View+"&from=2&to=5", ""))
	if len(rows.Rows) != 3 || rows.From != 2 || rows.Count != view.Count {
		t.Errorf("got %d rows from %d of %d, want 3 from 2 of %d", len(rows.Rows), rows.From, rows.Count, view.Count)
	}
	if view.Counts.ActNow != view.Count || view.Counts.OnPlan == 0 {
		t.Errorf("counts %+v must not depend on the levels chosen", view.Counts)
	}
}

func TestFaults(t *testing.T) {
	desk, _ := apitest.New(5)
	h := api.New(desk)
	for name, c := range map[string]struct {
		method, path, body string
		status             int
		code               api.Code
	}{
		"unknown route":       {"GET", "/api/nothing", "", 404, api.NotFound},
		"unknown load":        {"GET", "/api/loads/nope", "", 404, api.NotFound},
		"forgotten view":      {"GET", "/api/board/rows?view=v9", "", 404, api.NotFound},
		"bad time":            {"GET", "/api/loads/L480100?asOf=noon", "", 400, api.Invalid},
		"too many rows":       {"GET", "/api/board/rows?view=v1&from=0&to=5000", "", 400, api.Invalid},
		"negative number":     {"GET", "/api/changes?since=-4", "", 400, api.Invalid},
		"command in no JSON":  {"POST", "/api/undo", "", 400, api.Invalid},
		"unknown field":       {"POST", "/api/undo", `{"observation":"x","shout":true}`, 400, api.Invalid},
		"nothing to import":   {"POST", "/api/import", `{"files":[]}`, 400, api.Invalid},
		"page is not a png":   {"GET", "/api/documents/0/page/1.gif", "", 400, api.Invalid},
		"page zero":           {"GET", "/api/documents/0/page/0.png", "", 400, api.Invalid},
		"command far too big": {"POST", "/api/undo", `{"observation":"` + strings.Repeat("x", 2<<20) + `"}`, 400, api.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			w := ask(t, h, c.method, c.path, c.body)
			var f api.Fault
			if err := json.Unmarshal(w.Body.Bytes(), &f); err != nil || w.Code != c.status || f.Code != c.code || f.Message == "" {
				t.Errorf("status %d, %s", w.Code, w.Body)
			}
		})
	}
}

func upload(t *testing.T, h http.Handler, path, name, content string) *httptest.ResponseRecorder {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(part, content); err != nil {
		t.Fatal(err)
	}
	form.Close()
	r := httptest.NewRequest("POST", path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestUploads(t *testing.T) {
	desk, _ := apitest.New(5)
	h := api.New(desk)
	ups := read[sources.Uploads](t, upload(t, h, "/api/uploads", "../../loads.csv", "load,stop\n"))
	if len(ups.Uploads) != 1 || ups.Uploads[0].Name != "loads.csv" || ups.Uploads[0].Size != 10 {
		t.Errorf("got %+v", ups)
	}
	docs := read[papers.Documents](t, upload(t, h, "/api/documents?load=L480102", "pod.pdf", "%PDF"))
	if len(docs.Documents) != 1 || docs.Documents[0].Load != "L480102" {
		t.Errorf("got %+v", docs)
	}
	if w := upload(t, h, "/api/import", "loads.csv", "load,stop\n"); w.Code != 200 {
		t.Errorf("import by upload: %d %s", w.Code, w.Body)
	}
}

func TestDocumentsCannotRun(t *testing.T) {
	desk, _ := apitest.New(5)
	w := ask(t, api.New(desk), "GET", "/api/documents/"+strings.Repeat("0", 64)+"/page/1.png", "")
	if w.Code != 200 || w.Header().Get("Content-Type") != "image/png" {
		t.Fatalf("status %d, type %s", w.Code, w.Header().Get("Content-Type"))
	}
	if !strings.HasPrefix(w.Header().Get("Content-Security-Policy"), "sandbox") || w.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("a document must come sandboxed: %v", w.Header())
	}
}

func TestOutgoingFiles(t *testing.T) {
	desk, _ := apitest.New(5)
	h := api.New(desk)
	for path, want := range map[string][3]string{
		"/api/intents/export.csv": {"text/csv; charset=utf-8", "outgoing.csv", "load,"},
		"/api/intents/export.edi": {"application/edi-x12", "outgoing.edi", "ISA*"},
	} {
		w := ask(t, h, "GET", path, "")
		if w.Code != 200 || w.Header().Get("Content-Type") != want[0] || !strings.Contains(w.Header().Get("Content-Disposition"), want[1]) || !strings.HasPrefix(w.Body.String(), want[2]) {
			t.Errorf("%s: %d %v %s", path, w.Code, w.Header(), w.Body)
		}
	}
}

func TestEventsAreNumberedAndResume(t *testing.T) {
	desk, b := apitest.New(5)
	server := httptest.NewServer(api.New(desk))
	defer server.Close()
	touch := func(i int) { b.Touch(i, func(r *board.Row) { r.Carrier = "Other" }) }
	touch(0)
	touch(1)
	r, _ := http.NewRequestWithContext(t.Context(), "GET", server.URL+"/api/events", nil)
	r.Header.Set("Last-Event-ID", "1")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if got := readUntil(t, resp.Body, "\ndata: "); !strings.Contains(got, "id: 2\nevent: changes") {
		t.Errorf("first event %q", got)
	}
	touch(2)
	if got := readUntil(t, resp.Body, "id: 3"); !strings.Contains(got, "00002") {
		t.Errorf("resumed after 1, so load 2 and not load 1 is told: %q", got)
	}
}

// readUntil reads the stream byte by byte up to the words, so that it never waits for more.
func readUntil(t *testing.T, r io.Reader, words string) string {
	t.Helper()
	var got bytes.Buffer
	for one := make([]byte, 1); !strings.Contains(got.String(), words); {
		if _, err := r.Read(one); err != nil {
			t.Fatalf("stream ended after %q: %v", got.String(), err)
		}
		got.Write(one)
	}
	return got.String()
}
