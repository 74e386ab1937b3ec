package fields

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"tracedesk/backend/documents/paper"
)

// spot is a known party's name found on a page.
type spot struct {
	party
	carrier  bool
	row      int
	from, to int
	box      paper.Box
	sure     float64
	close    float64 // how near the printed words are to the known ones
	taken    bool
}

var roleAddr = map[string]string{paper.Shipper: paper.ShipperAddr, paper.Consignee: paper.ConsigneeAddr}

// parties finds who ships, who receives and who hauls: known names where they stand, then whatever a label speaks of.
func (f *finder) parties() {
	spots := f.knownNames()
	f.ofTheLoad()
	for _, l := range f.sheet.labels {
		if f.withinName(l, spots) {
			continue
		}
		if l.field == billTo && f.kind == paper.Other && !f.otherPays(l) {
			l.field, l.weight = paper.Consignee, 0.7
		}
		if l.field == paper.Shipper || l.field == paper.Consignee || l.field == paper.Carrier {
			f.block(l, spots)
		}
	}
	f.otherwiseLabelled()
	for i := range spots {
		if s := &spots[i]; s.carrier {
			f.add(paper.Carrier, candidate{read: read{value: s.name, text: s.name, box: s.box, sure: s.sure, quality: s.close}, score: 0.7, why: "a known carrier"})
		}
	}
	f.haulerOnTop()
	f.placed()
	f.headless(spots)
	f.letterhead(spots)
	f.onTop(spots)
	f.underName()
}

// otherPays tells whether the page is of a load whose shipper stands below a "Bill to".
func (f *finder) otherPays(l found) bool {
	return slices.ContainsFunc(f.found[paper.Shipper], func(c candidate) bool {
		return c.box[1] > l.box[1]-f.sheet.height && c.box[1] < l.box[3]+3*f.sheet.height && c.box[2] > l.box[0] && c.box[0] < l.box[2]+0.3
	})
}

// knownNames finds the names of known parties, whatever stands before them.
func (f *finder) knownNames() []spot {
	var out []spot
	for i, r := range f.sheet.rows {
		for at := 0; at < len(r.tokens); at++ {
			if len(r.tokens[at].key) < 2 {
				continue
			}
			best := f.bestName(i, at)
			if best.name == "" {
				continue
			}
			if next := f.bestName(i, at+1); next.close > best.close {
				best = next // a word before the name was near enough to count with it
			}
			out = append(out, best)
			at = best.to - 1
		}
	}
	return out
}

// bestName is the known name that begins at a token, the nearest of several.
func (f *finder) bestName(row, at int) (best spot) {
	if at >= len(f.sheet.rows[row].tokens) {
		return best
	}
	for kind, people := range f.known.people {
		for _, p := range people {
			if s, ok := f.nameAt(p, row, at); ok && (s.close > best.close || s.close == best.close && s.name < best.name) {
				best, best.carrier = s, kind == paper.Carrier
			}
		}
	}
	return best
}

// nameAt tells whether a name begins at a token. Words may run together or fall apart, and one letter in eight may be
// misread, but never a digit.
func (f *finder) nameAt(p party, row, at int) (spot, bool) {
	tokens := f.sheet.rows[row].tokens
	name := strings.Join(p.words, "")
	most := len(name) / 8
	var printed strings.Builder
	for k := at; k < len(tokens) && k < at+len(p.words)+3; k++ {
		if k > at && f.sheet.across(tokens[k-1].box[2], tokens[k].box[0]) > 2.5*f.sheet.height {
			break
		}
		if key := tokens[k].key; len(key) > 1 || !strings.Contains(p.name, "&") {
			printed.WriteString(key) // an ampersand is read as any one character
		}
		if printed.Len() < len(name)-most {
			continue
		}
		read := printed.String()
		off := distance(looks(read), looks(name), most)
		if off > most || strings.Map(onlyDigits, looks(read)) != strings.Map(onlyDigits, looks(name)) {
			if printed.Len() > len(name)+most {
				break
			}
			continue
		}
		part := tokens[at : k+1]
		return spot{party: p, row: row, from: at, to: k + 1, box: boxOf(part), sure: leastSureOf(part), close: 1 - 0.1*float64(off)/float64(most+1)}, true
	}
	return spot{}, false
}

