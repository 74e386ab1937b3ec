package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/store"
)

// BatchDeed is a deed on many papers at once.
const BatchDeed = "accept clean"

// OnPapers is what a person does to documents: they are as in Before, and are to be as in After. What that says of loads
// follows from the two; Facts are said with it, by load.
type OnPapers struct {
	Before, After    []store.Document
	Does, Says, Note string
	By               string
	Now              *time.Time
	Facts            map[int64][]freight.Observation
	Also             func(tx *store.Tx, deed int64) error // in the transaction of the deed; may be nil
}

// word is what a deed has to say to one load.
type word struct {
	Load int64                 `json:"load"`
	Says []freight.Observation `json:"says"`
}

// owed is what a deed has not said yet: words to loads, or, once it was undone or done again, observations to turn.
type owed struct {
	At    time.Time `json:"at"`
	By    string    `json:"by"`
	Words []word    `json:"words,omitempty"`
	Turn  []string  `json:"turn,omitempty"`
}

// DoPapers does what was decided on documents, and keeps it so that it can be taken back. The documents, the deed and the
// word to the first load are one transaction; words to other loads follow, and after a crash the next start says them.
func (d *Desk) DoPapers(ctx context.Context, p OnPapers) (store.Deed, error) {
	l := d.LedgerAt(p.Now)
	now := l.Now().UTC()
	words, err := d.wordsOf(ctx, &p, now)
	if err != nil {
		return store.Deed{}, err
	}
	deed := store.Deed{At: now, Who: p.By, Does: p.Does, Says: p.Says, Note: p.Note, Before: p.Before, After: p.After}
	var rest []word
	if len(words) > 1 {
		rest = words[1:]
	}
	if deed.Owes, err = owing(owed{At: now, By: p.By, Words: rest}); err != nil {
		return deed, err
	}
	do := func(tx *store.Tx, said ledger.Posted) error {
		if err := tx.Restate(p.Before, p.After); err != nil {
			return err
		}
		deed.Observations = nil
		note(&deed, said)
		if err := d.intend(tx, words[:min(1, len(words))], said, now, p.By); err != nil {
			return err
		}
		if err := tx.AddDeed(&deed); err != nil {
			return err
		}
		if p.Also != nil {
			if err := p.Also(tx, deed.ID); err != nil {
				return err
			}
		}
		subject := ""
		if len(p.After) > 0 {
			subject = p.After[0].ID
		}
		return tx.Audit(&store.Act{At: now, Who: p.By, Act: "paper " + p.Does, Subject: subject, Detail: p.Says, Digest: Digest(append([]string{subject}, deed.Observations...)...)})
	}
	if len(words) == 0 {
		err = d.Store.Write(ctx, func(tx *store.Tx) error { return do(tx, ledger.Posted{}) })
		l.News().Announce(nil)
	} else {
		_, err = l.Post(ctx, words[0].Load, words[0].Says, do)
	}
	if err == nil {
		err = d.payDeed(ctx, &deed)
	}
	if err != nil {
		return deed, err
	}
	for _, w := range words {
		if err := d.Restage(ctx, w.Load); err != nil {
			return deed, err
		}
	}
	return deed, nil
}

func note(deed *store.Deed, said ledger.Posted) {
	for _, id := range said.IDs {
		deed.Observations = append(deed.Observations, id.String())
	}
}

func owing(o owed) (string, error) {
	if len(o.Words) == 0 && len(o.Turn) == 0 {
		return "", nil
	}
	body, err := json.Marshal(o)
	return string(body), err
}

// wordsOf is what changes for loads when documents become what they are in After: one word a load, the load that gets
// something first.
func (d *Desk) wordsOf(ctx context.Context, p *OnPapers, now time.Time) ([]word, error) {
	var words []word
	say := func(load int64, o ...freight.Observation) {
		i := slices.IndexFunc(words, func(w word) bool { return w.Load == load })
		if i < 0 {
			words, i = append(words, word{Load: load}), len(words)
		}
		words[i].Says = append(words[i].Says, o...)
	}
	for i := range p.After {
		a := &p.After[i]
		if a.Load == 0 {
			continue
		}
		b := documentIn(p.Before, a.ID)
		if b != nil && b.Load == a.Load && b.State == a.State && b.Kind == a.Kind && b.Note == a.Note && b.DecidedAt.Equal(a.DecidedAt) {
			continue
		}
		claims := []freight.Claim{hasDocument(a, false)}
		if b != nil && b.Load == a.Load && b.Kind != a.Kind {
			claims = append(claims, hasDocument(b, true))
		}
		load, err := d.Store.Load(ctx, a.Load)
		if err != nil {
			return nil, err
		}
		say(a.Load, byHand(p.By, now, load.UID.String(), a.Name, claims))
	}
	for i := range p.Before {
		b := &p.Before[i]
		a := documentIn(p.After, b.ID)
		if b.Load == 0 || b.State == store.StateFiling || a != nil && a.Load == b.Load {
			continue
		}
		gone := hasDocument(b, true)
		gone.Value.Scope = p.Says
		say(b.Load, byHand(p.By, now, b.ID, b.Name, []freight.Claim{gone}))
	}
	for i := range p.Before {
		b := &p.Before[i]
		if a := documentIn(p.After, b.ID); b.Load == 0 || a != nil && a.Load == b.Load && a.Kind == b.Kind {
			continue
		}
		own, err := d.SaidByPaper(ctx, b.Load, b.ID)
		if err != nil {
			return nil, err
		}
		for _, id := range own {
			say(b.Load, takingBack(p.By, now, id))
		}
	}
	for load, facts := range p.Facts {
		say(load, facts...)
	}
	return words, nil
}

