package papers

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/documents/paper"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// Judge is a person's verdict on a document: whose it is, what it proves, and whether it holds.
func (a *Area) Judge(ctx context.Context, id string, v Verdict) (Judged, error) {
	before, err := a.known(ctx, id)
	if err != nil {
		return Judged{}, err
	}
	after, number, err := a.decide(ctx, before, v)
	if err != nil {
		return Judged{}, err
	}
	if err := a.held(ctx, &after, &before); err != nil {
		return Judged{}, err
	}
	facts, taught, err := a.decided(ctx, &before, &after, v)
	if err != nil {
		return Judged{}, err
	}
	who := a.desk.Person(v.As)
	says := saysOf(&after, number)
	deed, err := a.desk.DoPapers(ctx, desk.OnPapers{Before: []store.Document{before}, After: []store.Document{after}, Does: after.State, Says: says, Note: deedNote(v), By: who, Now: v.Now,
		Facts: facts, Also: taught.teach})
	if err != nil {
		return Judged{}, err
	}
	return a.judged(ctx, id, deed)
}

// deedNote is what a person said with a verdict: the fault that was found, and the note.
func deedNote(v Verdict) string {
	if v.Verdict != Rejected || faults[v.Fault] == "" {
		return v.Note
	}
	return strings.TrimSuffix(faults[v.Fault]+": "+v.Note, ": ")
}

func (a *Area) judged(ctx context.Context, id string, deed store.Deed) (Judged, error) {
	out := Judged{Says: deed.Says, Act: strconv.FormatInt(deed.ID, 10)}
	if deed.Note != "" {
		out.Says += ": " + deed.Note
	}
	if len(deed.Observations) > 0 {
		out.Observation = deed.Observations[0]
	}
	d, err := a.known(ctx, id)
	if err != nil {
		return out, err
	}
	if out.Document, err = a.document(ctx, &d); err != nil {
		return out, err
	}
	out.Next, err = a.nextFor(ctx, id)
	return out, err
}

func saysOf(d *store.Document, number string) string {
	kind := "other paper"
	if d.Kind == string(POP) || d.Kind == string(POD) {
		kind = strings.ToUpper(d.Kind)
	}
	switch DocumentState(d.State) {
	case Unmatched:
		return d.Name + " is of another load"
	case SetAside:
		return d.Name + " set aside"
	}
	return fmt.Sprintf("%s %s as %s of load %s", d.Name, d.State, kind, number)
}

// decide is the document as it is to be after a verdict.
func (a *Area) decide(ctx context.Context, d store.Document, v Verdict) (after store.Document, number string, err error) {
	after = d
	if d.Stage == string(InReading) && v.Verdict != SetAside {
		return after, "", desk.Conflict("%s is still being read.", d.Name)
	}
	if v.Load != "" {
		found, err := a.desk.FindLoad(ctx, v.Load)
		if err != nil {
			return after, "", err
		}
		after.Load = found.ID
	}
	if v.Kind != "" {
		after.Kind = string(v.Kind)
	}
	after.State, after.Note = string(v.Verdict), v.Note
	if v.Verdict == "" {
		after.State = string(Received)
	}
	after.DecidedAt, after.By = a.clock(v.Now), a.desk.Person(v.As)
	switch v.Verdict {
	case Unmatched:
		return a.offLoad(after, d), "", nil
	case SetAside:
		after.Load = 0
		return after, "", nil
	case "", Received, Verified, Rejected:
	default:
		return after, "", desk.Invalid("%q is no verdict: verified, rejected, received, unmatched or setAside.", string(v.Verdict))
	}
	if after.Load == 0 {
		return after, "", desk.Invalid("Say which load the paper belongs to.")
	}
	if v.Verdict == Verified && after.Kind != string(POP) && after.Kind != string(POD) {
		return after, "", desk.Invalid("Say what the paper proves: pickup (pop) or delivery (pod).")
	}
	load, err := a.desk.Store.Load(ctx, after.Load)
	return after, load.Number, err
}

// offLoad is a document of which a person said that it is not of the load it was on.
func (a *Area) offLoad(after, d store.Document) store.Document {
	if d.Load != 0 && !slices.Contains(after.Never, d.Load) {
		after.Never = append(slices.Clone(after.Never), d.Load)
	}
	after.Load, after.DecidedAt, after.By = 0, time.Time{}, ""
	after.Why = "a person said that it is of another load"
	return after
}