// mostLines is how many lines the block of a party has at most.
const mostLines = 5

// block reads the party that a label speaks of.
func (f *finder) block(l found, spots []spot) {
	lines := f.blockLines(l)
	if len(lines) == 0 {
		return
	}
	first := lines[0]
	place := besideIt
	if first[0].row != l.row {
		place = belowIt
	}
	prose := !l.ends && (!f.leads(l) || f.aimed(l))
	if prose && !f.spotAt(spots, l.row, l.to) {
		return // a word in a sentence
	}
	if f.kind == paper.Other {
		f.datesBehind(l)
	}
	name, addr, from := f.nameAndAddress(l.field, lines, spots)
	if name.value != "" {
		f.add(l.field, candidate{read: name, score: l.weight * place, why: from + " “" + f.print(l) + "”", label: true})
	}
	if field := roleAddr[l.field]; field != "" && addr.value != "" {
		f.add(field, candidate{read: addr, score: l.weight * place, why: "under “" + f.print(l) + "”", label: true})
	}
}

// datesBehind reads the date that a stop has in running text: "Pick Acme Jul 26, 2026; drop Summit Jul 29".
func (f *finder) datesBehind(l found) {
	date := map[string]string{paper.Shipper: paper.PickupDate, paper.Consignee: paper.DeliveryDate}[l.field]
	if date == "" {
		return
	}
	tokens := f.sheet.rows[l.row].tokens[l.to:]
	for _, o := range f.sheet.labels {
		if o.row == l.row && o.from >= l.to && (o.field == paper.Shipper || o.field == paper.Consignee) {
			tokens = tokens[:min(len(tokens), max(o.from-l.to, 0))]
		}
	}
	text, starts := spell(tokens)
	for _, d := range findDates(text, f.dayFirst) {
		f.add(date, candidate{read: read{value: d.iso, either: d.either, text: text[d.from:d.to], box: stretch(tokens, starts, d.from, d.to),
			sure: leastSureOf(within(tokens, starts, d.from, d.to)), quality: 0.95}, score: 0.7, why: "behind “" + f.print(l) + "”"})
		return
	}
}

// spotAt tells whether a known party's name begins at a token.
func (f *finder) spotAt(spots []spot, row, from int) bool {
	return slices.ContainsFunc(spots, func(s spot) bool { return s.row == row && s.from >= from && s.from <= from+1 })
}

// aims are words before who ships or receives that make it no label but where something goes: "Returned to shipper".
var aims = map[string]bool{"to": true, "by": true, "al": true, "for": true, "from": true}

// aimed tells whether a label of a party goes on with what stands before it: "Returned to shipper", a choice on a form.
func (f *finder) aimed(l found) bool {
	tokens := f.sheet.rows[l.row].tokens
	return l.from > 1 && aims[tokens[l.from-1].key] && !tokens[l.from-2].known && letters(tokens[l.from-2].text) > 2 &&
		!f.sheet.apart(tokens, l.from) && !f.sheet.apart(tokens, l.from-1)
}

// leads tells whether a label begins its cell.
func (f *finder) leads(l found) bool {
	tokens := f.sheet.rows[l.row].tokens
	return l.from == 0 || f.sheet.apart(tokens, l.from) || tokens[l.from-1].known || tokens[l.from-1].key == ""
}

