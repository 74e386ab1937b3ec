package watch

import (
	"testing"

	"tracedesk/backend/freight"
)

func TestPODProblem(t *testing.T) {
	says := func(fact freight.Fact, stop int, code, text string) func(*freight.Timeline, *freight.Around) {
		return func(l *freight.Timeline, _ *freight.Around) {
			delivered(l)
			l.Exceptions = []freight.Word{{Fact: fact, Stop: stop, Type: code, Text: text, At: central(13, 20), Provenance: by(carrier, central(13, 25))}}
		}
	}
	exception := func(stop int, code, text string) func(*freight.Timeline, *freight.Around) {
		return says(freight.FactException, stop, code, text)
	}
	one := func(problem, rest string) []string { return []string{"paper.podProblem/2/" + problem + " " + rest} }
	now := central(13, 40)
	rows := []row{
		{"A7", exception(2, "A7", "refused by the consignee"), now, one("refused", "actNow major")},
		{"A9", exception(0, "A9", "freight damaged"), now, one("damaged", "actNow major")},
		{"Q7 0", exception(2, "Q7 0", "part of the freight is short"), now, one("short", "actNow major")},
		{"Q7 E", exception(2, "Q7 E", "entire shipment refused"), now, one("refused", "actNow major")},
		{"Q7 W", exception(2, "Q7 W", "wrong product"), now, one("other load", "verify minor")},
		{"reason BS", says(freight.FactReason, 2, "1651", "BS"), now, one("refused", "actNow major")},
		{"another reason", says(freight.FactReason, 2, "1651", "AI"), now, nil},
		{"at the pickup", exception(1, "A9", "freight damaged"), now, nil},
		{"the POD was refused", func(l *freight.Timeline, _ *freight.Around) {
			delivered(l)
			l.State, l.Papers[freight.POD] = freight.Delivered, freight.PaperException
		}, now, one("paper", "verify minor")},
		{"on the road, of the truck", func(l *freight.Timeline, _ *freight.Around) {
			l.Exceptions = []freight.Word{{Fact: freight.FactException, Text: "trailer damaged, road service called", Provenance: by(carrier, central(9, 40))}}
		}, central(9, 45), nil},
		{"refused while under way", func(l *freight.Timeline, _ *freight.Around) {
			l.Stops[1].Arrived, l.State = happened(freight.FactArrived, central(13, 0)), freight.AtDelivery
			l.LastNews.At = central(13, 20)
			l.Exceptions = []freight.Word{{Fact: freight.FactException, Text: "consignee refused 2 pallets", Provenance: by(carrier, central(13, 20))}}
		}, now, one("refused", "actNow major")},
		{"a status word", func(l *freight.Timeline, _ *freight.Around) {
			delivered(l)
			l.Statuses = []freight.Word{{Fact: freight.FactStatus, Text: "Delivered short", Provenance: by(carrier, central(13, 25))}}
		}, now, one("short", "actNow major")},
		{"told twice", func(l *freight.Timeline, a *freight.Around) {
			exception(2, "Q7 0", "part of the freight is short")(l, a)
			l.Exceptions = append(l.Exceptions, l.Exceptions[0])
		}, now, one("short", "actNow major")},
	}
	for text, want := range map[string][]string{
		"POD unsigned": one("unsigned", "verify minor"), "no signature on the POD": one("unsigned", "verify minor"), "signed by J. Lee": nil,
		"2 cases short": one("short", "actNow major"), "no shortage": nil, "short delay at the gate": nil, "driver short of hours": nil, "shortly": nil,
		"DAMAGED: 3 cartons crushed": one("damaged", "actNow major"), "no damage": nil, "undamaged": nil, "not refused": nil,
		"POD of another load": one("other load", "verify minor"), "12 pieces missing": one("short", "actNow major"), "documents missing": nil,
	} {
		rows = append(rows, row{text, exception(0, "", text), now, want})
	}
	table(t, rows)
}
