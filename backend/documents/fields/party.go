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
	for _, l := range f.sheet.labels {
		if l.field == billTo && f.kind == paper.Other {
			l.field, l.weight = paper.Consignee, 0.7
		}
		if l.field == paper.Shipper || l.field == paper.Consignee || l.field == paper.Carrier {
			f.block(l, spots)
		}
	}
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
	prose := !l.ends && !f.leads(l)
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
	left, right := f.columnOf(l)
	hard := f.nextCell(l) < len(tokens)
	if len(beside) == 1 && len(beside[0].key) < 3 {
		beside = nil // a speck
	}
	for k := 1; k < len(beside); k++ {
		if f.sheet.apart(beside, k) && letters(textOf(beside[:k])) > 3 && !hasDigit(beside[k].text) {
			beside = beside[:k] // another column
		}
	}
	if len(beside) > 0 {
		hard = end < len(tokens)
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
	for j := l.row + 1; j < len(f.sheet.rows) && len(lines) < mostLines; j++ {
		r := f.sheet.rows[j]
		gap := 1.6
		if len(lines) == 0 {
			gap = 4.5
		}
		if r.box[1]-foot > gap*f.sheet.height {
			break
		}
		line, more := f.blockLine(j, left, right, hard, len(lines) > 0)
		if !more {
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

// inName tells whether a label is a word within a name that the text goes on with ("Midwest Warehouse Co").
func (f *finder) inName(o found, from int) bool {
	tokens := f.sheet.rows[o.row].tokens
	return !o.ends && len(o.words) == 1 && o.from > from && !f.sheet.apart(tokens, o.from) && startsUpper(tokens[o.from].text) && !hasDigit(tokens[o.from-1].text) &&
		o.field != paper.Shipper && o.field != paper.Consignee
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
		if o.row != row || o.box[0] < line[0].box[0]-0.001 || o.box[0] > boxOf(line)[2] {
			continue
		}
		if o.field == blockName || o.field == blockPlace {
			if o.box[0] < line[0].box[0]+0.001 {
				line = dropSpecks(slices.DeleteFunc(slices.Clone(line), func(t token) bool { return t.box[0] < o.box[2]-0.001 }))
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
	notNames  = regexp.MustCompile(`(?i)^(?:information|signature|copy|use only|name|instructions|certification|certifies|agrees?|is |are |must |shall |liability|representative|agent|date|of |the |per\b|load|count|and |be |by |this|any|has |\W*$)`)
	codeAfter = regexp.MustCompile(`\s*[(\[]\s*([A-Z]{2,4})\s*[)\]]`)
)

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
	if len(words) == 0 || len(words) > 7 || letters(raw) < 3 || notNames.MatchString(raw) || digits(raw) > letters(raw) || !startsUpper(strings.TrimLeft(raw, "0123456789 ")) {
		return read{}, read{}, ""
	}
	_, starts := spell(lines[0])
	part := within(lines[0], starts, 0, cutAt)
	name = read{value: raw, text: raw, box: boxOf(part), sure: leastSureOf(part), quality: 0.8}
	if len(f.known.people[paper.Shipper]) > 4 {
		name.quality = 0.65
	}
	rest := slices.Clone(lines)
	rest[0] = rest[0][len(part):]
	return name, f.address(f.wrapped(rest), ""), "at"
}

// wrapped adds the next row to an address in running text that goes to the end of its row without a post code.
func (f *finder) wrapped(lines [][]token) [][]token {
	if len(lines) != 1 || len(lines[0]) == 0 || zipEnd.MatchString(textOf(lines[0])) {
		return lines
	}
	last := lines[0][len(lines[0])-1]
	row := f.sheet.rows[last.row]
	if last.box[2] < row.box[2]-0.001 || last.row+1 >= len(f.sheet.rows) {
		return lines
	}
	next := f.sheet.rows[last.row+1]
	if next.box[1]-row.box[3] > 1.2*f.sheet.height || !zipEnd.MatchString(textOf(next.cells()[0])) {
		return lines
	}
	return append(lines, next.cells()[0])
}

// address joins the lines of an address down to the one with the post code.
func (f *finder) address(lines [][]token, owner string) read {
	var parts []string
	var used []token
	done := false
	for _, line := range lines {
		line = dropSpecks(line)
		if len(line) == 0 {
			continue
		}
		text := strings.Trim(textOf(line), " ,.;:|_-")
		at := zipEnd.FindStringIndex(text)
		if at != nil {
			text = text[:at[1]]
		}
		if text == "" {
			continue
		}
		parts = append(parts, text)
		used = append(used, line...)
		if at != nil {
			done = true
			break
		}
		if len(parts) == 4 {
			break
		}
	}
	if len(parts) == 0 {
		return read{}
	}
	value := tidyAddress(strings.Join(parts, ", "))
	r := read{value: value, text: value, box: boxOf(used), sure: leastSureOf(used), quality: 0.85}
	if !done {
		r.quality = 0.4
	}
	if !done && owner != "" {
		if whole := f.known.beginsLike(owner, value); whole != "" {
			r.value, r.quality = whole, 0.85
			return r
		}
	}
	for _, p := range f.known.people[paper.Shipper] {
		if p.addr == "" || owner != "" && p.name != owner {
			continue
		}
		if sameAddress(value, p.addr, owner != "") {
			r.value, r.quality, r.sure = p.addr, 1, max(r.sure, 0.8)
			return r
		}
	}
	return r
}

// beginsLike is the only address of a known party that begins as an address was read: the rest is in another row.
func (k *Known) beginsLike(owner, value string) string {
	found := ""
	a := fold(squash(value))
	for _, p := range k.people[paper.Shipper] {
		b := fold(squash(p.addr))
		if p.name != owner || p.addr == "" || len(a)*2 < len(b) || !strings.HasPrefix(b, a) {
			continue
		}
		if found != "" && found != p.addr {
			return ""
		}
		found = p.addr
	}
	return found
}

var spaces = regexp.MustCompile(`\s+`)

func tidyAddress(s string) string {
	s = spaces.ReplaceAllString(s, " ")
	s = strings.ReplaceAll(s, " ,", ",")
	for strings.Contains(s, ",,") || strings.Contains(s, ", ,") {
		s = strings.ReplaceAll(strings.ReplaceAll(s, ", ,", ","), ",,", ",")
	}
	return s
}

// sameAddress compares an address as read with a known one. Its owner being known allows for more letters misread.
func sameAddress(read, known string, owned bool) bool {
	a, b := fold(squash(read)), fold(squash(known))
	if a == b {
		return true
	}
	most := len(b) / 10
	if owned {
		most = len(b) / 5
	}
	if a == "" || b == "" || distance(a, b, most) > most {
		return false
	}
	return owned || a[0] == b[0]
}

// at is the known party at an address.
func (k *Known) at(addr string) (party, bool) {
	for _, p := range k.people[paper.Shipper] {
		if p.addr != "" && sameAddress(addr, p.addr, false) {
			return p, true
		}
	}
	return party{}, false
}

// besideOther gives a known name that stands in one row with the other role's to the role whose label was not read.
func (f *finder) besideOther(role string, spots []spot) {
	for _, t := range spots {
		if !t.taken || t.carrier {
			continue
		}
		for i := range spots {
			s := &spots[i]
			if s.carrier || s.taken || s.row != t.row {
				continue
			}
			s.taken = true
			f.add(role, candidate{read: read{value: s.name, text: s.name, box: s.box, sure: max(s.sure, 0.8), quality: s.close}, score: 0.75, why: "beside the other party"})
			line := []token{}
			left := s.box[0] - 0.02
			for j := s.row + 1; j < min(s.row+3, len(f.sheet.rows)); j++ {
				more, _ := f.blockLine(j, left, s.box[0]+0.35, false, true)
				line = append(line, more...)
			}
			if addr := f.address([][]token{line}, s.name); addr.value != "" {
				f.add(roleAddr[role], candidate{read: addr, score: 0.75, why: "beside the other party's"})
			}
			return
		}
	}
}

// hauling are words of the names of those who haul.
var hauling = regexp.MustCompile(`(?i)\b(?:transport\w*|freight|lines?|trucking|logistics|logistica|haulers?|express|carriers?|cartage|motor|fletes|autotransportes?|drayage|xpress|carrier)\b`)

// haulerOnTop reads a carrier printed on top of its own form without a label.
func (f *finder) haulerOnTop() {
	if len(f.found[paper.Carrier]) > 0 || f.kind == paper.Other || f.kind == paper.Lumper {
		return
	}
	for i, r := range f.sheet.rows[:min(len(f.sheet.rows), 3)] {
		for _, cell := range r.cells() {
			text := strings.Trim(textOf(cell), " .,|-")
			line := asProse(text)
			titled := slices.ContainsFunc(signs, func(s sign) bool { return s.title >= 4 && s.form.MatchString(line) })
			if words := len(strings.Fields(text)); words < 2 || words > 5 || titled || digits(text) > 0 || !hauling.MatchString(text) || !startsUpper(text) || f.leadsLabel(i, cell) {
				continue
			}
			f.add(paper.Carrier, candidate{read: read{value: text, text: text, box: boxOf(cell), sure: leastSureOf(cell), quality: 0.8}, score: 0.65, why: "on top of the form"})
			return
		}
	}
}

// placed reads an address that has a label of its own under a party's: "Deliver to: ...", "Address: ...".
func (f *finder) placed() {
	for _, l := range f.sheet.labels {
		if l.field != blockPlace || !f.leads(l) {
			continue
		}
		above, gap := found{}, 9*f.sheet.height
		for _, o := range f.sheet.labels {
			if d := l.box[1] - o.box[1]; roleAddr[o.field] != "" && d > 0 && d < gap && max(o.box[0]-l.box[0], l.box[0]-o.box[0]) < 0.1 {
				above, gap = o, d
			}
		}
		beside := f.beside(l)
		if above.field == "" || len(beside) == 0 || len(f.found[roleAddr[above.field]]) > 0 {
			continue
		}
		if addr := f.address([][]token{beside}, ""); addr.quality > 0.5 {
			f.add(roleAddr[above.field], candidate{read: addr, score: 0.85, why: "beside “" + f.print(l) + "”", label: true})
		}
	}
}

// onTop reads a party printed on top of the form without a label: who loads on papers of pickup, who receives on papers
// of delivery.
func (f *finder) onTop(spots []spot) {
	role := paper.Shipper
	if f.kind == paper.POD || f.kind == paper.Lumper {
		role = paper.Consignee
	}
	if len(f.found[role]) > 0 || f.kind == paper.Other || f.kind == paper.Weight || f.kind == paper.OSD {
		return
	}
	for i, r := range f.sheet.rows[:min(len(f.sheet.rows)-1, 4)] {
		cell := r.cells()[0]
		line, _ := f.blockLine(i+1, boxOf(cell)[0]-0.02, boxOf(cell)[0]+0.3, false, true)
		if len(line) == 0 || r.box[1] > f.sheet.rows[0].box[1]+0.08 || !zipEnd.MatchString(textOf(line)) || !streetOf.MatchString(textOf(line)) || f.leadsLabel(i, cell) {
			continue
		}
		name, addr, _ := f.nameAndAddress(role, [][]token{cell, line}, spots)
		if name.value == "" || addr.quality < 0.5 {
			return
		}
		f.add(role, candidate{read: name, score: 0.75, why: "on top of the form"})
		f.add(roleAddr[role], candidate{read: addr, score: 0.75, why: "on top of the form"})
		return
	}
}

func (f *finder) leadsLabel(row int, cell []token) bool {
	return slices.ContainsFunc(f.sheet.labels, func(l found) bool { return l.row == row && l.box[0] < boxOf(cell)[0]+0.001 })
}

// headless reads blocks that begin with "Name:" under a heading that was not read: forms put the shipper first.
func (f *finder) headless(spots []spot) {
	var blocks []found
	for _, l := range f.sheet.labels {
		if l.field == blockName && f.leads(l) && len(f.beside(l)) > 0 && l.box[1] < f.sheet.rows[0].box[1]+0.35 {
			blocks = append(blocks, l)
		}
	}
	if len(blocks) != 2 {
		return
	}
	for i, role := range []string{paper.Shipper, paper.Consignee} {
		if len(f.found[role]) == 0 {
			l := blocks[i]
			l.field, l.weight = role, 0.7
			f.block(l, spots)
		}
	}
}

// letterhead gives a name without a label to the role that is still without one, where its address is under that role's
// label: forms print the shipper's name on top.
func (f *finder) letterhead(spots []spot) {
	for _, role := range []string{paper.Shipper, paper.Consignee} {
		if len(f.found[role]) > 0 {
			continue
		}
		f.besideOther(role, spots)
		if len(f.found[role]) > 0 {
			continue
		}
		for _, a := range settle(roleAddr[role], f.found[roleAddr[role]]) {
			for _, s := range spots {
				if !s.carrier && !s.taken && s.addr == a.value {
					f.add(role, candidate{read: read{value: s.name, text: s.name, box: s.box, sure: max(s.sure, 0.8), quality: s.close}, score: 0.85, why: "its address is under the label"})
				}
			}
			if p, ok := f.known.at(a.value); ok && len(f.found[role]) == 0 {
				f.add(role, candidate{read: read{value: p.name, box: a.box, sure: a.sure, quality: 0.9}, score: 0.6, why: "the known party at this address"})
			}
		}
	}
}
