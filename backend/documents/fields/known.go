package fields

import (
	"maps"
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// refFields are the fields whose values are numbers that a load is known by.
var refFields = []string{paper.Load, paper.Bill, paper.PRO, paper.PO, paper.Seal, paper.Trailer}

// Known is what the desk knows of its open loads, made ready for reading: their numbers by field, the shapes such numbers
// have, and the names and addresses of their parties. It is read only after Learn and safe for many goroutines.
type Known struct {
	loads  []paper.Expected
	exact  map[string]map[string][]int // field -> squashed value -> loads
	folded map[string]map[string][]string
	shape  map[string]map[string]string // field -> shape of the squashed value -> the shape as printed
	counts map[string]map[string]int
	starts map[string]map[string]bool // field -> letters a value begins with
	people map[string][]party         // shipper, consignee, carrier
	scacs  map[string]bool
	named  map[string]bool // words of parties' names
}

// party is a name that is known, with its address where there is one.
type party struct {
	name, addr string
	words      []string
}

// Learn makes the loads ready. Without loads pages are read by labels alone.
func Learn(loads []paper.Expected) *Known {
	k := &Known{loads: loads, exact: map[string]map[string][]int{}, folded: map[string]map[string][]string{},
		shape: map[string]map[string]string{}, counts: map[string]map[string]int{}, starts: map[string]map[string]bool{},
		people: map[string][]party{}, scacs: map[string]bool{}, named: map[string]bool{}}
	for _, f := range refFields {
		k.exact[f], k.folded[f], k.shape[f] = map[string][]int{}, map[string][]string{}, map[string]string{}
		k.counts[f], k.starts[f] = map[string]int{}, map[string]bool{}
	}
	seen := map[string]bool{}
	for i, l := range loads {
		k.addRef(paper.Load, l.Load, i)
		for _, f := range refFields {
			k.addRef(f, l.Values[f], i)
			for _, v := range l.Also[f] {
				k.addRef(f, v, i)
			}
		}
		if s := squash(l.Values[paper.SCAC]); s != "" {
			k.scacs[s] = true
		}
		for _, role := range [][2]string{{paper.Shipper, paper.ShipperAddr}, {paper.Consignee, paper.ConsigneeAddr}, {paper.Carrier, ""}} {
			k.addParty(role[0], l.Values[role[0]], l.Values[role[1]], seen)
			for _, alias := range l.Also[role[0]] {
				k.addParty(role[0], alias, l.Values[role[1]], seen)
			}
		}
	}
	return k
}

func (k *Known) addRef(field, value string, load int) {
	norm := squash(value)
	if len(norm) < 3 || slices.Contains(k.exact[field][norm], load) {
		return
	}
	if len(k.exact[field][norm]) == 0 {
		k.folded[field][fold(norm)] = append(k.folded[field][fold(norm)], norm)
		shape := shapeOf(norm)
		k.counts[field][shape]++
		k.shape[field][shape] = value
		if p := leadingLetters(norm); p != "" {
			k.starts[field][p] = true
		}
	}
	k.exact[field][norm] = append(k.exact[field][norm], load)
}

func (k *Known) addParty(role, name, addr string, seen map[string]bool) {
	kind := paper.Carrier
	if role != paper.Carrier {
		kind = paper.Shipper // whoever ships today receives tomorrow
	}
	words := nameWords(name)
	id := kind + "|" + strings.Join(words, " ") + "|" + addr
	if len(words) == 0 || seen[id] {
		return
	}
	seen[id] = true
	for _, w := range words {
		k.named[w] = true
	}
	k.people[kind] = append(k.people[kind], party{name: name, addr: addr, words: words})
}

func nameWords(name string) []string {
	var out []string
	for _, w := range strings.Fields(name) {
		if key := keyOf(w); key != "" {
			out = append(out, key)
		}
	}
	return out
}

// fold takes characters that OCR confuses for one. No two digits are taken for one: a number one digit apart stays another.
func fold(norm string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case 'O', 'Q', 'D', 'U', 'C':
			return '0'
		case 'I', 'L':
			return '1'
		case 'Z':
			return '2'
		case 'S':
			return '5'
		case 'G':
			return '6'
		case 'B':
			return '8'
		}
		return r
	}, norm)
}

// shapeOf writes every letter as A but keeps leading letters, and every digit as 9.
func shapeOf(norm string) string {
	lead := len(leadingLetters(norm))
	return norm[:lead] + strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '9'
		}
		return 'A'
	}, norm[lead:])
}

func leadingLetters(norm string) string {
	for i, r := range norm {
		if r >= '0' && r <= '9' {
			return norm[:i]
		}
	}
	return norm
}

func (k *Known) has(field, norm string) bool { return len(k.exact[field][norm]) > 0 }

