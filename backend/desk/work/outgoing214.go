package work

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/format/x12"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// Names under which the desk keeps the ids that its interchanges are marked with, settings for everybody.
const (
	everybody   = "global"
	senderKey   = "x12.sender"
	receiverKey = "x12.receiver"
)

// shipped are the ids in use until a person sets others.
var shipped = map[string]string{senderKey: "TRACEDESK", receiverKey: "TMS"}

// everyIntent is how many waiting intents one 214 file may hold: more than people decide in months.
const everyIntent = 100_000

// Outgoing214 tells what an export as X12 214 would say now, and what it would leave out and why. It changes nothing.
func (a *Area) Outgoing214(ctx context.Context) (Outgoing214, error) {
	told, left, err := a.sayable(ctx)
	return Outgoing214{Statuses: len(told), LeftOut: left}, err
}

// Export214 writes what waits and can be said in an X12 214: times and expected times that people stated. What it leaves out
// waits on; Outgoing214 names it. Every export has a control number of its own, kept before the first byte is written.
func (a *Area) Export214(ctx context.Context, out io.Writer) error {
	told, _, err := a.sayable(ctx)
	if err != nil {
		return err
	}
	if len(told) == 0 {
		return &desk.Fault{Kind: "conflict", Message: "Nothing that waits can be written as an X12 214.",
			Do: "A 214 tells arrivals, departures, loading, unloading, expected times and appointments at one time. Export the rest as CSV."}
	}
	in := x12.Interchange{At: a.desk.Now(), Test: a.desk.Demo, Statuses: told}
	if in.Sender.ID, err = a.partner(ctx, senderKey); err != nil {
		return err
	}
	if in.Receiver.ID, err = a.partner(ctx, receiverKey); err != nil {
		return err
	}
	if in.Control, err = a.desk.NextControl(ctx); err != nil {
		return err
	}
	var page bytes.Buffer
	if err := x12.Write214(&page, in); err != nil {
		return err
	}
	if _, err := out.Write(page.Bytes()); err != nil {
		return err
	}
	return a.desk.Left(ctx, "intents exported as 214", "outbox", fmt.Sprintf("%d statuses, interchange %09d", len(told), in.Control), page.Bytes())
}

// SetX12 keeps the ids of the desk and of who receives its interchanges (qualifier ZZ); an empty one stays as it is.
func (a *Area) SetX12(ctx context.Context, sender, receiver, as string) error {
	who, now := a.desk.Person(as), a.desk.Now()
	return a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		for _, set := range [...]struct{ key, id string }{{senderKey, sender}, {receiverKey, receiver}} {
			if set.id == "" {
				continue
			}
			if err := (x12.Party{ID: set.id}).Check(); err != nil {
				return desk.Invalid("%s", sentence(err))
			}
			if err := tx.SetSetting(everybody, set.key, set.id, now, who); err != nil {
				return err
			}
			if err := tx.Audit(&store.Act{At: now, Who: who, Act: "setting", Subject: set.key, Detail: set.id}); err != nil {
				return err
			}
		}
		return nil
	})
}

func (a *Area) partner(ctx context.Context, key string) (string, error) {
	id, err := a.desk.Store.Setting(ctx, everybody, key)
	if id == "" {
		id = shipped[key]
	}
	return id, err
}

// sayable is what waits, as statuses of a 214 in the order of the decisions, and what cannot be said so.
func (a *Area) sayable(ctx context.Context) (told []x12.Status, left []LeftOut, err error) {
	list, err := a.desk.Store.Intents(ctx, string(IntentWaiting), everyIntent)
	if err != nil {
		return nil, nil, err
	}
	var loads []int64
	of := map[int64][]store.Intent{}
	for _, in := range list {
		load, err := a.desk.Store.Became(ctx, in.Load)
		if err != nil {
			return nil, nil, err
		}
		if _, known := of[load]; !known {
			loads = append(loads, load)
		}
		of[load] = append(of[load], in)
	}
	for _, load := range loads {
		v, err := a.voice(ctx, load, of[load])
		if err != nil {
			return nil, nil, err
		}
		v.say(of[load])
		told, left = append(told, v.told...), append(left, v.left...)
	}
	return told, left, nil
}

// voice is what one load needs to be spoken of, and what is said of it.
type voice struct {
	number   string
	timeline freight.Timeline
	stated   map[string]statement // by the key of the intent
	told     []x12.Status
	left     []LeftOut
}

// statement is what a person said of a stop.
type statement struct {
	*freight.Claim
	in freight.ObservationID
}

// voice reads a load, its log only when some intent may be said.
func (a *Area) voice(ctx context.Context, load int64, intents []store.Intent) (*voice, error) {
	v := &voice{stated: map[string]statement{}}
	if load == 0 {
		return v, nil
	}
	l, err := a.desk.Store.Load(ctx, load)
	v.number = l.Number
	if err != nil || !slices.ContainsFunc(intents, func(in store.Intent) bool { return mayBeSaid(&in) }) {
		return v, err
	}
	log, err := a.desk.Store.Observations(ctx, load, time.Time{})
	if err != nil {
		return v, err
	}
	for i := range log {
		for j := range log[i].Claims {
			if c := &log[i].Claims[j]; log[i].By != "" && c.Fact != freight.FactNote {
				v.stated["edit "+log[i].ID.String()] = statement{c, log[i].ID}
			}
		}
	}
	view, err := a.desk.Ledger.View(ctx, load, time.Time{}, a.desk.Now())
	v.timeline = view.Timeline
	return v, err
}

