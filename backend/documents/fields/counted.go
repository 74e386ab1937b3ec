package fields

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// A count with what is counted, written where no form asks for it, is a remark even where the word for it cannot be read.

// unitWords are what freight is counted in, in English, Spanish and French: a remark is in one of them.
var unitWords = [][]string{
	strings.Fields("ctn ctns case cases cs carton cartons pc pcs piece pieces box boxes pallet pallets plt plts skid skids bag bags unit units item items roll rolls drum drums"),
	strings.Fields("caja cajas bulto bultos tarima tarimas pieza piezas paquete paquetes saco sacos"),
	strings.Fields("caisse caisses palette palettes colis boite boites"),
}

// languageOf is the language that a unit is of, -1 where the word is none.
func languageOf(unit string) int {
	return slices.IndexFunc(unitWords, func(units []string) bool { return slices.Contains(units, unit) })
}

// languageNear is the language of the unit that a word is, or a long one that it is but for one letter.
func languageNear(word string) int {
	if l := languageOf(word); l >= 0 || len(word) < 4 {
		return l
	}
	return slices.IndexFunc(unitWords, func(units []string) bool {
		return slices.ContainsFunc(units, func(u string) bool { return len(u) > 4 && distance(word, u, 1) <= 1 })
	})
}

// mostBetween is how many words at most stand between a unit and its count.
const mostBetween = 1

// countsFreight tells whether large writing outside of the rows of the goods is a count with a word: that is a remark, whatever
// became of the word.
func (f *finder) countsFreight(region paper.Box, tokens []token) bool {
	if f.inGoods(region) || !f.tall(region) || clockOrDay.MatchString(textOf(tokens)) || clockSaid.MatchString(asProse(textOf(tokens))) || moment(textOf(tokens)) || idle(textOf(tokens)) {
		return false
	}
	unit := slices.IndexFunc(tokens, func(t token) bool { return languageNear(t.key) >= 0 })
	if unit >= 0 && slices.ContainsFunc(tokens[max(unit-mostBetween, 0):min(unit+mostBetween+1, len(tokens))], func(t token) bool { return len(t.key) <= 2 && languageOf(t.key) < 0 || countSaid.MatchString(t.key) }) {
		return true
	}
	count := slices.ContainsFunc(tokens, func(t token) bool { return len(t.key) > 0 && len(t.key) <= mostCounted && digits(t.key) == len(t.key) })
	return count && letters(textOf(tokens)) >= fewestTold
}

// countSaid is a count in a word of more than two letters.
var countSaid = regexp.MustCompile(`^(?:one|two|three|four|five|six|seven|eight|nine|ten|una?o?|dos|tres|cuatro|cinco|seis|une|deux|trois|quatre|cinq)$`)

const (
	mostCounted = 3 // digits of a count in a remark
	fewestTold  = 6 // letters of one
)

// inGoods tells whether a place is in a row of the table of goods.
func (f *finder) inGoods(place paper.Box) bool {
	for i, r := range f.sheet.rows {
		if mid := (r.box[1] + r.box[3]) / 2; f.inTable[i] && mid > place[1] && mid < place[3] {
			return true
		}
	}
	return false
}

// How near the word beside a unit has to be, in the mean of all readings, and so much nearer to one kind than to any other.
const (
	nearBeside  = 0.45
	clearlyKind = 0.08
	seldomSaid  = 0.1 // a word that stands there less often than the four that the papers are named by
)

// usual are the words that remarks mostly have, in each language.
var usual = strings.Fields("short over damaged refused faltan falta faltantes sobran sobra sobrantes danadas danada danados rechazadas manquant manquants endommage endommagees")

// likeliest is the kind of remark that readings are which name a unit, by what stands beside it; "" where that may be several.
func likeliest(readings []string) (kind string, at int) {
	sums, least := map[string]float64{}, map[string]float64{}
	where := map[string]int{}
	n := 0.0
	for i, text := range readings {
		var beside []rune
		spoken := -1
		for word := range strings.FieldsSeq(asProse(text)) {
			switch l := languageNear(word); {
			case l >= 0:
				spoken = l
			case digits(word) == 0:
				beside = append(beside, []rune(word)...)
			}
		}
		if len(beside) < 3 || spoken < 0 {
			continue
		}
		n++
		for k, languages := range counted {
			for s := range strings.SplitSeq(languages[spoken], "|") {
				spells := solid(s)
				off := away(beside, spells, 1) + addedLetter*float64(max(len(beside)-len(spells), 0))/float64(len(spells))
				if !slices.Contains(usual, s) {
					off += seldomSaid
				}
				said := k + " " + s
				sums[said] += off
				if had, ok := least[said]; !ok || off < had {
					least[said], where[said] = off, i
				}
			}
		}
	}
	if n == 0 {
		return "", 0
	}
	best, next := 1.0, 1.0
	for _, said := range slices.Sorted(maps.Keys(sums)) {
		off, of := sums[said]/n, strings.Fields(said)[0]
		switch {
		case off < best:
			if of != kind {
				next = best
			}
			kind, at, best = of, where[said], off
		case off < next && of != kind:
			next = off
		}
	}
	if best > nearBeside || next-best < clearlyKind {
		return "", 0
	}
	return kind, at
}
