package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/desk/papers"
	engine "tracedesk/backend/feeds"
	"tracedesk/backend/sim/standin"
	"tracedesk/backend/sim/standin/fourkites"
	"tracedesk/backend/sim/standin/macropoint"
	"tracedesk/backend/sim/standin/platforms"
	"tracedesk/backend/sim/standin/project44"
)

// platformsHome is a desk beside simulated platforms at an instant, with the world's sheets imported and its accounts added as a
// person adds them.
func platformsHome(t *testing.T, cfg platforms.Config, kinds ...string) (testDesk, *platforms.Platforms) {
	t.Helper()
	d := newDesk(t)
	t.Setenv("TRACEDESK_KEYSTORE", "file")
	t.Setenv("TRACEDESK_PASSPHRASE", "a long sentence")
	cfg.Wire, cfg.Inbox, cfg.KeepHistory = time.Now, t.TempDir(), true
	cfg.Change = func(p *project44.Config, f *fourkites.Config, m *macropoint.Config) { p.ReadableAfter = -1 }
	all := platforms.New(cfg)
	if _, err := all.Listen("127.0.0.1", 0, false, ""); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { all.Close(context.Background()) })
	at := all.Clock.Now().Format(time.RFC3339)
	sheets, err := all.WriteFiles(d.files, all.Clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	d.ask(append([]string{"import", "--at", at}, sheets...)...)
	for _, s := range all.Sources() {
		if len(kinds) > 0 && !slices.Contains(kinds, s.Kind) {
			continue
		}
		add := []string{"sources", "add", s.Kind, "--name", s.Name, "--at", at}
		for _, kv := range s.Set {
			add = append(add, "--set", kv[0]+"="+kv[1])
		}
		switch s.Kind { // nobody waits for a minute's allowance here
		case "project44":
			add = append(add, "--set", "perMinute=6000", "--set", "documentHours=0.0001")
		case "fourkites":
			add = append(add, "--set", "perMinute=6000")
		}
		for _, x := range s.Secrets {
			t.Setenv(x[1], x[2])
			add = append(add, "--secret", x[0]+"="+x[1])
		}
		d.ask(add...)
	}
	return d, all
}

// morningThere is when these worlds begin.
var morningThere = time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC)

// keysOf are the keys of an object in an answer.
func keysOf(v any) []string {
	m, _ := v.(map[string]any)
	return slices.Sorted(maps.Keys(m))
}

// lacks are the wanted keys that an object has not.
func lacks(v any, wanted string) (out []string) {
	has := keysOf(v)
	for key := range strings.FieldsSeq(wanted) {
		if !slices.Contains(has, key) {
			out = append(out, key)
		}
	}
	return out
}

