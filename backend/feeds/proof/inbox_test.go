package proof

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/connect/macropoint"
	callbacks "tracedesk/backend/desk/inbox"
	"tracedesk/backend/feeds"
	"tracedesk/backend/inbox"
	"tracedesk/backend/sim/standin"
	mp "tracedesk/backend/sim/standin/macropoint"
)

// road is a way by which MacroPoint's callbacks reach a desk.
type road struct {
	form string // query, form or xml
	dir  string // of recorded callbacks; "" calls the listener
	loss bool   // the listener's answers are lost now and then, so that callbacks come again
}

// tracked is a run with MacroPoint alone, whose callbacks take a road.
func tracked(t testing.TB, r road, loads, hours int) *run {
	t.Helper()
	out := &run{t: t, unsure: map[string]int{}, world: standin.NewWorld(11, start, loads, hours)}
	out.facts, out.wire = &steps{at: out.world.Start}, &clock{at: out.world.Start}
	relay := &relay{run: out, road: r}
	var push standin.Target = relay
	if r.dir != "" {
		push = &standin.Folder{Dir: r.dir}
	}
	s := mp.New(mp.Config{World: out.world.Of(standin.MacroPoint), Step: out.world.Step, Wire: out.wire.Now, Facts: out.facts.Now, Faults: out.weather(false, 77), Seed: 77, Form: r.form, Push: push})
	out.systems = []*system{{name: "macropoint", gate: s.Gate, kind: macropoint.Kind,
		account: feeds.Account{Values: map[string]string{"user": "desk", "mpid": "SIM-MPID", "baseUrl": mp.Base, "inboxDir": r.dir, "customers": out.customers(standin.MacroPoint, "LOAD_NUMBER", false)}},
		secrets: map[string]string{"password": "desk-secret"},
		tick: func(ctx context.Context) {
			s.Tick(ctx)
			relay.rest()
			if _, err := relay.area.Sweep(ctx); err != nil {
				t.Fatal(err)
			}
		}}}
	out.open(t.TempDir(), out.systems)
	relay.area = callbacks.New(out.desk, out.engine)
	relay.listener = inbox.Listener{Key: "sesame", Door: func(ctx context.Context, c inbox.Callback) error {
		kept, err := relay.area.Receive(ctx, c)
		return errors.Join(err, kept.Error())
	}}
	relay.handler = relay.listener.Server().Handler
	return out
}

// relay calls a desk's listener with what MacroPoint sends.
type relay struct {
	run      *run
	road     road
	area     *callbacks.Area
	listener inbox.Listener
	handler  http.Handler
	sent     int
	aged     int
}

func (r *relay) Send(ctx context.Context, c *standin.Callback) error {
	query := "key=sesame"
	if c.Query != "" {
		query += "&" + c.Query
	}
	req := httptest.NewRequestWithContext(ctx, c.Method, "http://127.0.0.1/in/macropoint"+c.Path+"?"+query, strings.NewReader(string(c.Body)))
	req.Header.Set("Content-Type", c.ContentType)
	w := httptest.NewRecorder()
	r.handler.ServeHTTP(w, req)
	if w.Code != http.StatusOK {
		r.run.t.Errorf("%s %s was answered %d: %s", c.Name, c.Line(), w.Code, w.Body)
		return &standin.Answered{Status: w.Code}
	}
	if r.sent++; r.road.loss && r.sent%7 == 0 {
		again := httptest.NewRecorder()
		second := httptest.NewRequestWithContext(ctx, c.Method, "http://127.0.0.1/in/macropoint"+c.Path+"?"+query, strings.NewReader(string(c.Body)))
		second.Header.Set("Content-Type", c.ContentType)
		r.handler.ServeHTTP(again, second)
	}
	return nil
}

// rest lets recorded callbacks be as old as the world says, one after the other, so that nobody waits for them to come to rest.
func (r *relay) rest() {
	files, err := os.ReadDir(r.road.dir)
	if r.road.dir == "" {
		return
	}
	for ; r.aged < len(files) && err == nil; r.aged++ {
		at := r.run.facts.Now().Add(time.Duration(r.aged) * time.Millisecond)
		err = os.Chtimes(filepath.Join(r.road.dir, files[r.aged].Name()), at, at)
	}
	if err != nil {
		r.run.t.Fatal(err)
	}
}

// orderNumber is MacroPoint's number of an order: they are given in the order in which orders arrive, several at once.
var orderNumber = regexp.MustCompile(`MP\d+`)

// saidOnly are the timelines without when states were received, which no callback tells, and without the orders' numbers.
func saidOnly(told map[string]string) map[string]string {
	for number, line := range told {
		var tree map[string]any
		if err := json.Unmarshal([]byte(orderNumber.ReplaceAllString(line, "MP")), &tree); err != nil {
			panic(err) // it was made by us
		}
		delete(tree, "LastNews")
		delete(tree["Tracking"].(map[string]any), "At")
		unstated(tree)
		text, err := json.MarshalIndent(tree, "", " ")
		if err != nil {
			panic(err)
		}
		told[number] = string(text)
	}
	return told
}

func unstated(v any) {
	switch v := v.(type) {
	case map[string]any:
		delete(v, "StatedAt")
		for _, inner := range v {
			unstated(inner)
		}
	case []any:
		for _, inner := range v {
			unstated(inner)
		}
	}
}

// TestMacroPointByEveryRoad: what MacroPoint's stand-in tells of a world ends in the same timelines, whatever form its callbacks have
// and whether they are called, called twice, or recorded into a folder.
func TestMacroPointByEveryRoad(t *testing.T) {
	const loads, hours = 24, 4
	began := time.Now()
	first := tracked(t, road{form: "query"}, loads, hours)
	first.whole()
	want := saidOnly(first.told())
	fmt.Printf("%d observations of %d loads, %s\n", first.sum.New, len(want), time.Since(began).Round(time.Millisecond))
	if first.sum.New == 0 || first.sum.Quarantined > 0 || first.sum.Failed > 0 {
		t.Fatalf("%+v", first.sum)
	}
	for name, r := range map[string]road{"form": {form: "form"}, "xml, some twice": {form: "xml", loss: true}, "folder": {form: "query", dir: t.TempDir()}, "folder of xml": {form: "xml", dir: t.TempDir()}} {
		other := tracked(t, r, loads, hours)
		other.whole()
		same(t, name, want, saidOnly(other.told()))
		if other.sum.New != first.sum.New {
			t.Errorf("%s: %d observations, %d by query", name, other.sum.New, first.sum.New)
		}
	}
}
