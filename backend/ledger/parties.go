package ledger

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// parties is what is on file about carriers and facilities, kept in memory: they are few, and every judgement of a load
// looks at its own. Safe for concurrent use.
type parties struct {
	mu         sync.RWMutex
	read       bool
	carriers   map[string]*party // by name, SCAC and MC, folded
	facilities map[string]*party
}

// party is all that was said of one carrier or facility, in the order in which it was received.
type party struct {
	name     string
	words    []freight.Observation
	carrier  *freight.CarrierFile // as known now
	facility *freight.FacilityFile
}

// forget makes the next question read the file anew.
func (p *parties) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.read = false
}

// load reads what is on file, once.
func (p *parties) load(ctx context.Context, st *store.Store) error {
	p.mu.RLock()
	read := p.read
	p.mu.RUnlock()
	if read {
		return nil
	}
	words, err := st.PartyWords(ctx)
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.carriers, p.facilities = map[string]*party{}, map[string]*party{}
	for i := range words {
		p.take(&words[i])
	}
	for _, c := range p.carriers {
		c.carrier = carrierFile(c, time.Time{})
	}
	for _, f := range p.facilities {
		f.facility = facilityFile(f, time.Time{})
	}
	p.read = true
	return nil
}

// take files one observation under the party it speaks of, and a carrier also under its codes.
func (p *parties) take(o *freight.Observation) {
	for i := range o.Claims {
		c := &o.Claims[i]
		switch c.Subject.Kind {
		case freight.OfFacility:
			of(p.facilities, c.Subject.Key).words = append(of(p.facilities, c.Subject.Key).words, *o)
			return
		case freight.OfCarrier:
			found := of(p.carriers, c.Subject.Key)
			found.words = append(found.words, *o)
			for j := range o.Claims {
				if code := &o.Claims[j]; code.Fact == freight.FactSCAC || code.Fact == freight.FactMC {
					p.carriers[partyKey(string(code.Fact)+" "+code.Value.Text)] = found
				}
			}
			return
		}
	}
}

func of(all map[string]*party, name string) *party {
	key := partyKey(name)
	if all[key] == nil {
		all[key] = &party{name: name}
	}
	return all[key]
}

func partyKey(name string) string { return freight.NormalRef(name) }

// of are the parties of a load: its carrier, and a facility beside each stop; nil where nothing is on file.
func (p *parties) of(t *freight.Timeline) (carrier *party, facilities []*party) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if len(p.carriers) > 0 {
		for _, key := range []string{t.Carrier.Value, "scac " + t.SCAC.Value, "mc " + t.MC.Value} {
			if carrier = p.carriers[partyKey(key)]; carrier != nil {
				break
			}
		}
	}
	if len(p.facilities) == 0 {
		return carrier, nil
	}
	for i := range t.Stops {
		if found := p.facilities[partyKey(t.Stops[i].Place.Facility)]; found != nil && t.Stops[i].Place.Facility != "" {
			if facilities == nil {
				facilities = make([]*party, len(t.Stops))
			}
			facilities[i] = found
		}
	}
	return carrier, facilities
}

// withCodes adds to names of carriers the codes by which loads may go that do not name them.
func (p *parties) withCodes(names []string) []string {
	p.mu.RLock()
	defer p.mu.RUnlock()
	out := slices.Clone(names)
	for _, name := range names {
		carrier := p.carriers[partyKey(name)]
		if carrier == nil {
			continue
		}
		for i := range carrier.words {
			for j := range carrier.words[i].Claims {
				if c := &carrier.words[i].Claims[j]; c.Fact == freight.FactSCAC || c.Fact == freight.FactMC {
					out = append(out, c.Value.Text)
				}
			}
		}
	}
	return out
}

// manyParties is from how many changed carriers and facilities on every live load is judged again rather than looked up.
const manyParties = 50

// partiesChanged makes the loads that point at carriers or facilities be judged again, as of the instant at which
// something was learned of them.
func (l *Ledger) partiesChanged(ctx context.Context, names []string, at time.Time) error {
	if len(names) == 0 {
		return nil
	}
	l.parties.forget()
	slices.Sort(names)
	loads, err := l.pointingAt(ctx, slices.Compact(names))
	if err != nil || len(loads) == 0 {
		return err
	}
	return l.store.Write(ctx, func(tx *store.Tx) error { return tx.Touch(loads, at) })
}

func (l *Ledger) pointingAt(ctx context.Context, names []string) ([]int64, error) {
	if len(names) > manyParties {
		return l.store.LiveLoads(ctx)
	}
	if err := l.parties.load(ctx, l.store); err != nil {
		return nil, err
	}
	var out []int64
	for _, name := range l.parties.withCodes(names) {
		query := Query(name)
		if query == "" {
			continue
		}
		loads, err := l.store.Mentioning(ctx, query)
		if err != nil {
			return nil, err
		}
		out = append(out, loads...)
	}
	return out, nil
}

