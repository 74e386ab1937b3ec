package fields

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// What is scrawled is misread in its letters and its blanks, seldom in its length and the order of its strokes. So writing that
// stands by itself is held as a whole against how remarks are worded, blanks left out, letters by how alike they look, and
// against what forms print, which it may be as well.

// saying is one way to word a remark: its letters without blanks, '#' where a count stands.
type saying struct {
	kind   string
	spells []rune
	word   []rune // what makes it that kind, where it has a count and a unit beside
}

var unitWords = strings.Fields("ctn ctns case cases cs carton cartons pc pcs piece pieces box boxes pallet pallets plt plts skid skids bag bags unit units item items roll rolls drum drums caja cajas bulto bultos tarima tarimas pieza piezas")

// reserved are reservations; none has a count.
var reserved = map[string]string{
	paper.SLC: "slc|shipper load and count|shippers load and count|shipper load count|slc shipper load and count|shipper load stow and count|shipper load stow count|shippers load stow and count|" +
		"load and count by shipper|loaded and counted by shipper|shipper loaded and counted|carga y conteo del remitente|carga y conteo del embarcador|carga y conteo por el embarcador|" +
		"carga y conteo por el remitente|cargado y contado por el embarcador|cargado y contado por el remitente|conteo del embarcador|conteo del remitente|" +
		"driver not on dock|driver not allowed on dock|driver was not on dock|driver did not count|no driver count|not counted by driver|operador no conto|chofer no conto|no contado por el operador|sin conteo del operador",
	paper.STC: "stc|said to contain|subject to count|subject to count stc|stc subject to count|subject to recount|subject to piece count|subject to receiver count|subject to receivers count|" +
		"subject to inspection|subject to verification|pending count|pending inspection|count pending|count not verified|count unverified|unverified count|piece count not verified|not counted|" +
		"sujeto a conteo|sujeto a recuento|sujeto a revision|sujeto a verificacion|dice contener|pendiente de conteo|pendiente de revision|conteo pendiente|conteo no verificado|sin contar|sin verificar",
}

// counted are exceptions that mostly have a count before or behind them, and alone those that need none.
var (
	counted = map[string]string{
		paper.Short:   "short|missing|shortage|faltan|falta|faltante|faltantes|faltaron|not received",
		paper.Over:    "over|extra|overage|sobran|sobra|sobrante|sobrantes|de sobra|de mas|in excess",
		paper.Damaged: "damaged|damage|dmgd|crushed|torn|wet|broken|danada|danadas|danado|danados|mojada|mojadas|rota|rotas|aplastadas|golpeadas",
		paper.Refused: "refused|rejected|rechazadas|rechazados",
	}
	alone = map[string]string{
		paper.Damaged: "water damage|crushed damaged|damaged crushed|wet damaged|torn damaged|broken damaged|crushed corner|freight damaged|load damaged|mercancia danada",
		paper.Refused: "refused by receiver|load refused|load refused by receiver|load rejected|refused wrong item|refused wrong product|refused temp too high|refused late|delivery refused|" +
			"shipment refused|rejected by receiver|carga rechazada|rechazado por|rechazado temperatura|entrega rechazada|se rehusa|rehusado por|mercancia rechazada",
	}
)

// printedBeside is what forms print that is near to a remark, besides the wordings of labels and lines to sign on.
const printedBeside = "driver count|shipper count|by driver|by shipper|driver pallets|driver pieces|freight counted by|trailer loaded by|piece count|total count|sealed by shipper|live load|drop trailer|" +
	"received in good order|store receiving|receiving dept|delivered|released|shipped|approved|date received|not negotiable|shipper load|carrier certification|overcharge|other|cases received|cartons received"

var sayings, printings = spellSayings(), spellPrintings()

func spellSayings() []saying {
	var out []saying
	for _, kind := range []string{paper.SLC, paper.STC} {
		for s := range strings.SplitSeq(reserved[kind], "|") {
			out = append(out, saying{kind: kind, spells: solid(s)})
		}
	}
	for _, kind := range []string{paper.Short, paper.Over, paper.Damaged, paper.Refused} {
		for s := range strings.SplitSeq(alone[kind], "|") {
			if s != "" {
				out = append(out, saying{kind: kind, spells: solid(s)})
			}
		}
		for s := range strings.SplitSeq(counted[kind], "|") {
			for _, u := range unitWords {
				for _, form := range []string{s + "#" + u, "#" + u + s} {
					out = append(out, saying{kind, solid(form), solid(s)})
				}
			}
		}
	}
	return out
}