// blockLines are the lines that belong to a party's label: the rest of its cell, then the lines below in its column.
func (f *finder) blockLines(l found) [][]token {
	var lines [][]token
	tokens := f.sheet.rows[l.row].tokens
	end := len(tokens)
	for _, o := range f.sheet.labels {
		if o.row == l.row && o.from >= l.to && o.from < end && (o.ends || f.leads(o) || len(o.words) > 1 || o.field == paper.Shipper || o.field == paper.Consignee) &&
			!f.inName(o, l.to) {
			end = o.from
		}
	}
	beside := dropSpecks(tokens[l.to:end])
	if len(beside) == 0 {
		beside = f.level(l)
	}
	if f.saidTwice(l, beside) {
		beside = nil
	}
	left, right := f.columnOf(l)
	left = min(left, f.cellStart(l)-0.02)
	stacked := false // labels stand one below the other, and their values beside them
	hard := f.nextCell(l) < len(tokens)
	if len(beside) == 1 && len(beside[0].key) < 3 {
		beside = nil // a speck
	}
	if end < len(tokens) && !slices.ContainsFunc(beside, func(t token) bool { return !filler[t.key] }) {
		beside = nil // the next label begins there: "FOR DELIVERY TO"
	}
	for k := 1; k < len(beside); k++ {
		if f.sheet.apart(beside, k) && letters(textOf(beside[:k])) > 3 && !hasDigit(beside[k].text) {
			beside = beside[:k] // another column
		}
	}
	if len(beside) > 0 {
		hard, stacked = end < len(tokens), true
		if beside[0].box[0]-l.box[2] > farthest {
			return nil
		}
		lines = append(lines, beside)
		left, right = beside[0].box[0]-0.04, max(boxOf(beside)[2]+0.1, beside[0].box[0]+0.3)
		if end < len(tokens) {
			right = min(right, tokens[end].box[0]-0.005)
		}
	}
	foot := l.box[3]
	under := l.row + 1
	if len(lines) > 0 {
		under = max(under, lines[0][0].row+1)
	}
	for j := under; j < len(f.sheet.rows) && len(lines) < mostLines; j++ {
		r := f.sheet.rows[j]
		gap := 1.6
		if len(lines) == 0 {
			gap = 4.5
		}
		if r.box[1]-foot > gap*f.sheet.height {
			break
		}
		line, more := f.blockLine(j, left, right, hard, len(lines) > 0)
		if !more || stacked && f.labelBelow(l, j) {
			break
		}
		if len(line) == 0 {
			continue
		}
		lines = append(lines, line)
		foot = boxOf(line)[3]
		left = min(left, line[0].box[0]-0.02)
	}
	return lines
}

// saidTwice tells whether what stands beside a label is the label in another language, misread: "Transportista / Camer" over
// the name.
func (f *finder) saidTwice(l found, beside []token) bool {
	tokens := f.sheet.rows[l.row].tokens
	if l.to >= len(tokens) || tokens[l.to].text != "/" || len(beside) == 0 || len(beside) > 2 || f.sheet.apart(tokens, l.to) {
		return false
	}
	below, _ := f.below(l)
	return len(below) > 0
}

// withinName tells whether a label is no label but a word of a name, a known one or one that it goes on with.
func (f *finder) withinName(l found, spots []spot) bool {
	if slices.ContainsFunc(spots, func(s spot) bool {
		return s.row == l.row && l.to <= s.to && (s.from < l.from || s.from == l.from && l.to < s.to && !l.ends)
	}) {
		return true // "Transporte Sierra", where that is its whole name
	}
	before := max(l.from-1, 0)
	t := f.sheet.rows[l.row].tokens[before]
	return f.inName(l, 0) && !t.known && startsUpper(t.text)
}

// cellStart is where the words before a label begin that belong to it ("Stop 1 - pick up").
func (f *finder) cellStart(l found) float64 {
	tokens := f.sheet.rows[l.row].tokens
	at := l.from
	for at > 0 && !f.sheet.apart(tokens, at) && !tokens[at-1].known && digits(tokens[at-1].text) < 3 {
		at--
	}
	return tokens[at].box[0]
}

// labelBelow tells whether a row has a label of its own in the column of labels that l stands in.
func (f *finder) labelBelow(l found, row int) bool {
	return slices.ContainsFunc(f.sheet.labels, func(o found) bool {
		return o.row == row && o.field != blockPlace && o.field != blockName && f.leads(o) && max(o.box[0]-l.box[0], l.box[0]-o.box[0]) < 0.015
	})
}

