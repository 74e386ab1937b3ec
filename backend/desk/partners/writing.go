package partners

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/format/x12"
	"tracedesk/backend/freight"
)

// Names and defaults of the ids of outgoing interchanges, as the settings have them.
const (
	senderKey   = "x12.sender"
	receiverKey = "x12.receiver"
	everybody   = "global"
)

// Write writes an outgoing interchange: a 214 of what is known of a load, a 990, or the acknowledgements of a file. Every
// interchange takes a control number, which is kept before the first byte is written.
func (a *Area) Write(ctx context.Context, w EdiWrite) (EdiWritten, error) {
	var out EdiWritten
	var err error
	switch kind := strings.ToUpper(w.Kind); kind {
	case "214":
		out, err = a.write214(ctx, &w)
	case "990":
		out, err = a.write990(ctx, &w)
	case "997", "999", "TA1":
		out, err = a.acknowledge(ctx, kind, &w)
	case "CONTRL":
		out, err = a.writeCONTRL(ctx, &w)
	case "EPCIS":
		out, err = a.writeEPCIS(ctx, &w)
	default:
		return out, desk.Invalid("The desk writes 214, 990, 997, 999, TA1, CONTRL and EPCIS, not %q.", w.Kind)
	}
	if err != nil {
		return out, err
	}
	a.written.keep(&out)
	return out, a.desk.Left(ctx, standards[strings.ToUpper(w.Kind)]+strings.ToUpper(w.Kind)+" written", cmp.Or(w.Load, w.Path, "a text"), fmt.Sprintf("interchange %v", out.Control), []byte(out.Text))
}

// standards are what stands before the kind of a file where that alone does not tell; others are X12.
var standards = map[string]string{"214": "X12 ", "990": "X12 ", "997": "X12 ", "999": "X12 ", "TA1": "X12 ", "CONTRL": "EDIFACT "}

// envelope is the outside of an interchange to a partner.
func (a *Area) envelope(ctx context.Context, w *EdiWrite) (env x12.Envelope, p desk.Partner, err error) {
	env.At, env.Test = a.desk.LedgerAt(w.Now).Now(), a.desk.Demo
	if env.Sender.ID, err = a.setting(ctx, senderKey, "TRACEDESK"); err != nil {
		return env, p, err
	}
	if env.Receiver.ID = w.Partner; w.Partner == "" {
		if env.Receiver.ID, err = a.setting(ctx, receiverKey, "TMS"); err != nil {
			return env, p, err
		}
	}
	p, _, err = a.desk.Partner(ctx, env.Receiver.ID)
	env.Receiver.Qualifier, env.Version = p.Qualifier, p.Version
	return env, p, err
}

func (a *Area) setting(ctx context.Context, key, otherwise string) (string, error) {
	value, err := a.desk.Store.Setting(ctx, everybody, key)
	return cmp.Or(value, otherwise), err
}

// finish takes a control number and writes.
func (a *Area) finish(ctx context.Context, kind string, write func(control int, page *bytes.Buffer) error) (EdiWritten, error) {
	// Written once without a number of its own first: what cannot be written takes none.
	if err := write(1, &bytes.Buffer{}); err != nil {
		return EdiWritten{}, desk.Invalid("The %s cannot be written: %s.", kind, oneLine(err))
	}
	n, err := a.desk.NextControl(ctx)
	if err != nil {
		return EdiWritten{}, err
	}
	var page bytes.Buffer
	if err := write(n, &page); err != nil {
		return EdiWritten{}, err
	}
	return EdiWritten{Name: fmt.Sprintf("%s-%09d.edi", strings.ToLower(kind), n), Text: page.String(), Control: []int{n}}, nil
}

func (a *Area) load(ctx context.Context, ref string) (freight.Timeline, string, error) {
	if strings.TrimSpace(ref) == "" {
		return freight.Timeline{}, "", desk.Invalid("Say which load.")
	}
	l, err := a.desk.FindLoad(ctx, ref)
	if err != nil {
		return freight.Timeline{}, "", err
	}
	view, err := a.desk.Ledger.View(ctx, l.ID, time.Time{}, a.desk.Now())
	return view.Timeline, l.Number, err
}

func number(t *freight.Timeline, of freight.RefType) string {
	for _, ref := range t.Refs {
		if ref.Type == of && (of != freight.RefPRO || ref.Scope == "" || ref.IsTaught() || ref.Scope == t.SCAC.Value) {
			return ref.Value
		}
	}
	return ""
}

func (a *Area) write990(ctx context.Context, w *EdiWrite) (EdiWritten, error) {
	t, load, err := a.load(ctx, w.Load)
	if err != nil {
		return EdiWritten{}, err
	}
	env, p, err := a.envelope(ctx, w)
	if err != nil {
		return EdiWritten{}, err
	}
	r := x12.Reply{Load: load, SCAC: t.SCAC.Value, Reason: strings.ToUpper(w.Reason), Note: w.Note, BOL: number(&t, freight.RefBOL), At: env.At}
	switch w.Answer {
	case "accept":
		r.Action = x12.AcceptTender
	case "decline":
		r.Action = cmp.Or(p.Declined, x12.DeclineTender)
	default:
		return EdiWritten{}, desk.Invalid("A 990 says accept or decline, not %q.", w.Answer)
	}
	return a.finish(ctx, "990", func(control int, page *bytes.Buffer) error {
		env.Control = control
		return x12.Write990(page, env, []x12.Reply{r})
	})
}

