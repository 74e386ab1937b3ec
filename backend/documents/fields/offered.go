package fields

import (
	"regexp"
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// Forms print what may be wrong side by side, each with a box to tick: "[ ] SHORT [ ] OVER [ ] DAMAGED [ ] REFUSED". A box is often read
// as a letter, or as part of its word, so that the words are told by standing together, and a tick by having more ink than the others.

// offer is a word of such a row.
type offer struct {
	kind  string
	at    int     // its token
	start float64 // where its letters begin, without a box read as one of them
}

// offerHead finds the word for a kind at a token's beginning, behind a box that was read as part of it.
var offerHead = func() map[string]*regexp.Regexp {
	heads := map[string]*regexp.Regexp{}
	for _, c := range choices[:4] {
		form := strings.TrimSuffix(strings.TrimPrefix(c.form.String(), `\b(?:`), `)\b`)
		heads[c.kind] = regexp.MustCompile(`^(\w{0,2}?)(?:` + form + `)$`)
	}
	return heads
}()

// beside what may be wrong a form offers these, too.
var alsoOffered = regexp.MustCompile(`^(?:seals?|intact|broken|none|other|otro|ok|good|clean|complete|full|yes|no|and|or|quantity|qty|wrong|product|late|sello|ninguno|bueno|autre|complet|manquant|surplus|endommage|refuse)$`)

// offersIn are the words of a row that offers what may be wrong: nil for any other row.
func offersIn(r row) []offer {
	var found []offer
	kinds := map[string]bool{}
	strange, boxes := 0, false
	for i, t := range r.tokens {
		boxes = boxes || strings.ContainsAny(t.text, "[]"+emptyMarks+tickedMarks)
		if len(t.key) < 3 {
			continue
		}
		kind, glued := offerOf(t)
		switch {
		case strings.HasSuffix(t.text, ":") && len(found) == 0:
			strange = 0 // what is asked for, before what is offered
		case kind == "" && !alsoOffered.MatchString(t.key):
			strange++
		case kind == "" || len(found) > 0 && found[len(found)-1].kind == kind: // in two languages
		default:
			wide := t.box[2] - t.box[0]
			found = append(found, offer{kind, i, t.box[0] + wide*float64(glued)/float64(len([]rune(t.text)))})
			kinds[kind] = true
		}
	}
	if len(kinds) == len(found) && strange <= len(kinds) && (len(kinds) >= 3 || len(kinds) == 2 && boxes && strange == 0) {
		return found
	}
	return nil
}

// offerOf is the kind that a token is a word for, and how many of its letters stand before that word.
func offerOf(t token) (kind string, glued int) {
	if strings.HasSuffix(t.text, ",") {
		return "", 0 // a sentence that lists them
	}
	for kind, head := range offerHead {
		if m := head.FindStringSubmatch(t.key); m != nil {
			return kind, len([]rune(t.text)) - len(t.key) + len(m[1])
		}
	}
	return "", 0
}

// offeredAt tells whether a region is one of a row that offers what may be wrong, whose words another reading may have torn.
func (f *finder) offeredAt(region paper.Box) bool {
	return slices.ContainsFunc(f.offers, func(o paper.Box) bool {
		middle := (region[1] + region[3]) / 2
		return o[1]-0.5*f.sheet.height < middle && middle < o[3]+0.5*f.sheet.height && overlap(region[0], region[2], o[0]-2.4*f.sheet.height/f.sheet.aspect, o[2]) > 0.6*(region[2]-region[0])
	})
}

// tickedOf notes what is ticked of a row that offers what may be wrong.
func (f *finder) tickedOf(k *ink, r row, offers []offer) {
	amounts := make([]float64, len(offers))
	for n, o := range offers {
		amounts[n] = f.inkBefore(k, r, o)
	}
	usual := slices.Clone(amounts)
	slices.Sort(usual)
	empty := usual[(len(usual)-1)/2]
	for n, o := range offers {
		cell := r.tokens[o.at : o.at+1]
		box, tick := f.boxBefore(k, r.tokens, o.at)
		if !box {
			tick = amounts[n]-empty > tickInk
		}
		if tick && !f.hasNote(o.kind) {
			f.note(o.kind, cell)
		}
	}
}

// frameTaller is how many lines a frame is taller than a box to tick.
const frameTaller = 2.0

// tickInk is how much more ink a ticked box has than an empty one, in squares of a line's height.
const tickInk = 0.12

// inkBefore is the ink between a word that is offered and what stands before it, in squares of a line's height.
func (f *finder) inkBefore(k *ink, r row, o offer) float64 {
	if k == nil {
		return 0
	}
	t := r.tokens[o.at]
	from := max(o.start-2.4*f.sheet.height/f.sheet.aspect, 0)
	for _, before := range r.tokens[:o.at] {
		if len(before.key) >= 3 {
			from = max(from, before.box[2]+0.1*f.sheet.height/f.sheet.aspect)
		}
	}
	h, line := f.sheet.height, f.sheet.height*float64(k.h)
	m := k.mask(k.rect(paper.Box{from, max(t.box[1]-2*h, 0), o.start - 0.1*h/f.sheet.aspect, min(t.box[3]+2*h, 1)}))
	m.runs(int(frameTaller*line), int(0.004*float64(k.h)), false) // the frame around the row
	row := k.rect(paper.Box{0, t.box[1] - 0.3*h, 1, t.box[3] + 0.3*h})
	on := 0
	for i, dark := range m.bits {
		if y := m.r.Min.Y + i/max(m.r.Dx(), 1); dark && y >= row.Min.Y && y < row.Max.Y {
			on++
		}
	}
	return float64(on) / (line * line)
}

// countedBy are the longer ways in which a bill of lading asks who counted the freight.
var countedBy = []string{"bydriverpalletssaidtocontain", "driverpalletssaidtocontain", "bydriverpallets", "freightcountedbyshipper", "trailerloadedbyshipper", "trailerloadedbydriver"}

// boxRead is an empty box to tick as it is often read: by itself or as the first letter of its word. A figure or an I is a count.
var boxRead = regexp.MustCompile(`^[\[({|]*[JjCcUuDdEe\])}]$`)

// lonelyOption tells whether a cell is one word for what may be wrong behind an empty box.
func lonelyOption(cell []token) bool {
	words := slices.DeleteFunc(slices.Clone(cell), func(t token) bool { return t.key == "" })
	switch len(words) {
	case 1:
		kind, glued := offerOf(words[0])
		return kind != "" && (glued > 0 && boxRead.MatchString(string([]rune(words[0].text)[:glued])) || strings.HasPrefix(cell[0].text, "[") && !strings.ContainsAny(cell[0].text, tickedMarks+"xX"))
	case 2:
		return boxRead.MatchString(words[0].text) && len(words[1].key) >= 4
	}
	return false
}

// tornOption tells whether a cell is one of them, a third of its letters misread at most.
func tornOption(cell []token) bool {
	var said strings.Builder
	for _, t := range cell {
		said.WriteString(t.key)
	}
	return slices.ContainsFunc(countedBy, func(way string) bool { return distance(said.String(), way, len(way)/3) <= len(way)/3 })
}