// buildings are labels of who receives that are words of names, too: "Midwest Warehouse Co", "Ridgeway Whse 6".
var buildings = map[string]bool{"warehouse": true, "whse": true, "whs": true, "facility": true, "bodega": true, "almacen": true, "cedis": true, "customer": true, "sucursal": true}

// inName tells whether a label is a word within a name that the text goes on with ("Midwest Warehouse Co").
func (f *finder) inName(o found, from int) bool {
	tokens := f.sheet.rows[o.row].tokens
	return !o.ends && len(o.words) == 1 && o.from > from && !f.sheet.apart(tokens, o.from) && startsUpper(tokens[o.from].text) && !hasDigit(tokens[o.from-1].text) &&
		o.field != paper.Shipper && (o.field != paper.Consignee || buildings[o.words[0]])
}

func startsUpper(s string) bool {
	for _, r := range s {
		return unicode.IsUpper(r)
	}
	return false
}

// blockLine is what of a row lies in a block's column. A label ends the block, but "Name:" and "Address:" belong to it.
// Words beyond the column belong to it where they go on without a gap, unless another column begins there (hard).
func (f *finder) blockLine(row int, left, right float64, hard, begun bool) (line []token, more bool) {
	tokens := f.sheet.rows[row].tokens
	for k, t := range tokens {
		mid := (t.box[0] + t.box[2]) / 2
		goesOn := !hard && len(line) > 0 && !f.sheet.apart(tokens, k) && k > 0 && line[len(line)-1].box == tokens[k-1].box
		if t.box[0] > left && (mid < right || goesOn) {
			line = append(line, t)
		}
	}
	line = dropSpecks(line)
	if len(line) == 0 {
		return nil, true
	}
	for _, o := range f.sheet.labels {
		within := o.field == blockName || o.field == blockPlace
		if o.row != row || o.box[0] > boxOf(line)[2] || o.box[0] < line[0].box[0]-0.001 && !(within && o.box[2] > line[0].box[0]+0.001) {
			continue // a label of the block may begin left of where its values do: "City/State/Zip"
		}
		if within {
			if o.box[0] < line[0].box[0]+0.001 {
				line = dropSpecks(slices.DeleteFunc(slices.Clone(line), func(t token) bool { return t.box[0] < o.box[2]-0.001 }))
			}
			if len(line) == 0 {
				return nil, true
			}
			continue
		}
		if o.box[0] < line[0].box[0]+0.001 && (o.ends || len(o.words) > 1 || !begun || !hasDigit(textOf(line))) {
			return nil, false
		}
		if o.ends || f.leads(o) && o.box[0] > line[0].box[0]+0.02 {
			line = slices.DeleteFunc(slices.Clone(line), func(t token) bool { return t.box[0] > o.box[0]-0.001 })
		}
	}
	return line, true
}

var (
	zipEnd    = regexp.MustCompile(`(?i)\b[A-Z]{2}\.?,?\s+\d{5}(?:-\d{4})?\b|\b(?:c\.?p\.?|cp)\s*\d{5}\b|\b\d{5}(?:-\d{4})?\W*$|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b`)
	streetAt  = regexp.MustCompile(`(?i)[,;]\s*(?:\d+[\w-]*\s+\S|p\.?\s?o\.?\s+box|calle|av\.?\s|avenida|blvd|carretera|km)`)
	streetOf  = regexp.MustCompile(`(?i)^(?:\d+[\w-]*\s+[A-Z]|p\.?\s?o\.?\s+box\b|calle\b|av\.?\s|avenida\b|blvd\b|carretera\b)`)
	notNames  = regexp.MustCompile(`(?i)^(?:(?:part|copy|ply|copia|copie|parte) ?\d|information|signature|for the |por el |a number|copy|use only|name|instructions|certification|certifies|agrees?|is |are |must |shall |liability|representative|agent|date|of |the |per\b|load|count|and |be |by |this|any|has |\W*$)`)
	fellApart = regexp.MustCompile(`(?:^| )\p{Lu} \p{Ll}{3,}`) // "T ranspo rtes"
	codeAfter = regexp.MustCompile(`\s*[(\[]\s*([A-Z]{2,4})\s*[)\]]`)
)

