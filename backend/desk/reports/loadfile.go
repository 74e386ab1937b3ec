package reports

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/report"
	"tracedesk/backend/report/kpi"
	"tracedesk/backend/store"
	"tracedesk/backend/watch"
)

// fileOf makes the packet or the dispute of a load.
func (a *Area) fileOf(ctx context.Context, q PaperQuery, asOf, now time.Time) (*report.Paper, error) {
	if q.Load == "" {
		return nil, desk.Invalid("Say which load: its number or a reference.")
	}
	load, err := a.desk.FindLoad(ctx, q.Load)
	if err != nil {
		return nil, err
	}
	s, err := a.desk.Ledger.Standing(ctx, load.ID, asOf, now)
	if err != nil {
		return nil, err
	}
	if s.Timeline.Count == 0 {
		return nil, desk.NotFound("Load %s was not known yet at %s.", load.Number, asOf.Format(time.RFC3339))
	}
	f, err := a.gatherFile(ctx, &load, &s, q, asOf, now)
	if err != nil {
		return nil, err
	}
	if q.Kind == PacketKind {
		return report.MakePacket(f), nil
	}
	p, err := report.MakeDispute(f, cmp.Or(q.Dispute, report.OTIFFine), q.Stop)
	if err != nil {
		return nil, desk.Invalid("%s.", err)
	}
	return p, nil
}

func (a *Area) gatherFile(ctx context.Context, load *store.Load, s *ledger.Standing, q PaperQuery, asOf, now time.Time) (report.LoadFile, error) {
	f := report.LoadFile{Timeline: s.Timeline, AsOf: now}
	if !asOf.IsZero() {
		f.AsOf = asOf
	}
	log, err := a.desk.Store.Observations(ctx, load.ID, asOf)
	if err != nil {
		return f, err
	}
	f.Log = linesOf(log, &f.Timeline)
	shown, err := a.desk.Store.ShownAt(ctx, []int64{load.ID})
	if err != nil {
		return f, err
	}
	if f.Load, err = standing(s, shown[load.ID], func() ([]freight.Observation, error) { return log, nil }); err != nil {
		return f, err
	}
	f.Exceptions = lives(s, f.Load.Exceptions)
	if f.Definition, err = a.definition(ctx, q.Definition, f.Timeline.Customer.Value, f.AsOf); err != nil {
		return f, err
	}
	if f.FreeTimes, err = a.freeTimes(ctx, []kpi.Load{f.Load}, f.AsOf); err != nil {
		return f, err
	}
	if f.Documents, err = a.documentsOf(ctx, &f.Timeline); err != nil {
		return f, err
	}
	if f.Outgoing, err = a.outgoingOf(ctx, load.ID, f.AsOf); err != nil {
		return f, err
	}
	if err := a.chainOf(ctx, &f, load, f.Timeline.Customer.Value); err != nil {
		return f, err
	}
	if a.scans != nil && (q.Format == "" || q.Format == PDF) {
		f.Scans, err = a.scans(ctx, load.UID.String())
	}
	return f, err
}

// linesOf are the words of a log, one line a claim.
func linesOf(log []freight.Observation, t *freight.Timeline) []report.FileLine {
	taken := desk.TakenBack(log)
	var out []report.FileLine
	for i := range log {
		o := &log[i]
		base := report.FileLine{ID: o.ID.String(), Received: o.ReceivedAt, Stated: o.StatedAt, Source: o.Source.String(), Channel: string(o.Channel), By: o.By, Text: o.Text, Where: o.Raw.Where, TakenBack: taken[o.ID]}
		if !o.Retracts.IsZero() {
			base.Fact, base.TakesBack = "retraction", o.Retracts.String()
			out = append(out, base)
			continue
		}
		for k := range o.Claims {
			c := &o.Claims[k]
			line := base
			line.Fact, line.Type, line.Stop, line.Value, line.Occurred = c.Fact, c.Value.Type, c.Subject.Stop.Seq, c.ValueText(), desk.Occurred(c, t)
			if c.Fact == freight.FactETA {
				line.Expected = desk.Resolved(c.Value.Start, c.Subject.Stop.Seq, t)
			}
			out = append(out, line)
		}
	}
	return out
}

// lives are the exceptions with everything that was done about them.
func lives(s *ledger.Standing, counted []kpi.Exception) []report.FileException {
	var out []report.FileException
	for i := range counted {
		k := slices.IndexFunc(s.Exceptions, func(x watch.Exception) bool { return x.ID == counted[i].ID })
		x := report.FileException{Exception: counted[i]}
		if k >= 0 {
			x.State = s.Exceptions[k].State
			for _, h := range s.Exceptions[k].History {
				if !h.At.After(s.Course.At) {
					x.History = append(x.History, report.FileChange{At: h.At, By: h.By, What: h.What, Old: h.Old, New: h.New})
				}
			}
		}
		out = append(out, x)
	}
	return out
}

func (a *Area) documentsOf(ctx context.Context, t *freight.Timeline) ([]report.FileDocument, error) {
	var out []report.FileDocument
	for i := range t.Documents {
		l := &t.Documents[i]
		d, err := a.desk.Store.Document(ctx, l.Hash)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return nil, err
		}
		line := report.FileDocument{Hash: l.Hash, Kind: l.Kind, State: l.State, By: l.By, Note: l.Note, Received: l.ReceivedAt, Name: d.Name, Type: d.Type, Pages: len(d.Pages), From: d.From}
		if !d.ReceivedAt.IsZero() {
			line.Received = d.ReceivedAt
		}
		if l.By != "" {
			line.Decided = l.ReceivedAt
		}
		out = append(out, line)
	}
	return out, nil
}

