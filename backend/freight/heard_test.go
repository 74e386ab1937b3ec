package freight

import (
	"testing"
	"time"
)

func TestHeard(t *testing.T) {
	at := func(minute int) time.Time { return time.Date(2026, 11, 23, 14, minute, 0, 0, time.UTC) }
	said := func(kind SourceKind, stated, received time.Time, facts ...Fact) Observation {
		o := Observation{Source: Source{Kind: kind}, StatedAt: stated, ReceivedAt: received}
		for _, f := range facts {
			o.Claims = append(o.Claims, Claim{Fact: f})
		}
		return o
	}
	for _, c := range []struct {
		name string
		obs  []Observation
		want Heard
	}{
		{"each road has its own", []Observation{said(TMS, at(1), at(9)), said(Project44, at(2), at(9)), said(ELD, at(3), at(9)), said(CarrierSrc, at(4), at(9)), said(DriverSrc, at(5), at(9))},
			Heard{TMS: at(1), Visibility: at(3), Carrier: at(4), Phone: at(5)}},
		{"the newest counts, in any order", []Observation{said(TMS, at(7), at(8)), said(TMS, at(2), at(9))}, Heard{TMS: at(7)}},
		{"a clock that runs ahead is not believed", []Observation{said(CarrierSrc, at(50), at(10))}, Heard{Carrier: at(10)}},
		{"what does not say when, when it came", []Observation{said(CarrierSrc, time.Time{}, at(10))}, Heard{Carrier: at(10)}},
		{"a person who tells of the truck was on the phone", []Observation{said(User, at(1), at(1), FactETA), said(User, at(4), at(4), FactFlag, FactNote, FactOwner)}, Heard{Phone: at(1)}},
		{"papers, rules and customers tell nothing of the road", []Observation{said(Paper, at(1), at(1), FactArrived), said(Rule, at(1), at(1), FactETA), said(Customer, at(1), at(1), FactWindow)}, Heard{}},
		{"taking a word back is no news", []Observation{{Source: Source{Kind: TMS}, StatedAt: at(3), ReceivedAt: at(3), Retracts: ObservationID{1}}}, Heard{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got Heard
			for i := range c.obs {
				got.Hear(&c.obs[i])
			}
			if got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
			if got.IsZero() != (c.want == Heard{}) {
				t.Error("IsZero disagrees")
			}
		})
	}
}
