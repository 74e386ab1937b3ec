package ledger

import (
	"errors"
	"maps"
	"slices"

	"tracedesk/backend/freight"
	rules "tracedesk/backend/match"
	"tracedesk/backend/store"
)

// match is where an observation belongs.
type match struct {
	load       int64
	terms      string
	fresh      bool // the load was opened for it
	party      bool // about a carrier or a facility, not a load
	why        string
	candidates []store.Candidate
}

// matcher finds the loads of observations inside one transaction, or for one run across its transactions. It remembers
// what it found, because the next record mostly speaks of the same loads.
type matcher struct {
	tx          *store.Tx
	run         int64
	byUID       map[freight.LoadID]int64
	byNumber    map[string]int64    // plain load numbers that named exactly one load
	filed       map[refKey]struct{} // lately; the next record mostly brings the same numbers
	unmarked    []int64             // touched loads that are noted on file together
	unfiled     []unfiled           // numbers that are written together
	looked      looked              // what was looked up in this transaction
	heard       told                // whose numbers were looked through last
	touched     map[int64]struct{}
	provisional int                     // provisional loads that wait for their tender; -1 not yet counted
	parties     []string                // carriers and facilities that were spoken of
	closing     string                  // the first word by which a TMS closed a load
	linked      bool                    // a message that was on file already was linked to a load
	waits       map[freight.Source]bool // whether messages of a source lie on file without a load; looked for once
	lately      settled                 // the last decision: the next record of a body mostly has the same evidence
}

// settled is a decision by evidence. It holds within a transaction, until a number is taken or a load opened.
type settled struct {
	evidence rules.Evidence
	match    match
}

func (s *settled) by(e *rules.Evidence) bool {
	return s.match.load != 0 && s.evidence.SCAC == e.SCAC && slices.Equal(s.evidence.Names, e.Names) && slices.Equal(s.evidence.Cities, e.Cities)
}

func newMatcher(tx *store.Tx, run int64) *matcher {
	return &matcher{tx: tx, run: run, byUID: map[freight.LoadID]int64{}, byNumber: map[string]int64{}, filed: map[refKey]struct{}{},
		looked: looked{map[string][]store.RefHit{}, map[int64]store.About{}}, touched: map[int64]struct{}{}, provisional: -1}
}

func (m *matcher) touchedLoads() []int64 { return slices.Sorted(maps.Keys(m.touched)) }

// find tells which load an observation speaks of, opening one where that is right.
func (m *matcher) find(o *freight.Observation) (match, error) {
	if len(o.Names) == 0 {
		return unnamed(o), nil
	}
	if ownNumber(o) {
		return m.findOwn(o)
	}
	if found, ok, err := m.findByNumber(o); ok || err != nil {
		return found, err
	}
	ev := evidence(o)
	if m.lately.by(&ev) {
		return m.lately.match, nil
	}
	cands, err := m.candidates(o)
	if err != nil {
		return match{}, err
	}
	d := rules.Decide(ev, cands)
	if d.Load != 0 {
		m.lately = settled{ev, match{load: d.Load, terms: d.Terms}}
		return m.lately.match, nil
	}
	if opensProvisional(o) {
		own, err := m.ownProvisional(o, d)
		if err != nil || own.load != 0 {
			return own, err
		}
		if !d.Serious() {
			return m.openProvisional(o)
		}
	}
	return match{why: d.Why, candidates: ranked(d)}, nil
}

func unnamed(o *freight.Observation) match {
	for i := range o.Claims {
		switch o.Claims[i].Subject.Kind {
		case freight.OfCarrier, freight.OfFacility, freight.OfSource:
			return match{party: true, terms: "party"}
		}
	}
	return match{why: "it carries no number that could name a load"}
}

// partyOf is the carrier or facility that an observation speaks of.
func partyOf(o *freight.Observation) string {
	for i := range o.Claims {
		if key := o.Claims[i].Subject.Key; key != "" {
			return key
		}
	}
	return ""
}

// opensProvisional: a carrier, a platform, a driver know loads that the TMS does not; a person or a paper only names one.
// The number must be one that names a single load, not a remark.
func opensProvisional(o *freight.Observation) bool {
	switch o.Source.Kind {
	case freight.User, freight.Paper, freight.Customer, freight.Rule:
		return false
	}
	switch o.Names[0].Type {
	case freight.RefOther, freight.RefTrailer, freight.RefAppointment:
		return false
	}
	return true
}