// TestSyncSourcesAndOutboxAsJSON: a script brings in what three platforms say, and reads the keys that are promised to it.
func TestSyncSourcesAndOutboxAsJSON(t *testing.T) {
	d, all := platformsHome(t, platforms.Config{Seed: 5, Start: morningThere, Loads: 6, Hours: 12, Shared: 1})
	all.Clock.Advance(4 * time.Hour)
	at := all.Clock.Now().Format(time.RFC3339)

	synced := d.ask("sync", "--once", "--at", at)
	d.want("keys of a sync", keysOf(synced), []string{"sources"})
	rows := synced["sources"].([]any)
	d.want("one line an account", len(rows), 3)
	for _, row := range rows {
		if missing := lacks(row, "name kind pulled new duplicates quarantined pushed failed"); missing != nil {
			t.Errorf("a line of sync --json lacks %v: %v", missing, row)
		}
		d.want("nothing failed", pick(row, "failed"), 0)
		d.want("nothing is nobody's", pick(row, "quarantined"), 0)
		switch {
		case pick(row, "kind") == "macropoint" && pick(row, "pushed").(float64) != 2: // it says nothing before an order is there
			t.Errorf("orders were not made: %v", row)
		case pick(row, "kind") != "macropoint" && (pick(row, "pulled").(float64) == 0 || pick(row, "new").(float64) == 0):
			t.Errorf("nothing was brought: %v", row)
		}
	}
	for _, row := range d.ask("sync", "--once", "--at", at)["sources"].([]any) {
		d.want("nothing is new a second time", []any{pick(row, "pulled"), pick(row, "new"), pick(row, "pushed")}, []int{0, 0, 0})
	}

	for _, row := range d.ask("sources", "--at", at)["sources"].([]any) {
		if missing := lacks(row, "name kind enabled lastAsked lastAnswered lastNews state reason"); missing != nil {
			t.Errorf("a line of sources --json lacks %v: %v", missing, row)
		}
		d.want("it answers", []any{pick(row, "enabled"), pick(row, "state"), pick(row, "reason")}, []any{true, "ok", ""})
		for _, key := range []string{"lastAsked", "lastAnswered", "lastNews"} {
			if key == "lastNews" && pick(row, "kind") == "macropoint" {
				d.want("it has said nothing yet", pick(row, key), nil)
				continue
			}
			if when, err := time.Parse(time.RFC3339, fmt.Sprint(pick(row, key))); err != nil || !when.Equal(all.Clock.Now()) {
				t.Errorf("%s of %s is %v, %v", key, pick(row, "name"), pick(row, key), err)
			}
		}
	}

	box := d.ask("outbox", "--at", at)
	d.want("keys of the outbox", keysOf(box), []string{"intents"})
	for _, in := range box["intents"].([]any) {
		if missing := lacks(in, "id key target kind load text state at by error sending"); missing != nil {
			t.Errorf("a line of outbox --json lacks %v: %v", missing, in)
		}
		if s := pick(in, "sending"); s != nil {
			d.want("it arrived", pick(s, "state"), "arrived")
		}
	}
	for system, g := range all.Gates() {
		if sum := g.Log.Sum(); sum.OverLimit+sum.Early+sum.Doubled > 0 {
			t.Errorf("%s: %+v", system, sum)
		}
	}
}

