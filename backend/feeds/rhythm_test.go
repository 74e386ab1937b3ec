package feeds

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"tracedesk/backend/freight"
)

var (
	quarter = 15 * time.Minute
	p44     = freight.Source{Kind: freight.Project44, Account: "acme"}
)

// driving is a load whose truck was seen at some instants, the last of them so long before noon.
func driving(last, gap time.Duration, fixes int) freight.Timeline {
	t := freight.Timeline{State: freight.InTransit, Tellers: []freight.Source{{Kind: freight.TMS}, p44}}
	for i := range fixes {
		at := noon.Add(-last - gap*time.Duration(fixes-1-i))
		t.Trail = append(t.Trail, freight.Fix{At: at.Unix() - 60, By: 0}, freight.Fix{At: at.Unix(), By: 1})
	}
	return t
}

func planned(state freight.LoadState, window time.Duration) freight.Timeline {
	return freight.Timeline{State: state, Stops: []freight.StopLine{{Seq: 1, Window: freight.Window{Start: noon.Add(window)}}}}
}

func TestWhenALoadIsAskedAboutAgain(t *testing.T) {
	tracked := func(t freight.Timeline, s freight.TrackingState) freight.Timeline {
		t.Tracking.State = s
		return t
	}
	for _, c := range []struct {
		name  string
		load  freight.Timeline
		quiet time.Duration // since its last news
		pace  rhythm
		fresh bool
		after time.Duration // at least, and less than an interval more
	}{
		{"planned for tomorrow: before its truck may be seen", planned(freight.Planned, 10*time.Hour), 0, rhythm{every: 1, need: firstNeed}, true, 510*time.Minute - quarter},
		{"planned for next week: twice a day or so", planned(freight.Planned, 99*time.Hour), 0, rhythm{every: 1, need: firstNeed}, true, 16*time.Hour - quarter},
		{"a person says it is there, its truck is seen tonight", planned(freight.AtPickup, 8*time.Hour), 5 * time.Hour, rhythm{every: 3, need: firstNeed}, false, 390*time.Minute - quarter},
		{"its truck may be seen any time", planned(freight.Dispatched, time.Hour), 9 * time.Hour, rhythm{every: 64, need: firstNeed}, false, 30 * time.Minute},
		{"it should long be on the road", planned(freight.Dispatched, -15*time.Hour), 20 * time.Hour, rhythm{every: 3, need: firstNeed}, false, 5*time.Hour + quarter},
		{"on the road, the next fix in 20 minutes", driving(10*time.Minute, 30*time.Minute, 5), 0, rhythm{every: 3, need: firstNeed}, true, 20 * time.Minute},
		{"on the road, the next fix at once", driving(29*time.Minute, 30*time.Minute, 5), 0, rhythm{every: 3, need: firstNeed}, true, quarter},
		{"on the road, seen once a day: by its rhythm", driving(time.Hour, 24*time.Hour, 5), 0, rhythm{every: 2, need: firstNeed}, true, quarter},
		{"on the road, nothing new", driving(40*time.Minute, 30*time.Minute, 5), 40 * time.Minute, rhythm{every: 2, need: firstNeed}, false, 30 * time.Minute},
		{"on the road, silent for half a day", driving(12*time.Hour, 30*time.Minute, 5), 12 * time.Hour, rhythm{every: 3, need: firstNeed}, false, 4*time.Hour - quarter},
		{"on the road, it woke up", driving(12*time.Hour, 24*time.Hour, 5), 12 * time.Hour, rhythm{every: 12, need: firstNeed}, true, quarter},
		{"the driver refused", tracked(driving(time.Hour, 24*time.Hour, 2), freight.TrackDenied), time.Hour, rhythm{every: 8, need: firstNeed}, false, 4*time.Hour - quarter},
		{"just delivered: late words", freight.Timeline{State: freight.Delivered}, 0, rhythm{every: 2, need: firstNeed}, true, 2*time.Hour - quarter},
		{"delivered", freight.Timeline{State: freight.Delivered}, 9 * time.Hour, rhythm{every: 3, need: firstNeed}, false, 8*time.Hour - quarter},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := outlookOf(&c.load, p44, noon.Add(-c.quiet), noon, quarter)
			_, due := o.next(c.pace, c.fresh, 7, noon, quarter)
			if after := due.Sub(noon); after < c.after || after >= c.after+quarter+time.Minute {
				t.Errorf("it is asked about after %s, not from %s on", after, c.after)
			}
		})
	}
}

// A truck that is seen in equal spans is asked about once for each fix, and soon after it.
func TestQuestionsFallInStepWithTheTruck(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gap := time.Duration(rapid.IntRange(20, 60).Draw(t, "minutes between fixes")) * time.Minute
		begin := time.Duration(rapid.IntRange(0, 3600).Draw(t, "seconds until the first")) * time.Second
		lag := time.Duration(rapid.IntRange(0, 220).Draw(t, "seconds until it is told")) * time.Second
		now, told, pace := noon, 0, rhythm{every: 2, need: firstNeed}
		for question := range 40 {
			load := freight.Timeline{State: freight.InTransit, Tellers: []freight.Source{p44}} // as the answer before this one told it
			for k := range told {
				load.Trail = append(load.Trail, freight.Fix{At: noon.Add(begin + gap*time.Duration(k)).Unix()})
			}
			knew := told
			for !noon.Add(begin + gap*time.Duration(told) + lag).After(now) {
				told++
			}
			o := outlookOf(&load, p44, now, now, quarter)
			if question > 12 {
				age := now.Sub(noon.Add(begin + gap*time.Duration(told-1)))
				if told != knew+1 || age > quarter/4+time.Second {
					t.Fatalf("question %d, %s after noon: %d new fixes, the newest %s old", question, now.Sub(noon), told-knew, age)
				}
			}
			pace, now = o.next(pace, told > knew, 7, now, quarter)
		}
	})
}