// held holds the reading of a document that moved against the load it is on now.
func (a *Area) held(ctx context.Context, after, before *store.Document) error {
	defer func() { after.Stage = desk.StageOf(after, false) }()
	if after.Load == before.Load || after.Load == 0 || len(after.Reading) == 0 {
		return nil
	}
	read, err := readingOf(after)
	if err != nil {
		return err
	}
	e, err := (&holders{area: a}).expected(ctx, after.Load)
	if err != nil {
		return err
	}
	if err := a.rejudge(ctx, &read, e, &store.Paper{Name: after.Name}); err != nil {
		return err
	}
	after.Verdict = string(read.Verdict)
	after.Reading, err = json.Marshal(read)
	return err
}

func readingOf(d *store.Document) (read paper.Document, err error) {
	if len(d.Reading) > 0 {
		err = json.Unmarshal(d.Reading, &read)
	}
	return read, err
}

// faults are what may be wrong with a paper, in the words by which the rule on papers knows them.
var faults = map[string]string{"short": "short", "over": "overage", "damaged": "damaged", "refused": "refused", "unsigned": "not signed", "otherLoad": "other load",
	"pageMissing": "page missing", "illegible": "cannot be read"}

// says is what a document says of its load, beside being there: counts, times, and what is noted on it. The load's sources and
// the paper are held against each other by the fold; until a person has verified the paper, it is little trusted.
func (a *Area) says(ctx context.Context, d *store.Document) ([]freight.Claim, error) {
	read, err := readingOf(d)
	if err != nil || d.Kind != string(POP) && d.Kind != string(POD) {
		return nil, err
	}
	view, err := a.desk.Ledger.View(ctx, d.Load, time.Time{}, a.desk.Now())
	if err != nil {
		return nil, err
	}
	stop := stopOf(&view.Timeline, d.Kind, read.Fields.First(paper.Consignee))
	return slices.Concat(amounts(&read, stop), actuals(&read, d.Kind, stop), troubles(&read, stop)), nil
}

// decided is what a decision says of loads beside the document itself: what a paper that came to another load says there, and
// the fault that a person found. And what the decision teaches.
func (a *Area) decided(ctx context.Context, before, d *store.Document, v Verdict) (map[int64][]freight.Observation, lessons, error) {
	if v.Fault != "" && faults[v.Fault] == "" {
		return nil, lessons{}, desk.Invalid("%q is no fault of a paper: short, over, damaged, refused, unsigned, otherLoad, pageMissing or illegible.", v.Fault)
	}
	if d.Load == 0 {
		return nil, lessons{}, nil
	}
	read, err := readingOf(d)
	if err != nil {
		return nil, lessons{}, err
	}
	view, err := a.desk.Ledger.View(ctx, d.Load, time.Time{}, a.desk.Now())
	if err != nil {
		return nil, lessons{}, err
	}
	now := a.clock(v.Now)
	facts := map[int64][]freight.Observation{}
	if before.Load != d.Load || before.Kind != d.Kind {
		claims, err := a.says(ctx, d)
		if err != nil {
			return nil, lessons{}, err
		}
		if len(claims) > 0 {
			facts[d.Load] = append(facts[d.Load], freight.Observation{Source: freight.Source{Kind: freight.Paper}, Channel: freight.ByFile, Text: d.Name,
				EventID: d.ID + "@" + strconv.FormatInt(now.UnixNano(), 36), Claims: claims})
		}
	}
	if d.State == string(Rejected) {
		stop := stopOf(&view.Timeline, d.Kind, read.Fields.First(paper.Consignee))
		if found := found(&read, d, v.Fault, stop); len(found) > 0 {
			who := a.desk.Person(v.As)
			facts[d.Load] = append(facts[d.Load], freight.Observation{Source: freight.Source{Kind: freight.User, Account: who}, Channel: freight.ByFile, By: who, StatedAt: now,
				EventID: d.ID, Text: d.Name, Claims: found})
		}
	}
	if d.State != string(Verified) {
		return facts, lessons{}, nil
	}
	labels, err := a.shownLabels(ctx, d, &read, &view.Timeline, v)
	return facts, lessons{a.aliases(&read, &view.Timeline, v), labels}, err
}

// stopOf is the stop at which a paper was signed: the only one of its side, else the one whose name it bears, else the
// last delivery or the first pickup.
func stopOf(t *freight.Timeline, kind, name string) *freight.StopLine {
	var side []*freight.StopLine
	for i := range t.Stops {
		s := &t.Stops[i]
		if kind == string(POP) && s.Pickup() || kind != string(POP) && s.Delivery() {
			side = append(side, s)
		}
	}
	if len(side) == 0 {
		return nil
	}
	for _, s := range side {
		if name != "" && freight.NormalRef(s.Place.Facility) == freight.NormalRef(name) {
			return s
		}
	}
	if kind == string(POP) {
		return side[0]
	}
	return side[len(side)-1]
}

