package archive_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"tracedesk/backend/desk"
	"tracedesk/backend/desk/archive"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

var today = time.Date(2026, 11, 23, 14, 0, 0, 0, time.UTC)

// open is a desk with a closed load of 2022 (A1), one of last week (A2) and a live one (A3).
func open(t *testing.T) (*desk.Desk, *archive.Area) {
	t.Helper()
	d, err := desk.Open(t.Context(), desk.Options{Dir: t.TempDir(), Person: "Ida", Now: func() time.Time { return today }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	tender(t, d, "A1", "Acme", time.Date(2022, 3, 1, 14, 0, 0, 0, time.UTC), true)
	tender(t, d, "A2", "Acme", today.AddDate(0, 0, -6), true)
	tender(t, d, "A3", "=cmd()", today, false)
	// Nothing is left to do about what was delivered: the desk judges it as of today.
	if _, err := d.Ledger.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	return d, archive.New(d)
}

func tender(t *testing.T, d *desk.Desk, number, customer string, at time.Time, over bool) {
	t.Helper()
	o := freight.Observation{Source: freight.Source{Kind: freight.TMS, Account: "tms"}, Channel: freight.ByFile, StatedAt: at, Text: "row of " + number,
		Names: []freight.Reference{{Type: freight.RefLoad, Value: number}},
		Claims: []freight.Claim{{Fact: freight.FactCustomer, Value: freight.Value{Text: customer}},
			{Subject: freight.Stop(1), Fact: freight.FactStopKind, Value: freight.Value{Text: "delivery"}},
			{Subject: freight.Stop(1), Fact: freight.FactPlace, Value: freight.Value{Place: freight.Place{City: "Dallas", State: "TX", Country: "US"}}},
			{Subject: freight.Stop(1), Fact: freight.FactWindow, Value: freight.Value{Start: freight.At(at), End: freight.At(at.Add(time.Hour))}}}}
	if over {
		o.Claims = append(o.Claims, freight.Claim{Fact: freight.FactCancelled, Value: freight.Value{Text: "cancelled"}})
	}
	if _, err := d.Ledger.At(at).Post(t.Context(), 0, []freight.Observation{o}, nil); err != nil {
		t.Fatal(err)
	}
}

func hits(t *testing.T, d *desk.Desk, number string) int {
	t.Helper()
	list, err := d.Store.RefHits(t.Context(), number, 5)
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

func TestLoadsLeaveOnlyForAVerifiedArchive(t *testing.T) {
	d, area := open(t)
	out := filepath.Join(t.TempDir(), "2022.tracedesk")
	plan, err := area.Archive(t.Context(), archive.ArchiveRequest{Until: "2023-01-01"})
	if err != nil || plan.Loads != 1 || plan.File != "" || plan.Young {
		t.Fatalf("the plan is %+v, %v", plan, err)
	}
	done, err := area.Archive(t.Context(), archive.ArchiveRequest{Until: "2023-01-01", Out: out})
	if err != nil || !done.Left || done.Loads != 1 || done.Observations != 1 || done.Digest == "" {
		t.Fatalf("%+v, %v", done, err)
	}
	if hits(t, d, "A1") != 0 || hits(t, d, "A2") == 0 || hits(t, d, "A3") == 0 {
		t.Error("other loads are on file than should be")
	}
	found, err := d.Store.Check(t.Context())
	if err != nil || len(found) > 0 {
		t.Errorf("the desk file after it: %v, %v", found, err)
	}
	if _, broken, why, err := d.Store.VerifyAudit(t.Context()); err != nil || broken > 0 {
		t.Errorf("the audit chain: %s, %v", why, err)
	}
	if all, err := area.List(t.Context(), "A1"); err != nil || len(all.Archives) != 1 || all.Archives[0].File != out {
		t.Errorf("where A1 went: %+v, %v", all, err)
	}
	if left, _ := os.ReadDir(filepath.Dir(out)); len(left) != 1 {
		t.Errorf("beside the archive lie %v", left)
	}

	dir := filepath.Join(t.TempDir(), "opened")
	if _, err := archive.Unpack(t.Context(), out, dir); err != nil {
		t.Fatal(err)
	}
	old, err := desk.Open(t.Context(), desk.Options{Dir: dir, ReadOnly: true, Now: func() time.Time { return today }})
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	if hits(t, old, "A1") == 0 || hits(t, old, "A2") != 0 {
		t.Error("the archive holds other loads than should be")
	}
	list, err := old.Store.RefHits(t.Context(), "A1", 1)
	if err != nil {
		t.Fatal(err)
	}
	v, err := old.Ledger.View(t.Context(), list[0].Load, time.Time{}, today)
	if err != nil || v.Timeline.Customer.Value != "Acme" {
		t.Errorf("A1 in the archive: %q, %v", v.Timeline.Customer.Value, err)
	}
	if err := old.Store.Write(t.Context(), func(*store.Tx) error { return nil }); err == nil {
		t.Error("an archive can be written to")
	}
}

func TestAnArchiveThatIsNotAsItWasWrittenIsRefused(t *testing.T) {
	_, area := open(t)
	out := filepath.Join(t.TempDir(), "2022.tracedesk")
	if _, err := area.Archive(t.Context(), archive.ArchiveRequest{Until: "2023-01-01", Out: out, Keep: true}); err != nil {
		t.Fatal(err)
	}
	if _, err := archive.Unpack(t.Context(), repacked(t, out, func(name string, body []byte) []byte {
		if name == store.FileName {
			body[len(body)-1] ^= 1
		}
		return body
	}), filepath.Join(t.TempDir(), "a")); err == nil || !strings.Contains(err.Error(), "not as it was written") {
		t.Errorf("a changed desk file: %v", err)
	}
	if _, err := archive.Unpack(t.Context(), repacked(t, out, func(name string, body []byte) []byte {
		if name == "manifest.json" {
			return bytes.Replace(body, []byte(`"tracedesk.db"`), []byte(`"../escaped.db"`), 1)
		}
		return body
	}), filepath.Join(t.TempDir(), "b")); err == nil || !strings.Contains(err.Error(), "leads out") {
		t.Errorf("an entry that leads out: %v", err)
	}
	if _, err := archive.Read(filepath.Join("archive_test.go")); err == nil {
		t.Error("any file is an archive")
	}
}

func repacked(t *testing.T, path string, change func(name string, body []byte) []byte) string {
	t.Helper()
	in, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out := filepath.Join(t.TempDir(), "changed.tracedesk")
	f, err := os.Create(out)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	for _, entry := range in.File {
		r, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		w, err := z.Create(entry.Name)
		if err == nil {
			_, err = w.Write(change(entry.Name, body))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestNothingIsArchivedThatCannotBe(t *testing.T) {
	d, area := open(t)
	taken := filepath.Join(t.TempDir(), "taken")
	if err := os.WriteFile(taken, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]archive.ArchiveRequest{
		"no day":             {Until: "last year"},
		"a day ahead":        {Until: "2027-01-01"},
		"half a path":        {Until: "2023-01-01", Out: "2022.zip"},
		"a name that stands": {Until: "2023-01-01", Out: taken},
	} {
		if _, err := area.Archive(t.Context(), r); err == nil {
			t.Errorf("%s: archived", name)
		}
	}
	if hits(t, d, "A1") == 0 {
		t.Error("A1 is gone")
	}
	if done, err := area.Archive(t.Context(), archive.ArchiveRequest{Until: "2026-11-20"}); err != nil || done.Loads != 2 || !done.Young {
		t.Errorf("within three years: %+v, %v", done, err)
	}
	tender(t, d, "A0", "Acme", time.Date(2022, 4, 1, 14, 0, 0, 0, time.UTC), false)
	if done, err := area.Archive(t.Context(), archive.ArchiveRequest{Until: "2023-01-01"}); err != nil || done.Loads != 1 || done.Unsettled != 1 {
		t.Errorf("with one that nobody settled: %+v, %v", done, err)
	}
	if done, err := area.Archive(t.Context(), archive.ArchiveRequest{Until: "2023-01-01", Unsettled: true}); err != nil || done.Loads != 2 || done.Unsettled != 0 {
		t.Errorf("unsettled ones too: %+v, %v", done, err)
	}
}

func TestACustomersExportHasEveryWordAndNoFormula(t *testing.T) {
	d, area := open(t)
	var body bytes.Buffer
	if err := area.Export(t.Context(), "=cmd()", &body); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(body.Bytes()), int64(body.Len()))
	if err != nil {
		t.Fatal(err)
	}
	rows := func(name string) [][]string {
		f, err := z.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		all, err := csv.NewReader(f).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	if loads := rows("loads.csv"); len(loads) != 2 || loads[1][0] != "A3" || loads[1][2] != "'=cmd()" {
		t.Errorf("loads: %v", loads)
	}
	words := rows("words.csv")
	log, err := d.Store.LoadsOfCustomer(t.Context(), "=cmd()")
	if err != nil || len(log) != 1 {
		t.Fatalf("loads of the customer: %v, %v", log, err)
	}
	if len(words) != 5 || !slices.ContainsFunc(words, func(r []string) bool { return r[8] == "place" && strings.Contains(r[11], "Dallas") }) {
		t.Errorf("words: %v", words)
	}
	if stops := rows("stops.csv"); len(stops) != 2 || stops[1][4] != "America/Chicago" {
		t.Errorf("stops: %v", stops)
	}
	if err := area.Export(t.Context(), "Nobody", io.Discard); err == nil {
		t.Error("a customer without loads was exported")
	}
}
