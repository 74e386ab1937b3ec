package fields

import (
	"testing"

	"tracedesk/backend/documents/paper"
)

func TestADayByHandIsPolled(t *testing.T) {
	days := func(load string) *Known {
		loads := knownLoads()
		loads[0].Values[paper.DeliveryDate] = load
		return Learn(loads)
	}
	page := func(says func(n int, how paper.Closer) (string, float64)) paper.Page {
		p := polledPage(3, 0, says)
		for i := range p.Words {
			if p.Words[i].Text == "Pieces" {
				p.Words[i].Text = "Delivery"
			} else if p.Words[i].Text == "received" {
				p.Words[i].Text = "date"
			}
		}
		return p
	}
	mostly := func(most, some string, every int, sure float64) func(int, paper.Closer) (string, float64) {
		return func(n int, _ paper.Closer) (string, float64) {
			if n%every == every-1 {
				return some, sure
			}
			return most, sure
		}
	}
	for _, tt := range []struct {
		name, most, some string
		every            int
		sure             float64
		planned, want    string
	}{
		{"as planned, by a name", "02-Jul-2026", "02-lul-2026", 3, 0.7, "2026-07-02", "2026-07-02"},
		{"the year is the load's", "02-Jul-2076", "02-Jul-2024", 2, 0.7, "2026-07-02", "2026-07-02"},
		{"another day, clearly", "16-Jul-2026", "16-Jul-2026", 2, 0.9, "2026-07-02", "2026-07-16"},
		{"another day, not clearly", "05-Jul-2026", "06-Jul-2026", 2, 0.7, "2026-07-02", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ReadPage(page(mostly(tt.most, tt.some, tt.every, tt.sure)), days(tt.planned), Options{}).Fields
			if got.First(paper.DeliveryDate) != tt.want {
				t.Errorf("got %v, want %q", got[paper.DeliveryDate], tt.want)
			}
		})
	}
}

func TestTheDayOfAReading(t *testing.T) {
	f := &finder{known: Learn(nil), sheet: &sheet{}}
	for text, want := range map[string]string{
		"0113112026": "2026-01-31", "03162026": "2026-03-16", "0316/2026": "2026-03-16", "24ene2026": "2026-01-24", "2026-10-14": "2026-10-14",
		"dock0730": "", "1014126": "", "received03/16/2026": "", "": "",
	} {
		if r, ok := f.dayOf(paper.DeliveryDate)(text); r.value != want || ok != (want != "") {
			t.Errorf("%q: %q, want %q", text, r.value, want)
		}
	}
}

func TestADayInAKnownYear(t *testing.T) {
	for text, want := range map[string]string{"12-May-2076": "12-May-2026", "7026-08-12": "2026-08-12", "1/31/2024": "1/31/2026", "1/31/26": "1/31/26", "0113112024": "0113112026"} {
		if got := inYear(text, "2026"); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
