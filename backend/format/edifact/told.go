package edifact

import (
	"cmp"
	"slices"
	"strings"

	"tracedesk/backend/freight"
)

// told gathers what a message says, for the readers of all kinds.
type told struct {
	m       *message
	opt     *Options
	at      int   // number of the segment that is read
	origins []int // number of the segment of each claim, in the order of the observations
}

// claim is a claim with the number of the segment that tells it.
type claim struct {
	freight.Claim
	at int
}

// claims is a list of them.
type claims struct{ all []claim }

func (t *told) add(to *claims, c freight.Claim) { to.all = append(to.all, claim{c, t.at}) }

// keep adds something said of the load.
func (t *told) keep(to *claims, fact freight.Fact, v freight.Value) {
	t.add(to, freight.Claim{Fact: fact, Value: v})
}

// mostKept is how many segments without a reader of their own are kept with a load. The rest stands in the file.
const mostKept = 500

// other keeps a segment that has no reader of its own.
func (t *told) other(to *claims, s *segment) {
	if tag := s.tag(); len(tag) != 3 || !allCapitals([]byte(tag[:1])) {
		t.m.fail(s, 0, 0, "this is no segment: expected a name of three letters; it was passed over and the rest read")
		return
	}
	if len(to.all) >= mostKept {
		t.m.notes.add("a message has more details than are kept with its load; they stand in the file", t.m.where())
		return
	}
	t.keep(to, freight.FactOther, freight.Value{Type: s.tag(), Text: s.raw()})
}

// observation makes one of lists of claims.
func (t *told) observation(number int, text string, names []freight.Reference, lists ...[]claim) freight.Observation {
	o := freight.Observation{Source: t.m.source, Channel: freight.ByFile, Names: names, Raw: t.m.place(number), Text: text}
	for _, list := range lists {
		for i := range list {
			o.Claims = append(o.Claims, list[i].Claim)
			t.origins = append(t.origins, list[i].at)
		}
	}
	return o
}

// row is what a code of a list means, by the partner's settings first. Longer writings of the same code come before the code.
func (t *told) row(list string, codes ...string) (code string, m *meaning) {
	code = t.m.partner.alias(list, codes...)
	return code, book().row(list, code)
}

// reference reads an RFF.
func (t *told) reference(s *segment) (freight.Reference, bool) {
	written, value := strings.ToUpper(s.part(1, 1)), s.part(1, 2)
	if value == "" {
		return freight.Reference{}, false
	}
	code, m := t.row("1153", written)
	ref := freight.Reference{Type: freight.RefType(m.to()), Value: value}
	if _, known := freight.ParseRefType(m.to()); !known {
		ref.Type = freight.RefOther
	}
	if ref.Type == freight.RefOther || code != written {
		ref.Note = written
	}
	if code == "EQ" && !containerNumber(value) {
		ref.Type, ref.Note = freight.RefOther, written
	}
	return ref, true
}

// containerNumber reports whether a number is a container's: four letters, the last U, J or Z, and six or seven digits (ISO 6346).
func containerNumber(s string) bool {
	s = freight.NormalRef(s)
	if len(s) != 10 && len(s) != 11 || !allCapitals([]byte(s[:4])) || !digits(s[4:]) {
		return false
	}
	return s[3] == 'U' || s[3] == 'J' || s[3] == 'Z'
}

// strength is how well a kind of number names a load, the strongest first.
var strength = map[freight.RefType]int{freight.RefLoad: 1, freight.RefPRO: 2, freight.RefBOL: 3, freight.RefBooking: 4, freight.RefOrder: 5, freight.RefDelivery: 6,
	freight.RefPO: 7, freight.RefPickup: 8, freight.RefContainer: 9, freight.RefTrailer: 10, freight.RefAppointment: 11, freight.RefOther: 12}

// maxNames is how many references name an observation; a load is found by fewer.
const maxNames = 32

// names are lists of references as one, each once, the strongest first.
func names(lists ...[]freight.Reference) []freight.Reference {
	var all []freight.Reference
	for _, list := range lists {
		for _, ref := range list {
			if !slices.ContainsFunc(all, func(k freight.Reference) bool { return k.Type == ref.Type && k.Value == ref.Value }) {
				all = append(all, ref)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b freight.Reference) int { return cmp.Compare(strength[a.Type], strength[b.Type]) })
	return all[:min(len(all), maxNames)]
}

func referenceValue(r freight.Reference) freight.Value {
	return freight.Value{Type: string(r.Type), Text: r.Value, Scope: r.Scope, Note: r.Note}
}

// where reads a LOC: the place by its code, its name, or both.
func (t *told) where(s *segment) freight.Place {
	return t.location(s.part(2, 1), s.part(2, 4))
}

// location is a place by a UN/LOCODE, a name, or both. A code that no table knows stands for itself, with its country.
func (t *told) location(code, name string) freight.Place {
	if isLocode(code) {
		if t.opt.Locode != nil {
			if place, ok := t.opt.Locode(strings.ToUpper(code)); ok {
				return place
			}
		}
		name = strings.TrimSpace(strings.TrimPrefix(name, code))
		place := freight.Place{City: name, Country: strings.ToUpper(code[:2])}
		if name == "" {
			place.Facility = strings.ToUpper(code)
		}
		return place
	}
	if name != "" {
		return freight.Place{City: name, Facility: code}
	}
	if digits(code) {
		return freight.Place{Facility: code} // a GLN, or a number between partners
	}
	return freight.Place{City: code}
}

// isLocode reports whether a code has the form of a UN/LOCODE: two letters of the country and three letters or digits from 2.
func isLocode(s string) bool {
	if len(s) != 5 {
		return false
	}
	for i := range len(s) {
		letter := s[i] >= 'A' && s[i] <= 'Z' || s[i] >= 'a' && s[i] <= 'z'
		if !letter && (i < 2 || s[i] < '2' || s[i] > '9') {
			return false
		}
	}
	return true
}

// party reads a NAD: name and address, structured or in lines.
func party(s *segment) freight.Place {
	p := freight.Place{Facility: strings.Join(s.parts(4), " "), Address: strings.Join(s.parts(5), ", "), City: s.at(6), State: s.at(7), Postal: s.at(8), Country: strings.ToUpper(s.at(9))}
	lines := s.parts(3)
	if p.Facility == "" && len(lines) > 0 {
		p.Facility, lines = lines[0], lines[1:]
	}
	if p.Address == "" {
		p.Address = strings.Join(lines, ", ")
	}
	return p
}

// scac is the carrier code in a composite of a code, its list and its agency, where it is one of the NMFTA (SCAC).
func scac(s *segment, element int) string {
	code, agency := strings.ToUpper(s.part(element, 1)), s.part(element, 3)
	if len(code) >= 2 && len(code) <= 4 && allCapitals([]byte(code)) && (agency == "182" || agency == "166") {
		return code
	}
	return ""
}

// says joins what is said with blanks.
func says(parts ...string) string {
	kept := parts[:0:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, " ")
}

const unknownCode = "unknown code"

func words(m *meaning) string {
	if m == nil {
		return unknownCode
	}
	return m.words
}
