package edifact

import (
	"io"
	"iter"
	"strings"

	"tracedesk/backend/freight"
)

// UnknownCode is a code of a list that the desk maps, without a meaning.
type UnknownCode struct {
	Partner string // the interchange's sender
	List    string // number of the data element
	Code    string
	Segment string // as received
}

// Unknowns yields the codes of a stream that have no meaning, as often as they occur.
func Unknowns(r io.Reader, opt Options) iter.Seq2[UnknownCode, error] {
	return func(yield func(UnknownCode, error) bool) {
		sender := ""
		settings := opt.Partner
		opt.Partner = func(id string) *Partner {
			sender = id
			if settings == nil {
				return nil
			}
			return settings(id)
		}
		for s, err := range Explain(r, opt) {
			if err != nil {
				yield(UnknownCode{}, err)
				return
			}
			for i := range s.Elements {
				if el := &s.Elements[i]; el.Unknown && !yield(UnknownCode{sender, el.Number, written(s, el), s.Raw}, nil) {
					return
				}
			}
		}
	}
}

// written is a code as it can be given a meaning: of a status with a list or an agency of its own, with these (P::HS).
func written(s *freight.Explained, el *freight.ExplainedElement) string {
	parts := map[string]string{}
	for i := range s.Elements {
		if other := &s.Elements[i]; other.N == el.N {
			parts[other.Number] = other.Value
		}
	}
	code := strings.ToUpper(el.Value)
	if el.Number == "9011" && parts["1131"]+parts["3055"] != "" {
		code += ":" + parts["1131"] + ":" + parts["3055"]
	}
	return strings.TrimRight(code, ":")
}
