package x12

import (
	"strings"

	"tracedesk/backend/freight"
)

// stock hands out memory for what a reader yields, in pieces cut from larger ones: a set has a dozen claims and names,
// and asking for each would cost more than reading them. What was handed out is never written again.
type stock struct {
	claims       []freight.Claim // those of the open observation are claims[first:]
	first        int
	observations []freight.Observation
	names        []freight.Reference
	text         *strings.Builder
}

const (
	claimsAtOnce       = 48
	observationsAtOnce = 64
	namesAtOnce        = 128
	textAtOnce         = 8 << 10
)

// claim adds an empty claim to the open observation and returns it; good until the next call.
func (s *stock) claim() *freight.Claim {
	n := len(s.claims)
	if n == cap(s.claims) {
		grown := make([]freight.Claim, n-s.first, max(claimsAtOnce, 2*(n-s.first)))
		copy(grown, s.claims[s.first:])
		s.claims, s.first, n = grown, 0, len(grown)
	}
	s.claims = s.claims[:n+1]
	return &s.claims[n]
}

// taken are the claims of the open observation, which is thereby closed.
func (s *stock) taken() []freight.Claim {
	out := s.claims[s.first:len(s.claims):len(s.claims)]
	s.first = len(s.claims)
	return out
}

// some are n empty observations.
func (s *stock) some(n int) []freight.Observation {
	if n > cap(s.observations)-len(s.observations) {
		s.observations = make([]freight.Observation, 0, max(n, observationsAtOnce))
	}
	from := len(s.observations)
	s.observations = s.observations[:from+n]
	return s.observations[from : from+n : from+n]
}

// nameList has room for n names.
func (s *stock) nameList(n int) []freight.Reference {
	if n > cap(s.names)-len(s.names) {
		s.names = make([]freight.Reference, 0, max(n, namesAtOnce))
	}
	from := len(s.names)
	s.names = s.names[:from+n]
	return s.names[from : from : from+n]
}

// join is its parts in a row.
func (s *stock) join(parts ...string) string {
	n := 0
	for _, p := range parts {
		n += len(p)
	}
	if s.text == nil || s.text.Cap()-s.text.Len() < n {
		s.text = &strings.Builder{}
		s.text.Grow(max(n, textAtOnce))
	}
	from := s.text.Len()
	for _, p := range parts {
		s.text.WriteString(p)
	}
	return s.text.String()[from:]
}
