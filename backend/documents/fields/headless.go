package fields

import (
	"regexp"
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

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

// bills are titles of papers whose number stands behind a bare "No.".
var bills = regexp.MustCompile(`\b(?:invoice|factura|receipt|recibo|ticket|boleto|notice|aviso|report|reporte)\b`)

// bareNumber reads the number of a receipt, ticket or bill behind a "No." on top of the form.
func (f *finder) bareNumber() {
	if len(f.found[paper.Receipt]) > 0 || f.kind == paper.BOL || f.kind == paper.POP || f.kind == paper.POD {
		return
	}
	billed := false
	for _, r := range f.sheet.rows {
		if r.box[1] > f.sheet.rows[0].box[1]+0.12 {
			return
		}
		for _, cell := range r.cells() {
			billed = billed || bills.MatchString(asProse(textOf(cell)))
			if !billed || len(cell) < 2 || cell[0].known || !numberWords[cell[0].key] || len(cell[0].key) < 2 {
				continue
			}
			if one, ok := f.readRef(paper.Receipt, cell[1:]); ok {
				f.add(paper.Receipt, candidate{read: one, score: 0.7, why: "beside “" + cell[0].text + "” on top"})
				return
			}
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
// of delivery, unless a label says who that is.
func (f *finder) onTop(spots []spot) {
	role := paper.Shipper
	if f.kind == paper.Lumper || f.kind == paper.POD && len(f.found[paper.Consignee]) == 0 {
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
		if name.value == "" || addr.quality < 0.5 || hauling.MatchString(name.value) || f.says(name.value) {
			return
		}
		f.add(role, candidate{read: name, score: 0.75, why: "on top of the form"})
		f.add(roleAddr[role], candidate{read: addr, score: 0.75, why: "on top of the form"})
		return
	}
}

// underName reads the address of a known party from the lines under its name, beside it or set around the same middle: letterheads
// of forms have no label for it.
func (f *finder) underName() {
	for _, role := range []string{paper.Shipper, paper.Consignee} {
		names := settle(role, f.found[role])
		if len(names) == 0 || len(f.found[roleAddr[role]]) > 0 {
			continue
		}
		box := names[0].box
		for _, p := range f.known.people[paper.Shipper] {
			if p.name != names[0].value || p.addr == "" {
				continue
			}
			if line := f.under(box); len(line) > 0 && sameAddress(textOf(line), p.addr, true) {
				f.add(roleAddr[role], candidate{read: read{value: p.addr, text: textOf(line), box: boxOf(line), sure: max(leastSureOf(line), 0.8), quality: 1},
					score: 0.75, why: "under the name"})
				break
			}
		}
	}
}

// mostUnder is how many lines an address under a name has.
const mostUnder = 2

// under are the words of the lines just below a box that begin where it does or stand around its middle.
func (f *finder) under(box paper.Box) []token {
	var out []token
	foot, lines := box[3], 0
	for _, r := range f.sheet.rows {
		for _, cell := range r.cells() {
			b := boxOf(cell)
			begins := max(b[0]-box[0], box[0]-b[0]) < 0.02
			middle := max(b[0]+b[2]-box[0]-box[2], box[0]+box[2]-b[0]-b[2]) < 0.06
			if b[1] < foot-0.3*f.sheet.height || b[1]-foot > 2.5*f.sheet.height || lines == mostUnder || !begins && !middle {
				continue
			}
			out = append(out, cell...)
			foot, lines = b[3], lines+1
		}
	}
	return out
}

// says tells whether a party is said already, in whatever role.
func (f *finder) says(name string) bool {
	for _, role := range []string{paper.Shipper, paper.Consignee, paper.Carrier} {
		if slices.ContainsFunc(f.found[role], func(c candidate) bool { return c.value == name }) {
			return true
		}
	}
	return false
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