// SaidByPaper are the observations of a load that a document itself made and that stand.
func (d *Desk) SaidByPaper(ctx context.Context, load int64, document string) ([]freight.ObservationID, error) {
	log, err := d.Store.Observations(ctx, load, time.Time{})
	if err != nil {
		return nil, err
	}
	gone := TakenBack(log)
	var out []freight.ObservationID
	for i := range log {
		o := &log[i]
		event, _, _ := strings.Cut(o.EventID, "@")
		if o.Source.Kind == freight.Paper && event == document && !gone[o.ID] {
			out = append(out, o.ID)
		}
	}
	return out, nil
}

// TakeBackPaper takes back what a document itself said of a load: it is read anew.
func (d *Desk) TakeBackPaper(ctx context.Context, load int64, document string) error {
	own, err := d.SaidByPaper(ctx, load, document)
	if err != nil || len(own) == 0 {
		return err
	}
	var back []freight.Observation
	for _, id := range own {
		o := takingBack("", d.Now().UTC(), id)
		o.Source = freight.Source{Kind: freight.Paper}
		back = append(back, o)
	}
	_, err = d.Ledger.Post(ctx, load, back, nil)
	return err
}

func takingBack(who string, now time.Time, id freight.ObservationID) freight.Observation {
	return freight.Observation{Source: freight.Source{Kind: freight.User, Account: who}, Channel: freight.ByHand, By: who, StatedAt: now, Retracts: id, Text: "undo"}
}

func documentIn(list []store.Document, id string) *store.Document {
	for i := range list {
		if list[i].ID == id {
			return &list[i]
		}
	}
	return nil
}

// hasDocument is the claim that a load has a document and how it stands, or has it no more.
func hasDocument(doc *store.Document, none bool) freight.Claim {
	kind := doc.Kind
	if kind == "" {
		kind = "other"
	}
	return freight.Claim{Fact: freight.FactDocument, Value: freight.Value{Type: kind, Text: doc.ID, Note: doc.State, Scope: doc.Note, None: none}}
}

func byHand(who string, now time.Time, event, text string, claims []freight.Claim) freight.Observation {
	return freight.Observation{Source: freight.Source{Kind: freight.User, Account: who}, Channel: freight.ByFile, By: who, StatedAt: now, EventID: event, Text: text, Claims: claims}
}

// paperIntent is the key of the entry that asks for a verified paper to be put into the TMS.
func paperIntent(id string) string { return "paper " + id }

// intend asks for each paper that was just verified to be put into the TMS.
func (d *Desk) intend(tx *store.Tx, words []word, said ledger.Posted, now time.Time, by string) error {
	next := 0
	for _, w := range words {
		for _, o := range w.Says {
			for _, c := range o.Claims {
				if c.Fact != freight.FactDocument || c.Value.None || c.Value.Note != "verified" || next >= len(said.IDs) {
					continue
				}
				load, err := tx.LoadByID(w.Load)
				if err != nil {
					return err
				}
				body := fmt.Sprintf("%s verified as %s of load %s", o.Text, kindWord(c.Value.Type), load.Number)
				if err := tx.AddIntent(&store.Intent{Key: paperIntent(said.IDs[next].String()), Load: w.Load, Kind: "document", Target: "tms", Body: body, CreatedAt: now, By: by}); err != nil {
					return err
				}
			}
			next++
		}
	}
	return nil
}

func kindWord(kind string) string {
	switch kind {
	case freight.POP:
		return "POP"
	case freight.POD:
		return "POD"
	}
	return "other paper"
}

// PayDeeds says to loads what deeds still owe them: a crash came between.
func (d *Desk) PayDeeds(ctx context.Context) error {
	list, err := d.Store.DeedsOwing(ctx)
	for i := range list {
		if err := d.payDeed(ctx, &list[i]); err != nil {
			return err
		}
	}
	return err
}

