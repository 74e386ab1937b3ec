//go:build linux && desktop && production

package window

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"
)

// page proves each road between page and desk, then reports what it saw.
const page = `
async function prove() {
  const seen = {};
  const echo = await fetch("/api/echo", { method: "POST", body: "the body arrives" });
  seen.echo = await echo.text();
  seen.type = (await fetch("/proof.js")).headers.get("content-type");
  seen.opened = await window.go.window.Native.TakeOpened();
  seen.look = await window.go.window.Native.Look();
  try { await window.go.window.Native.Browse("file:///etc/passwd"); seen.refused = ""; }
  catch (e) { seen.refused = String(e); }
  let blocked = false;
  try { await fetch("https://tracedesk.invalid/"); } catch (e) { blocked = true; }
  seen.blocked = blocked;
  seen.zoom = document.documentElement.style.zoom;
  seen.notice = await new Promise((done) => {
    window.runtime.EventsOn("changes", done);
    fetch("/api/listening", { method: "POST" });
  });
  document.body.textContent = "TraceDesk window: all roads work";
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  await fetch("/api/proof", { method: "POST", body: JSON.stringify(seen) });
}
window.addEventListener("load", prove);
`

type proof struct {
	Echo    string   `json:"echo"`
	Type    string   `json:"type"`
	Opened  []string `json:"opened"`
	Look    Look     `json:"look"`
	Refused string   `json:"refused"`
	Blocked bool     `json:"blocked"`
	Notice  string   `json:"notice"`
}

// Linux only: a Go test does not run on the main thread, which other systems ask
// for; there the program itself is started (build/smoke).

// TestRealWindow opens the window on the display (a virtual one will do) and
// lets its page prove the roads. TRACEDESK_PICTURE names a file for a screenshot
// by ImageMagick's import.
func TestRealWindow(t *testing.T) {
	if err := Available(); err != nil {
		t.Fatalf("%v: run it under xvfb-run", err)
	}
	home := t.TempDir()
	proofs := make(chan proof, 1)
	listening := make(chan struct{})
	api := http.NewServeMux()
	api.HandleFunc("POST /api/echo", func(w http.ResponseWriter, r *http.Request) { io.Copy(w, r.Body) })
	api.HandleFunc("POST /api/listening", func(http.ResponseWriter, *http.Request) { close(listening) })
	api.HandleFunc("GET /api/events", func(w http.ResponseWriter, r *http.Request) {
		<-listening
		io.WriteString(w, "id: 7\nevent: changes\ndata: {\"seq\":7}\n\n")
		<-r.Context().Done()
	})
	api.HandleFunc("POST /api/proof", func(w http.ResponseWriter, r *http.Request) {
		var p proof
		if err := json.NewDecoder(r.Body).Decode(&p); err != nil {
			t.Error(err)
		}
		proofs <- p
	})

	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	var got proof
	raised := make(chan []string)
	go func() {
		defer cancel() // closes the window
		select {
		case got = <-proofs:
			raised <- nil
			picture(t)
		case <-ctx.Done():
		}
	}()
	err := Run(ctx, Options{
		Title: "TraceDesk", Home: home, API: api, Opened: []string{"day.csv"}, Raised: raised,
		Assets: fstest.MapFS{
			"index.html": {Data: []byte(`<!doctype html><html lang="en"><title>proof</title><body>waiting<script src="/proof.js"></script>`)},
			"proof.js":   {Data: []byte(page)},
		},
	})
	if err != nil {
		t.Fatal(err)
	}

	switch {
	case got.Echo != "the body arrives":
		t.Errorf("POST body came back as %q; the page reported %+v", got.Echo, got)
	case got.Type != "text/javascript; charset=utf-8":
		t.Errorf("script type %q", got.Type)
	case len(got.Opened) != 1 || got.Opened[0] != "day.csv":
		t.Errorf("opened with %v", got.Opened)
	case got.Look != Look{Zoom: 1, Theme: "system"}:
		t.Errorf("look %+v", got.Look)
	case got.Refused == "":
		t.Error("a file link was opened")
	case !got.Blocked:
		t.Error("the page could reach another site")
	case got.Notice != `{"seq":7}`:
		t.Errorf("change notice %q", got.Notice)
	}
	if _, err := os.Stat(filepath.Join(home, "window.json")); err != nil {
		t.Errorf("the window's place was not remembered: %v", err)
	}
}

func picture(t *testing.T) {
	file := os.Getenv("TRACEDESK_PICTURE")
	if file == "" {
		return
	}
	if out, err := exec.Command("import", "-window", "root", file).CombinedOutput(); err != nil {
		t.Errorf("no picture: %v %s", err, out)
	}
}
