package sheet

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestProfileComesBack saves a profile and uses it for the next file of the layout, whose columns stand in another order.
func TestProfileComesBack(t *testing.T) {
	b := open(t, "Load #,PU City,PU State,PU Date,Del City,Del State,Del Date\n1,Dallas,TX,23/11/2026,Reno,NV,25/11/2026\n")
	g, err := GuessProfile(b, received)
	must(t, err)
	saved, err := json.Marshal(g.Profile)
	must(t, err)
	var p Profile
	must(t, json.Unmarshal(saved, &p))
	if diff := cmp.Diff(g.Profile, p); diff != "" {
		t.Error(diff)
	}
	next := open(t, "PU STATE,Load #,PU City,PU Date,Del City,Del  State,Del Date\nTX,2,Dallas,03/04/2026,Reno,NV,04/04/2026\n")
	if !p.Fits(next) {
		t.Error("the same layout was not recognised")
	}
	got := words(readAll(t, next, &p, Options{}))
	if !strings.Contains(got, "2 2 tms/tms stop 1 appointment = 2026-04-03") {
		t.Error(got)
	}
	if other := open(t, "Load #,Ort\n1,Köln\n"); p.Fits(other) {
		t.Error("another layout was taken for it")
	}
}

func TestOrderOfDates(t *testing.T) {
	sheet := func(rows string) string { return "Load #,PU City,PU Date,Del City,Del Date,Note\n" + rows }
	for _, c := range []struct{ name, text, want, why string }{
		{"the column", sheet("1,X,03/04/2026,Y,04/04/2026,\n2,X,13/04/2026,Y,14/04/2026,\n"), "2026-04-03", "can be nothing else"},
		{"another column", sheet("1,X,03/04/2026,Y,04/25/2026,\n"), "2026-03-04", "but column Del Date does"},
		{"the country", strings.ReplaceAll(sheet("1,\"Dallas, TX\",03/04/2026,\"Reno, NV\",03/05/2026,\n"), "City", "Place"), "2026-03-04", "the places are in US"},
		{"AM and PM", sheet("1,X,03/04/2026 8:00 AM,Y,03/05/2026 9:00 PM,\n"), "2026-03-04T08:00:00", "AM and PM"},
		{"nearness", sheet("1,X,12/11/2026,Y,12/12/2026,\n"), "2026-11-12", "nearest to the day"},
		{"far below", sheet(strings.Repeat("1,X,03/04/2026,Y,04/04/2026,\n", 1000) + "2,X,13/04/2026,Y,14/04/2026,\n"), "2026-04-03", "row 1002"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := open(t, c.text)
			g, err := GuessProfile(b, received)
			must(t, err)
			got := words(readAll(t, b, &g.Profile, Options{ReceivedAt: received}))
			if !strings.Contains(got, "stop 1 appointment = "+c.want+"\n") {
				t.Errorf("%s\n%v", got[:min(600, len(got))], g.Notes)
			}
			if !strings.Contains(strings.Join(g.Notes, " "), c.why) {
				t.Errorf("notes %q", g.Notes)
			}
		})
	}
}

func TestNotUsable(t *testing.T) {
	for text, want := range map[string]string{
		"Name,Colour\nBox,red\nCan,blue\n":                    "load stops times",
		"Load #,Rate\n1,5\n2,6\n":                             "stops times",
		"Load #,PU City,Del City\n1,Dallas,Reno\n2,Waco,El\n": "times",
	} {
		g, err := GuessProfile(open(t, text), received)
		must(t, err)
		if got := strings.Join(g.Missing, " "); got != want || g.Usable {
			t.Errorf("%q: missing %q, want %q", text, got, want)
		}
	}
}
