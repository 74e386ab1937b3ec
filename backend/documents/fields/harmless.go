package fields

import (
	"regexp"
	"slices"
	"strings"
)

// Most of what is written on a paper beside what its form asks for says nothing of the freight: where the truck stood, when, who is to be
// asked, thanks. It needs nobody's eyes where it was read, be it nearly; what warns of something does, however little of it was read.

// Words of remarks that say nothing against a delivery: those that stand alone, those with a number (dock 12), things of the truck and not of its freight
// that are counted (2 load bars), and those that a name follows (ask for Pat).
var (
	saidIdly = strings.Fields("thanks thank thx you ty tks thankyou ok okay good great fine all looks look clear clean perfect nice day have a on time early in out at and the to of is was for " +
		"live unload unloaded unloading self driver hand drop dropped hook hooked load loaded trailer truck empty lumper pd paid call called ahead appt appointment arrived checked check ck count counted seal temp " +
		"staged ask see by per guard office dispatch yard first last stop assist ready am pm hrs done wait waited " +
		"gracias todo bien listo pagado a tiempo en orden buen buenas condiciones estado merci tout est beau bon etat complet")
	saidNumbered = strings.Fields("dock door bay gate lane lot row spot slip stall ramp zone aisle yard space slot temp set setpoint reefer appt appointment stop truck trailer tractor route rte room bldg building ext page pg muelle puerta anden rampa cita pasillo quai porte rampe allee rdv")
	saidCounted  = strings.Fields("bars locks straps jacks jack pages pg guys men drivers hrs hours mins min minutes stops")
	saidNaming   = strings.Fields("for see by per with ask call")
)

// saidWell are words by which freight is well that is named without a count ("plts ok").
var saidWell = strings.Fields("ok okay good great fine clear clean bien buenas bon")

// warning are words that a remark has which somebody has to look at, beside those that the papers are named by. Such remarks point elsewhere, too.
var warning = strings.Fields("short shorts shorted shortage missing lacking absent never minus down over overage extra surplus excess damage damaged damages crushed torn broken broke leaking leaked leaks smashed ripped dented dents punctured " +
	"bent stained busted burst scratched cracked soaked spoiled collapsed opened wet hole holes melted thawed mold moldy infested rotten rotted spilled contaminated shifted fell fallen tipped leaning reworked returned returning lost stolen gone tampered " +
	"wrong mixed mismatch differs difference discrepancy variance partial partially incomplete refused refuse refusal rejected reject reserve protest claim exception exceptions hold quarantine recount inspection pending verify unverified subject contain contains " +
	"water forklift bad poor loose unwrapped restacked exposed dirty rust rusted odor smell cut back reverse attached below osd report pictures photos note notes not cannot wont nothing only less more many few than without " +
	"unclear unclean damp crush dent nicked broker accept accepted faltan falta faltante faltantes sobran sobrante sobrantes danado danada danados danadas roto rota rotos rotas mojado mojada mojados mojadas golpeada aplastada averia rechazado rechazada rechazan conteo sujeto " +
	"manquant manque endommage brise mouille refusee surplus except slc stc torned")

// How near a word has to be to one of those lists, in parts of it.
const (
	nearIdle    = 0.2 // of six letters and more
	nearIdleLow = 0.13
	idleLong    = 6
	idleLow     = 4 // shorter ones are themselves or nothing
	mostLost    = 2
)

// nearWordOf is how far a word is from the nearest of a list, 1 where it is none of them.
func nearWordOf(word string, list []string) float64 {
	least := 1.0
	for _, w := range list {
		if w == word {
			return 0
		}
		long := min(len(w), len(word))
		if long < idleLow || len(w) > len(word)+mostLost {
			continue
		}
		most := nearIdleLow
		if long >= idleLong {
			most = nearIdle
		}
		off := away([]rune(word), []rune(w), most) + addedLetter*float64(max(len(word)-len(w), 0))/float64(len(w))
		if off <= most {
			least = min(least, off)
		}
	}
	return least
}

// denied are the ways to say that nothing is wrong.
var denied = regexp.MustCompile(`\b(?:good|full|right|correct) count\b|\bcount (?:ok|okay|good|correct)\b|\b(?:no|sin|aucune?|zero) (?:exceptions?|damages?|shortages?|issues?|problems?|osd|novedad(?:es)?|danos?|faltantes?|dommages?|manquants?)\b|\bnothing (?:wrong|short|missing|damaged)\b`)

// warns tells whether a reading may be of a remark that somebody has to look at: a word of it is nearly one of those.
func warns(reading string) bool {
	for word := range strings.FieldsSeq(denied.ReplaceAllString(asProse(reading), "ok")) {
		if off := nearWordOf(word, warning); off < 1 && off <= nearWordOf(word, saidIdly)+nearIdleLow/2 && off <= nearWordOf(word, saidNumbered)+nearIdleLow/2 {
			return true
		}
	}
	return telling.MatchString(denied.ReplaceAllString(asProse(reading), "ok"))
}

