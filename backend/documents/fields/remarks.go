package fields

import (
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
	word   []rune  // what makes it that kind, where it has a count and a unit beside
	lone   bool    // a single word, with nothing beside that tells
	seldom float64 // what a word costs that remarks have less often

	letters int // of spells, without the count
}

// says is what two readings have to agree on to mean one thing: the kind, and of what has a count how the word begins.
func (s *saying) says() string { return s.kind + " " + string(s.word[:min(len(s.word), wordStem)]) }

// wordStem is where the words of one kind begin to differ by their endings.
const wordStem = 4

// reserved are reservations; none has a count.
var reserved = map[string]string{
	paper.SLC: "slc|shipper load and count|shippers load and count|shipper load count|slc shipper load and count|shipper load stow and count|shipper load stow count|shippers load stow and count|" +
		"load and count by shipper|loaded and counted by shipper|shipper loaded and counted|carga y conteo del remitente|carga y conteo del embarcador|carga y conteo por el embarcador|" +
		"carga y conteo por el remitente|cargado y contado por el embarcador|cargado y contado por el remitente|conteo del embarcador|conteo del remitente|" +
		"charge et compte par l expediteur|chargement et compte de l expediteur|driver not on dock|driver not allowed on dock|driver was not on dock|driver did not count|no driver count|not counted by driver|operador no conto|chofer no conto|no contado por el operador|sin conteo del operador",
	paper.STC: "stc|said to contain|subject to count|subject to count stc|stc subject to count|subject to recount|subject to piece count|subject to receiver count|subject to receivers count|" +
		"subject to inspection|subject to verification|pending count|pending inspection|count pending|count not verified|count unverified|unverified count|piece count not verified|not counted|" +
		"sujeto a conteo|sujeto a recuento|sujeto a revision|sujeto a verificacion|dice contener|pendiente de conteo|pendiente de revision|conteo pendiente|conteo no verificado|sin contar|sin verificar|sujet au compte|sujet a comptage|dit contenir",
}

// counted are exceptions that mostly have a count before or behind them, in English, Spanish and French; alone those that need none;
// lone words that are long enough to be told when nothing else was read.
var (
	counted = map[string][3]string{
		paper.Short: {"short|missing|shortage|not received", "faltan|falta|faltante|faltantes|faltaron|no recibidas|no recibidos", "manquant|manquants|manquante|manquantes|manque"},
		paper.Over:  {"over|extra|overage|surplus|in excess", "sobran|sobra|sobrante|sobrantes|sobraron|de sobra|de mas", "surplus|en surplus|en trop"},
		paper.Damaged: {"damaged|damage|dmgd|crushed|torn|wet|broken|leaking|punctured|dented|ripped|stained", "danada|danadas|danado|danados|mojada|mojadas|mojado|mojados|rota|rotas|aplastadas|aplastados|golpeadas",
			"endommage|endommages|endommagee|endommagees|mouillees|brisees"},
		paper.Refused: {"refused|rejected|not accepted", "rechazadas|rechazados|rechazan", "refuse|refusee|refuses|refusees"},
	}
	alone = map[string]string{
		paper.Damaged: "water damage|crushed damaged|damaged crushed|wet damaged|torn damaged|broken damaged|crushed corner|freight damaged|load damaged|mercancia danada|dano por agua|marchandise endommagee",
		paper.Refused: "refused by receiver|load refused|load refused by receiver|load rejected|refused wrong item|refused wrong product|refused temp too high|refused late|delivery refused|" +
			"shipment refused|freight refused|rejected by receiver|carga rechazada|rechazado por|rechazado temperatura|entrega rechazada|entrega rehusada|se rehusa|rehusado por|mercancia rechazada|livraison refusee|marchandise refusee|chargement refuse",
	}
	lone = map[string]string{
		paper.Short:   "shortage|faltante|faltantes",
		paper.Over:    "overage|sobrante|sobrantes",
		paper.Damaged: "damaged|crushed",
		paper.Refused: "refused|rejected|rechazado|rechazada|rehusado|rehusada",
	}
)

// printedBeside is what forms print that is near to a remark, besides the wordings of labels and lines to sign on.
const printedBeside = "driver count|shipper count|by driver|by shipper|driver pallets|driver pieces|freight counted by|trailer loaded by|piece count|total count|sealed by shipper|live load|drop trailer|" +
	"received in good order|store receiving|receiving dept|delivered|released|shipped|approved|date received|not negotiable|shipper load|carrier certification|overcharge|other|cases received|cartons received|" +
	"no damage|no damages|no shortage|no shortages|no exceptions|not damaged|undamaged|nothing missing|nothing short|no overage|sin dano|sin danos|sin faltantes|aucun dommage|aucun manquant|seal intact|sello intacto"

var sayings, printings = spellSayings(), spellPrintings()