// sure is how sure a reading must be for its value to become a word on the load.
const sure = 0.6

func at(stop *freight.StopLine) freight.Subject {
	if stop == nil {
		return freight.Subject{}
	}
	return freight.Stop(stop.Seq)
}

// amounts are the counts that a paper gives for its stop.
func amounts(read *paper.Document, stop *freight.StopLine) (out []freight.Claim) {
	if stop == nil {
		return nil
	}
	for _, f := range []struct {
		field string
		fact  freight.Fact
		unit  string
	}{{paper.Pieces, freight.FactPieces, ""}, {paper.Pallets, freight.FactPallets, ""}, {paper.Weighed, freight.FactWeight, "LB"}} {
		values := read.Fields[f.field]
		if len(values) == 0 || values[0].Confidence < sure {
			continue
		}
		n, err := strconv.ParseFloat(values[0].Value, 64)
		if err != nil {
			continue
		}
		out = append(out, freight.Claim{Subject: at(stop), Fact: f.fact, Value: freight.Value{Num: n, Has: 1, Unit: f.unit}})
	}
	return out
}

// farDays is how far from all that is known of a stop's day a day on its paper may lie. One that lies farther was misread, or is
// for a person to settle: it is shown with the paper and is no word on the load.
const farDays = 10

// farOff tells whether a day, as written, is far from the stop's window and from all that was told of it.
func farOff(day time.Time, stop *freight.StopLine) bool {
	known := []time.Time{stop.Window.Start, stop.Window.End, stop.Original.Start, stop.Original.End}
	for _, k := range []*freight.KnownTime{stop.Arrived, stop.Departed, stop.Delivered, stop.PickedUp, stop.Loaded, stop.Unloaded} {
		if k != nil {
			for i := range k.Claims {
				known = append(known, k.Claims[i].At)
			}
		}
	}
	known = slices.DeleteFunc(known, time.Time.IsZero)
	return len(known) > 0 && !slices.ContainsFunc(known, func(at time.Time) bool { return day.Sub(at).Abs() <= farDays*24*time.Hour })
}

// actuals are the times in and out, with their day, that a proof gives for its stop. Local to it, as written.
func actuals(read *paper.Document, kind string, stop *freight.StopLine) (out []freight.Claim) {
	field := paper.DeliveryDate
	if kind == string(POP) {
		field = paper.PickupDate
	}
	dates := read.Fields[field]
	if stop == nil || len(dates) == 0 || dates[0].Confidence < sure {
		return nil
	}
	for _, f := range []struct {
		field string
		fact  freight.Fact
	}{{paper.In, freight.FactArrived}, {paper.Out, freight.FactDeparted}} {
		times := read.Fields[f.field]
		if len(times) == 0 || times[0].Confidence < sure {
			continue
		}
		t, err := time.Parse("2006-01-02 15:04", dates[0].Value+" "+times[0].Value)
		if err != nil || farOff(t, stop) {
			continue
		}
		out = append(out, freight.Claim{Subject: at(stop), Fact: f.fact, At: freight.Wall(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), 0)})
	}
	return out
}

// troubles are what a paper notes, as exceptions of its stop.
func troubles(read *paper.Document, stop *freight.StopLine) (out []freight.Claim) {
	said := map[string]bool{}
	for _, n := range read.Notations {
		word := faults[n.Kind]
		if word == "" || said[word] {
			continue
		}
		said[word] = true
		if n.Text != "" && !strings.EqualFold(n.Text, word) {
			word += ": " + n.Text
		}
		out = append(out, exception(stop, word))
	}
	return out
}

// found is the fault that a person found on a refused paper, and the signature that it lacks.
func found(read *paper.Document, d *store.Document, fault string, stop *freight.StopLine) (out []freight.Claim) {
	if fault != "" {
		out = append(out, exception(stop, faults[fault]))
	}
	if s, printed := read.Signatures[paper.SignsConsignee]; printed && !s.Present && d.Kind == string(POD) && fault != "unsigned" {
		out = append(out, exception(stop, faults["unsigned"]))
	}
	return out
}

func exception(stop *freight.StopLine, text string) freight.Claim {
	return freight.Claim{Subject: at(stop), Fact: freight.FactException, Value: freight.Value{Text: text}}
}

// learns are the fields whose other ways of writing a decision teaches.
var learns = []string{paper.Consignee, paper.Shipper, paper.Carrier}