// write214 reports on a load: one status that the request names, or everything that is known of it.
func (a *Area) write214(ctx context.Context, w *EdiWrite) (EdiWritten, error) {
	t, load, err := a.load(ctx, w.Load)
	if err != nil {
		return EdiWritten{}, err
	}
	env, _, err := a.envelope(ctx, w)
	if err != nil {
		return EdiWritten{}, err
	}
	all, left, err := reports(&t, w)
	if err != nil {
		return EdiWritten{}, err
	}
	for i := range all {
		s := &all[i]
		s.Load, s.SCAC, s.PRO, s.BOL = load, t.SCAC.Value, number(&t, freight.RefPRO), number(&t, freight.RefBOL)
	}
	if len(all) == 0 {
		return EdiWritten{}, desk.Conflict("Nothing is known of load %s that a 214 could say: no arrival, departure, loading, unloading or expected time.", load)
	}
	out, err := a.finish(ctx, "214", func(control int, page *bytes.Buffer) error {
		return x12.Write214(page, x12.Interchange{Sender: env.Sender, Receiver: env.Receiver, Control: control, At: env.At, Test: env.Test, Version: env.Version, Statuses: all})
	})
	out.Notes = left
	return out, err
}

// reports are the statuses to write, and what is left out and why.
func reports(t *freight.Timeline, w *EdiWrite) (all []x12.Status, left []string, err error) {
	if w.Code != "" {
		s, err := oneReport(t, w)
		return []x12.Status{s}, nil, err
	}
	for i := range t.Stops {
		stop := &t.Stops[i]
		said := map[string]bool{}
		for _, known := range []*freight.KnownTime{stop.Arrived, stop.Loaded, stop.PickedUp, stop.Unloaded, stop.Delivered, stop.Departed} {
			if known == nil {
				continue
			}
			code, ok := x12.StatusCode(known.Fact, stop.Kind)
			if !ok {
				left = append(left, fmt.Sprintf("Stop %d: a 214 has no code for %s of it.", stop.Seq, strings.ReplaceAll(string(known.Fact), "_", " ")))
				continue
			}
			if !said[code] {
				said[code] = true
				all = append(all, report(stop, code, known.At))
			}
		}
		if eta := stop.ETA; eta != nil && stop.Arrived == nil && !eta.At.IsZero() {
			if code, ok := x12.StatusCode(freight.FactETA, stop.Kind); ok {
				all = append(all, report(stop, code, eta.At))
			}
		}
	}
	return all, left, nil
}

func report(stop *freight.StopLine, code string, at time.Time) x12.Status {
	return x12.Status{Code: code, When: freight.At(at), Zone: stop.Zone, Place: stop.Place, Stop: stop.Seq}
}

func oneReport(t *freight.Timeline, w *EdiWrite) (s x12.Status, err error) {
	s = x12.Status{Code: strings.ToUpper(w.Code), Reason: strings.ToUpper(w.Reason)}
	if s.When, err = freight.ParseWhen(w.When); err != nil || s.When.IsZero() {
		return s, desk.Invalid("Say when, as a time such as 2026-11-23 14:30 or 2026-11-23T14:30:00-06:00.")
	}
	if w.Stop == 0 {
		return s, nil
	}
	at := slices.IndexFunc(t.Stops, func(stop freight.StopLine) bool { return stop.Seq == w.Stop })
	if at < 0 {
		return s, desk.Invalid("The load has no stop %d.", w.Stop)
	}
	s.Stop, s.Zone, s.Place = w.Stop, t.Stops[at].Zone, t.Stops[at].Place
	return s, nil
}

// acknowledge answers every interchange of a file.
func (a *Area) acknowledge(ctx context.Context, kind string, w *EdiWrite) (EdiWritten, error) {
	body, err := given(w.Path, w.Text)
	if err != nil {
		return EdiWritten{}, err
	}
	defer body.Close()
	var all EdiWritten
	list, err := x12.Receipts(body, x12.Options{Partner: a.desk.PartnerOf(ctx), Notes: func(n string) { all.Notes = append(all.Notes, n) }})
	if err != nil {
		return EdiWritten{}, desk.Invalid("Nothing can be acknowledged: %s.", oneLine(err))
	}
	now := a.desk.LedgerAt(w.Now).Now()
	for i := range list {
		rec := &list[i]
		if kind != "TA1" && len(rec.Groups) == 0 {
			all.Notes = append(all.Notes, "Interchange "+rec.Control+" holds nothing to acknowledge: acknowledgements are not acknowledged.")
			continue
		}
		one, err := a.finish(ctx, kind, func(control int, page *bytes.Buffer) error {
			if kind == "TA1" {
				return x12.WriteTA1(page, rec, control, now)
			}
			return x12.Acknowledge(page, kind, rec, control, now)
		})
		if err != nil {
			return all, err
		}
		all.Name, all.Text, all.Control = cmp.Or(all.Name, one.Name), all.Text+one.Text, append(all.Control, one.Control...)
	}
	if all.Text == "" {
		return all, desk.Conflict("There is nothing to acknowledge in it.")
	}
	return all, nil
}
