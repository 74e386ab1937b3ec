package x12

import (
	"io"
	"iter"
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
				if el := &s.Elements[i]; el.Unknown && !yield(UnknownCode{sender, el.Number, upper(el.Value), s.Raw}, nil) {
					return
				}
			}
		}
	}
}
