package desk

import (
	"strconv"
	"strings"

	"tracedesk/backend/freight"
)

// Typed is what a person typed about a load: the value of a fact as they wrote it.
type Typed struct {
	Fact  freight.Fact
	Stop  int
	Type  string // PHONE, BOL, TRUCK ...; may stand before the value, "PRO:991"
	Value string
	At    string // when it happened, where that is not the value itself
	Note  string
}

// Claim is what was typed as a claim. Times such as 2026-11-23 14:30 stay local to their stop. What cannot be read is refused
// with a sentence that says how to write it.
func (e Typed) Claim() (freight.Claim, error) {
	switch e.Fact { // "PRO:991", as the events sheet writes it
	case freight.FactReference, freight.FactDriver, freight.FactEquipment, freight.FactPaper:
		if typ, value, both := strings.Cut(e.Value, ":"); both && e.Type == "" {
			e.Type, e.Value = strings.TrimSpace(typ), value
		}
	}
	c := freight.Claim{Fact: e.Fact}
	if e.Stop > 0 {
		c.Subject = freight.Stop(e.Stop)
	}
	at, err := when(e.At)
	if err != nil {
		return c, err
	}
	c.At = at
	switch e.Fact {
	case freight.FactArrived, freight.FactDeparted, freight.FactLoaded, freight.FactUnloaded, freight.FactPickedUp, freight.FactDelivered:
		if c.At.IsZero() {
			if c.At, err = when(e.Value); err != nil {
				return c, err
			}
		}
		return c, needs(e.Stop > 0 && !c.At.IsZero(), "Say which stop and when, such as 2026-11-23 14:30.")
	case freight.FactWindow:
		start, end, _ := strings.Cut(e.Value, "/")
		if c.Value.Start, err = when(start); err == nil {
			c.Value.End, err = when(end)
		}
		c.Value.Type, c.Value.Note = e.Type, e.Note
		if err != nil {
			return c, err
		}
		return c, needs(e.Stop > 0 && (!c.Value.Start.IsZero() || !c.Value.End.IsZero()), "Say which stop and from when to when: start/end.")
	case freight.FactETA:
		c.Value.Start, err = when(e.Value)
		if err != nil {
			return c, err
		}
		return c, needs(e.Stop > 0 && !c.Value.Start.IsZero(), "Say which stop and the expected time.")
	case freight.FactPieces, freight.FactPallets, freight.FactWeight, freight.FactTemperature, freight.FactValueUSD:
		n, err := strconv.ParseFloat(strings.TrimSpace(e.Value), 64)
		if err != nil {
			return c, Invalid("%q is not a number.", e.Value)
		}
		c.Value = freight.Value{Num: n, Has: 1, Unit: e.Type}
		return c, nil
	case freight.FactReference:
		t, ok := freight.ParseRefType(e.Type)
		c.Value = freight.Value{Type: string(t), Text: strings.TrimSpace(e.Value)}
		return c, needs(ok && c.Value.Text != "", "Say which sort of number it is (BOL, PO, PRO ...) and the number.")
	case freight.FactDriver, freight.FactEquipment, freight.FactPaper:
		c.Value = freight.Value{Type: strings.ToUpper(e.Type), Text: strings.TrimSpace(e.Value)}
		if e.Fact == freight.FactPaper {
			c.Value.Type = strings.ToLower(e.Type)
		}
		return c, needs(e.Type != "" && c.Value.Text != "", "Say which kind and the value.")
	case freight.FactCustomer, freight.FactCarrier, freight.FactSCAC, freight.FactMC, freight.FactDOT, freight.FactMode, freight.FactFlag, freight.FactOwner,
		freight.FactStatus, freight.FactTracking, freight.FactException, freight.FactReason, freight.FactNote:
		c.Value = freight.Value{Type: e.Type, Text: strings.TrimSpace(e.Value), Note: ""}
		if e.Fact == freight.FactNote && c.Value.Text == "" {
			c.Value.Text = e.Note
		}
		return c, needs(c.Value.Text != "", "There is nothing written in it.")
	case freight.FactPosition:
		if c.Value.Place, err = placeOf(e.Value); err != nil {
			return c, err
		}
		return c, needs(!c.At.IsZero(), "Say when the truck was there, such as 2026-11-23 14:30.")
	case freight.FactCancelled:
		c.Value = freight.Value{Text: "cancelled", None: strings.EqualFold(e.Value, "no")}
		return c, nil
	}
	return c, Invalid("%q cannot be changed by hand.", string(e.Fact))
}

func when(s string) (freight.When, error) {
	w, err := freight.ParseWhen(strings.TrimSpace(s))
	if err != nil {
		return w, Invalid("%s.", err)
	}
	return w, nil
}

func needs(ok bool, otherwise string) error {
	if ok {
		return nil
	}
	return Invalid("%s", otherwise)
}

// placeOf reads "Amarillo, TX" or "35.2220, -101.8313".
func placeOf(s string) (freight.Place, error) {
	first, second, both := strings.Cut(s, ",")
	first, second = strings.TrimSpace(first), strings.TrimSpace(second)
	lat, err := strconv.ParseFloat(first, 64)
	lon, err2 := strconv.ParseFloat(second, 64)
	switch {
	case err == nil && err2 == nil && lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180 && (lat != 0 || lon != 0):
		return freight.Place{Lat: lat, Lon: lon}, nil
	case err == nil || !both || first == "" || second == "" || strings.ContainsAny(second, "0123456789,"):
		return freight.Place{}, Invalid("%q is no place such as Amarillo, TX or 35.2220, -101.8313.", s)
	}
	return freight.Place{City: first, State: second}, nil
}