var (
	numberRead  = regexp.MustCompile(`^\d{1,4}$`)
	ordinalRead = regexp.MustCompile(`^(?:1st|2nd|3rd|\dth)$`)
	alikeCounts = regexp.MustCompile(`\b(\d{1,3}) (?:of|de) (\d{1,3})\b`) // all of them, where both are one
	clockRead   = regexp.MustCompile(`\b([01]?\d|2[0-3])[:.]?([0-5]\d)\b`)
	degrees     = regexp.MustCompile(`\b(\d{1,3}) ?°? ?[FfCc]\b`)
	nameRead    = regexp.MustCompile(`^\p{Lu}(?:\p{Ll}{1,9}\.?|\p{Lu}{1,2}|\.? ?\p{Lu}\.?)$`)
)

// idle tells whether a reading says nothing but such things: each word of it is one of theirs, and each number stands with what it numbers.
func idle(reading string) bool {
	reading = degrees.ReplaceAllString(clockRead.ReplaceAllString(reading, "$1$2"), "$1")
	prose := denied.ReplaceAllString(asProse(reading), "ok")
	if m := alikeCounts.FindStringSubmatch(prose); m != nil && m[1] == m[2] {
		prose = strings.Replace(prose, m[0], "ok", 1)
	}
	words, said := strings.Fields(prose), 0
	named := map[string]bool{}
	for w := range strings.FieldsSeq(reading) {
		named[asProse(w)] = nameRead.MatchString(w)
	}
	well := digits(prose) == 0 && slices.ContainsFunc(words, func(w string) bool { return slices.Contains(saidWell, w) })
	is := func(i int, lists ...[]string) bool {
		return i >= 0 && i < len(words) && slices.ContainsFunc(lists, func(list []string) bool { return nearWordOf(words[i], list) < 1 })
	}
	for i, w := range words {
		switch {
		case numberRead.MatchString(w):
			if !(is(i-1, saidNumbered) || is(i+1, saidCounted) || i+2 == len(words)-1 && is(i+2, saidCounted) || (is(i-1, saidNaming, saidIdly) || is(i+1, saidNumbered, saidIdly)) && clockRead.MatchString(w)) {
				return false
			}
		case ordinalRead.MatchString(w):
		case is(i, saidIdly, saidNumbered, saidCounted), well && languageOf(w) >= 0:
			said += len(w)
		case is(i-1, saidNaming) && named[w]:
		default:
			return false
		}
	}
	return said >= fewestIdle
}

// fewestIdle is how many letters its words have at least.
const fewestIdle = 2

// harmlessSaid tells whether readings of one piece of writing say nothing of the freight: most of them do, and none warns.
func harmlessSaid(readings []string) bool {
	n := 0
	for _, r := range readings {
		if warns(r) {
			return false
		}
		if idle(r) {
			n++
		}
	}
	return n > 0 && 2*n >= len(readings)
}

// readAlike tells whether most ways to read a piece of writing give the same letters: it was read, however unsure the engine is. A sentence
// is none of it.
func readAlike(readings []string) bool {
	for _, r := range readings {
		same := 0
		for _, other := range readings {
			if squash(other) == squash(r) {
				same++
			}
		}
		if same >= fewestAlike && 3*same >= 2*len(readings) && len(strings.Fields(r)) <= mostAlike && letters(r)+digits(r) >= shortestAlike {
			return true
		}
	}
	return false
}

const (
	fewestAlike   = 3
	mostAlike     = 4 // words
	shortestAlike = 5 // letters and figures
)

// hourRead is a time of day as a pen's is read, with its hrs, am or pm; the figures may be letters. dayRead is a day with its month in letters.
var (
	hourRead = regexp.MustCompile(`^[\w.:;&%)(]{2,6} ?(?:v?h ?v?r?e?s?|v?rs|a ?[mn]|p ?[mn])\.?$`)
	dayRead  = regexp.MustCompile(`^(?:` + monthRead + `[ .,'-]{0,3}\d{1,2}|\d{1,2}[ .,'-]{0,3}` + monthRead + `)(?:[ .,'-]{1,3}(?:20)?[0-9zoi]{2})?$`)
)

const monthRead = `(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|ene|abr|ago|dic|avr|mai|juin|juil|aout)[a-z]{0,6}`

// moment tells whether a reading is a time or a day and nothing else.
func moment(reading string) bool {
	text := strings.ToLower(strings.Trim(reading, " .,'\"|*-"))
	return dayRead.MatchString(text) || hourRead.MatchString(text) && digits(text) >= 2 && len(text) >= 5
}

// choiceRead is a question that a form prints with its answers to tick.
var choiceRead = regexp.MustCompile(`(?i)\b[yv]e[sz5]\b.{0,8}\bno\b|\bs[ií1]\b.{0,6}\bno\b|\boui\b.{0,6}\bnon\b`)

// offersYesOrNo tells whether at least half of the readings are such a question.
func offersYesOrNo(readings []string) bool {
	n := 0
	for _, r := range readings {
		if choiceRead.MatchString(r) {
			n++
		}
	}
	return n >= 2 && 2*n >= len(readings)
}

// moments tells whether most readings are a time or a day.
func moments(readings []string) bool {
	n := 0
	for _, r := range readings {
		if moment(r) {
			n++
		}
	}
	return n >= 2 && 2*n >= len(readings)
}
