package serve

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"
	"testing/fstest"
)

var screens = fstest.MapFS{
	"index.html":         {Data: []byte("<!doctype html><title>board</title>")},
	"assets/app-1f3.js":  {Data: []byte("export {}")},
	"assets/app-1f3.css": {Data: []byte("body{}")},
	"assets/p.wasm":      {Data: []byte("\x00asm")},
}

// start runs a server with an /api that echoes bodies and streams events.
func start(t *testing.T, raise func(Start) bool) *Server {
	t.Helper()
	api := http.NewServeMux()
	api.HandleFunc("/api/echo", func(w http.ResponseWriter, r *http.Request) { io.Copy(w, r.Body) })
	api.HandleFunc("GET /api/changes", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		io.WriteString(w, "data: 1\n\n")
		http.NewResponseController(w).Flush()
		<-r.Context().Done()
	})
	s, err := Listen("127.0.0.1:0", Screens{API: api, Assets: screens, Raise: raise})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("stopping: %v", err)
		}
	})
	return s
}

func do(t *testing.T, client *http.Client, req *http.Request) (int, http.Header, string) {
	t.Helper()
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header, string(body)
}

func request(t *testing.T, method, url, body string, headers ...string) *http.Request {
	t.Helper()
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			req.Host = headers[i+1]
			continue
		}
		req.Header.Set(headers[i], headers[i+1])
	}
	return req
}

// browser is a client that has opened the link.
func browser(t *testing.T, s *Server) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	code, header, body := do(t, client, request(t, "GET", s.Link(), ""))
	if code != http.StatusOK || !strings.Contains(body, "url=/") {
		t.Fatalf("the link answered %d %s", code, body)
	}
	cookie := header.Get("Set-Cookie")
	for _, want := range []string{"HttpOnly", "SameSite=Strict", "Path=/"} {
		if !strings.Contains(cookie, want) {
			t.Errorf("cookie %q lacks %s", cookie, want)
		}
	}
	return client
}

func TestWhoGetsIn(t *testing.T) {
	s := start(t, nil)
	_, port, _ := strings.Cut(s.Addr(), ":")
	own := "http://" + s.Addr()
	inside := browser(t, s)
	outside := &http.Client{}

	tests := []struct {
		name    string
		client  *http.Client
		method  string
		path    string
		headers []string
		want    int
	}{
		{"nobody without token", outside, "GET", "/", nil, 403},
		{"nobody without token, api", outside, "GET", "/api/echo", nil, 403},
		{"wrong token", outside, "GET", "/api/echo", []string{TokenHeader, "guess"}, 403},
		{"command line reads", outside, "GET", "/api/echo", []string{TokenHeader, s.Token()}, 200},
		{"command line writes", outside, "POST", "/api/echo", []string{TokenHeader, s.Token()}, 200},
		{"browser reads", inside, "GET", "/api/echo", nil, 200},
		{"browser writes with its origin", inside, "POST", "/api/echo", []string{"Origin", own}, 200},
		{"browser writes without origin", inside, "POST", "/api/echo", nil, 403},
		{"another site's form", inside, "POST", "/api/echo", []string{"Origin", "https://evil.example"}, 403},
		{"another port's page", inside, "POST", "/api/echo", []string{"Origin", "http://127.0.0.1:1"}, 403},
		{"a sandboxed page", inside, "POST", "/api/echo", []string{"Origin", "null"}, 403},
		{"another site's image tag", inside, "GET", "/api/echo", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"rebinding: foreign name with our address", inside, "GET", "/", []string{"Host", "evil.example:" + port}, 403},
		{"rebinding with the token too", outside, "GET", "/", []string{"Host", "evil.example:" + port, TokenHeader, s.Token()}, 403},
		{"host without port", inside, "GET", "/", []string{"Host", "127.0.0.1"}, 403},
		{"host of another port", inside, "GET", "/", []string{"Host", "127.0.0.1:1"}, 403},
		{"localhost is us", outside, "GET", "/", []string{"Host", "localhost:" + port, TokenHeader, s.Token()}, 200},
		{"a page cannot raise", inside, "POST", raisePath, []string{"Origin", own}, 403},
		{"the link needs a ticket", outside, "GET", enterPath, nil, 403},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			code, header, body := do(t, tt.client, request(t, tt.method, own+tt.path, "", tt.headers...))
			if code != tt.want {
				t.Errorf("got %d, want %d: %s", code, tt.want, body)
			}
			if !strings.Contains(header.Get("Content-Security-Policy"), "default-src 'self'") {
				t.Error("no content security policy")
			}
		})
	}
}

