package feeds_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/desk"
)

// What a whole list no longer holds was taken back by its source; a correction, a broken or an empty list takes nothing back.
func TestWhatALeftOutEntryMeans(t *testing.T) {
	const a, b = "7000 a 1\n", "7000 b 2\n"
	for _, c := range []struct {
		name   string
		bodies []string
		stands string // facts with their minute
		on     int    // observations on file with what takes back
	}{
		{"the same again", []string{a + b, b + a}, "arrived 1, departed 2", 2},
		{"one is left out", []string{a + b, a}, "arrived 1", 3},
		{"one is left out and told again", []string{a + b, a, a + b}, "arrived 1, departed 2", 4},
		{"left out twice", []string{a + b, a, a + b, a}, "arrived 1", 5},
		{"another time is a later word", []string{a + b, a + "7000 b 3\n"}, "arrived 1, departed 2, departed 3", 3},
		{"one of two of a kind", []string{a + "7000 a 4\n", a}, "arrived 1", 3},
		{"a broken list", []string{a + b, a + "7000 c 1\n"}, "arrived 1, departed 2", 2},
		{"what a broken list lacks and the next one too", []string{a + b, a + "7000 c 1\n", a}, "arrived 1", 3},
		{"an empty list", []string{a + b, ""}, "arrived 1, departed 2", 2},
		{"of another load", []string{a + b, "7001 a 1\n"}, "", 4},
	} {
		for how, restart := range map[string]bool{"": false, " with a restart before each": true} {
			t.Run(c.name+how, func(t *testing.T) {
				d := newCodedDesk(t)
				d.add("acme", "a=arrived b=departed c=?")
				for i, body := range c.bodies {
					if restart {
						d.start()
					}
					d.readAbout("whole", "acme", []string{body}, i)
				}
				got, n := d.says("acme", []string{"7000"})
				if facts := inShort(got); facts != c.stands || n != c.on {
					t.Errorf("%s stands of %d observations, not %s of %d", facts, n, c.stands, c.on)
				}
				d.mend("acme", "a=arrived b=departed c=?")
				if again, m := d.says("acme", []string{"7000"}); again != got || m != n {
					t.Errorf("read anew %s stands of %d observations", inShort(again), m)
				}
				if d.mend("acme", "a=loaded b=- c=?"); strings.Contains(first(d.says("acme", []string{"7000"})), "departed") {
					t.Error("what the mapping drops still stands")
				}
				d.mend("acme", "a=arrived b=departed c=?")
				if back, _ := d.says("acme", []string{"7000"}); back != got {
					t.Errorf("back at the mapping %s stands", inShort(back))
				}
			})
		}
	}
}

func first(s string, _ int) string { return s }

var fact = regexp.MustCompile(`(arrived|departed) "" 0 (\d+)`)

func inShort(says string) string {
	var out []string
	for _, m := range fact.FindAllStringSubmatch(says, -1) {
		var sec int64
		fmt.Sscan(m[2], &sec)
		out = append(out, fmt.Sprintf("%s %d", m[1], (sec-morning.Unix())/60))
	}
	return strings.Join(out, ", ")
}

// The log says who took what back and why.
func TestTakenBackIsExplained(t *testing.T) {
	d := newCodedDesk(t)
	d.add("acme", "a=arrived b=departed")
	d.readAbout("whole", "acme", []string{"7000 a 1\n7000 b 2", "7000 a 1"}, 0)
	l, err := d.desk.FindLoad(t.Context(), "7000")
	d.must(err)
	log, err := d.desk.Store.Observations(t.Context(), l.ID, time.Time{})
	d.must(err)
	back := desk.TakenBack(log)
	for i := range log {
		if o := &log[i]; !o.Retracts.IsZero() {
			if o.Text != "Coded lists this no longer: it took it back" || !back[o.Retracts] || o.Source.Account != "acme" {
				t.Errorf("it was taken back by %+v", o)
			}
			return
		}
	}
	t.Error("nothing was taken back")
}
