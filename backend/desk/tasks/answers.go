package tasks

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
)

// answers makes claims of what was said. An answer that is no value of its question's fact ("not yet", "no") is kept as a
// note with the question.
func (s *settling) answers() error {
	given := s.given()
	if len(given) > 0 && s.Outcome != Reached {
		return desk.Invalid("Only somebody who was reached can have answered.")
	}
	for _, a := range given {
		c, err := s.answer(a)
		if err != nil {
			return err
		}
		if n := c.Subject.Stop.Seq; n > 0 && stopOf(&s.standing.Timeline, n).Seq != n {
			return desk.Invalid("Load %s has no stop %d.", s.standing.Load.Number, n)
		}
		s.claims = append(s.claims, c)
		s.told = true
	}
	return nil
}

func (s *settling) answer(a TaskAnswer) (freight.Claim, error) {
	ask := s.askOf(a.Key)
	t := desk.Typed{Fact: freight.Fact(cmp.Or(a.Fact, string(ask.Fact))), Type: cmp.Or(a.Type, ask.Type), Stop: cmp.Or(a.Stop, ask.Stop, s.task.Stop),
		Value: strings.TrimSpace(a.Value)}
	if !ofStop(t.Fact) {
		t.Stop = 0
	}
	switch {
	case saysNothingOf(t.Fact, t.Value):
		return noted(ask, a.Key, t), nil
	case t.Fact == freight.FactMoney:
		return s.money(ask, t)
	case t.Fact == freight.FactTracking:
		if trackingWord(t.Value) {
			t.Value = strings.ToLower(t.Value)
		} else if agrees(t.Value) {
			t.Value = string(freight.TrackReady)
		} else {
			return noted(ask, a.Key, t), nil
		}
	case t.Fact == freight.FactPosition:
		t.At = s.now.Format(time.RFC3339)
	case t.Fact == freight.FactTemperature:
		t.Value, t.Type, t.At = strings.TrimSpace(strings.TrimRight(t.Value, "°Ff ")), "F", s.now.Format(time.RFC3339)
	}
	return t.Claim()
}

func (s *settling) askOf(key string) freight.Ask {
	i := slices.IndexFunc(s.task.Asks, func(a freight.Ask) bool { return a.Key == key })
	if i < 0 {
		return freight.Ask{}
	}
	return s.task.Asks[i]
}

// ofStop reports whether a fact speaks of a stop; what an answer says of driver, truck or position is the load's.
func ofStop(f freight.Fact) bool {
	switch f {
	case freight.FactETA, freight.FactWindow, freight.FactPieces, freight.FactPallets, freight.FactWeight, freight.FactException, freight.FactNote, freight.FactMoney,
		freight.FactDocument, "":
		return true
	}
	return f.Actual()
}

// saysNothingOf reports whether an answer is words about a fact, not a value of it.
func saysNothingOf(f freight.Fact, value string) bool {
	switch f {
	case freight.FactNote, freight.FactDocument, "":
		return true
	case freight.FactTracking:
		return false
	}
	return denies(value) || agrees(value)
}

func denies(value string) bool {
	switch strings.ToLower(strings.TrimRight(value, ".!")) {
	case "no", "none", "not yet", "nothing", "unknown", "does not know", "clean", "ok", "okay", "fine", "n/a", "-":
		return true
	}
	return false
}

func agrees(value string) bool {
	switch strings.ToLower(strings.TrimRight(value, ".!")) {
	case "yes", "y", "on", "accepted":
		return true
	}
	return false
}

func trackingWord(value string) bool {
	switch freight.TrackingState(strings.ToLower(value)) {
	case freight.TrackPending, freight.TrackReady, freight.TrackTracking, freight.TrackStale, freight.TrackHidden, freight.TrackDenied, freight.TrackExpired,
		freight.TrackFailed, freight.TrackLost, freight.TrackEnded:
		return true
	}
	return false
}

// noted keeps an answer as a note with its question.
func noted(ask freight.Ask, key string, t desk.Typed) freight.Claim {
	c := freight.Claim{Fact: freight.FactNote, Value: freight.Value{Text: strings.TrimSpace(cmp.Or(ask.Text, key) + " " + t.Value)}}
	if t.Stop > 0 {
		c.Subject = freight.Stop(t.Stop)
	}
	return c
}

// money is an amount that was asked for; who may approve it is another matter.
func (s *settling) money(ask freight.Ask, t desk.Typed) (freight.Claim, error) {
	usd, err := strconv.ParseFloat(strings.ReplaceAll(strings.Trim(t.Value, "$ "), ",", ""), 64)
	if err != nil || usd < 0 {
		return noted(ask, ask.Key, t), nil
	}
	c := freight.Claim{Fact: freight.FactMoney, Value: freight.Value{Type: t.Type, Num: usd, Has: 1, Unit: "USD", Text: "asked", Scope: s.Key}}
	if t.Stop > 0 {
		c.Subject = freight.Stop(t.Stop)
	}
	return c, nil
}
