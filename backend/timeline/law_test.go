package timeline

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"tracedesk/backend/freight"
)

// The laws: order and repetition do not matter, one at a time equals all at once, pruning loses nothing that counts.

var genSource = rapid.SampledFrom([]freight.Source{tms, carrier, driver, p44, kites, user, customer, paper})

var genPlace = rapid.SampledFrom([]freight.Place{{}, city("Dallas", "TX"), city("DENVER", "CO"), city("Phoenix", "AZ"), {City: "Nowhere"},
	{Lat: 32.78, Lon: -96.8}, {City: "Dallas", State: "TX", Postal: "75201", Facility: "Acme DC"}})

func genWhen(t *rapid.T) freight.When {
	minute := rapid.IntRange(0, 60*60).Draw(t, "minute")
	at := time.Date(2026, 10, 31, 0, minute, 0, 0, time.UTC)
	switch rapid.IntRange(0, 6).Draw(t, "basis") {
	case 0:
		return freight.When{}
	case 1, 2:
		return freight.At(at)
	case 3:
		return freight.When{Basis: freight.InZone, Sec: at.Unix(), Zone: rapid.SampledFrom([]string{"America/Chicago", "UTC-06:00", "Nowhere/Land"}).Draw(t, "zone"), Written: "CT"}
	case 4:
		return freight.Day(at.Year(), at.Month(), at.Day())
	}
	return freight.When{Basis: freight.Local, Sec: at.Unix()}
}

func genSubject(t *rapid.T) freight.Subject {
	switch rapid.IntRange(0, 5).Draw(t, "subject") {
	case 0:
		return freight.Subject{}
	case 1:
		return freight.Subject{Kind: freight.OfStop, Stop: freight.StopRef{
			Side: rapid.SampledFrom([]freight.Side{"", freight.PickupSide, freight.DeliverySide}).Draw(t, "side"), Place: genPlace.Draw(t, "place")}}
	case 2:
		return freight.Subject{Kind: freight.OfStop, Stop: freight.StopRef{ID: rapid.SampledFrom([]string{"A", "B"}).Draw(t, "id"),
			Seq: rapid.IntRange(0, 2).Draw(t, "idseq"), Place: genPlace.Draw(t, "place")}}
	case 3:
		return freight.Subject{Kind: freight.OfShipment, Key: rapid.SampledFrom([]string{"S1", "S2"}).Draw(t, "key"),
			Stop: freight.StopRef{Seq: rapid.IntRange(0, 3).Draw(t, "shipstop")}}
	}
	return freight.Stop(rapid.IntRange(1, 3).Draw(t, "seq"))
}

var genFact = rapid.SampledFrom([]freight.Fact{freight.FactCustomer, freight.FactEquipment, freight.FactDriver, freight.FactReference,
	freight.FactFlag, freight.FactStatus, freight.FactTracking, freight.FactGone, freight.FactCancelled, freight.FactNote, freight.FactException, freight.FactReason,
	freight.FactTemperature, freight.FactPosition, freight.FactDocument, freight.FactPaper, freight.FactTender, freight.FactStopKind,
	freight.FactPlace, freight.FactWindow, freight.FactOriginal, freight.FactArrived, freight.FactArrived, freight.FactDeparted,
	freight.FactPickedUp, freight.FactDelivered, freight.FactDelivered, freight.FactETA, freight.FactPieces, freight.FactWeight,
	freight.FactTempRange, freight.FactOther, freight.FactContact, freight.FactPromise, freight.FactHandled, freight.FactMoney})

func genClaim(t *rapid.T) freight.Claim {
	c := freight.Claim{Subject: genSubject(t), Fact: genFact.Draw(t, "fact"), At: genWhen(t)}
	v := &c.Value
	v.None = rapid.IntRange(0, 5).Draw(t, "none") == 0
	v.Type = rapid.SampledFrom([]string{"", "pod", "pop", "TRUCK", "NAME", "BOL"}).Draw(t, "type")
	v.Text = rapid.SampledFrom([]string{"", "pickup", "delivery", "pickup_delivery", "received", "verified", "rejected", "delivered", "closed", "b-1", "B1"}).Draw(t, "text")
	v.Note = rapid.SampledFrom([]string{"", "received", "verified", "rejected"}).Draw(t, "note")
	if rapid.Bool().Draw(t, "number") {
		v.Num, v.Has, v.Unit = float64(rapid.IntRange(0, 3).Draw(t, "num")), 1, "LB"
	}
	switch c.Fact {
	case freight.FactWindow, freight.FactOriginal, freight.FactETA, freight.FactPromise:
		v.Start, v.End = genWhen(t), genWhen(t)
	case freight.FactPlace, freight.FactPosition:
		v.Place = genPlace.Draw(t, "value place")
	}
	return c
}

