package cli

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
)

// listening runs tracedesk inbox on a data folder and gives the address to which callbacks go; it is stopped when the test ends.
func listening(t *testing.T, home string, flags map[string]string) string {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	out, in := io.Pipe()
	flags["addr"] = "127.0.0.1:0"
	c := &call{ctx: ctx, home: home, json: true, flags: flags, stdout: in, stderr: io.Discard}
	ended := make(chan error, 1)
	go func() { ended <- listenForCallbacks(c); in.Close() }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	var said struct{ Listening string }
	if err := json.NewDecoder(out).Decode(&said); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(said.Listening, "ACCOUNT")
}

// TestInbox: a process that listens runs the desk; a second one gives its callbacks to the desk that runs.
func TestInbox(t *testing.T) {
	t.Setenv("TRACEDESK_KEYSTORE", "file")
	t.Setenv("TRACEDESK_PASSPHRASE", "a long sentence")
	t.Setenv("MP_PASSWORD", "p")
	t.Setenv("SHARED", "sesame")
	home := t.TempDir()
	var said strings.Builder
	add := []string{"--home", home, "sources", "add", "macropoint", "--set", "user=desk", "--set", "mpid=M", "--secret", "password=MP_PASSWORD"}
	if code := Main(add, strings.NewReader(""), &said, &said); code != 0 {
		t.Fatal(said.String())
	}
	first := listening(t, home, map[string]string{"key": "SHARED"})
	second := listening(t, home, map[string]string{})
	for target, want := range map[string]int{
		first + "macropoint?key=sesame&ID=1&MPOrderID=2&Code=1021": 200,
		first + "macropoint?ID=1&MPOrderID=2&Code=1021":            401,
		first + "nobody?key=sesame&ID=1":                           404,
		second + "macropoint/any/path?ID=1&MPOrderID=2&Code=1060":  200,
		second + "macropoint":                                      400,
		second + "nobody?ID=1":                                     404,
	} {
		resp, err := http.Get(target)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("%s: %s, want %d", target, resp.Status, want)
		}
	}
	for _, flags := range []map[string]string{{"key": "NOT_SET"}, {"cert": "only.pem"}} {
		if err := listenForCallbacks(&call{ctx: t.Context(), home: home, flags: flags, stdout: io.Discard, stderr: io.Discard}); err == nil {
			t.Errorf("%v was taken", flags)
		}
	}
}