// mayBeSaid reports whether a 214 has a code for what an intent speaks of.
func mayBeSaid(in *store.Intent) bool {
	_, ok := x12.StatusCode(freight.Fact(in.Kind), "pickup_delivery")
	return ok && strings.HasPrefix(in.Key, "edit ")
}

// say turns intents into statuses. Of several that say the same code of one stop only the last is said: in one file the
// receiver could not tell which came later.
func (v *voice) say(intents []store.Intent) {
	type word struct {
		stop int
		code string
	}
	last := map[word]int64{}
	for i := len(intents) - 1; i >= 0; i-- {
		in := &intents[i]
		s, why := v.status(in)
		w := word{s.Stop, s.Code}
		if later, said := last[w]; why == "" && said {
			why = fmt.Sprintf("A later entry, %d, says the same of the stop; that one is written.", later)
		}
		if why != "" {
			v.left = append(v.left, LeftOut{ID: strconv.FormatInt(in.ID, 10), Load: v.number, Text: in.Body, Why: why})
			continue
		}
		last[w] = in.ID
		v.told = append(v.told, s)
	}
	slices.Reverse(v.told)
	slices.Reverse(v.left)
}

// status is an intent as a 214 says it, or why it does not.
func (v *voice) status(in *store.Intent) (s x12.Status, why string) {
	if !mayBeSaid(in) {
		return s, "A 214 has no word for it: " + strings.ReplaceAll(in.Kind, "_", " ") + "."
	}
	c, ok := v.stated[in.Key]
	if !ok {
		return s, "What was stated is not on file any more."
	}
	t := &v.timeline
	if t.Provisional {
		return s, "The load is known to the carrier only: it has no number that the receiver knows."
	}
	at := slices.IndexFunc(t.Stops, func(stop freight.StopLine) bool { return stop.Seq == c.Subject.Stop.Seq })
	if at < 0 {
		return s, fmt.Sprintf("The load has no stop %d.", c.Subject.Stop.Seq)
	}
	stop := &t.Stops[at]
	if !c.stands(stop) {
		return s, "It no longer stands: a later word took its place."
	}
	code, ok := x12.StatusCode(c.Fact, stop.Kind)
	if !ok {
		return s, fmt.Sprintf("A 214 does not say %s of stop %d, which is %s.", strings.ReplaceAll(string(c.Fact), "_", " "), stop.Seq, cmp.Or(kindWords[stop.Kind], "of unknown kind"))
	}
	s = x12.Status{Load: v.number, SCAC: t.SCAC.Value, PRO: number(t, freight.RefPRO), BOL: number(t, freight.RefBOL),
		Code: code, When: c.At, Zone: stop.Zone, Place: stop.Place, Stop: stop.Seq}
	if c.Fact == freight.FactETA || c.Fact == freight.FactWindow {
		s.When = c.Value.Start
	}
	if end := c.Value.End; c.Fact == freight.FactWindow && !end.IsZero() && end != c.Value.Start {
		return s, "A 214 gives an appointment as one time, not from and to."
	}
	if err := s.Check(); err != nil {
		return s, sentence(err)
	}
	return s, ""
}

// stands reports whether the statement is still its teller's word on the stop.
func (c statement) stands(stop *freight.StopLine) bool {
	mine := func(t freight.ToldTime) bool { return t.Observation == c.in }
	switch c.Fact {
	case freight.FactETA:
		return stop.ETA != nil && slices.ContainsFunc(stop.ETA.Claims, mine)
	case freight.FactWindow:
		return slices.ContainsFunc(stop.WindowsOf, func(w freight.ToldWindow) bool { return w.Observation == c.in })
	}
	for _, known := range [...]*freight.KnownTime{stop.Arrived, stop.Departed, stop.Loaded, stop.Unloaded, stop.PickedUp, stop.Delivered} {
		if known != nil && known.Fact == c.Fact && slices.ContainsFunc(known.Claims, mine) {
			return true
		}
	}
	return false
}

var kindWords = map[string]string{"pickup": "a pickup", "delivery": "a delivery", "pickup_delivery": "a pickup and delivery", "relay": "a relay"}

// number is the load's first number of a type; a PRO must be that of the load's carrier, where it says whose it is.
func number(t *freight.Timeline, of freight.RefType) string {
	for _, ref := range t.Refs {
		if ref.Type == of && (of != freight.RefPRO || ref.Scope == "" || ref.IsTaught() || ref.Scope == t.SCAC.Value) {
			return ref.Value
		}
	}
	return ""
}

// sentence is an error as a sentence; several stand one after the other.
func sentence(err error) string {
	text := strings.ReplaceAll(err.Error(), "\n", "; ")
	return strings.ToUpper(text[:1]) + text[1:] + "."
}
