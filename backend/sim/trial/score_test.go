package trial

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func at(min int) time.Time { return start.Add(minutes(min)) }

func TestScore(t *testing.T) {
	late := Incident{Load: "1", Stop: 2, Kind: "appointment.missed", Earliest: at(100), Detectable: at(100), End: at(200)}
	meter := Incident{Load: "1", Stop: 2, Kind: "detention.running", Earliest: at(55), Detectable: at(100), End: at(200)}
	open := Incident{Load: "1", Kind: "data.speed", Earliest: at(100), Detectable: at(100)}
	twin := Incident{Load: "1", Twin: "9", Kind: "load.duplicate", Earliest: at(100), Detectable: at(100)}
	maybe := Incident{Load: "1", Stop: 2, Kind: "appointment.missed", Earliest: at(100), Detectable: at(100), End: at(200), Tolerated: true}
	again := Incident{Load: "1", Stop: 2, Kind: "appointment.missed", Earliest: at(300), Detectable: at(300), End: at(400)}
	found := func(load string, stop int, kind string, from, to int) Episode {
		e := Episode{Load: load, Stop: stop, Kind: kind, DetectedAt: at(from)}
		if to > 0 {
			e.ClearedAt = at(to)
		}
		return e
	}
	missed := func(from, to int) Episode { return found("1", 2, "appointment.missed", from, to) }
	for _, c := range []struct {
		name             string
		truth            []Incident
		found            []Episode
		nTruth, nFound   int
		hit              int
		precision, delay float64
	}{
		{"found at once", []Incident{late}, []Episode{missed(100, 200)}, 1, 1, 1, 1, 0},
		{"found late", []Incident{late}, []Episode{missed(130, 200)}, 1, 1, 1, 1, 30},
		{"two minutes early is the clock", []Incident{late}, []Episode{missed(98, 99)}, 1, 1, 1, 1, 0},
		{"three minutes early is wrong", []Incident{late}, []Episode{missed(97, 200)}, 1, 1, 0, 0, 0},
		{"two minutes after the end", []Incident{late}, []Episode{missed(202, 0)}, 1, 1, 1, 1, 102},
		{"three minutes after the end is wrong", []Incident{late}, []Episode{missed(203, 0)}, 1, 1, 0, 0, 0},
		{"not found", []Incident{late}, nil, 1, 0, 0, 1, 0},
		{"another stop", []Incident{late}, []Episode{found("1", 1, "appointment.missed", 100, 0)}, 1, 1, 0, 0, 0},
		{"no stop named", []Incident{late}, []Episode{found("1", 0, "appointment.missed", 100, 0)}, 1, 1, 1, 1, 0},
		{"another load", []Incident{late}, []Episode{found("2", 2, "appointment.missed", 100, 0)}, 1, 1, 0, 0, 0},
		{"opened again within the incident", []Incident{late}, []Episode{missed(100, 120), missed(130, 200)}, 1, 1, 1, 1, 0},
		{"two incidents, one found", []Incident{late, again}, []Episode{missed(310, 0)}, 2, 1, 1, 1, 10},
		{"two incidents, both found", []Incident{again, late}, []Episode{missed(300, 0), missed(100, 200)}, 2, 2, 2, 1, 0},
		{"warned, and still warned when it ran", []Incident{meter}, []Episode{found("1", 2, "detention.running", 70, 200)}, 1, 1, 1, 1, 0},
		{"warned, and gone before it ran", []Incident{meter}, []Episode{found("1", 2, "detention.running", 70, 80)}, 1, 0, 0, 1, 0},
		{"without an end", []Incident{open}, []Episode{found("1", 0, "data.speed", 5000, 0)}, 1, 1, 1, 1, 4900},
		{"on the twin", []Incident{twin}, []Episode{found("9", 0, "load.duplicate", 101, 0)}, 1, 1, 1, 1, 1},
		{"on both twins", []Incident{twin}, []Episode{found("9", 0, "load.duplicate", 101, 0), found("1", 0, "load.duplicate", 100, 0)}, 1, 1, 1, 1, 0},
		{"tolerated: no line at all", []Incident{maybe}, []Episode{missed(150, 0)}, 0, 0, 0, 0, 0},
		{"out of nothing", nil, []Episode{missed(150, 0)}, 0, 1, 0, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			var k KindScore
			if scores := Score(c.truth, c.found); len(scores) > 0 {
				k = scores[0]
			}
			if k.Truth != c.nTruth || k.Found != c.nFound || k.Hit != c.hit || k.Precision != c.precision || k.MedianDelayMin != c.delay {
				t.Errorf("%+v", k)
			}
		})
	}
}

func TestTotalAndMerge(t *testing.T) {
	truth := []Incident{{Load: "1", Kind: "eta.late", Detectable: at(0)}, {Load: "2", Kind: "eta.late", Detectable: at(0)}, {Load: "1", Kind: "data.speed", Detectable: at(0)}}
	found := []Episode{{Load: "1", Kind: "eta.late", DetectedAt: at(4)}, {Load: "3", Kind: "eta.late", DetectedAt: at(4)}}
	one := Score(truth, found)
	if sum := Total(one); sum.Truth != 2 || sum.Found != 2 || sum.Hit != 1 || sum.Recall != 0.5 || sum.MedianDelayMin != 4 {
		t.Errorf("total %+v", sum)
	}
	for _, k := range Merge(one, one) {
		if k.Kind == "eta.late" && (k.Truth != 4 || k.Hit != 2 || k.Precision != 0.5) {
			t.Errorf("merged %+v", k)
		}
	}
	b, err := json.Marshal(one[0])
	if err != nil || !strings.HasPrefix(string(b), `{"kind":"data.speed","truth":1,"found":0,"hit":0,"precision":1,"recall":0,"medianDelayMin":0`) {
		t.Errorf("%s %v", b, err)
	}
}

func TestTheTruthScoresItself(t *testing.T) {
	truth := New(3, 150, 3, start, true).Truth()
	var found []Episode
	for _, in := range truth {
		if !in.Tolerated {
			found = append(found, Episode{in.Load, in.Stop, in.Kind, in.Detectable, in.End})
		}
	}
	for _, k := range Score(truth, found) {
		if k.Recall != 1 || k.Precision != 1 || k.MedianDelayMin != 0 {
			t.Errorf("%+v", k)
		}
	}
}