func spellPrintings() (out [][]rune) {
	add := func(s string) {
		if p := solid(s); len(p) >= shortestPhrase {
			out = append(out, p)
		}
	}
	for s := range strings.SplitSeq(printedBeside, "|") {
		add(s)
	}
	for _, l := range labels {
		if !slices.Contains(notForms, strings.Join(l.words, " ")) {
			add(strings.Join(l.words, " "))
		}
	}
	for _, s := range signers {
		add(strings.Join(s.words, " "))
	}
	return out
}

// notForms are labels that are reservations themselves.
var notForms = []string{"shipper load and count", "shipper load count", "load and count", "subject to count", "said to contain", "pieces short", "pieces damaged", "cartons damaged", "cases short", "shipper load"}

// solid is a text without blanks and marks, small letters, counts as they are.
func solid(s string) []rune {
	return []rune(strings.ReplaceAll(strings.ReplaceAll(asProse(strings.ReplaceAll(s, "#", "00000")), "00000", "#"), " ", ""))
}

// letterLooks are letters that a pen writes alike.
var letterLooks = []string{"o0cqdaeuvg", "il1tfj7", "s58bgz2", "nmruhwvk", "gqy9", "pfrt", "tk", "bhk6", "ec", "lcue", "vyuw"}

const (
	alikeLetter = 0.45 // cost of a letter for one that looks alike
	lostLetter  = 0.75
	addedLetter = 0.7
	farCount    = 2.0 // a letter where a count should stand
)

// letterCosts are what it costs to take a letter that was read for the one that was meant, both of ASCII as in prose.
var letterCosts = func() (costs [128][128]float64) {
	for read := range rune(128) {
		for meant := range rune(128) {
			switch {
			case meant == '#' && read >= '0' && read <= '9':
			case meant == '#' && strings.ContainsRune("oilszbagqt", read):
				costs[read][meant] = alikeLetter
			case meant == '#':
				costs[read][meant] = farCount
			case read != meant:
				costs[read][meant] = 1
			}
		}
	}
	for _, set := range letterLooks {
		for _, a := range set {
			for _, b := range set {
				if a != b {
					costs[a][b] = alikeLetter
				}
			}
		}
	}
	return costs
}()

func letterCost(read, meant rune) float64 { return letterCosts[read&127][meant&127] }

// away is what it costs, a letter, to take a reading or a part of it for a phrase; it stops counting above most.
func away(reading, phrase []rune, most float64) float64 {
	before, now := make([]float64, len(reading)+1), make([]float64, len(reading)+1)
	for i := range phrase {
		lost := lostLetter
		if phrase[i] == '#' {
			lost = farCount
		}
		now[0] = before[0] + lost
		for j := range reading {
			added := addedLetter
			if phrase[i] == '#' && reading[j] >= '0' && reading[j] <= '9' {
				added = 0 // a count of several digits
			}
			now[j+1] = min(before[j]+letterCost(reading[j], phrase[i]), before[j+1]+lost, now[j]+added)
		}
		if slices.Min(now) > most*float64(len(phrase)) {
			return 1
		}
		before, now = now, before
	}
	return slices.Min(before) / float64(len(phrase))
}

// How near a reading has to be to a remark: by the phrase's length, since little that is short is far from anything.
const (
	shortestPhrase = 6
	nearPhrase     = 0.2  // of a phrase of eight letters
	nearLong       = 0.3  // of one of fourteen and more
	clearOfForms   = 0.08 // so much nearer to a remark than to anything that a form prints
	nearWord       = 0.27 // the word for what is wrong, itself
	surelyOff      = 0.5  // the part of that which words read surely may be off
	bothNear       = 1.35 // two readings that mean one kind may each be so much farther off
)

func nearFor(phrase []rune) float64 {
	n := float64(min(max(len(phrase), 8), 14))
	return nearPhrase + (nearLong-nearPhrase)*(n-8)/6
}

// telling are words that make writing by itself worth a look, whatever else it says.
var telling = regexp.MustCompile(`\b(?:(?:re)?count(?:s|ed|ing)?|(?:re)?conteos?|contad[oa]s?|subject|sujeto|verif\w*|inspec\w*|pending|pendiente|except\w*|salvo|refus\w*|reject\w*|rechaz\w*|rehus\w*|damag\w*|danos?|danad[oa]s?|short\w*|falt\w*|over|sobr\w*|missing|broken|torn|wet|crush\w*|leak\w*|slc|stc|protest\w*)\b`)

