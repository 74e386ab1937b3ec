package board

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
)

// matcher tests entries against a filter; what can be prepared once is.
type matcher struct {
	f      Filter
	words  []string
	number string // the whole text as a reference
	levels []int8
	by     int64 // Unix nanoseconds: Filter.Within from now
	since  int64 // Unix nanoseconds: Filter.Silent before now
}

func newMatcher(f Filter, now time.Time) matcher {
	m := matcher{f: f, words: strings.Fields(foldText(f.Text)), number: freight.NormalRef(f.Text)}
	if f.Within > 0 {
		m.by = now.Add(time.Duration(f.Within) * time.Minute).UnixNano()
	}
	if f.Silent > 0 {
		m.since = now.Add(-time.Duration(f.Silent) * time.Minute).UnixNano()
	}
	for _, l := range f.Levels {
		m.levels = append(m.levels, int8(l.Rank()))
	}
	return m
}

// foldText is text without case and accents, for filtering as one types.
func foldText(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			plain = false
			break
		}
	}
	if plain {
		return strings.ToLower(s)
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(ledger.FoldWords(s)) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// level reports whether the entry stands at a level that was asked for.
func (m *matcher) level(e *entry) bool {
	return len(m.levels) == 0 || slices.Contains(m.levels, e.level)
}

// matches tests everything but the level, so that the lanes can be counted beside the choice.
func (m *matcher) matches(e *entry) bool {
	return m.text(e) && among(m.f.Customers, e.customer) && among(m.f.Carriers, e.carrier) && among(m.f.States, e.state) && m.papers(e) &&
		(m.f.Owner == "" || strings.EqualFold(m.f.Owner, e.owner)) && m.flags(e) && m.times(e)
}

// flags: the load carries one of those asked for.
func (m *matcher) flags(e *entry) bool {
	return len(m.f.Flags) == 0 || slices.ContainsFunc(m.f.Flags, func(f string) bool { return slices.Contains(e.flags, f) })
}

// times: something is due soon enough, nothing was heard for long enough. What is not known is neither.
func (m *matcher) times(e *entry) bool {
	if m.by != 0 && (e.window == 0 || e.window > m.by) && (e.eta == 0 || e.eta > m.by) {
		return false
	}
	return m.since == 0 || e.news < m.since
}

func among[T comparable](list []T, v T) bool { return len(list) == 0 || slices.Contains(list, v) }

// text: every word occurs in the row's words, or the whole is part of one of its numbers.
func (m *matcher) text(e *entry) bool {
	if len(m.words) == 0 {
		return true
	}
	if len(m.number) >= 3 && strings.Contains(e.refs, m.number) {
		return true
	}
	for _, w := range m.words {
		if !strings.Contains(e.text, w) {
			return false
		}
	}
	return true
}

func (m *matcher) papers(e *entry) bool {
	if len(m.f.Papers) == 0 {
		return true
	}
	for _, p := range m.f.Papers {
		if hasPaper(e, p) {
			return true
		}
	}
	return false
}

func hasPaper(e *entry, p PaperFilter) bool {
	switch p {
	case PODMissing:
		return e.state.Done() && (e.pod == freight.PaperMissing || e.pod == "")
	case PODReceived:
		return e.pod == freight.PaperReceived
	case PODVerified:
		return e.pod == freight.PaperVerified
	case POPMissing:
		return e.pop == freight.PaperMissing || e.pop == ""
	}
	return false
}

func nanos(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}