func (d *Desk) payDeed(ctx context.Context, deed *store.Deed) error {
	for deed.Owes != "" {
		var o owed
		if err := json.Unmarshal([]byte(deed.Owes), &o); err != nil {
			return err
		}
		var err error
		if len(o.Words) > 0 {
			err = d.payWord(ctx, deed, o)
		} else {
			err = d.payTurn(ctx, deed, o)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (d *Desk) payWord(ctx context.Context, deed *store.Deed, o owed) error {
	w := o.Words[0]
	o.Words = o.Words[1:]
	rest, err := owing(o)
	if err != nil {
		return err
	}
	_, err = d.Ledger.At(o.At).Post(ctx, w.Load, w.Says, func(tx *store.Tx, said ledger.Posted) error {
		note(deed, said)
		deed.Owes = rest
		return errors.Join(d.intend(tx, []word{w}, said, o.At, o.By), tx.SetDeed(deed))
	})
	return err
}

// payTurn takes the next observation of a deed back, or brings it back, as the deed stands now.
func (d *Desk) payTurn(ctx context.Context, deed *store.Deed, o owed) error {
	text := o.Turn[0]
	o.Turn = o.Turn[1:]
	rest, err := owing(o)
	if err != nil {
		return err
	}
	settle := func(tx *store.Tx, _ ledger.Posted) error {
		deed.Owes = rest
		if deed.Undone {
			err = tx.DropIntent(paperIntent(text), o.At, o.By)
		} else {
			err = tx.ReopenIntent(paperIntent(text))
		}
		return errors.Join(err, tx.SetDeed(deed))
	}
	load, back, ok, err := d.turning(ctx, text, deed.Undone)
	if err != nil {
		return err
	}
	if !ok {
		return d.Store.Write(ctx, func(tx *store.Tx) error { return settle(tx, ledger.Posted{}) })
	}
	_, err = d.Ledger.At(o.At).Post(ctx, load, []freight.Observation{takingBack(o.By, o.At, back)}, settle)
	return err
}

// turning is what has to be retracted so that an observation is taken back (gone), or stands again; ok is false when it is so
// already.
func (d *Desk) turning(ctx context.Context, text string, gone bool) (load int64, back freight.ObservationID, ok bool, err error) {
	id, valid := freight.ParseObservationID(text)
	if !valid {
		return 0, id, false, nil
	}
	if load, err = d.Store.FindObservation(ctx, id); errors.Is(err, store.ErrNotFound) {
		return 0, id, false, nil
	}
	if err == nil {
		load, err = d.Store.Became(ctx, load)
	}
	if err != nil {
		return load, id, false, err
	}
	log, err := d.Store.Observations(ctx, load, time.Time{})
	taken := TakenBack(log)
	if err != nil || taken[id] == gone {
		return load, id, false, err
	}
	if gone {
		return load, id, true, nil
	}
	for i := range slices.Backward(log) {
		if log[i].Retracts == id && !taken[log[i].ID] {
			return load, log[i].ID, true, nil
		}
	}
	return load, id, false, nil
}

// TurnDeed undoes a deed on papers, or does it again: the documents as they were, everything it said of loads and what it taught
// taken back.
func (d *Desk) TurnDeed(ctx context.Context, deed *store.Deed, undone bool, who string, at *time.Time) error {
	now := d.LedgerAt(at).Now().UTC()
	from, to := deed.After, deed.Before
	if !undone {
		from, to = to, from
	}
	deed.Undone = undone
	var err error
	if deed.Owes, err = owing(owed{At: now, By: who, Turn: deed.Observations}); err != nil {
		return err
	}
	says := "undone: " + deed.Says
	if !undone {
		says = "done again: " + deed.Says
	}
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Restate(from, to); err != nil {
			return err
		}
		subject := ""
		if len(to) > 0 {
			subject = to[0].ID
		}
		return errors.Join(tx.SetDeed(deed), tx.TurnLessons(deed.ID, undone, now, who), tx.Audit(&store.Act{At: now, Who: who, Act: "undo", Subject: subject, Detail: says, Digest: Digest(fmt.Sprint(deed.ID), says)}))
	})
	if err == nil {
		err = d.payDeed(ctx, deed)
	}
	for _, load := range loadsOf(deed) {
		err = errors.Join(err, d.Restage(ctx, load))
	}
	d.Ledger.News().Announce(nil)
	return err
}

func loadsOf(deed *store.Deed) (out []int64) {
	for _, list := range [][]store.Document{deed.Before, deed.After} {
		for i := range list {
			if load := list[i].Load; load != 0 && !slices.Contains(out, load) {
				out = append(out, load)
			}
		}
	}
	return out
}