// remark is the kind of remark that readings of one piece of writing most likely are, "" where they are none; at is the
// reading that says so the best. Of words that were read surely less may be off.
func remark(readings []string, sure bool) (kind string, at int) {
	most := 1.0
	if sure {
		most = surelyOff
	}
	best := map[string]weighed{}
	agree := map[string]int{}
	for i, text := range readings {
		reading := solid(text)
		if len(reading) < shortestPhrase-1 {
			continue
		}
		here := map[string]weighed{}
		form := printedLike(reading)
		for _, s := range sayings {
			if len(s.spells) < shortestPhrase || len(s.spells)*2 > len(reading)*3 {
				continue
			}
			allowed := nearFor(s.spells) * most
			off := away(reading, s.spells, bothNear*allowed)
			if off > bothNear*allowed || off > form-clearOfForms {
				continue
			}
			if len(s.word) > 0 && away(reading, s.word, nearWord) > nearWord {
				continue // only the count and the unit are there
			}
			w := weighed{share: off / allowed, gain: (bothNear*allowed - off) * float64(len(s.spells)), at: i}
			if had, ok := here[s.kind]; !ok || w.gain > had.gain {
				here[s.kind] = w
			}
		}
		for k, w := range here {
			if w.share <= bothNear {
				agree[k]++
			}
			had, ok := best[k]
			if ok && had.share < w.share {
				w.share, w.at = had.share, had.at
			}
			w.gain += had.gain
			best[k] = w
		}
	}
	most = 0
	for k, w := range best {
		if (w.share <= 1 || w.share <= bothNear && agree[k] >= 2) && (w.gain > most || w.gain == most && k < kind) {
			kind, at, most = k, w.at, w.gain
		}
	}
	return kind, at
}

// weighed is how well a reading is a remark: how far off as a share of what is allowed, what speaks for it in all, which
// reading it is.
type weighed struct {
	share, gain float64
	at          int
}

// initialLooks is how often, in a hundred, a pen's S, L, T and C are read as which letters; of others one is.
var initialLooks = map[rune]map[rune]float64{
	's': {'s': 60, '5': 15, 'g': 12, '8': 6, 'a': 5, 'z': 5, '9': 4, 'b': 3, 'j': 2},
	'l': {'l': 35, 't': 10, 'i': 12, '1': 8, 'u': 10, 'c': 10, 'e': 8, 'k': 3},
	't': {'t': 50, '7': 15, 'f': 8, 'i': 6, 'r': 5, 'l': 4, 'y': 2},
	'c': {'c': 45, 'e': 25, 'o': 8, 'a': 3, 'l': 3, 'g': 3, '0': 4},
}

const (
	seldomRead   = 1.0
	initialLost  = 6.0  // in a hundred: a letter that is not read at all
	likelyEnough = 9.0  // in a hundred: what a letter has to come to in the mean
	unlikeSay    = 4.0  // that of a reading of another length
	slcRather    = 2.0  // SLC is written so more often than STC
	clearlyOne   = 1.25 // so much likelier than the other
)

// initialsOf is what readings of a few letters that stand by themselves most likely are: SLC, STC, or "".
func initialsOf(readings []string) string {
	if len(readings) == 0 {
		return ""
	}
	likely := func(word string) float64 {
		sum := 0.0
		for _, text := range readings {
			sum += math.Log(initialsLike(solid(text), []rune(word)))
		}
		return math.Exp(sum / float64(3*len(readings)))
	}
	slc, stc := likely("slc"), likely("stc")
	switch {
	case max(slc, stc) < likelyEnough:
		return ""
	case slc*math.Cbrt(slcRather) > stc*clearlyOne:
		return paper.SLC
	case stc > slc*clearlyOne:
		return paper.STC
	}
	return ""
}

// initialsLike is how likely a reading is of three letters, the product over them in hundredths.
func initialsLike(reading, word []rune) float64 {
	one := func(read, meant rune) float64 { return max(initialLooks[meant][read], seldomRead) }
	switch len(reading) {
	case 3:
		return one(reading[0], word[0]) * one(reading[1], word[1]) * one(reading[2], word[2])
	case 2:
		best := 0.0
		for lost := range word {
			rest := slices.Delete(slices.Clone(word), lost, lost+1)
			best = max(best, initialLost*one(reading[0], rest[0])*one(reading[1], rest[1]))
		}
		return best
	}
	return unlikeSay * unlikeSay * unlikeSay
}

// printedLike is how far a reading is from the nearest wording of forms that it could be as a whole.
func printedLike(reading []rune) float64 {
	least := 1.0
	for _, p := range printings {
		if d := len(p) - len(reading); d > 4 || d < -4 {
			continue
		}
		least = min(least, away(reading, p, least)+addedLetter*float64(max(len(reading)-len(p), 0))/float64(len(p)))
	}
	return least
}
