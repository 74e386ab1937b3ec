package documents

import (
	"fmt"
	"regexp"
	"strings"

	"tracedesk/backend/freight"
)

// Other is the kind of a paper that is neither a proof of pickup nor one of delivery (freight.POP, freight.POD).
const Other = "other"

// Guess says what sort of proof a paper looks like.
type Guess struct {
	Kind     string    // freight.POP, freight.POD, Other; empty when nothing tells
	Why      string    // one sentence
	Strength float64   // 0 to 1
	Evidence []Mention // the phrases that decided
}

// phrase is wording that speaks for a kind of paper.
type phrase struct {
	plain   string
	kind    string
	weight  float64 // 3 settles it when it stands in a heading
	pattern *regexp.Regexp
}

func says(kind string, weight float64, plain, pattern string) phrase {
	return phrase{plain, kind, weight, regexp.MustCompile(`(?i)(?:^|[^\pL\pN])(?:` + pattern + `)(?:$|[^\pL\pN])`)}
}

var phrases = []phrase{
	says(freight.POD, 3, "proof of delivery", `proofs?\s+of\s+delivery`),
	says(freight.POD, 3, "POD", `p\.?o\.?d\.?`),
	says(freight.POD, 3, "delivery receipt", `delivery\s+(?:receipt|record|note|confirmation)`),
	says(freight.POD, 2, "consignee copy", `consignee(?:'?s)?\s+copy`),
	says(freight.POD, 2, "received in good order", `(?:received|delivered)\s+in\s+(?:apparent\s+)?good\s+(?:order|condition)`),
	says(freight.POD, 1.5, "received by", `received\s+by|receiver(?:'?s)?\s+signature|consignee(?:'?s)?\s+signature|recipient(?:'?s)?\s+signature`),
	says(freight.POD, 1, "delivered on", `delivered\s+(?:on|to)|pieces\s+received`),
	says(freight.POD, 1.5, "prueba de entrega", `prueba\s+de\s+entrega|recibido\s+por`),
	says(freight.POP, 3, "proof of pickup", `proofs?\s+of\s+pick\s*-?\s*up`),
	says(freight.POP, 3, "POP", `p\.?o\.?p\.?`),
	says(freight.POP, 3, "pickup confirmation", `pick\s*-?\s*up\s+(?:confirmation|receipt|record)`),
	says(freight.POP, 2, "bill of lading", `(?:straight\s+)?bill\s+of\s+lading`),
	says(freight.POP, 1, "shipper signature", `shipper(?:'?s)?\s+(?:signature|per|representative)`),
	says(freight.POP, 1, "pickup date", `carrier\s+signature\s*/\s*pick\s*-?\s*up\s+date`),
	says(Other, 4, "rate confirmation", `rate\s+con(?:firmation)?|load\s+tender|line\s*haul`),
	says(Other, 4, "lumper receipt", `lumper|unloading\s+(?:fee|receipt|service)`),
	says(Other, 4, "weight ticket", `weight\s+ticket|scale\s+ticket|certified\s+automated\s+truck\s+scale|weighmaster`),
	says(Other, 4, "over, short and damage", `over,?\s+short,?\s+(?:and|&)\s+damaged?|os\s*&\s*d`),
	says(Other, 4, "invoice", `invoice|total\s+due|remit\s+to`),
	says(Other, 3, "packing list", `packing\s+(?:list|slip)|certificate\s+of\s+insurance`),
}

const (
	headingLines = 5   // the first lines of a page are its heading
	longLine     = 11  // words; a phrase in a sentence so long is prose
	inHeading    = 1.5 // how much more a phrase in the heading counts
	inProse      = 0.25
	decides      = 1.9 // less than that is no guess
)

// GuessKind tells from wording, in the text and the file name, what sort of proof a paper looks like. Each page is
// judged by itself; a bundle is what its strongest proof is: delivery before pickup before anything else.
func GuessKind(text, name string) Guess {
	best := Guess{}
	for i, page := range strings.Split(text, "\f") {
		g := guessPage(page, i+1)
		if rank(g.Kind) > rank(best.Kind) || g.Kind == best.Kind && g.Strength > best.Strength {
			best = g
		}
	}
	if best.Kind != "" {
		return best
	}
	return guessPage(nameBreaker.Replace(extension.ReplaceAllString(baseName(name), "")), 0)
}

func rank(kind string) int {
	switch kind {
	case freight.POD:
		return 3
	case freight.POP:
		return 2
	case Other:
		return 1
	}
	return 0
}

func guessPage(text string, page int) Guess {
	s := scanner{page: page, text: text}
	s.split()
	score := map[string]float64{}
	evidence := map[string][]Mention{}
	heading := 0
	for _, line := range s.lines {
		if strings.TrimSpace(line.text) == "" {
			continue
		}
		heading++
		factor := 1.0
		switch {
		case len(strings.Fields(line.text)) >= longLine && !strings.Contains(line.text, "    "):
			factor = inProse
		case heading <= headingLines:
			factor = inHeading
		}
		for _, p := range phrases {
			at := p.pattern.FindStringIndex(line.text)
			if at == nil {
				continue
			}
			score[p.kind] += p.weight * factor
			s.found = nil
			s.add(MentionPhrase, p.plain, line.at+at[0], byPhrase)
			evidence[p.kind] = append(evidence[p.kind], s.found...)
		}
	}
	return weigh(score, evidence)
}

// weigh chooses among the kinds. A bill of lading that was signed at the dock is a proof of delivery, so its heading
// does not stand against words of receipt.
func weigh(score map[string]float64, evidence map[string][]Mention) Guess {
	kind, total := "", 0.0
	for _, k := range []string{freight.POD, freight.POP, Other} { // in this order, so that a tie is always the same
		total += score[k]
		if score[k] >= decides && score[k] > score[kind] {
			kind = k
		}
	}
	if kind == "" {
		return Guess{}
	}
	g := Guess{Kind: kind, Strength: score[kind] / (total + 1), Evidence: evidence[kind]}
	first := g.Evidence[0]
	place := "in the file's name"
	if first.Where.Page > 0 {
		place = fmt.Sprintf("on page %d", first.Where.Page)
	}
	g.Why = fmt.Sprintf("says %q %s", first.Value, place)
	return g
}