// TestPapersComeAndGo: a proof of delivery that project44 holds comes to its load once, whatever is cut off; one that a person accepts
// goes to project44 once; what came from there does not go back; of a file with two loads' papers each gets its own pages.
func TestPapersComeAndGo(t *testing.T) {
	d, all := platformsHome(t, platforms.Config{Seed: 9, Start: morningThere, Loads: 30, Hours: 30, Shared: 1}, "project44")
	all.Clock.Advance(20 * time.Hour)
	at := all.Clock.Now()
	a, err := (&call{ctx: t.Context(), home: d.home, at: at}).open(t.Context(), desk.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.desk.Close()

	// The desk dies after the paper was filed and before that is noted: the next one files it again.
	a.desk.Feeds.Filing(func(ctx context.Context, from, name, load string, body []byte) error {
		return errors.Join(a.fileFetched(ctx, from, name, load, body), errors.New("cut off"))
	})
	sync := func(force bool) (engine.SyncResult, error) {
		list, err := a.desk.Feeds.SyncOnce(t.Context(), engine.Sync{Force: force})
		return list[0], err
	}
	for tries := 0; ; tries++ { // first it is learned that a load is delivered, then its papers are asked for
		_, err := sync(true)
		if err != nil && strings.Contains(err.Error(), "cut off") {
			break
		}
		if err != nil || tries == 3 {
			t.Fatalf("no paper came: %v", err)
		}
	}
	a.desk.Feeds.Filing(a.fileFetched)
	listed := func() map[string][]papers.Document {
		t.Helper()
		list, err := a.papers.Documents(t.Context(), papers.Query{})
		if err != nil {
			t.Fatal(err)
		}
		out := map[string][]papers.Document{}
		for _, p := range list.Documents {
			out[p.Name] = append(out[p.Name], p)
		}
		return out
	}
	for range 3 {
		if res, err := sync(true); err != nil || res.Failed > 0 {
			t.Fatal(res, err)
		}
	}
	var theirs []papers.Document // that came from project44
	for _, l := range all.World.Of(standin.Project44) {
		got := listed()["POD "+l.Number+".pdf"]
		if len(got) == 0 {
			continue // it is not there yet
		}
		p := got[0]
		if len(got) > 1 || p.Stage == papers.InReading || len(p.Found) == 0 || p.Kind != papers.POD || p.State != papers.Received || p.Load != l.Number || p.From != "received by project44/project44-sim" {
			t.Errorf("of load %s there are %d papers, the first is %+v", l.Number, len(got), p)
		}
		theirs = append(theirs, p)
	}
	if len(theirs) < 2 || len(theirs) != len(listed()) {
		t.Fatalf("%d papers of %d came from project44", len(theirs), len(listed()))
	}

	accept := func(id, load string) {
		t.Helper()
		if _, err := a.papers.Judge(t.Context(), id, papers.Verdict{Load: load, Kind: papers.POD, Verdict: papers.Verified}); err != nil {
			t.Fatal(err)
		}
	}
	accept(theirs[0].Hash, theirs[0].Load)

	var open []*standin.Load // whose papers project44 has not got
	for _, o := range all.World.Of(standin.Project44) {
		if _, err := a.desk.FindLoad(t.Context(), o.Number); err == nil && o.Paper.After(at) && o.Cancelled.IsZero() {
			open = append(open, o)
		}
	}
	if len(open) < 3 {
		t.Fatal("too few loads are open")
	}
	mailed := func(name string, body []byte) []papers.Document {
		t.Helper()
		if _, err := a.papers.Take(t.Context(), papers.Arrival{Name: name, Body: bytes.NewReader(body), From: "mail"}); err != nil {
			t.Fatal(err)
		}
		return listed()[name]
	}
	whole := []byte(page("PROOF OF DELIVERY", "Bill of Lading No: "+open[0].BOL))
	accept(mailed("scan.pdf", whole)[0].Hash, open[0].Number)
	bundle := mailed("bundle.pdf", []byte(pages([]string{"PROOF OF DELIVERY", "Bill of Lading No: " + open[1].BOL}, []string{"PROOF OF DELIVERY", "Bill of Lading No: " + open[2].BOL})))
	if len(bundle) != 2 {
		t.Fatalf("the bundle is %d papers", len(bundle))
	}
	for i := range bundle {
		if l := bundle[i].Load; l != open[1].Number && l != open[2].Number {
			t.Fatalf("a page of the bundle is on load %q", l)
		}
		accept(bundle[i].Hash, bundle[i].Load)
	}
	for range 3 {
		if res, err := sync(false); err != nil || res.Failed > 0 {
			t.Fatal(res, err)
		}
	}
	sent := map[string][][]byte{}
	for _, r := range all.Project44.Received() {
		if r.Kind == "document" {
			sent[r.Load] = append(sent[r.Load], r.Body)
		}
	}
	if len(sent[theirs[0].Load]) != 0 {
		t.Error("project44 is sent the paper that it sent")
	}
	if got := sent[open[0].Number]; len(got) != 1 || !bytes.Equal(got[0], whole) {
		t.Errorf("load %s: %d papers arrived at project44", open[0].Number, len(got))
	}
	for _, o := range open[1:3] {
		got := sent[o.Number]
		if len(got) != 1 || bytes.Count(got[0], []byte("/Type /Page\n")) != 1 || !bytes.HasPrefix(got[0], []byte("%PDF-")) {
			t.Errorf("load %s: %d papers arrived at project44", o.Number, len(got))
			continue
		}
		read := pick(d.ask("docs", "read", d.file(o.Number+".pdf", string(got[0]), 0)), "files", 0, "documents", 0, "fields", "bol", 0, "value")
		d.want("its own page", read, o.BOL)
	}
	for _, e := range all.Project44.Log.Entries() {
		if e.Again {
			t.Errorf("done twice: %s", e.String())
		}
	}
	list, err := a.desk.Feeds.Outbox(t.Context(), "", time.Time{}, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for i := range list {
		if e := &list[i]; e.Kind == "document" && (e.State != "arrived" || e.Says.Paper != "pod") {
			t.Errorf("%+v", e)
		}
	}
}

// pages is a PDF with a text layer, of as many pages.
func pages(texts ...[]string) string {
	kids, objects := "", []string{"<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"}
	for _, lines := range texts {
		text := "BT /F1 12 Tf 50 750 Td 14 TL (" + strings.Join(lines, ") Tj T* (") + ") Tj ET"
		n := len(objects) + 1
		kids += fmt.Sprintf("%d 0 R ", n)
		objects = append(objects, fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>", n+1),
			fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(text), text))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids, len(texts))
	out, table := "%PDF-1.4\n", "0000000000 65535 f \n"
	for i, o := range objects {
		table += fmt.Sprintf("%010d 00000 n \n", len(out))
		out += fmt.Sprintf("%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	return out + fmt.Sprintf("xref\n0 %d\n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, table, len(objects)+1, len(out))
}