func spellSayings() []saying {
	var out []saying
	for _, kind := range []string{paper.SLC, paper.STC} {
		for s := range strings.SplitSeq(reserved[kind], "|") {
			out = append(out, saying{kind: kind, spells: solid(s), word: solid(telling.FindString(s))})
		}
	}
	for _, kind := range []string{paper.Short, paper.Over, paper.Damaged, paper.Refused} {
		for s := range strings.SplitSeq(alone[kind], "|") {
			if s != "" {
				out = append(out, saying{kind: kind, spells: solid(s)})
			}
		}
		for s := range strings.SplitSeq(lone[kind], "|") {
			if s != "" {
				out = append(out, saying{kind: kind, spells: solid(s), lone: true})
			}
		}
		for i, units := range unitWords {
			for s := range strings.SplitSeq(counted[kind][i], "|") {
				for _, u := range units {
					for _, form := range []string{s + "#" + u, "#" + u + s} {
						seldom := 0.0
						if !slices.Contains(usual, s) {
							seldom = seldomSaid / float64(len(form))
						}
						out = append(out, saying{kind: kind, spells: solid(form), word: solid(s), seldom: seldom})
					}
				}
			}
		}
	}
	for i := range out {
		out[i].letters = letters(string(out[i].spells))
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

// How near a reading has to be to a remark: by the phrase's length, since little that is short is far from anything.
const (
	shortestPhrase = 6
	nearPhrase     = 0.2  // of a phrase of eight letters
	nearLong       = 0.3  // of one of fourteen and more
	clearOfForms   = 0.08 // so much nearer to a remark than to anything that a form prints
	nearWord       = 0.27 // the word for what is wrong, itself
	surelyOff      = 0.5  // the part of that which words read surely may be off
	bothNear       = 1.35 // two readings that mean one thing may each be so much farther off
	nearLone       = 0.13 // a single word
)

func (s *saying) near() float64 {
	if s.lone {
		return nearLone
	}
	n := float64(min(max(len(s.spells), 8), 14))
	return nearPhrase + (nearLong-nearPhrase)*(n-8)/6
}

// beside is what the letters cost that a saying with a short word leaves over: "torn" is within "returned".
func (s *saying) beside(reading []rune) float64 {
	if len(s.word) == 0 || len(s.word) > shortWord {
		return 0
	}
	over := len(reading) - len(s.spells) - mostBeside
	return addedLetter / 2 * float64(max(over, 0)) / float64(len(s.spells))
}

const (
	shortWord  = 4 // letters
	mostBeside = 2 // letters of a longer count, or of noise
)

// nearWord is how near the word for what is wrong has to be: where no count was read that should be there, it alone tells, and goods
// have names ("Kraft rolls").
func (s *saying) nearWord(text string) float64 {
	if slices.Contains(s.spells, '#') && digits(text) == 0 {
		return nearWord / 2
	}
	return nearWord
}

// telling are words that make writing by itself worth a look, whatever else it says.
var telling = regexp.MustCompile(`\b(?:never|lacking|absent|minus|nunca|jamais|manqu\w*|endommag\w*|surplus|shtg|rfsd|dmg\w*|dented|punctur\w*|stained|ripped|shifted|seal broken|sello roto|(?:re)?count(?:s|ed|ing)?|(?:re)?conteos?|contad[oa]s?|subject|sujeto|verif\w*|inspec\w*|pending|pendiente|except\w*|salvo|refus\w*|reject\w*|rechaz\w*|rehus\w*|damag\w*|danos?|danad[oa]s?|short\w*|falt\w*|over|sobr\w*|missing|extra|broken|torn|wet|rot[oa]s?|mojad[oa]s?|golpead[oa]s?|aplastad[oa]s?|averi\w*|quebrad[oa]s?|crush\w*|leak\w*|slc|stc|protest\w*)\b`)

// beforeDay is what stands before a day with its year, in writing that ends with it.
var beforeDay = regexp.MustCompile(`^(\D{6,}?)\s*\d{1,2}\D.{0,12}\b20(?:\d\d|\d?\D)\W*$`)

// clockSaid is in writing that is a time of day.
var clockSaid = regexp.MustCompile(`\b\d{1,2} ?\d{2} ?[ap] ?m\b|\b[ap]m$`)

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
		if len(reading) < shortestPhrase-1 || clockSaid.MatchString(asProse(text)) {
			continue
		}
		here := map[string]weighed{}
		form := printedLike(reading)
		if m := beforeDay.FindStringSubmatch(text); m != nil { // the label of a date, and the date
			form = min(form, printedLike(solid(m[1])))
		}
		for _, s := range sayings {
			if s.letters < shortestPhrase || len(s.spells)*2 > len(reading)*3 {
				continue
			}
			allowed := s.near() * most
			off := away(reading, s.spells, bothNear*allowed) + s.seldom
			if off > bothNear*allowed || off > form-clearOfForms {
				continue
			}
			if len(s.word) > 0 && away(reading, s.word, nearWord) > s.nearWord(text) {
				continue // only the count and the unit are there, or who loaded
			}
			if off += s.beside(reading); off > bothNear*allowed {
				continue
			}
			w := weighed{share: off / allowed, gain: (bothNear*allowed - off) * float64(len(s.spells)), at: i}
			if had, ok := here[s.says()]; !ok || w.gain > had.gain {
				here[s.says()] = w
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
	said := ""
	for k, w := range best {
		if (w.share <= 1 || w.share <= bothNear && agree[k] >= 2) && (w.gain > most || w.gain == most && k < said) {
			said, kind, at, most = k, strings.Fields(k)[0], w.at, w.gain
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
