package inbox

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// kept is a door that remembers, as a desk does.
type kept struct {
	mu   sync.Mutex
	list []Callback
	err  error
}

func (k *kept) take(_ context.Context, c Callback) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.err != nil {
		return k.err
	}
	k.list = append(k.list, c)
	return nil
}

const secret = "open sesame/1+1"

func packed(text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write([]byte(text))
	z.Close()
	return b.String()
}

// TestListener: who is let in, what is kept of a request, and what the caller is told.
func TestListener(t *testing.T) {
	long := strings.Repeat("x", MostBody+1)
	for name, c := range map[string]struct {
		method, target, body string
		header               map[string]string
		host                 string
		fails                error
		status               int
		query, kept          string
	}{
		"query":               {target: "/in/mp/location?key=open+sesame%2F1%2B1&ID=1&City=A%20B", status: 200, query: "ID=1&City=A%20B"},
		"bearer":              {method: "POST", target: "/in/mp", body: "ID=1", header: map[string]string{"Authorization": "Bearer " + secret}, status: 200, kept: "ID=1"},
		"basic":               {method: "POST", target: "/in/mp", body: "ID=1", header: map[string]string{"Authorization": "Basic YW55Om9wZW4gc2VzYW1lLzErMQ=="}, status: 200, kept: "ID=1"},
		"api key":             {method: "PUT", target: "/in/mp?a=b", body: "{}", header: map[string]string{"X-API-Key": secret}, status: 200, query: "a=b", kept: "{}"},
		"apikey":              {method: "POST", target: "/in/mp", body: "{}", header: map[string]string{"apikey": secret}, status: 200, kept: "{}"},
		"packed":              {method: "POST", target: "/in/mp", body: packed("ID=1"), header: map[string]string{"apikey": secret, "Content-Encoding": "gzip"}, status: 200, kept: "ID=1"},
		"relay's name":        {method: "POST", target: "/in/mp", body: "1", host: "Relay.example:443", header: map[string]string{"apikey": secret}, status: 200, kept: "1"},
		"no key":              {target: "/in/mp?ID=1", status: 401},
		"wrong key":           {target: "/in/mp?ID=1&key=open", status: 401},
		"no key, no account":  {target: "/", status: 401},
		"no account":          {target: "/in/", header: map[string]string{"apikey": secret}, status: 404},
		"elsewhere":           {target: "/api/board", header: map[string]string{"apikey": secret}, status: 404},
		"unknown account":     {target: "/in/who?ID=1", header: map[string]string{"apikey": secret}, fails: fmt.Errorf("%w: who", ErrNobody), status: 404},
		"nothing":             {target: "/in/mp", header: map[string]string{"apikey": secret}, fails: fmt.Errorf("%w: it is empty", ErrNothing), status: 400},
		"disk full":           {target: "/in/mp?ID=1", header: map[string]string{"apikey": secret}, fails: errors.New("the disk is full"), status: 503},
		"deleting":            {method: "DELETE", target: "/in/mp", header: map[string]string{"apikey": secret}, status: 405},
		"another name":        {target: "/in/mp?ID=1", host: "evil.example", header: map[string]string{"apikey": secret}, status: 421},
		"a page":              {target: "/in/mp?ID=1", header: map[string]string{"apikey": secret, "Origin": "https://evil.example"}, status: 403},
		"a picture of a page": {target: "/in/mp?ID=1", header: map[string]string{"apikey": secret, "Sec-Fetch-Site": "cross-site"}, status: 403},
		"too long":            {method: "POST", target: "/in/mp", body: long, header: map[string]string{"apikey": secret}, status: 413},
		"a bomb":              {method: "POST", target: "/in/mp", body: packed(long), header: map[string]string{"apikey": secret, "Content-Encoding": "gzip"}, status: 413},
		"packed otherwise":    {method: "POST", target: "/in/mp", body: "1", header: map[string]string{"apikey": secret, "Content-Encoding": "br"}, status: 415},
		"not packed":          {method: "POST", target: "/in/mp", body: "1", header: map[string]string{"apikey": secret, "Content-Encoding": "gzip"}, status: 400},
		"half packed":         {method: "POST", target: "/in/mp", body: packed("ID=1")[:20], header: map[string]string{"apikey": secret, "Content-Encoding": "gzip"}, status: 400},
	} {
		t.Run(name, func(t *testing.T) {
			door := &kept{err: c.fails}
			var told strings.Builder
			l := &Listener{Door: door.take, Key: secret, Hosts: []string{"relay.example"}, Tell: func(s string) { told.WriteString(s) }}
			if c.method == "" {
				c.method = "GET"
			}
			r := httptest.NewRequest(c.method, c.target, strings.NewReader(c.body))
			r.Host = "127.0.0.1:8377"
			if c.host != "" {
				r.Host = c.host
			}
			for k, v := range c.header {
				r.Header.Set(k, v)
			}
			w := httptest.NewRecorder()
			l.Server().Handler.ServeHTTP(w, r)
			if w.Code != c.status {
				t.Fatalf("%d %s, want %d", w.Code, w.Body, c.status)
			}
			if (w.Code == 200) != (len(door.list) == 1) {
				t.Fatalf("%d, and %d are kept", w.Code, len(door.list))
			}
			if w.Code == 503 && w.Header().Get("Retry-After") == "" {
				t.Error("when to send it again is not said")
			}
			if w.Code == 200 {
				got := door.list[0]
				if got.Account != "mp" || got.Query != c.query || string(got.Body) != c.kept || got.Method != c.method {
					t.Errorf("kept %+v", got)
				}
			}
			for _, where := range []string{told.String(), w.Body.String(), fmt.Sprintf("%+v", door.list)} {
				if strings.Contains(where, "sesame") {
					t.Errorf("the secret stands in %q", where)
				}
			}
		})
	}
}

