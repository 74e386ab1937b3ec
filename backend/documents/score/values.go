package score

import (
	"slices"
	"strings"
	"unicode"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/freight"
)

// values scores the fields of one document. A document of several pages has a value rightly when any of its pages has it.
func (s *scoring) values(f *File, t *Document, pages []*Page, d *paper.Document) {
	want := map[string][]Value{}
	for _, p := range pages {
		for name, v := range p.Fields {
			want[name] = append(want[name], v)
		}
	}
	for _, name := range fieldOrder {
		s.value(f, t, name, want[name], d.Fields[name])
	}
}

func (s *scoring) value(f *File, t *Document, name string, want []Value, got []paper.Value) {
	if len(want) > 0 && want[0].Value == "" {
		return // printed, but its normal value is not told
	}
	field := s.fields[name]
	if field == nil {
		field = &Field{Name: name}
		s.fields[name] = field
	}
	count := &field.Typed
	first := ""
	if len(got) > 0 {
		first = got[0].Value
	}
	if len(want) > 0 && want[0].Hand || len(want) == 0 && len(got) > 0 && got[0].Hand {
		count = &field.Hand
	}
	n := Count{}
	if len(want) > 0 {
		n.Truth = 1
	}
	if first != "" {
		n.Given = 1
	}
	if first != "" && slices.ContainsFunc(want, func(v Value) bool { return equal(name, v.Value, first) }) {
		n.Right = 1
	}
	count.add(n)
	if n.Truth != n.Right || n.Given != n.Right {
		wanted := ""
		if len(want) > 0 {
			wanted = want[0].Value
		}
		s.miss(f, t.Pages[0], name, wanted, first, count == &field.Hand)
	}
}

// equal compares two values of a field in their normal forms.
func equal(field, a, b string) bool {
	switch field {
	case paper.Load, paper.Bill, paper.PRO, paper.PO, paper.SCAC, paper.Trailer, paper.Seal, paper.Receipt:
		return freight.NormalRef(a) == freight.NormalRef(b)
	case paper.Shipper, paper.ShipperAddr, paper.Consignee, paper.ConsigneeAddr, paper.Carrier, paper.Name:
		return plain(a) == plain(b)
	case paper.Pieces, paper.Pallets, paper.Weighed, paper.Gross, paper.Amount:
		return strings.ReplaceAll(a, ",", "") == strings.ReplaceAll(b, ",", "")
	}
	return a == b
}

// plain is a name or address as words without marks, in lower case.
func plain(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	return strings.Join(words, " ")
}