func (k *Known) shapes(field string) int {
	n := 0
	for _, c := range k.counts[field] {
		n += c
	}
	return n
}

func (k *Known) prefix(field, letters string) bool { return k.starts[field][letters] }

// shaped tells whether known values of the field have this one's shape.
func (k *Known) shaped(field, norm string) bool { return k.counts[field][shapeOf(norm)] > 0 }

// shapedLikeOther tells whether the value has the shape of another field's values and not of this one's.
func (k *Known) shapedLikeOther(field, norm string) bool {
	if k.counts[field] == nil || k.shaped(field, norm) {
		return false
	}
	for _, other := range refFields {
		if other != field && other != paper.Trailer && k.shaped(other, norm) {
			return true
		}
	}
	return false
}

// ofOther tells whether the value is known as another field's.
func (k *Known) ofOther(field, norm string) bool {
	return slices.ContainsFunc(refFields, func(other string) bool { return other != field && k.has(other, norm) })
}

// reshape reads a value in the shape that known values of its field have: letters that look like digits become digits
// where digits belong, the letters in front that all values of a shape have stand where digits that look like them were read,
// separators go where they are printed. The digits themselves are never changed. Where two shapes fit, neither is taken.
func (k *Known) reshape(field, value string) (string, bool) {
	norm := squash(value)
	if k.shaped(field, norm) {
		return k.print(field, norm), true
	}
	found := ""
	for _, shape := range slices.Sorted(maps.Keys(k.counts[field])) {
		out, ok := inShape(norm, shape)
		if !ok || !k.shaped(field, out) || out == found {
			continue
		}
		if found != "" {
			return value, false
		}
		found = out
	}
	if found == "" {
		return value, false
	}
	return k.print(field, found), true
}

// leadLooks are the digits and letters that a letter in front of a number is read as, besides those that fold takes for it.
var leadLooks = map[byte]string{'T': "17I", 'A': "4", 'Y': "7V", 'F': "7", 'P': "9", 'E': "8", 'J': "1", 'Q': "9", 'Z': "7", 'G': "9"}

// inShape writes a number as a shape has it, where nothing but likeness is in the way.
func inShape(norm, shape string) (string, bool) {
	if len(shape) != len(norm) {
		return "", false
	}
	lead := len(leadingLetters(shape))
	out := []byte(norm)
	for i := range out {
		isDigit := out[i] >= '0' && out[i] <= '9'
		switch {
		case shape[i] == '9' && !isDigit:
			d := fold(string(out[i]))
			if d[0] > '9' {
				return "", false
			}
			out[i] = d[0]
		case i < lead && out[i] != shape[i]:
			if fold(string(out[i])) != fold(string(shape[i])) && strings.IndexByte(leadLooks[shape[i]], out[i]) < 0 {
				return "", false
			}
			out[i] = shape[i]
		case shape[i] == 'A' && i >= lead && isDigit:
			return "", false
		}
	}
	return string(out), true
}

// print sets the separators that known values of this shape have.
func (k *Known) print(field, norm string) string {
	like := k.shape[field][shapeOf(norm)]
	var b strings.Builder
	at := 0
	for _, r := range strings.ToUpper(like) {
		if r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			if at < len(norm) {
				b.WriteByte(norm[at])
				at++
			}
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// lookup finds the known value that a printed one is: itself, or the only one that OCR could have read so.
func (k *Known) lookup(field, norm string) (value string, exact bool) {
	if k.has(field, norm) {
		return norm, true
	}
	if like := k.folded[field][fold(norm)]; len(like) == 1 {
		return like[0], false
	}
	return k.slip(field, norm), false
}

// slip finds the only known value that a printed one of an unknown shape is by one character too many or too few: OCR
// takes rules and specks for characters. A printed value of a known shape is never changed so.
func (k *Known) slip(field, norm string) string {
	if len(norm) < 5 || k.counts[field] == nil || k.shaped(field, norm) {
		return ""
	}
	a, found := fold(norm), ""
	for _, v := range slices.Sorted(maps.Keys(k.exact[field])) {
		if d := len(v) - len(norm); d != 1 && d != -1 || distance(a, fold(v), 1) > 1 {
			continue
		}
		if found != "" {
			return ""
		}
		found = v
	}
	return found
}

// bare finds the only known value that a number is without the letters in front, which stand there as a label: "PO 08668" for PO-08668.
func (k *Known) bare(field, norm string) string {
	if len(norm) < 5 || digits(norm) < len(norm) || k.has(field, norm) {
		return ""
	}
	found := ""
	for _, v := range slices.Sorted(maps.Keys(k.exact[field])) {
		if lead := leadingLetters(v); lead == "" || v[len(lead):] != norm {
			continue
		}
		if found != "" {
			return ""
		}
		found = v
	}
	return found
}

func differ(a, b string) int {
	n := 0
	for i := range a {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}