// mostIntents is how many of the newest intents are looked through.
const mostIntents = 100000

func (a *Area) outgoingOf(ctx context.Context, load int64, at time.Time) ([]report.FileIntent, error) {
	list, err := a.desk.Store.Intents(ctx, "", mostIntents)
	if err != nil {
		return nil, err
	}
	var out []report.FileIntent
	for i := range list {
		in := &list[i]
		if in.Load != load || in.CreatedAt.After(at) {
			continue
		}
		line := report.FileIntent{Kind: in.Kind, Target: in.Target, Text: in.Body, State: in.State, By: in.By, SettledBy: in.SettledBy, Created: in.CreatedAt, Settled: in.SettledAt}
		if in.SettledAt.After(at) {
			line.State, line.SettledBy, line.Settled = "waiting", "", time.Time{}
		}
		out = append(out, line)
	}
	return out, nil
}

// chainOf checks the audit chain, and takes its lines about the load, its papers, and the reports that its customer was given meanwhile.
func (a *Area) chainOf(ctx context.Context, f *report.LoadFile, load *store.Load, customer string) error {
	var err error
	if f.Chain.Lines, f.Chain.Broken, f.Chain.Why, err = a.desk.Store.VerifyAudit(ctx); err != nil {
		return err
	}
	subjects := []string{load.UID.String()}
	if customer != "" {
		subjects = append(subjects, "customer:"+customer, "daily:"+customer, "weekly:"+customer)
	}
	for i := range f.Documents {
		if !slices.Contains(subjects, f.Documents[i].Hash) {
			subjects = append(subjects, f.Documents[i].Hash)
		}
	}
	for _, subject := range subjects {
		links, err := a.desk.Store.Chain(ctx, subject, f.AsOf)
		if err != nil {
			return err
		}
		for i := range links {
			l := &links[i]
			if l.At.Before(f.Timeline.FirstAt) || l.Act.Act == "setting" {
				continue
			}
			line := report.FileAct{Seq: l.Seq, At: l.At, Who: l.Who, Act: l.Act.Act, Detail: l.Detail, Before: hex.EncodeToString(l.Before), Hash: hex.EncodeToString(l.Hash)}
			if l.Digest != ([32]byte{}) {
				line.Digest = hex.EncodeToString(l.Digest[:])
			}
			f.Acts = append(f.Acts, line)
		}
	}
	slices.SortFunc(f.Acts, func(x, y report.FileAct) int { return cmp.Compare(x.Seq, y.Seq) })
	return nil
}

// standingOf is what is on file of a carrier, by the newest of its loads.
func (a *Area) standingOf(ctx context.Context, loads []kpi.Load, asOf, now time.Time) (report.CarrierStanding, error) {
	newest := slices.MaxFunc(loads, func(x, y kpi.Load) int { return cmp.Or(cmp.Compare(x.Day(), y.Day()), cmp.Compare(x.Load, y.Load)) })
	load, err := a.desk.FindLoad(ctx, newest.Load)
	if err != nil {
		return report.CarrierStanding{}, nil // two loads share the number: nothing is said rather than the wrong thing
	}
	v, err := a.desk.Ledger.View(ctx, load.ID, asOf, now)
	if err != nil || v.Around == nil || v.Around.Carrier == nil {
		return report.CarrierStanding{}, err
	}
	c := v.Around.Carrier
	out := report.CarrierStanding{OnFile: true, SCAC: c.SCAC, MC: c.MC, DOT: c.DOT, Authority: c.Authority, CargoLimitUSD: c.CargoLimitUSD, Blocked: c.Blocked}
	if !c.Insured.IsZero() {
		out.InsuredTo = report.DayOf(c.Insured.UTC())
	}
	return out, nil
}

// mostActs is how many of the newest lines of the audit chain are counted.
const mostActs = 200000

// workOf counts what people did in a period, by the audit chain.
func (a *Area) workOf(ctx context.Context, from, to report.Day, until time.Time) ([]report.PersonWork, error) {
	acts, err := a.desk.Store.Acts(ctx, "", mostActs)
	if err != nil {
		return nil, err
	}
	type what struct{ who, act string }
	of := map[what]int{}
	first, last := time.Unix(int64(number(from))*86400, 0), time.Unix(int64(number(to)+1)*86400, 0)
	for i := range acts {
		if at := acts[i].At; !at.Before(first) && at.Before(last) && !at.After(until) {
			act, _, _ := strings.Cut(acts[i].Act, ":")
			of[what{acts[i].Who, act}]++
		}
	}
	out := make([]report.PersonWork, 0, len(of))
	for w, n := range of {
		out = append(out, report.PersonWork{Who: cmp.Or(w.who, "nobody named"), Act: w.act, N: n})
	}
	slices.SortFunc(out, func(x, y report.PersonWork) int { return cmp.Or(cmp.Compare(x.Who, y.Who), cmp.Compare(x.Act, y.Act)) })
	return out, nil
}
