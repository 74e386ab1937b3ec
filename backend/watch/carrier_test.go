package watch

import (
	"testing"
	"time"

	"tracedesk/backend/freight"
)

func file(change func(*freight.CarrierFile)) func(*freight.Timeline, *freight.Around) {
	return func(_ *freight.Timeline, a *freight.Around) {
		a.Carrier = &freight.CarrierFile{Name: "Swift Valley", Authority: "active", PhonesKnown: []string{"2145550100"}, Evidence: []freight.ObservationID{{9}}}
		change(a.Carrier)
	}
}

func TestInsurance(t *testing.T) {
	// The day's last second on the clocks of UTC, as a file keeps a day.
	ends := func(day int) func(*freight.Timeline, *freight.Around) {
		return file(func(f *freight.CarrierFile) { f.Insured = time.Date(2026, 11, day, 23, 59, 59, 0, time.UTC) })
	}
	late := func(day int, window time.Time) func(*freight.Timeline, *freight.Around) {
		return func(l *freight.Timeline, a *freight.Around) {
			ends(day)(l, a)
			l.Stops[1].Window, l.LastNews.At = freight.Window{Start: window.Add(-time.Hour), End: window}, central(23, 0)
		}
	}
	soon, over := []string{"carrier.insurance verify minor"}, []string{"carrier.insurance actNow major"}
	table(t, []row{
		{"insured for long", ends(30), central(9, 45), nil},
		{"to the end of the day of delivery", late(23, central(23, 30)), central(9, 45), nil},
		{"ends the day before the delivery", late(23, central(32, 0)), central(9, 45), soon},
		{"the last minute of the day", late(23, central(32, 0)), central(23, 59), soon},
		{"over", late(23, central(32, 0)), central(24, 0), over},
		{"over long ago", ends(1), central(9, 45), over},
		{"an ETA after it", func(l *freight.Timeline, a *freight.Around) {
			late(23, central(23, 30))(l, a)
			l.Stops[1].ETA = &freight.Estimate{At: central(24, 20), Source: carrier, StatedAt: central(9, 0), Claims: []freight.ToldTime{claim(carrier, central(9, 0), central(24, 20))}}
		}, central(9, 45), []string{"eta.late/2 atRisk minor", "carrier.insurance verify minor"}},
		{"nobody knows", file(func(*freight.CarrierFile) {}), central(9, 45), nil},
	})
}

func TestAuthority(t *testing.T) {
	found := []string{"carrier.authority actNow major"}
	rows := []row{{"blocked", file(func(f *freight.CarrierFile) { f.Blocked = true }), central(9, 45), found}}
	for word, want := range map[string][]string{"active": nil, "": nil, "AUTHORIZED": nil, "inactive": found, "Revoked": found} {
		rows = append(rows, row{"authority " + word, file(func(f *freight.CarrierFile) { f.Authority = word }), central(9, 45), want})
	}
	table(t, rows)
}

func TestIdentity(t *testing.T) {
	driver := func(kind string, values ...string) func(*freight.Timeline, *freight.Around) {
		return func(l *freight.Timeline, _ *freight.Around) {
			k := freight.Known{Value: values[0]}
			for i, v := range values {
				k.Claims = append(k.Claims, freight.Told{Provenance: by([]freight.Source{carrier, tmsSource}[i], central(9, i)), Value: v})
			}
			l.Driver = map[string]freight.Known{kind: k}
		}
	}
	found, signs := []string{"carrier.identity/driver verify minor"}, []string{"carrier.identity/signs actNow major"}
	now := central(9, 45)
	strange := func(change func(*freight.Timeline)) func(*freight.Timeline, *freight.Around) {
		return func(l *freight.Timeline, a *freight.Around) {
			file(func(*freight.CarrierFile) {})(l, a)
			driver("PHONE", "+1 312 555 0199")(l, a)
			change(l)
		}
	}
	denied := func(at time.Time) func(*freight.Timeline) {
		return func(l *freight.Timeline) {
			l.Tracking = freight.Tracking{State: freight.TrackDenied, At: at, Source: platform}
		}
	}
	table(t, []row{
		{"one phone in two forms", driver("PHONE", "+1 (214) 555-0100", "2145550100"), now, nil},
		{"two phones", driver("PHONE", "+1 214 555 0100", "2145550101"), now, found},
		{"one name in two forms", driver("NAME", "Smith, John", "J. SMITH"), now, nil},
		{"a team", driver("NAME", "John Smith / Maria Lopez", "Maria Lopez"), now, nil},
		{"two names", driver("NAME", "John Smith", "Maria Lopez"), now, found},
		{"a word without letters is no name", driver("NAME", "John Smith", "-"), now, nil},
		{"a strange phone alone", strange(func(*freight.Timeline) {}), now, nil},
		{"a strange phone, tracking refused at once", strange(denied(central(1, 0))), now, signs},
		{"a strange phone, tracking refused later", strange(denied(central(4, 1))), now, nil},
		{"a strange phone and two trucks", strange(func(l *freight.Timeline) { l.Problems = []freight.Problem{{Kind: "twoTrucks"}} }), now, signs},
		{"a phone on file, tracking refused", func(l *freight.Timeline, a *freight.Around) {
			strange(denied(central(1, 0)))(l, a)
			driver("PHONE", "214-555-0100")(l, a)
		}, now, nil},
		{"no phones on file", func(l *freight.Timeline, a *freight.Around) {
			strange(denied(central(1, 0)))(l, a)
			a.Carrier.PhonesKnown = nil
		}, now, nil},
	})
}