func ownNumber(o *freight.Observation) bool {
	return len(o.Names) > 0 && o.Source.Kind == freight.TMS && o.Names[0].Type == freight.RefLoad
}

// findOwn is for the TMS itself: its load number is the load's identity.
func (m *matcher) findOwn(o *freight.Observation) (match, error) {
	uid := freight.LoadIDOf(o.Source.Account, o.Names[0].Value)
	id, opened, err := m.loadOf(uid, o, false)
	if err != nil {
		return match{}, err
	}
	return match{load: id, terms: "load number", fresh: opened}, m.joinProvisional(id, o, opened)
}

// ownProvisional finds the load that the source itself opened by this very number, where no other load may be meant: a number that
// is too weak to tell loads apart, such as a container's, still is what its source goes on calling it.
func (m *matcher) ownProvisional(o *freight.Observation, d rules.Decision) (match, error) {
	if len(d.Ranked) == 0 || d.Ranked[0].Ended || len(d.Ranked) > 1 && d.Ranked[0].Score-d.Ranked[1].Score < rules.Margin {
		return match{}, nil
	}
	l, err := m.tx.LoadByUID(freight.LoadIDOf(o.Source.String(), o.Names[0].Value), m.run)
	if errors.Is(err, store.ErrNotFound) {
		return match{}, nil
	}
	if err != nil || !l.Provisional || l.ID != d.Ranked[0].Load {
		return match{}, err
	}
	return match{load: l.ID, terms: "its own number"}, nil
}

// loadOf is the load with this lasting id, opened when there is none.
func (m *matcher) loadOf(uid freight.LoadID, o *freight.Observation, provisional bool) (id int64, opened bool, err error) {
	if id, ok := m.byUID[uid]; ok {
		return id, false, nil
	}
	l, err := m.tx.LoadByUID(uid, m.run)
	if errors.Is(err, store.ErrNotFound) {
		l = store.Load{UID: uid, Account: o.Source.Account, Number: o.Names[0].Value, Provisional: provisional, First: o.ReceivedAt}
		if provisional {
			l.Account = o.Source.String()
		}
		m.lately = settled{}
		err, opened = m.tx.NewLoad(&l, m.run), true
	}
	if err != nil {
		return 0, false, err
	}
	m.byUID[uid] = l.ID
	return l.ID, opened, nil
}

// findByNumber is the plain case: one load goes by the load number that was named.
func (m *matcher) findByNumber(o *freight.Observation) (match, bool, error) {
	if o.Names[0].Type != freight.RefLoad {
		return match{}, false, nil
	}
	key := o.Names[0].Key()
	if id, ok := m.byNumber[key]; ok {
		return match{load: id, terms: "load number"}, true, nil
	}
	hits, err := m.refHits(key)
	if err != nil {
		return match{}, false, err
	}
	var only int64
	for _, h := range hits {
		if h.Ref.Type != freight.RefLoad {
			continue
		}
		if only != 0 && only != h.Load {
			return match{}, false, nil
		}
		only = h.Load
	}
	if only == 0 {
		return match{}, false, nil
	}
	m.byNumber[key] = only
	return match{load: only, terms: "load number"}, true, nil
}

// candidates gathers the loads that go by any of the numbers. What else is known of them is read only when there is
// something to settle.
func (m *matcher) candidates(o *freight.Observation) ([]rules.Candidate, error) {
	byLoad := map[int64]*rules.Candidate{}
	var order []int64
	for _, name := range o.Names {
		key := name.Key()
		if key == "" {
			continue
		}
		hits, err := m.refHits(key)
		if err != nil {
			return nil, err
		}
		for _, h := range hits {
			c := byLoad[h.Load]
			if c == nil {
				c = &rules.Candidate{Load: h.Load}
				byLoad[h.Load] = c
				order = append(order, h.Load)
			}
			c.Hits = append(c.Hits, h.Ref)
		}
	}
	out := make([]rules.Candidate, 0, len(order))
	for _, id := range order {
		c := byLoad[id]
		if err := m.describe(c); err != nil {
			return nil, err
		}
		out = append(out, *c)
	}
	return out, nil
}

func (m *matcher) describe(c *rules.Candidate) error {
	about, err := m.about(c.Load)
	if err != nil {
		return err
	}
	c.Number, c.SCAC, c.Cities, c.Ended = about.Number, about.SCAC, about.Cities, about.Ended
	return nil
}

