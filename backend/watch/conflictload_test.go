package watch

import (
	"testing"
	"time"

	"tracedesk/backend/freight"
)

func TestStatusInConflict(t *testing.T) {
	says := func(source freight.Source, word string, at time.Time) func(*freight.Timeline, *freight.Around) {
		return func(l *freight.Timeline, _ *freight.Around) {
			p := by(source, at)
			l.Statuses = []freight.Word{{Fact: freight.FactStatus, Text: word, Provenance: p}}
			l.Problems = []freight.Problem{{Kind: "statusWord", Why: source.String() + " says \"" + word + "\", the events say in transit", Evidence: []freight.ObservationID{p.Observation}}}
		}
	}
	found := []string{"source.conflict/status verify minor"}
	table(t, []row{
		{"delivered, says the portal", says(carrier, "Delivered", central(9, 40)), central(9, 40), found},
		{"a step ahead", says(carrier, "At delivery", central(9, 40)), central(10, 39), nil},
		{"a step ahead for an hour", says(carrier, "At delivery", central(9, 40)), central(10, 40), found},
		{"a step behind for an hour", says(tmsSource, "Loaded", central(9, 50)), central(10, 50), found},
		{"dismissed", func(l *freight.Timeline, a *freight.Around) {
			says(carrier, "Delivered", central(9, 40))(l, a)
			l.Acts = []freight.Act{{Provenance: by(person, central(9, 45)), Fact: freight.FactDismissed, Type: "status"}}
		}, central(10, 0), nil},
		{"a person has stated it since", func(l *freight.Timeline, a *freight.Around) {
			says(carrier, "Delivered", central(9, 40))(l, a)
			l.Statuses = append(l.Statuses, freight.Word{Fact: freight.FactStatus, Text: "In transit", Provenance: by(person, central(9, 45))})
		}, central(10, 0), nil},
		{"told twice", func(l *freight.Timeline, a *freight.Around) {
			says(carrier, "Delivered", central(9, 40))(l, a)
			l.Problems = append(l.Problems, l.Problems[0])
		}, central(10, 0), found},
	})
}

func TestNumbersInConflict(t *testing.T) {
	ref := func(source freight.Source, kind freight.RefType, value, scope string) freight.KnownRef {
		return freight.KnownRef{Reference: freight.Reference{Type: kind, Value: value, Scope: scope}, Provenance: by(source, central(9, 0))}
	}
	refs := func(list ...freight.KnownRef) func(*freight.Timeline, *freight.Around) {
		return func(l *freight.Timeline, _ *freight.Around) { l.Refs = list }
	}
	now := central(9, 45)
	found := []string{"source.conflict/bol verify minor"}
	table(t, []row{
		{"two BOLs of two sources", refs(ref(tmsSource, freight.RefBOL, "4711", ""), ref(carrier, freight.RefBOL, "4712", "")), now, found},
		{"two BOLs of one source", refs(ref(tmsSource, freight.RefBOL, "4711", ""), ref(tmsSource, freight.RefBOL, "4712", "")), now, nil},
		{"three", refs(ref(tmsSource, freight.RefBOL, "4711", ""), ref(carrier, freight.RefBOL, "4712", ""), ref(platform, freight.RefBOL, "4713", "")), now, nil},
		{"with leading zeros", refs(ref(tmsSource, freight.RefBOL, "4711", ""), ref(carrier, freight.RefBOL, "004711", "")), now, nil},
		{"with a prefix", refs(ref(tmsSource, freight.RefPRO, "ABCD-4711", ""), ref(carrier, freight.RefPRO, "4711", "")), now, nil},
		{"PROs of two carriers", refs(ref(tmsSource, freight.RefPRO, "4711", "ABCD"), ref(carrier, freight.RefPRO, "4712", "WXYZ")), now, nil},
		{"two POs", refs(ref(tmsSource, freight.RefPO, "4711", ""), ref(carrier, freight.RefPO, "4712", "")), now, nil},
		{"several consignments", func(l *freight.Timeline, a *freight.Around) {
			refs(ref(tmsSource, freight.RefBOL, "4711", ""), ref(carrier, freight.RefBOL, "4712", ""))(l, a)
			l.Shipments = make([]freight.Shipment, 2)
		}, now, nil},
	})
}

func TestEquipmentInConflict(t *testing.T) {
	told := func(kind string, values ...string) func(*freight.Timeline, *freight.Around) {
		return func(l *freight.Timeline, _ *freight.Around) {
			k := freight.Known{Value: values[0]}
			for i, v := range values {
				k.Claims = append(k.Claims, freight.Told{Provenance: by([]freight.Source{carrier, tmsSource, platform}[i], central(9, i)), Value: v})
			}
			l.Equipment = map[string]freight.Known{kind: k}
		}
	}
	now := central(9, 45)
	table(t, []row{
		{"two trailers", told("TRAILER", "5301", "5302"), now, []string{"source.conflict/trailer verify minor"}},
		{"two trucks", told("TRUCK", "101", "102"), now, []string{"source.conflict/truck verify minor"}},
		{"one trailer in two forms", told("TRAILER", "5301", "TRL 5301"), now, nil},
		{"seals may change", told("SEAL", "1", "2"), now, nil},
	})
}
