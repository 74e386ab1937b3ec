package api_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"tracedesk/app/api"
	"tracedesk/app/api/apitest"
)

// The sheet has the same figures as the answer, each with its n, and a line for each cause of what was left out.
func TestFiguresAsCSV(t *testing.T) {
	desk, _ := apitest.New(3)
	h := api.New(desk)
	for path, want := range map[string]struct {
		head string
		rows int
	}{
		"/api/dashboard/export.csv?from=2026-11-16&to=2026-11-22":                  {"figure", 3},
		"/api/dashboard/export.csv?from=2026-11-16&to=2026-11-22&rows=otd.current": {"load", 1},
	} {
		w := ask(t, h, "GET", path, "")
		if kind := w.Header().Get("Content-Type"); w.Code != 200 || !strings.HasPrefix(kind, "text/csv") {
			t.Fatalf("%s: %d %s %s", path, w.Code, kind, w.Body)
		}
		lines, err := csv.NewReader(w.Body).ReadAll()
		if err != nil || len(lines) != want.rows+1 || lines[0][0] != want.head {
			t.Errorf("%s: %v, %v", path, lines, err)
		}
	}
	if w := ask(t, h, "GET", "/api/export/customer.zip?customer=Acme", ""); w.Code != 200 || w.Header().Get("Content-Type") != "application/zip" {
		t.Errorf("the export: %d %s", w.Code, w.Header().Get("Content-Type"))
	}
}