func genObservations(t *rapid.T, retractions bool) []freight.Observation {
	n := rapid.IntRange(0, 12).Draw(t, "observations")
	obs := make([]freight.Observation, n)
	for i := range obs {
		o := &obs[i]
		o.Source = genSource.Draw(t, "source")
		o.ReceivedAt = clockAt(0, rapid.IntRange(0, 5).Draw(t, "received"))
		o.StatedAt = clockAt(0, rapid.IntRange(0, 5).Draw(t, "stated"))
		o.Names = rapid.SliceOfN(rapid.SampledFrom([]freight.Reference{{Type: freight.RefLoad, Value: "L1"}, {Type: freight.RefPRO, Value: "77"}}), 0, 2).Draw(t, "names")
		o.Claims = rapid.SliceOfN(rapid.Custom(genClaim), 0, 4).Draw(t, "claims")
		o.EventID = fmt.Sprint(i)
		if retractions && i > 0 && rapid.IntRange(0, 3).Draw(t, "retracts") == 0 {
			o.Retracts = obs[rapid.IntRange(0, i-1).Draw(t, "which")].ID
		}
		o.ID = o.Identify()
	}
	return obs
}

// shuffledTwice is the observations in another order, some of them twice.
func shuffledTwice(t *rapid.T, obs []freight.Observation) []freight.Observation {
	out := append([]freight.Observation(nil), obs...)
	for _, o := range obs {
		if rapid.Bool().Draw(t, "twice") {
			out = append(out, o)
		}
	}
	seed := rapid.Uint64().Draw(t, "seed")
	rand.New(rand.NewPCG(seed, 1)).Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func same(t *rapid.T, what string, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Fatalf("%s (-want +got):\n%s", what, d)
	}
}

func TestOrderAndRepetitionDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		obs := genObservations(t, true)
		again := shuffledTwice(t, obs)
		same(t, "state", Collect(again), Collect(obs))
		folded := Fold(obs, gazetteer{}, DefaultConfig())
		same(t, "timeline", Fold(again, gazetteer{}, DefaultConfig()), folded)
		same(t, "timeline of the state", Build(Collect(obs), gazetteer{}, DefaultConfig()), folded)
	})
}

func TestPruneIsASemilattice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		obs := genObservations(t, true)
		cut := rapid.IntRange(0, len(obs)).Draw(t, "cut")
		a, b := obs[:cut], obs[cut:]
		all := Prune(obs)
		same(t, "any order", Prune(shuffledTwice(t, obs)), all)
		same(t, "idempotent", Prune(all), all)
		same(t, "Prune(Prune(a)+b)", Prune(join(Prune(a), b)), all)
		same(t, "Prune(Prune(a)+Prune(b)+a)", Prune(join(Prune(a), Prune(b), a)), all)
	})
}

func join(lists ...[]freight.Observation) (out []freight.Observation) {
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

func TestAddEqualsCollect(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		obs := genObservations(t, true)
		order := shuffledTwice(t, obs)
		var s State
		for i, o := range order {
			before := Collect(order[:i])
			next, needsFold := Add(s, o)
			same(t, "the old state", s, before)
			if needsFold {
				next = Collect(order[:i+1])
			}
			s = next
		}
		same(t, "state", s, Collect(obs))
	})
}

func TestPrunedObservationsTellTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		obs := genObservations(t, false)
		pruned := Collect(obs)
		full := Fold(obs, gazetteer{}, DefaultConfig())
		again := Collect(pruned.Observations)
		again.Summary = pruned.Summary
		same(t, "timeline", Build(again, gazetteer{}, DefaultConfig()), full)
	})
}

func TestEncodedStateReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Collect(genObservations(t, true))
		data, err := EncodeState(s)
		if err != nil {
			t.Fatal(err)
		}
		back, err := DecodeState(data)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "state", back, s)
		again, _ := EncodeState(back)
		same(t, "bytes", again, data)
	})
}