func TestLinkWorksOnce(t *testing.T) {
	s := start(t, nil)
	link := s.Link()
	first, _, _ := do(t, &http.Client{}, request(t, "GET", link, ""))
	second, _, body := do(t, &http.Client{}, request(t, "GET", link, ""))
	if first != 200 || second != 403 {
		t.Errorf("first use %d, second use %d", first, second)
	}
	if !strings.Contains(body, "used already") {
		t.Errorf("the refusal does not say why: %s", body)
	}
}

func TestScreensHaveTheirTypes(t *testing.T) {
	s := start(t, nil)
	client := browser(t, s)
	tests := []struct{ path, kind, cache string }{
		{"/", "text/html; charset=utf-8", "no-store"},
		{"/load/123", "text/html; charset=utf-8", "no-store"},
		{"/assets/app-1f3.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
		{"/assets/app-1f3.css", "text/css; charset=utf-8", "public, max-age=31536000, immutable"},
		{"/assets/p.wasm", "application/wasm", "public, max-age=31536000, immutable"},
	}
	for _, tt := range tests {
		code, header, _ := do(t, client, request(t, "GET", "http://"+s.Addr()+tt.path, ""))
		if code != 200 || header.Get("Content-Type") != tt.kind || header.Get("Cache-Control") != tt.cache {
			t.Errorf("%s: %d %q %q", tt.path, code, header.Get("Content-Type"), header.Get("Cache-Control"))
		}
	}
	if code, _, _ := do(t, client, request(t, "GET", "http://"+s.Addr()+"/assets/gone.js", "")); code != 404 {
		t.Errorf("a missing file answered %d", code)
	}
}

func TestEventsFlowAndEndWithTheServer(t *testing.T) {
	s := start(t, nil) // its cleanup fails when the open stream holds up the stop
	client := browser(t, s)
	resp, err := client.Do(request(t, "GET", "http://"+s.Addr()+"/api/changes", ""))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	line, err := bufio.NewReader(resp.Body).ReadString('\n')
	if err != nil || line != "data: 1\n" {
		t.Fatalf("first event %q, %v", line, err)
	}
}

func TestOnlyThisMachine(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.168.1.7:8080", "tracedesk.example:80", "127.0.0.1"} {
		if s, err := Listen(addr, Screens{}); err == nil {
			s.Close()
			t.Errorf("%s was accepted", addr)
		}
	}
	for _, addr := range []string{"127.0.0.1:0", "localhost:0"} {
		s, err := Listen(addr, Screens{})
		if err != nil {
			t.Errorf("%s: %v", addr, err)
			continue
		}
		s.Close()
	}
}

func TestSecondStart(t *testing.T) {
	var got Start
	window := start(t, func(s Start) bool { got = s; return true })
	raised, err := Raise(t.Context(), window.Addr(), window.Token(), Start{Args: []string{"day.csv"}, Dir: "/tmp"})
	if err != nil || !raised.Window || raised.Link != "" {
		t.Fatalf("%+v %v", raised, err)
	}
	if len(got.Args) != 1 || got.Args[0] != "day.csv" || got.Dir != "/tmp" {
		t.Errorf("handed over %+v", got)
	}

	plain := start(t, nil)
	raised, err = Raise(t.Context(), plain.Addr(), plain.Token(), Start{})
	if err != nil || raised.Window {
		t.Fatalf("%+v %v", raised, err)
	}
	if code, _, _ := do(t, &http.Client{}, request(t, "GET", raised.Link, "")); code != 200 {
		t.Errorf("the fresh link answered %d", code)
	}
	if _, err := Raise(t.Context(), plain.Addr(), "wrong", Start{}); err == nil {
		t.Error("a wrong token raised the window")
	}
}
