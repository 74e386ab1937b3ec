package timeline

import (
	"math"
	"slices"
	"strings"

	"tracedesk/backend/freight"
)

// known is every source's current word on one matter, the accepted one first.
func (b *builder) known(words []said, trust Trust) freight.Known {
	return tellKnown(b.current(words, trust, nil))
}

func tellKnown(list []ranked) freight.Known {
	if len(list) == 0 {
		return freight.Known{}
	}
	k := freight.Known{Value: list[0].valueText(), Agree: true, Claims: make([]freight.Told, len(list))}
	for i, w := range list {
		value := w.valueText()
		k.Claims[i] = freight.Told{Provenance: provenance(w.o), Value: value, Note: w.c.Value.Note}
		k.Agree = k.Agree && sameValue(k.Value, value)
	}
	return k
}

// sameValue compares names and numbers without case, blanks, accents and punctuation.
func sameValue(a, b string) bool {
	return a == b || freight.NormalRef(a) == freight.NormalRef(b) || sameName(a, b)
}

// valueText is the value of a claim whose type is told elsewhere.
func (w word) valueText() string {
	if w.c.Value.Has&1 == 0 {
		return w.c.Value.Text
	}
	return w.c.ValueText()
}

// knownByType is known for each type of value; types are in upper case.
func (b *builder) knownByType(words []said, trust Trust) map[string]freight.Known {
	var types []string
	for i := range words {
		if t := words[i].c.Value.Type; !slices.ContainsFunc(types, func(o string) bool { return strings.EqualFold(o, t) }) {
			types = append(types, strings.ToUpper(t))
		}
	}
	if len(types) == 0 {
		return nil
	}
	out := make(map[string]freight.Known, len(types))
	for _, t := range types {
		k := tellKnown(b.current(words, trust, func(w *said) bool { return strings.EqualFold(w.c.Value.Type, t) }))
		if len(k.Claims) > 0 {
			out[t] = k
		}
	}
	return out
}

// buildLoadFacts sets what is known of the load as a whole.
func (b *builder) buildLoadFacts() {
	t, plan := b.t, b.orders.Plan
	t.Customer = b.known(b.of(customerWords), plan)
	t.Carrier = b.known(b.of(carrierWords), plan)
	t.SCAC = b.known(b.of(scacWords), plan)
	t.MC = b.known(b.of(mcWords), plan)
	t.DOT = b.known(b.of(dotWords), plan)
	t.Mode = b.known(b.of(modeWords), plan)
	t.ValueUSD = b.known(b.of(valueWords), plan)
	t.Equipment = b.knownByType(b.of(equipmentWords), b.orders.Equipment)
	t.Driver = b.knownByType(b.of(driverWords), b.orders.Equipment)
	if w := b.accepted(b.of(temperatureRange), plan, nil); w != nil {
		t.TempMinF, t.TempMaxF = fahrenheit(&w.c.Value, 1), fahrenheit(&w.c.Value, 2)
	}
	b.buildFlags()
	if w := b.newest(b.of(ownerWords)); w != nil {
		t.Owner = w.c.Value.Text
	}
	b.buildTracking()
	b.buildShipments()
	if w := b.newest(b.of(goneWords)); w != nil {
		t.Gone = new(freight.Word)
		*t.Gone = b.wordOf(w)
	}
}

// fahrenheit is one end of a temperature range; nil when it is open.
func fahrenheit(v *freight.Value, which uint8) *float64 {
	if v.Has&which == 0 {
		return nil
	}
	f := v.Num
	if which == 2 {
		f = v.Num2
	}
	if strings.EqualFold(v.Unit, "C") {
		f = f*9/5 + 32
	}
	return &f
}

// newest is the last word of those that stand, whoever says it.
func (b *builder) newest(words []said) *said {
	var last *said
	for _, w := range b.current(words, nil, nil) {
		if last == nil || w.compare(last.word) > 0 {
			last = w.said
		}
	}
	return last
}

// buildFlags sets the flags that somebody raises, unless a more trusted source took the same flag down.
func (b *builder) buildFlags() {
	words := b.of(flagWords)
	for i := range words {
		w := &words[i]
		if w.c.Value.None || slices.Contains(b.t.Flags, w.c.Value.Text) {
			continue
		}
		if b.takenDown(w, words) {
			continue
		}
		b.t.Flags = append(b.t.Flags, w.c.Value.Text)
	}
	slices.Sort(b.t.Flags)
}

func (b *builder) takenDown(flag *said, words []said) bool {
	rank := b.rank(flag, b.orders.Plan)
	for i := range words {
		w := &words[i]
		if w.c.Value.None && sameValue(w.c.Value.Text, flag.c.Value.Text) && b.rank(w, b.orders.Plan) < rank {
			return true
		}
	}
	return false
}

// buildTracking sets whether the truck can be seen: the newest word of all.
func (b *builder) buildTracking() {
	w := b.newest(b.of(trackingWords))
	if w == nil {
		return
	}
	b.t.Tracking = freight.Tracking{State: freight.TrackingState(strings.ToLower(strings.TrimSpace(w.c.Value.Text))), Source: w.o.Source,
		At: b.saidAt(w), Cause: w.c.Value.Note}
}