// aliases are the ways in which an accepted paper writes what the desk knows otherwise.
func (a *Area) aliases(read *paper.Document, t *freight.Timeline, v Verdict) (out []store.Alias) {
	e := expectedOf(t, store.Load{Number: t.Number})
	for _, field := range learns {
		values := read.Fields[field]
		known := e.Values[field]
		if len(values) == 0 || known == "" || values[0].Confidence < sure || len(e.Also[field]) > 0 && field == paper.Consignee {
			continue // of several consignees the paper does not say which it renames
		}
		if name := values[0].Value; freight.NormalRef(name) != freight.NormalRef(known) && name != "" {
			out = append(out, store.Alias{Customer: e.Customer, Field: field, Desk: known, Paper: name, At: a.clock(v.Now), By: a.desk.Person(v.As)})
		}
	}
	return out
}

// AcceptClean accepts the clean ones among the documents named, or all clean ones, as one act.
func (a *Area) AcceptClean(ctx context.Context, b PaperBatch) (PaperDone, error) {
	list, left, err := a.cleanOnes(ctx, b.IDs)
	if err != nil {
		return PaperDone{}, err
	}
	out := PaperDone{Left: left, Says: "No paper was accepted: none of them is clean."}
	if len(list) == 0 {
		return a.done(ctx, out)
	}
	deed := desk.OnPapers{Does: desk.BatchDeed, By: a.desk.Person(b.As), Now: b.Now, Facts: map[int64][]freight.Observation{}}
	var ids []string
	for _, before := range list {
		v := Verdict{Verdict: Verified, As: b.As, Now: b.Now}
		after, _, err := a.decide(ctx, before, v)
		if err != nil {
			out.Left = append(out.Left, before.Name+": "+err.Error())
			continue
		}
		facts, _, err := a.decided(ctx, &before, &after, v)
		if err != nil {
			return out, err
		}
		after.Stage = string(IsFiled)
		deed.Before, deed.After = append(deed.Before, before), append(deed.After, after)
		for load, said := range facts {
			deed.Facts[load] = append(deed.Facts[load], said...)
		}
		ids = append(ids, before.ID)
	}
	deed.Says = fmt.Sprintf("%d clean papers accepted", len(ids))
	done, err := a.desk.DoPapers(ctx, deed)
	if err != nil {
		return out, err
	}
	out.Says, out.Act = done.Says, strconv.FormatInt(done.ID, 10)
	return a.done(ctx, out, ids...)
}

// mostAtOnce is how many papers one act accepts.
const mostAtOnce = 500

func (a *Area) cleanOnes(ctx context.Context, ids []string) (clean []store.Document, left freight.List[string], err error) {
	if len(ids) == 0 {
		clean, _, err = a.desk.Store.Queue(ctx, store.DocumentQuery{Stage: string(IsClean), Limit: mostAtOnce}, "")
		return clean, nil, err
	}
	for _, id := range ids {
		d, err := a.known(ctx, id)
		if err != nil {
			return nil, nil, err
		}
		if d.Stage == string(IsClean) {
			clean = append(clean, d)
		} else {
			left = append(left, d.Name+" is not clean: "+cmp.Or(d.Why, d.Stage))
		}
	}
	return clean, left, nil
}

// UndoAct takes an act on papers back; of several on one document only the last.
func (a *Area) UndoAct(ctx context.Context, u PaperUndo) (PaperDone, error) {
	n, err := strconv.ParseInt(u.Act, 10, 64)
	if err != nil {
		return PaperDone{}, desk.Invalid("%q is not the number of an act on papers.", u.Act)
	}
	deed, err := a.desk.Store.Deed(ctx, n)
	if errors.Is(err, store.ErrNotFound) {
		return PaperDone{}, desk.NotFound("There is no act %s on papers.", u.Act)
	}
	if err != nil {
		return PaperDone{}, err
	}
	if deed.Undone {
		return PaperDone{Says: "It was taken back already."}, nil
	}
	for i := range deed.After {
		later, err := a.desk.Store.DeedsOf(ctx, deed.After[i].ID, 50)
		if err != nil {
			return PaperDone{}, err
		}
		if j := slices.IndexFunc(later, func(l store.Deed) bool { return !l.Undone }); j >= 0 && later[j].ID != deed.ID {
			return PaperDone{}, desk.Conflict("Take back first what was done after it: %s.", later[j].Says)
		}
	}
	if err := a.desk.TurnDeed(ctx, &deed, true, a.desk.Person(u.As), u.Now); err != nil {
		return PaperDone{}, err
	}
	var ids []string
	for i := range deed.Before {
		ids = append(ids, deed.Before[i].ID)
	}
	return a.done(ctx, PaperDone{Says: "Taken back: " + deed.Says}, ids...)
}