// TestCutRequest: a body that ends early is not kept, so that it comes again.
func TestCutRequest(t *testing.T) {
	door := &kept{}
	l := &Listener{Door: door.take}
	server := httptest.NewUnstartedServer(nil)
	server.Config = l.Server()
	server.Start()
	defer server.Close()
	ctx, stop := context.WithCancel(t.Context())
	body := &cutting{stop: stop}
	req, err := http.NewRequestWithContext(ctx, "POST", server.URL+"/in/mp", body)
	if err != nil {
		t.Fatal(err)
	}
	req.ContentLength = 1000
	if _, err := server.Client().Do(req); err == nil {
		t.Error("half a request was answered")
	}
	resp, err := server.Client().Get(server.URL + "/in/mp?ID=2")
	if err != nil || resp.StatusCode != 200 {
		t.Fatal(resp, err)
	}
	resp.Body.Close()
	server.Close() // waits for the requests under way
	if len(door.list) != 1 || door.list[0].Query != "ID=2" {
		t.Errorf("kept %+v", door.list)
	}
}

// cutting gives some bytes of a body and then ends the connection.
type cutting struct {
	given bool
	stop  func()
}

func (c *cutting) Read(p []byte) (int, error) {
	if c.given {
		c.stop()
		return 0, context.Canceled
	}
	c.given = true
	return copy(p, "ID=1"), nil
}

// TestLoopback: which addresses only this computer can reach.
func TestLoopback(t *testing.T) {
	for addr, want := range map[string]bool{"127.0.0.1:8377": true, "[::1]:0": true, "localhost:80": true, "127.9.9.9:1": true,
		"0.0.0.0:8377": false, ":8377": false, "[::]:1": false, "10.0.0.4:80": false, "relay.example:443": false, "127.0.0.1": false} {
		if Loopback(addr) != want {
			t.Errorf("%s: %v", addr, !want)
		}
	}
}