// buildRefs sets the load's numbers: those that sources state, and those by which they call the load. A number that its
// source took back is gone, unless another gives it too.
func (b *builder) buildRefs(names []freight.KnownRef) {
	words := b.of(referenceWords)
	refs := make([]freight.KnownRef, 0, len(words)+len(names))
	add := func(r freight.KnownRef) {
		for i := range refs {
			if refs[i].Type == r.Type && refs[i].Key() == r.Key() && (refs[i].Scope == r.Scope || refs[i].Scope == "" || r.Scope == "") {
				if refs[i].Scope == "" {
					refs[i].Scope = r.Scope
				}
				if r.Source != refs[i].Source && !slices.Contains(refs[i].Also, r.Source) {
					refs[i].Also = append(refs[i].Also, r.Source)
				}
				return
			}
		}
		refs = append(refs, r)
	}
	for i := range words {
		if v := &words[i].c.Value; !v.None && v.Text != "" {
			add(freight.KnownRef{Reference: freight.Reference{Type: freight.RefType(v.Type), Value: v.Text, Scope: v.Scope, Note: v.Note},
				Provenance: provenance(words[i].o)})
		}
	}
	for _, n := range names {
		if n.Type != freight.RefLoad && !takenBack(n, words) {
			add(n)
		}
	}
	slices.SortStableFunc(refs, compareNames)
	b.t.Refs = nilIfEmpty(refs)
}

func takenBack(n freight.KnownRef, words []said) bool {
	for i := range words {
		w := &words[i]
		if w.c.Value.None && w.o.Source == n.Source && w.c.Value.Type == string(n.Type) && freight.NormalRef(w.c.Value.Text) == n.Key() {
			return true
		}
	}
	return false
}

// buildAmounts sets pieces, pallets and weight of each stop.
func (b *builder) buildAmounts() {
	for _, g := range []group{pieceWords, palletWords, weightWords} {
		words := b.of(g)
		orderByStop(words)
		for i := range b.t.Stops {
			list := b.current(at(words, i), b.orders.Plan, nil)
			if len(list) == 0 {
				continue
			}
			amount := b.amount(list)
			switch stop := &b.t.Stops[i]; g {
			case pieceWords:
				stop.Pieces = amount
			case palletWords:
				stop.Pallets = amount
			default:
				stop.Weight = amount
			}
		}
		for i := range words {
			if w := &words[i]; w.stop == nowhere && !w.c.Value.None {
				b.keepWord(w)
			}
		}
	}
}

func (b *builder) amount(list []ranked) *freight.Amount {
	first := &list[0].c.Value
	a := &freight.Amount{Value: first.Num, Unit: first.Unit, Agree: true, Claims: make([]freight.Told, len(list))}
	for i, w := range list {
		a.Claims[i] = freight.Told{Provenance: provenance(w.o), Value: w.valueText(), Note: w.c.Value.Note}
		if w.c.Fact == freight.FactWeight {
			accepted := pounds(first)
			a.Agree = a.Agree && math.Abs(pounds(&w.c.Value)-accepted) <= b.cfg.WeightShare*math.Abs(accepted)
		} else {
			a.Agree = a.Agree && w.c.Value.Num == first.Num
		}
	}
	return a
}

func pounds(v *freight.Value) float64 {
	if strings.EqualFold(v.Unit, "KG") {
		return v.Num / 0.45359237
	}
	return v.Num
}

// buildShipments sets the consignments on the load.
func (b *builder) buildShipments() {
	words := b.of(shipmentWords)
	var keys []string
	for i := range words {
		if key := words[i].c.Subject.Key; !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	for _, key := range keys {
		of := func(f freight.Fact) *said {
			return b.accepted(words, b.orders.Plan, func(w *said) bool { return w.c.Subject.Key == key && w.c.Fact == f })
		}
		s := freight.Shipment{Key: key}
		if w := of(freight.FactCustomer); w != nil {
			s.Customer = w.c.Value.Text
		}
		if w := of(freight.FactPieces); w != nil {
			s.Pieces = w.c.Value.Num
		}
		if w := of(freight.FactWeight); w != nil {
			s.Weight = pounds(&w.c.Value)
		}
		for i := range words {
			w := &words[i]
			if w.c.Subject.Key != key || w.c.Value.None {
				continue
			}
			if s.Stop == 0 {
				s.Stop = w.c.Subject.Stop.Seq
			}
			ref := freight.Reference{Type: freight.RefType(w.c.Value.Type), Value: w.c.Value.Text, Scope: w.c.Value.Scope, Note: w.c.Value.Note}
			if w.c.Fact == freight.FactReference && !slices.Contains(s.Refs, ref) {
				s.Refs = append(s.Refs, ref)
			}
			if !partOfShipment(w.c.Fact) {
				b.keepWord(w)
			}
		}
		b.t.Shipments = append(b.t.Shipments, s)
	}
}

func partOfShipment(f freight.Fact) bool {
	switch f {
	case freight.FactCustomer, freight.FactPieces, freight.FactWeight, freight.FactReference:
		return true
	}
	return false
}