// numberOf is a label of a number that a name was looked for beside: "Carrier's No. 8447-7139".
var numberOf = regexp.MustCompile(`^(?:carriers?|carrier s|shippers?|shipper s|consignees?|consignee s|pro|load|bill) (?:no|number|pro|ref|id|code)\b`)

// titled tells whether what stands where a name should is the title of the form, or the label of a number.
func titled(raw string) bool {
	line := asProse(raw)
	return numberOf.MatchString(line) || slices.ContainsFunc(signs, func(s sign) bool {
		at := s.form.FindStringIndex(line)
		return s.title >= 5 && at != nil && at[1]-at[0] == len(line) && strings.Contains(line, " ")
	})
}

// nameAndAddress reads the lines of a block. Known parties are told by name, or by address where the name is elsewhere.
func (f *finder) nameAndAddress(field string, lines [][]token, spots []spot) (name, addr read, why string) {
	if at := codeAfter.FindStringSubmatch(textOf(lines[0])); at != nil && field == paper.Carrier {
		f.add(paper.SCAC, candidate{read: read{value: at[1], text: at[1], box: boxOf(lines[0]), sure: leastSureOf(lines[0]), quality: 0.9}, score: 0.8, why: "behind the carrier's name"})
	}
	for i := range spots {
		s := &spots[i]
		at := slices.IndexFunc(lines, func(line []token) bool {
			box := boxOf(line)
			return line[0].row == s.row && s.box[0] > box[0]-0.005 && s.box[2] < box[2]+0.005
		})
		if at > 1 || at < 0 || s.carrier != (field == paper.Carrier) {
			continue
		}
		if at == 0 && s.box[0] > boxOf(lines[0])[0]+0.25 {
			continue
		}
		s.taken = true
		name = read{value: s.name, text: textOf(f.sheet.rows[s.row].tokens[s.from:s.to]), box: s.box, sure: max(s.sure, 0.8), quality: s.close}
		rest := slices.Clone(lines[at:])
		rest[0] = slices.DeleteFunc(slices.Clone(rest[0]), func(t token) bool { return t.box[0] < s.box[2]-0.001 })
		return name, f.address(f.wrapped(rest), s.name), "a known party at"
	}
	text := textOf(lines[0])
	if streetOf.MatchString(text) && roleAddr[field] != "" {
		addr = f.address(lines, "")
		if p, ok := f.known.at(addr.value); ok {
			addr.value = p.addr
		}
		return read{}, addr, ""
	}
	cutAt := len(text)
	if at := streetAt.FindStringIndex(text); at != nil {
		cutAt = at[0]
	}
	if dates := findDates(text, f.dayFirst); len(dates) > 0 {
		cutAt = min(cutAt, dates[0].from)
	}
	if field == paper.Carrier {
		if at := codeAfter.FindStringSubmatchIndex(text); at != nil {
			cutAt = min(cutAt, at[0])
		}
	}
	raw := strings.Trim(text[:cutAt], " .,:;|_-–—*'\"“”")
	words := strings.Fields(raw)
	if titled(raw) || len(words) == 0 || len(words) > 7 || letters(raw) < 3 || notNames.MatchString(raw) || digits(raw) > letters(raw) || !startsUpper(strings.TrimLeft(raw, "0123456789 ")) {
		return read{}, read{}, ""
	}
	_, starts := spell(lines[0])
	part := within(lines[0], starts, 0, cutAt)
	name = read{value: raw, text: raw, box: boxOf(part), sure: leastSureOf(part), quality: 0.8}
	if len(f.known.people[paper.Shipper]) > 4 {
		name.quality = 0.65
	}
	if fellApart.MatchString(raw) {
		name.quality = 0.4
	}
	rest := slices.Clone(lines)
	rest[0] = rest[0][len(part):]
	return name, f.address(f.wrapped(rest), ""), "at"
}
