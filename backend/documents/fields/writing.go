package fields

import (
	"cmp"
	"image"
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// mostWriting is how many places of writing are read for notes.
const mostWriting = 8

// againNotes reads writing that stands by itself and was not read as words.
func (f *finder) againNotes(k *ink) {
	type place struct {
		box   paper.Box
		asked asked
	}
	var places []place
	for _, region := range f.writing(k) {
		p := place{region, f.askedFor(region)}
		if p.asked == forWords && f.besideRemarks(region) {
			p.asked = forNothing // "Notes from receiver" asks for a remark, though a name may stand beside "receiver"
		}
		if p.asked == forNothing && f.inPrintedLine(region) {
			continue
		}
		if p.asked == forNothing && (f.signedRow(k, region) || k.filled(region) >= codeFill) {
			p.asked = forWords
		}
		places = append(places, p)
	}
	places = slices.DeleteFunc(places, func(p place) bool { return f.offeredAt(p.box) })
	slices.SortStableFunc(places, func(a, b place) int { return cmp.Compare(a.asked, b.asked) })
	f.againStamps(k)
	var free []paper.Box
	for _, p := range places {
		if p.asked == forNothing && f.tall(p.box) {
			free = append(free, p.box)
		}
	}
	lines := f.oneLine(free)
	for _, line := range lines[:min(len(lines), mostJoined)] {
		f.readNote(k, line, true)
	}
	for i, p := range places {
		made, words := false, false
		if i < mostWriting {
			made, words = f.readNote(k, p.box, p.asked == forNothing)
		}
		if !made && (p.asked == forNothing || p.asked == forFigures && words) {
			f.unknown = append(f.unknown, p.box)
		}
	}
}

// besideRemarks tells whether the cell that stands before a place in its row is the label of a place for remarks.
func (f *finder) besideRemarks(place paper.Box) bool {
	before := ""
	for _, cell := range f.sheet.rows[f.rowAt(place)].cells() {
		if boxOf(cell)[2] < place[0]+0.01 {
			before = asProse(textOf(cell))
		}
	}
	return prefix.MatchString(before)
}

// oneLine are the lines that several places make together: a dash, a gap or a word that was read parts what was written at once.
func (f *finder) oneLine(places []paper.Box) (lines []paper.Box) {
	left := slices.SortedFunc(slices.Values(places), func(a, b paper.Box) int { return cmp.Compare(a[0], b[0]) })
	for len(left) > 0 {
		line, parts := left[0], 1
		left = slices.DeleteFunc(left[1:], func(b paper.Box) bool {
			tall := min(line[3]-line[1], b[3]-b[1])
			if overlap(line[1], line[3], b[1], b[3]) < 0.6*tall || f.sheet.across(line[2], b[0]) > gapInLine*tall || b[2]-line[0] > longestLine {
				return false
			}
			line = paper.Box{min(line[0], b[0]), min(line[1], b[1]), max(line[2], b[2]), max(line[3], b[3])}
			parts++
			return true
		})
		if parts > 1 {
			lines = append(lines, line)
		}
	}
	return lines
}

const (
	gapInLine   = 2.5 // times as wide as the writing is tall
	longestLine = 0.6 // of the page
	mostJoined  = 3
)

// readNote reads a piece of writing for a remark, in several ways. It tells whether something was made of it, and whether
// it looks like words.
func (f *finder) readNote(k *ink, region paper.Box, free bool) (made, words bool) {
	if f.worded(region) {
		return true, true
	}
	region = k.unframed(region)
	var readings []string
	goods, surely := false, false // freight is counted; in a sure reading
	short := free && f.short(region)
	for _, how := range f.looksAt(short) {
		tokens, ok := f.look(region, how)
		if !ok {
			break
		}
		if len(tokens) == 0 {
			continue
		}
		if f.partyAt(region, textOf(tokens)) || lonelyOption(tokens) || tornOption(tokens) {
			return true, true
		}
		readings = append(readings, textOf(tokens))
		if !(short && len(solid(textOf(tokens))) <= 3) { // of SLC and STC all readings decide together
			f.scrawl = free
			noted := f.noteIn(f.rowAt(region), tokens)
			f.scrawl = false
			if noted {
				return true, true
			}
		}
		counts, sense := free && f.countsFreight(region, tokens), f.makesSense(f.within(region, tokens))
		made, surely, goods = made || sense, surely || sense && counts, goods || counts
		if sense && !surely { // a count was seen by unsure readings alone, if at all
			goods = false
			break
		}
	}
	if free && (harmlessSaid(readings) && (made || len(readings) > 1) || moments(readings)) || offersYesOrNo(readings) {
		return true, true
	}
	made = made || free && !goods && readAlike(readings)
	words = len(readings) > 0 && !slices.ContainsFunc(readings, func(r string) bool { return !wordy(r) })
	kind, at := remark(unlisted(readings), made && !goods || !free)
	if kind == "" && goods {
		kind, at = likeliest(readings)
	}
	if kind == "" && short {
		if kind, at = initialsOf(readings, k.middleLetter(region)); kind != "" { // several readings outweigh the one that the page was read with
			f.notes = slices.DeleteFunc(f.notes, func(n paper.Notation) bool { return reserved[n.Kind] != "" && touches(n.Box, region) })
		}
	}
	if kind == "" {
		tells := made && free && (goods || slices.ContainsFunc(readings, warns))
		return made && !tells, words
	}
	if !f.hasNote(kind) {
		f.notes = append(f.notes, paper.Notation{Kind: kind, Text: readings[at], Page: f.sheet.page.Number, Box: region})
	}
	return true, words
}

// unlisted are readings without those that name several exceptions and no count: a form's own words. They keep their places.
func unlisted(readings []string) []string {
	out := slices.Clone(readings)
	for i, r := range out {
		if listed(asProse(r)) {
			out[i] = ""
		}
	}
	return out
}

// partyAt tells whether a reading of a place is the party that stands there, whose name may hold a number ("Home Center #118"): that
// is no remark that counts freight.
func (f *finder) partyAt(place paper.Box, text string) bool {
	said := squash(text)
	for _, role := range []string{paper.Shipper, paper.Consignee, paper.Carrier} {
		for i := range f.found[role] {
			c := &f.found[role][i]
			name := squash(c.value)
			if len(name) < shortestPhrase || !touches(c.box, place) || !strings.Contains(said, name) {
				continue
			}
			before, behind, _ := strings.Cut(said, name)
			if len(before)+len(behind) <= mostBesideParty || behind == "" && (f.labelOf(role, place) || endsLabel(before)) {
				return true
			}
		}
	}
	return false
}

// labelOf tells whether a label of a field stands at a place.
func (f *finder) labelOf(field string, place paper.Box) bool {
	return slices.ContainsFunc(f.sheet.labels, func(l found) bool { return l.field == field && touches(l.box, place) })
}

// endsLabel tells whether letters are the end of a party's label, whose beginning was cut off.
func endsLabel(letters string) bool {
	return len(letters) > 2 && slices.ContainsFunc([]string{"cnee", "consignee", "shipper", "shpr", "carrier", "shipto", "deliverto", "shipfrom"}, func(label string) bool { return strings.HasSuffix(label, strings.ToLower(letters)) })
}

// mostBesideParty is how many letters and figures may be read beside a party's name that are none of a remark.
const mostBesideParty = 2

// look reads a place once more while there is any budget left.
func (f *finder) look(place paper.Box, how paper.Closer) (tokens []token, ok bool) {
	if f.budget == 0 {
		return nil, false
	}
	f.budget--
	words, err := f.sheet.page.Again(place, how)
	if err != nil {
		return nil, false
	}
	tokens = f.tokensOf(words)
	for i := range tokens {
		tokens[i].row = f.rowAt(place)
	}
	return tokens, true
}

// worded tells whether a place has a remark in words already; one of a few letters is looked at again.
func (f *finder) worded(place paper.Box) bool {
	return slices.ContainsFunc(f.notes, func(n paper.Notation) bool { return touches(n.Box, place) && len(solid(n.Text)) > 3 })
}

// looksAt is how writing is read: a few letters in more ways, since each tells little.
func (f *finder) looksAt(short bool) []paper.Closer {
	if short {
		return slices.Concat(asNote, asInitials)
	}
	return asNote
}

var asInitials = []paper.Closer{{Line: true, Scale: 2.2}, {Line: true, Scale: 1.3}}

// rowAt is the row nearest to a region.
func (f *finder) rowAt(region paper.Box) int {
	best, near := 0, 2.0
	for i, r := range f.sheet.rows {
		away := (r.box[1]+r.box[3])/2 - (region[1]+region[3])/2
		if away = max(away, -away); away < near {
			best, near = i, away
		}
	}
	return best
}

// writing finds lines of ink that no sure word covers, the largest first.
func (f *finder) writing(k *ink) []paper.Box {
	page := image.Rect(0, 0, k.w, k.h)
	m := k.mask(page)
	m.rules(int(0.06*float64(k.w)), int(0.004*float64(k.h)))
	f.wipePrint(k, m, line{})
	for _, s := range f.stamped {
		m.wipe(k.rect(s))
	}
	h := f.sheet.height * float64(k.h)
	var letters []image.Rectangle
	for _, b := range m.blobs() {
		tall, wide := float64(b.box.Dy()), float64(b.box.Dx())
		if tall < 0.6*h || tall > 5*h || wide < 0.15*h || wide > 25*h || float64(b.pixels) > 0.7*tall*wide && wide > h {
			continue
		}
		letters = append(letters, b.box)
	}
	slices.SortFunc(letters, func(a, b image.Rectangle) int { return cmp.Compare(a.Min.X, b.Min.X) })
	type run struct {
		box image.Rectangle
		n   int
	}
	var lines []run
	for _, b := range letters {
		joined := false
		for i := range lines {
			l := &lines[i]
			share := overlap(float64(l.box.Min.Y), float64(l.box.Max.Y), float64(b.Min.Y), float64(b.Max.Y))
			if float64(b.Min.X-l.box.Max.X) < max(3*h, 1.3*float64(l.box.Dy())) && share > 0.4*float64(min(b.Dy(), l.box.Dy())) {
				l.box = l.box.Union(b)
				l.n++
				joined = true
				break
			}
		}
		if !joined {
			lines = append(lines, run{b, 1})
		}
	}
	lines = slices.DeleteFunc(lines, func(l run) bool {
		wide, tall := float64(l.box.Dx()), float64(l.box.Dy())
		long := l.n >= 4 && wide >= 0.06*float64(k.w)
		return float64(l.box.Min.Y) < (f.sheet.rows[0].box[1]+0.1)*float64(k.h) || tall > 6*h || !long && !f.initials(toBox(l.box, k))
	})
	slices.SortFunc(lines, func(a, b run) int { return cmp.Compare(b.n, a.n) })
	var out []paper.Box
	for _, l := range lines {
		out = append(out, toBox(f.whole(k, l.box).Inset(-int(0.5*h)).Intersect(page), k))
	}
	return out
}

// whole is a line of writing with the words of it that were read surely and so are no writing to be read: the SUBJECT of SUBJECT TO
// COUNT. They are as tall, or a count.
func (f *finder) whole(k *ink, line image.Rectangle) image.Rectangle {
	h := f.sheet.height * float64(k.h)
	beside := func(a, b image.Rectangle) bool {
		share := overlap(float64(a.Min.Y), float64(a.Max.Y), float64(b.Min.Y), float64(b.Max.Y))
		gap := float64(max(b.Min.X-a.Max.X, a.Min.X-b.Max.X))
		return float64(b.Dy()) < 5*h && share > 0.6*float64(min(a.Dy(), b.Dy())) && gap < max(2*h, float64(a.Dy()))
	}
	written := func(t token) bool { // a unit is a label of forms, too
		count := len(t.text) <= 3 && digits(t.text) == len(t.text)
		return (!t.known || languageOf(t.key) >= 0) && (count || float64(k.rect(t.box).Dy()) > tallWord*h)
	}
	for range mostGrown {
		before := line
		for _, r := range f.sheet.rows {
			for i, t := range r.tokens {
				word := k.rect(t.box)
				if !beside(line, word) {
					continue
				}
				between := func(j int) bool { // writing goes on behind a low word: "ima" of "tarima"
					return j >= 0 && j < len(r.tokens) && !t.known && written(r.tokens[j]) && beside(word, k.rect(r.tokens[j].box))
				}
				if written(t) || word.Min.X < line.Min.X && between(i-1) || word.Max.X > line.Max.X && between(i+1) {
					line = line.Union(word)
				}
			}
		}
		if line == before {
			break
		}
	}
	return line
}

const (
	mostGrown = 4
	tallWord  = 1.2 // lines: from here on a word is no print
)

// inPrintedLine tells whether a place is a piece of a line of print that was misread: no taller than print, with words of print beside
// it. A label before it is none of them.
func (f *finder) inPrintedLine(place paper.Box) bool {
	if f.tall(place) {
		return false
	}
	h := f.sheet.height
	line := paper.Box{place[0], place[1] + h/2, place[2], place[3] - h/2} // without the rim
	beside := 0
	for grown := true; grown; {
		grown = false
		for _, r := range f.sheet.rows {
			for _, t := range r.tokens {
				gap := f.sheet.across(min(line[2], t.box[2]), max(line[0], t.box[0]))
				share := overlap(line[1], line[3], t.box[1], t.box[3])
				if t.known || len(t.key) < 2 || strings.HasSuffix(t.text, ":") || t.box[3]-t.box[1] > largeWriting*h || gap > 2*h ||
					share < 0.5*(t.box[3]-t.box[1]) || t.box[0] >= line[0] && t.box[2] <= line[2] {
					continue
				}
				beside += letters(t.text)
				line[0], line[2] = min(line[0], t.box[0]), max(line[2], t.box[2])
				grown = true
			}
		}
	}
	return beside >= printBeside
}

// printBeside is how many letters of print beside a piece make it one of a line of print.
const printBeside = 12

// Initials are two letters or three, larger than print: SLC.
const (
	initialsTall   = 1.1   // lines
	initialsWide   = 0.022 // of the page
	initialsWidest = 5.0   // times as wide as tall
)

// short tells whether writing is no longer than initials.
func (f *finder) short(place paper.Box) bool {
	return f.sheet.across(place[0], place[2]) <= initialsWidest*(place[3]-place[1])
}

// initials tells whether a few letters of ink stand by themselves as a remark does: large, wider than tall, no print near.
func (f *finder) initials(place paper.Box) bool {
	tall, wide := place[3]-place[1], place[2]-place[0]
	h := f.sheet.height
	if tall < initialsTall*h || tall > 4*h || wide < initialsWide || f.sheet.across(place[0], place[2]) < 1.2*tall {
		return false
	}
	for _, l := range f.sheet.labels {
		if l.field == column && overlap(l.box[1], l.box[3], place[1], place[3]) > 0.5*(l.box[3]-l.box[1]) {
			return false // a heading of the table beside
		}
	}
	around := paper.Box{place[0] - 0.03, place[1] - h, place[2] + 0.03, place[3] + h}
	for _, r := range f.sheet.rows {
		for _, t := range r.tokens {
			if t.sure >= 0.6 && len(t.key) >= 2 && !mostlyIn(t.box, place) && overlap(t.box[0], t.box[2], around[0], around[2])*overlap(t.box[1], t.box[3], around[1], around[3]) > 0 {
				return false
			}
		}
	}
	return true
}
