package fields

import (
	"strings"
	"testing"
)

// TestHarmlessRemarks: what is written of the yard, the clock and the people needs nobody's eyes, be it read nearly.
func TestHarmlessRemarks(t *testing.T) {
	for _, readings := range [][]string{
		{"dock 12"}, {"d0ck 12", "dock 12"}, {"Thanks"}, {"thonks", "thanks", "thaaks"}, {"Thank you!"}, {"drop & hook"}, {"bay 7"}, {"door 22"}, {"ck by RM"}, {"temp 36F"}, {"temp 34 F"}, {"on time"}, {"thx"},
		{"self unload"}, {"se1f unlood", "self unload"}, {"looks good"}, {"gate 3"}, {"ask for Pat"}, {"ack for Pot", "ask for Pot"}, {"lot 4471"}, {"2 load bars"}, {"1st truck in"}, {"no exceptions"}, {"staged lane 5"},
		{"staged ane %", "staged lane 4", "staged lane 7", "staged \\ane 5"}, {"appt 10:30"}, {"appt 0900"}, {"9:00 appt"}, {"call ahead"}, {"all good"}, {"no damage"}, {"live unload"}, {"ck in @ gate"}, {"see Mike"}, {"temp OK"},
		{"2 of 2"}, {"lumper pd"}, {"good count"}, {"muelle 4"}, {"gracias"}, {"quai 12"}, {"todo bien"}, {"checked by JT"}, {"called ahead 0730"},
	} {
		if !harmlessSaid(readings) {
			t.Errorf("%q waits for a person", readings)
		}
	}
}

// TestRemarksAreNotHarmless: an exception or a reservation never passes as harmless, nor as writing that was read, however it is worded and misread.
func TestRemarksAreNotHarmless(t *testing.T) {
	for _, said := range exceptionsSaid {
		for _, reading := range misreadings(said) {
			if harmlessSaid([]string{reading}) {
				t.Errorf("%q, read as %q, passes as harmless", said, reading)
			}
		}
	}
}

// exceptionsSaid are remarks that somebody has to look at.
var exceptionsSaid = []string{
	"2 boxes smashed", "one skid never arrived", "down 4 ctns", "2 boxes not on trailer", "5 pcs not received", "1 carton shy", "minus 3 cases", "lacking 2 bags", "3 pieces extra", "4 boxes too many", "surplus 2 ctns",
	"2 more than billed", "1 extra case", "forklift hole in 1 case", "1 bag ripped open", "3 cartons soaked", "2 ctns water damage", "dented - 1 box", "4 cs broken", "rejected 2 skids", "will not accept 1 pallet", "3 ctns rejected",
	"whole load rejected", "2 pallets turned away", "shipper's load and count", "SL&C", "shipper loaded & counted", "shprs load & count", "pallets STC", "pkgs said to contain", "qty subject to recount", "short 2", "2 short", "1 over", "over 3 ctns",
	"1 plt dmgd", "damaged corner", "wet boxes", "water damage", "torn bags", "load shifted", "seal broken", "refused by receiver", "load refused", "see back", "see attached OSD", "see notes below", "see other side", "shortage", "overage",
	"missing 1 skid", "1 missing", "driver did not count", "no driver count", "not counted", "count not verified", "received 46 of 48", "only 3 plts", "3 of 4 pallets", "hole in wrap", "product melted", "wrong item", "freight fell over",
	"faltan 2 cajas", "1 caja danada", "sobran 3", "carga rechazada", "2 caisses endommagees", "manque 1 palette", "sujeto a conteo", "temp too high refused", "received under protest", "pending inspection", "bad pallet", "1 broken", "2 crushed",
}

// misreadings are a remark and what it may be read as: a letter for one that looks alike, one lost, two run together, blanks lost.
func misreadings(said string) []string {
	out := []string{said, strings.ReplaceAll(said, " ", ""), strings.ToUpper(said)}
	letters := []rune(said)
	for i, r := range letters {
		out = append(out, string(letters[:i])+string(letters[i+1:]))
		for _, set := range letterLooks {
			if strings.ContainsRune(set, r) {
				for _, other := range set {
					out = append(out, string(letters[:i])+string(other)+string(letters[i+1:]))
				}
			}
		}
		if i > 0 {
			for _, one := range runIn[[2]rune{letters[i-1], r}] {
				out = append(out, string(letters[:i-1])+string(one)+string(letters[i+1:]))
			}
		}
	}
	return out
}

// TestMoments: a time with its hrs or a day in letters is read in few ways alike, and no remark.
func TestMoments(t *testing.T) {
	for _, tt := range []struct {
		readings []string
		want     bool
	}{
		{[]string{"647 hs", "47 hs", "1647 vs", "647 hes", "47 hs", "47 hrs"}, true},
		{[]string{".34 hrs", ".39 hrs", "34 h rs", ".34 hrs"}, true},
		{[]string{"12-MAY-2026", "\"12-MAY-2026", "2-MAY-2026"}, true},
		{[]string{"Apr 21 2026", "Apr 21 26"}, true},
		{[]string{"BT hrs", "207 rs", "207 Vrs", "RT hrs", "207 hrs", "RT rs"}, true},
		{[]string{"2 hrs", "2 cs", "2 cs"}, false},
		{[]string{"216 cs", "216 cs", "216 rs"}, false},
		{[]string{"12 ctns", "12 ctns"}, false},
		{[]string{"-12 cs", "-12 hs"}, false},
		{[]string{"216", "216", "236"}, false},
	} {
		if got := moments(tt.readings); got != tt.want {
			t.Errorf("%q are a time or a day: %v", tt.readings, got)
		}
	}
}

// TestReadAlike: what most ways of reading give the same letters for was read.
func TestReadAlike(t *testing.T) {
	for _, tt := range []struct {
		readings []string
		want     bool
	}{
		{[]string{"R. Palmquist", "R. Palmquist", "R. Palmgquist", "R. Palmquist"}, true},
		{[]string{"/ LIFTGATE:N", "./ LIFTGATE: N", "/LIFTGATE: N", "IUFTOATE:N"}, true},
		{[]string{"Pallets all gone to the dogs", "Pallets all gone to the dogs", "Pallets all gone to the dogs"}, false},
		{[]string{"SLC", "SLC", "SLC"}, false},
		{[]string{"o*16j202c", "o*16j202", "oxhel202"}, false},
	} {
		if got := readAlike(tt.readings); got != tt.want {
			t.Errorf("%q were read alike: %v", tt.readings, got)
		}
	}
}