func evidence(o *freight.Observation) rules.Evidence {
	e := rules.Evidence{Names: o.Names}
	if o.Source.Kind == freight.CarrierSrc && looksLikeSCAC(o.Source.Account) {
		e.SCAC = o.Source.Account
	}
	for i := range o.Claims {
		c := &o.Claims[i]
		if c.Fact == freight.FactSCAC {
			e.SCAC = c.Value.Text
		}
		for _, city := range [...]string{c.Subject.Stop.Place.City, c.Value.Place.City} {
			if city != "" {
				e.Cities = append(e.Cities, city)
			}
		}
	}
	return e
}

// looksLikeSCAC tells a carrier code from other names under which carriers send, such as a GLN: only codes can be compared.
func looksLikeSCAC(account string) bool {
	if len(account) < 2 || len(account) > 4 {
		return false
	}
	for i := range len(account) {
		if c := account[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

func ranked(d rules.Decision) []store.Candidate {
	var out []store.Candidate
	for _, s := range d.Ranked[:min(5, len(d.Ranked))] {
		out = append(out, store.Candidate{Load: s.Load, Number: s.Number, Why: s.Why})
	}
	return out
}

// openProvisional opens (or finds) the load that the source calls by its own number.
func (m *matcher) openProvisional(o *freight.Observation) (match, error) {
	id, opened, err := m.loadOf(freight.LoadIDOf(o.Source.String(), o.Names[0].Value), o, true)
	if err == nil && opened {
		err = m.countProvisional()
		m.provisional++
	}
	return match{load: id, terms: "its own number", fresh: opened}, err
}

func (m *matcher) countProvisional() (err error) {
	if m.provisional < 0 {
		m.provisional, err = m.tx.ProvisionalCount()
	}
	return err
}

// joinProvisional looks whether provisional loads wait for this load of the TMS, when it is new or brings new numbers.
func (m *matcher) joinProvisional(load int64, o *freight.Observation, opened bool) error {
	if err := m.countProvisional(); err != nil || m.provisional == 0 {
		return err
	}
	numbers := store.Numbers(o)
	if !opened && len(numbers) <= 1 {
		return nil
	}
	probe := *o
	probe.Names = numbers
	cands, err := m.candidates(&probe)
	if err != nil {
		return err
	}
	for _, c := range cands {
		about, err := m.about(c.Load)
		if err != nil {
			return err
		}
		if c.Load == load || !about.Provisional {
			continue
		}
		d := rules.Decide(evidence(&probe), []rules.Candidate{c})
		if d.Load == 0 {
			continue
		}
		if err := errors.Join(m.file(), m.tx.Join(c.Load, load, m.run, o.ReceivedAt, d.Terms, "match")); err != nil {
			return err
		}
		m.provisional--
		m.forget()
		clear(m.byNumber)
		if err := errors.Join(m.touch(c.Load), m.touch(load)); err != nil {
			return err
		}
	}
	return nil
}

// loadless tells whether a message lies on file without a load, and whether it was linked to one since.
func (m *matcher) loadless(o *freight.Observation) (waits, linked bool, err error) {
	any, looked := m.waits[o.Source]
	if !looked {
		if any, err = m.tx.AnyLoadless(o.Source); err != nil {
			return false, false, err
		}
		if m.waits == nil {
			m.waits = map[freight.Source]bool{}
		}
		m.waits[o.Source] = any
	}
	if !any {
		return false, false, nil
	}
	return m.tx.Loadless(o.ID)
}

// forget lets go of what was looked up: another transaction begins, or loads became others.
func (m *matcher) forget() {
	m.lately = settled{}
	clear(m.looked.hits)
	clear(m.looked.about)
}

// touch notes that a load changes; for a run it is noted on file as well, so that a killed run forgets nothing.
func (m *matcher) touch(load int64) error {
	if _, known := m.touched[load]; known {
		return nil
	}
	m.touched[load] = struct{}{}
	if m.run == 0 {
		return nil
	}
	m.unmarked = append(m.unmarked, load)
	return nil
}

// took notes what an observation brought to its load, when it is on file.
func (m *matcher) took(load int64, o *freight.Observation) error {
	if m.closing == "" {
		m.closing = closingWord(o)
	}
	return m.touch(load)
}