// RulesChanged makes every live load be judged again under the settings now in force.
func (l *Ledger) RulesChanged(ctx context.Context) error {
	l.rules.forget()
	loads, err := l.store.LiveLoads(ctx)
	if err != nil {
		return err
	}
	return l.store.Write(ctx, func(tx *store.Tx) error { return tx.Touch(loads, l.now().UTC()) })
}

// knownBy reports whether what is known now was all known at an instant.
func (p *party) knownBy(at time.Time) bool {
	n := len(p.words)
	return n == 0 || !p.words[n-1].ReceivedAt.After(at)
}

func (p *party) carrierAt(at time.Time) *freight.CarrierFile {
	if p.knownBy(at) {
		return p.carrier
	}
	return carrierFile(p, at)
}

func (p *party) facilityAt(at time.Time) *freight.FacilityFile {
	if p.knownBy(at) {
		return p.facility
	}
	return facilityFile(p, at)
}

// said is what is known of one matter of a party: the last word, and for lists the last full list.
type said struct {
	claims   []freight.Claim
	evidence []freight.ObservationID
}

// standing are the words on a party that hold at an instant (zero: now): of each source and matter the last one stated.
func (p *party) standing(at time.Time) said {
	words := make([]*freight.Observation, 0, len(p.words))
	for i := range p.words {
		if at.IsZero() || !p.words[i].ReceivedAt.After(at) {
			words = append(words, &p.words[i])
		}
	}
	slices.SortStableFunc(words, func(a, b *freight.Observation) int {
		return cmp.Or(a.StatedAt.Compare(b.StatedAt), a.ReceivedAt.Compare(b.ReceivedAt))
	})
	type matter struct {
		fact freight.Fact
		typ  string
	}
	last := map[matter]*freight.Observation{}
	for _, o := range words {
		for i := range o.Claims {
			last[matter{o.Claims[i].Fact, o.Claims[i].Value.Type}] = o
		}
	}
	var out said
	for _, o := range words {
		used := false
		for i := range o.Claims {
			c := &o.Claims[i]
			if last[matter{c.Fact, c.Value.Type}] == o && !c.Value.None {
				out.claims = append(out.claims, *c)
				used = true
			}
		}
		if used {
			out.evidence = append(out.evidence, o.ID)
		}
	}
	return out
}

// carrierFile is a carrier as known at an instant; nil when nothing was.
func carrierFile(p *party, at time.Time) *freight.CarrierFile {
	s := p.standing(at)
	if len(s.claims) == 0 {
		return nil
	}
	f := &freight.CarrierFile{Name: p.name, Evidence: s.evidence}
	for i := range s.claims {
		c := &s.claims[i]
		text := strings.TrimSpace(c.Value.Text)
		switch c.Fact {
		case freight.FactSCAC:
			f.SCAC = text
		case freight.FactMC:
			f.MC = text
		case freight.FactDOT:
			f.DOT = text
		case freight.FactEmail:
			f.Email = text
		case freight.FactAuthorty:
			f.Authority = strings.ToLower(text)
		case freight.FactInsured:
			f.Insured, f.CargoLimitUSD = endOfDay(c.At), c.Value.Num
		case freight.FactPhone:
			f.Called(c.Value.Type, text)
		case freight.FactOther:
			switch c.Value.Type {
			case "dispatcher":
				f.Dispatcher = text
			case "blocked":
				f.Blocked = yes(text)
			}
		}
	}
	return f
}

// endOfDay is the instant of a time on file; a bare day counts to its end, in UTC, since insurers name no zone.
func endOfDay(w freight.When) time.Time {
	if w.IsZero() {
		return time.Time{}
	}
	if w.Basis == freight.Instant {
		return time.Unix(w.Sec, 0).UTC()
	}
	at := w.Wall()
	if w.Basis == freight.DayOnly {
		at = at.AddDate(0, 0, 1).Add(-time.Second)
	}
	return at
}

func yes(s string) bool {
	switch strings.ToLower(s) {
	case "yes", "y", "true", "1", "x":
		return true
	}
	return false
}

// facilityFile is a facility as known at an instant; nil when nothing was.
func facilityFile(p *party, at time.Time) *freight.FacilityFile {
	s := p.standing(at)
	if len(s.claims) == 0 {
		return nil
	}
	f := &freight.FacilityFile{Name: p.name, Evidence: s.evidence}
	for i := range s.claims {
		c := &s.claims[i]
		text := strings.TrimSpace(c.Value.Text)
		switch c.Fact {
		case freight.FactPlace:
			f.Lat, f.Lon = c.Value.Place.Lat, c.Value.Place.Lon
		case freight.FactHours:
			// Hours that cannot be read are shown as given and conclude nothing.
			f.HoursGiven = text
			f.Hours, _ = freight.ParseHours(text)
		case freight.FactClosed:
			f.Closed = append(f.Closed, text)
		case freight.FactFreeTime:
			f.FreeTime = time.Duration(c.Value.Num * float64(time.Minute))
		case freight.FactPhone:
			f.Phone = text
		case freight.FactEmail:
			f.Email = text
		case freight.FactNote:
			f.Note = text
		case freight.FactOther:
			if c.Value.Type == "appointment_needed" {
				f.ByAppt = yes(text)
			}
		}
	}
	return f
}
