package fields

import (
	"regexp"
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// wording is how an exception is written. Alone: it counts without a number beside it.
type wording struct {
	kind  string
	alone bool
	form  *regexp.Regexp
}

const (
	things = `(?:pieces?|pcs?|pc|cartons?|ctns?|ctn|cases?|cs|boxes?|box|bx|bxs|pallets?|plts?|plt|skids?|units?|bags?|drums?|rolls?|packages?|pkgs?|pkg|items?|bultos?|cajas?|piezas?|tarimas?|crates?|totes?|bundles?|ea)`
	count  = `(?:\d{1,4}|[oil]\b|an?|one|two|three|four|five|six|seven|eight|nine|ten|uno?a?|dos|tres|cuatro|cinco|seis)`
)

func noted(kind string, alone bool, form string) wording {
	return wording{kind, alone, regexp.MustCompile(`\b(?:` + form + `)\b`)}
}

// wordings are compared with lines in small letters without marks. The first of a kind that fits counts.
var wordings = []wording{
	noted(paper.Short, true, `(?:\w{1,3} )?`+things+` (?:were |was )?(?:short|missing|not received|faltantes?|de menos)|short(?:age)? \w{1,2} `+things),
	noted(paper.Over, true, `(?:\w{1,3} )?`+things+` (?:over|extra|sobrantes?|de sobra|de mas|in excess)|over \w{1,2} `+things),
	noted(paper.Damaged, true, `(?:\w{1,3} )?`+things+` (?:were |was )?(?:damaged?|dmgd?|danad[oa]s?|crushed|torn|wet|smashed|ripped|dented|maltratad[oa]s?|quebrad[oa]s?|rot[oa]s?|mojad[oa]s?|golpead[oa]s?|aplastad[oa]s?|averiad[oa]s?)`),
	noted(paper.Short, true, count+` ?(?:`+things+` )?(?:were |was |is |are )?(?:short|missing|not received|not delivered|shortage|faltantes?|falta|faltan|shrt|de menos|lacking)`),
	noted(paper.Short, true, `(?:short|shorted|shortage|shortage of|missing|faltan?|faltantes?|faltante de|faltaron) (?:of )?(?:by )?`+count+`(?: `+things+`)?`),
	noted(paper.Over, true, count+` ?(?:`+things+` )?(?:over|extra|overage|sobrantes?|sobran?|de sobra|excess|in excess|surplus|too many|de mas)`),
	noted(paper.Over, true, `(?:over|overage|overage of|extra|sobran?|sobrantes?|sobraron|excedente de) (?:by )?`+count+`(?: `+things+`)?`),
	noted(paper.Damaged, true, count+` ?(?:`+things+` )?(?:were |was |is |are )?(?:found )?(?:damaged?|dmgd?|dmg|crushed|torn|wet|broken|leaking|danad[oa]s?|rot[oa]s?|mojad[oa]s?|golpead[oa]s?|aplastad[oa]s?|averiad[oa]s?|maltratad[oa]s?|quebrad[oa]s?|smashed|ripped|dented|punctured|spoiled)`),
	noted(paper.Damaged, true, `(?:damaged?|damages?|dmgd?|dmg|danad[oa]s?|averiad[oa]s?) (?:to )?(?:on )?`+count+`(?: `+things+`)?`),
	noted(paper.Short, true, `^`+count+` \w{2,5} (?:short|missing)`),
	noted(paper.Over, true, `^`+count+` \w{2,5} (?:over|extra)`),
	noted(paper.Damaged, true, `^`+count+` \w{2,5} (?:damaged?|crushed|wet|torn|dmgd?)`),
	noted(paper.Damaged, false, `damaged|damage|dmgd|crushed|crushed corner|water damage|wet|torn|broken|leaking|danad[oa]s?|averia|averiad[oa]s?|dano|mojad[oa]s?|golpead[oa]s?|aplastad[oa]s?`),
	noted(paper.Refused, true, `(?:load|freight|shipment|delivery|order) (?:was )?(?:refused|rejected)|(?:refused|rejected) by (?:the )?(?:receiver|consignee|customer)|(?:carga|entrega) (?:rechazada|rehusada)`),
	noted(paper.Refused, false, `refused|refusal|rejected|rehusad[oa]|rechazad[oa]|rechazo|delivery refused|se rehusa|not accepted|no aceptad[oa]|turned away`),
	noted(paper.Short, false, `short|shortage|missing|faltantes?|falta mercancia`),
	noted(paper.Over, false, `overage|over|sobrantes?`),
	noted(paper.SLC, true, `s ?l ?c|s l and c|s l c|sl c|shippers? ?s? load,? (?:and )?(?:stow(?:age)? (?:and )?)?count|shippers? load stow and count|carga y conteo (?:del|por el) (?:remitente|embarcador)|shipper load count|shippers? weight load and count|load (?:and |stow |\w )?count|shippers? \w{3,4} (?:\w )?count|cargado y contado por (?:el )?(?:remitente|embarcador)`),
	noted(paper.STC, true, `s ?t ?c|said to contain|dice contener|subject to (?:shipper s |piece |receiver s )?count|subject to (?:re ?)?count(?:ing)?|sujeto a (?:re)?conteo|sujeto a recuento|s t count|pending count|sub to count`),
}

// against: words that make a line a rule, a question or a heading, not a note on this delivery.
var (
	negated   = regexp.MustCompile(`\b(?:no|not|none|without|nil|zero|0|free of|sin|ningun[oa]?|nada|never|n a)\b(?: \w+){0,2}? (?:short\w*|over\w*|damage\w*|dmg\w*|missing|exceptions?|refus\w*|reject\w*|danos?|danad\w*|faltantes?|sobrantes?|averias?|crushed|wet|broken|torn|rehus\w*|rechaz\w*)`)
	nothing   = regexp.MustCompile(`\b(?:short\w*|over\w*|damages?d?|missing|exceptions?|refused|rejected|danos?|danad\w*|faltantes?|sobrantes?|averias?|rechazad\w*)\b(?: (?:pieces|pcs|cartons|qty|count|noted|items|cases))? ?(?:none|no|nil|zero|n a|0+|na|ningun[oa]?|nada|sin novedad)\b`)
	legend    = regexp.MustCompile(`\b(?:must|should|shall|will|may|any|if|unless|report|reporte|claims?|reclam\w*|responsib\w*|liab\w*|except|excepto|salvo|subject to the|deben?|debera\w*|cualquier|si hay|please|favor|note all|noted on|check one|circle|reserves?|right|within|hours|days|dias|conditions?|tariffs?|policy|inspect|prior to|before|antes|carrier is|terms|agreed|allowed|call|llame|mark|write|list|describe|describa|anote|indique|notify|avise|cannot|not be|in case|en caso|or damaged|or short|yes no|y n|si no|types?|section|codes?|legend|form)\b`)
	onlyHead  = regexp.MustCompile(`^(?:over|short|shortage|overage|damaged?|damages|shortages|overages|refused|exceptions?|s|o|d|and|y|e|qty|count|pcs|pieces|cartons|description|faltantes?|sobrantes?|danos?|danad[oa]s?|averias?|rechazad[oa]s?|total|short form|notes?|remarks|condition|osd|number|no|of|billed|received|type|kind|condicion|cantidad)(?: (?:over|short|shortage|overage|damaged?|damages|shortages|overages|refused|exceptions?|s|o|d|and|y|e|qty|count|pcs|pieces|cartons|description|faltantes?|sobrantes?|danos?|danad[oa]s?|averias?|rechazad[oa]s?|total|form|notes?|remarks|condition|osd|number|no|of|billed|received|type|kind|condicion|cantidad))*$`)
	options   = regexp.MustCompile(`\b(?:by shipper|by driver|driver pallets|driver pieces|pallets said to contain|por embarcador|por operador|by receiver)\b`)
	refusedBy = regexp.MustCompile(`\b(?:refused|rejected) by\b`)
	prefix    = regexp.MustCompile(`^(?:exceptions?|notes?|remarks|comments?|notation|osd|os d|observaciones|excepciones|notas|condition|damage(?:s|d)? (?:noted|description)|discrepanc(?:y|ies)|reason|motivo|comentarios)\b ?`)
)

// longestNote is how many words a note has at most where it gives no number; longer lines are the form's own.
const longestNote = 9

// notations reads exceptions and reservations, line by line; those with a box to tick count when it is ticked.
func (f *finder) notations() {
	k := inkOf(f.sheet.page.Grey)
	for i, r := range f.sheet.rows {
		var inStamp []token // widely spaced as a stamp's letters are, its line is one
		for _, cell := range f.writtenTogether(r) {
			switch {
			case f.stampedAt(boxOf(cell)):
				inStamp = append(inStamp, cell...)
			case !f.ticked(k, cell):
				f.noteIn(i, cell)
			}
		}
		if len(inStamp) > 0 {
			f.noteIn(i, inStamp)
		}
	}
}

// Writing is larger than print, and its words stand wider apart than those of a printed line.
const (
	largeWriting = 1.4 // lines: from here on a word is no print but of a title
	writtenApart = 1.6 // of its own height: from here on two words do not belong together
)

// writtenTogether are the cells of a row, those that are one line of writing joined.
func (f *finder) writtenTogether(r row) (out [][]token) {
	for _, cell := range r.cells() {
		last := len(out) - 1
		if last >= 0 && f.large(out[last]) && f.large(cell) {
			before, box := boxOf(out[last]), boxOf(cell)
			if f.sheet.across(before[2], box[0]) < writtenApart*min(before[3]-before[1], box[3]-box[1]) {
				out[last] = append(out[last][:len(out[last]):len(out[last])], cell...)
				continue
			}
		}
		out = append(out, cell)
	}
	return out
}

// large tells whether all words of a cell are as large as writing; a dash is as small as it is anywhere.
func (f *finder) large(cell []token) bool {
	some := false
	for _, t := range cell {
		if len(t.key) < 2 {
			continue
		}
		if some = t.box[3]-t.box[1] >= largeWriting*f.sheet.height; !some {
			return false
		}
	}
	return some
}

func (f *finder) noteIn(row int, cell []token) {
	line := asWritten(cell, f.likeness(cell))
	if line == "" || onlyHead.MatchString(line) && !f.saysByItself(cell) || negated.MatchString(line) || nothing.MatchString(line) || options.MatchString(line) && !refusedBy.MatchString(line) {
		return
	}
	if listed(line) {
		return
	}
	byItself := f.saysByItself(cell)
	body := prefix.ReplaceAllString(line, "")
	words := len(strings.Fields(body))
	plain := prefix.ReplaceAllString(asWritten(cell, f.plainly(cell)), "")
	for _, w := range wordings {
		at := w.form.FindStringIndex(body)
		if at == nil || f.hasNote(w.kind) {
			continue
		}
		rule := legend.MatchString(body) || words > 14
		if w.kind == paper.SLC || w.kind == paper.STC {
			rule = words > longestNote && strings.Contains(body, " the ") || strings.Contains(body, " not ")
		}
		if rule || !w.alone && (words > longestNote || !w.form.MatchString(plain) || !byItself && !f.stands(row, cell, body, w)) {
			continue
		}
		if !w.alone && f.kind == paper.OSD && f.isTitle(row) {
			continue
		}
		f.notes = append(f.notes, paper.Notation{Kind: w.kind, Text: strings.TrimSpace(textOf(cell)), Page: f.sheet.page.Number, Box: boxOf(cell)})
		if w.kind != paper.SLC && w.kind != paper.STC {
			return
		}
	}
}

// saysByItself tells whether a cell is no heading of the form whatever it says: it is stamped on it, or written below the head of
// the page, larger than print.
func (f *finder) saysByItself(cell []token) bool {
	return f.stampedAt(boxOf(cell)) || f.large(cell) && len(cell) <= longestNote && boxOf(cell)[1] > f.sheet.rows[0].box[1]+headOfPage && !f.isTitle(cell[0].row)
}

// headOfPage is how much of a page its title and what stands beside it may take.
const headOfPage = 0.15

// noteWords are what unsure words of a note are read as when they are nearly alike.
var noteWords = strings.Fields("short shortage damaged damage refused refuse rejected missing overage cases cartons pallets pieces boxes crushed corner subject count contain shipper load torn broken faltante faltantes sobrante danado danados danada danadas rehusado rechazado mojado cajas bultos tarimas piezas conteo sujeto carton case wrong item items ctns driver")

// likeness is how far the words of a note may be from what was read: by the word's own length and how sure it was read.
type likeness func(t token, word string) (most int)

// likeness is how near a word behind or before a count has to be. In writing that stands by itself it may be farther off.
func (f *finder) likeness(cell []token) likeness {
	scrawl := f.scrawl && hasDigit(cell[0].text)
	asked := f.asksForPen(cell)
	return func(t token, word string) int {
		switch {
		case t.sure >= 0.93 || len(word) < 4 || asked:
			return 0
		case len(word) >= 6 && (f.scrawl || t.sure < surelyPrinted) || scrawl && len(word) == 5:
			return 2
		}
		return 1
	}
}

// asksForPen tells whether a cell begins with the label of a field that is filled in by hand: what follows is its value.
func (f *finder) asksForPen(cell []token) bool {
	return slices.ContainsFunc(f.sheet.labels, func(l found) bool {
		return l.row == cell[0].row && slices.Contains(penned, l.field) && l.box[0] < cell[0].box[2] && l.box[2] > cell[0].box[0]
	})
}

// surelyPrinted is from which on a word of print is at most one letter off: it is a name ("Bremen"), not a remark ("broken").
const surelyPrinted = 0.75

// plainly is how near a word has to be that is a remark without any count: nothing but itself in a cell that a label asks for,
// one letter off elsewhere, two in a long word of writing that stands by itself.
func (f *finder) plainly(cell []token) likeness {
	labelled := slices.ContainsFunc(cell, func(t token) bool { return t.known })
	return func(t token, word string) int {
		switch {
		case t.sure >= 0.93 || labelled || len(word) < 5 || !f.scrawl && t.sure < barelyRead:
			return 0
		case f.scrawl && len(word) >= 7:
			return 2
		}
		return 1
	}
}

// barelyRead is below which a word of print is a blot.
const barelyRead = 0.3

// asWritten is a cell as wordings are compared; words that OCR was not sure of are read as the nearest word of a note.
func asWritten(cell []token, near likeness) string {
	var b strings.Builder
	for _, t := range cell {
		for _, w := range strings.Fields(asProse(t.text)) {
			b.WriteString(nearestNote(w, func(word string) int { return near(t, word) }) + " ")
		}
	}
	return strings.TrimSpace(b.String())
}

func nearestNote(w string, mostOff func(word string) int) string {
	best, least := w, 3
	if len(w) < 4 || distinct(w) < fewestLetters {
		return w
	}
	for _, n := range noteWords {
		most := mostOff(n)
		if d := distance(looks(w), looks(n), most); d <= most && d < least {
			best, least = n, d
		}
	}
	return best
}

// fewestLetters are the different letters that a word of a note has at least: strokes of a frame are read as one or two ("anaaa").
const fewestLetters = 3

// distinct counts the different letters of a word.
func distinct(w string) int {
	seen := map[rune]bool{}
	for _, r := range w {
		seen[r] = true
	}
	return len(seen)
}

var kindWords = []*regexp.Regexp{regexp.MustCompile(`\b(?:short\w*|missing|faltantes?)\b`), regexp.MustCompile(`\b(?:over\w*|sobrantes?)\b`),
	regexp.MustCompile(`\b(?:damage\w*|danos?|averias?|danad\w*)\b`), regexp.MustCompile(`\b(?:refus\w*|reject\w*|rechaz\w*)\b`)}

// listed tells whether a line names several kinds of exception and no count: that is a form asking.
func listed(line string) bool {
	n := 0
	for _, k := range kindWords {
		if k.MatchString(line) {
			n++
		}
	}
	return n >= 2 && digits(line) == 0
}

// stands tells whether wording without a number is the point of its line: it begins it or is most of it.
func (f *finder) stands(row int, cell []token, body string, w wording) bool {
	if f.isTitle(row) || f.sheet.rows[row].box[1] < 0.06 {
		return false
	}
	if last := cell[len(cell)-1].text; strings.HasSuffix(last, ":") || strings.HasSuffix(last, "?") {
		return false // asks for a value
	}
	said := 0
	all := w.form.FindAllStringIndex(body, -1)
	for _, at := range all {
		said += at[1] - at[0]
	}
	return all[0][0] == 0 && said*4 >= len(body) || said*2 >= len(body)
}

// isTitle tells whether a row is a title: on top, before any number.
func (f *finder) isTitle(row int) bool {
	top := f.sheet.rows[0].box[1]
	for _, r := range f.sheet.rows[:row] {
		if digits(textOf(r.tokens)) >= 4 {
			return false
		}
	}
	for _, cell := range f.sheet.rows[row].cells() {
		if f.titleWeight(row, cell, top) >= 0.7 && f.sheet.rows[row].box[1] < top+0.12 {
			return true
		}
	}
	return false
}

func (f *finder) hasNote(kind string) bool {
	for _, n := range f.notes {
		if n.Kind == kind {
			return true
		}
	}
	return false
}

// unruled is a note's text without the lines of the form beside it, which are read as bars.
func unruled(text string) string { return strings.Trim(text, " |¦_[]") }
