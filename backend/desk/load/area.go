package load

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/store"
)

// Area answers everything about one load.
type Area struct{ desk *desk.Desk }

// New is the area over an open desk.
func New(d *desk.Desk) *Area { return &Area{d} }

// Load is one load as known at an instant, found by its id, its number or a reference.
func (a *Area) Load(ctx context.Context, ref string, when When) (Load, error) {
	found, err := a.desk.FindLoad(ctx, ref)
	if err != nil {
		return Load{}, err
	}
	now := a.desk.Now()
	if !when.At.IsZero() {
		now = when.At
	}
	asOf := when.AsOf
	if asOf.IsZero() {
		asOf = when.At // --at hides what was received later, unless as-of says otherwise
	}
	view, err := a.desk.Ledger.View(ctx, found.ID, asOf, now)
	if err == nil && view.Timeline.Count == 0 {
		found, view, err = a.beforeTender(ctx, found, ref, asOf, now)
	}
	if err != nil {
		return Load{}, err
	}
	if view.Timeline.Count == 0 {
		return Load{}, desk.NotFound("Load %s was not known yet at %s.", found.Number, asOf.Format(time.RFC3339))
	}
	out := page(found, &view.Timeline, view.Verdict, now)
	out.AsOf = firstSet(asOf, now)
	log, err := a.desk.Store.Observations(ctx, found.ID, asOf)
	if err != nil {
		return Load{}, err
	}
	out.Observations = history(log, &view.Timeline)
	return out, a.documents(ctx, &out, &view.Timeline)
}

// beforeTender is the load as carriers and platforms alone knew it at asOf, when its tender had not come yet. Of several
// such loads the one that went by the number asked for.
func (a *Area) beforeTender(ctx context.Context, found store.Load, ref string, asOf, now time.Time) (store.Load, ledger.View, error) {
	parts, err := a.desk.Store.NotYetJoined(ctx, found.ID, asOf)
	var best store.Load
	for _, id := range parts {
		part, err := a.desk.Store.Load(ctx, id)
		if err != nil {
			return found, ledger.View{}, err
		}
		if best.ID == 0 || freight.NormalRef(part.Number) == freight.NormalRef(ref) {
			best = part
		}
	}
	if err != nil || best.ID == 0 {
		return found, ledger.View{}, err
	}
	view, err := a.desk.Ledger.View(ctx, best.ID, asOf, now)
	return best, view, err
}

func firstSet(a, b time.Time) time.Time {
	if a.IsZero() {
		return b
	}
	return a
}

// documents lists the papers that are claimed for the load; what only the TMS says of its papers has no document.
func (a *Area) documents(ctx context.Context, out *Load, t *freight.Timeline) error {
	for i := range t.Documents {
		l := &t.Documents[i]
		line := LoadDocument{Hash: l.Hash, Kind: l.Kind, State: l.State, By: l.By, At: desk.Moment(l.ReceivedAt), Note: l.Note}
		d, err := a.desk.Store.Document(ctx, l.Hash)
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		line.Name, line.Pages, line.MIME = d.Name, len(d.Pages), d.Media
		out.Documents = append(out.Documents, line)
	}
	return nil
}

// shownRaw is how much of a raw body is shown at once.
const shownRaw = 64 << 10

// Raw is the body of an observation as it came.
func (a *Area) Raw(ctx context.Context, observation string) (RawBody, error) {
	id, ok := freight.ParseObservationID(observation)
	if !ok {
		return RawBody{}, desk.Invalid("%q is not the id of an observation.", observation)
	}
	o, run, err := a.desk.Store.ObservationByID(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return RawBody{}, desk.NotFound("There is no observation %s.", observation)
	}
	if err != nil {
		return RawBody{}, err
	}
	out := RawBody{Observation: observation, Where: o.Raw.Where, Text: o.Text}
	if run == 0 || o.Raw.Length <= 0 {
		return out, nil
	}
	r, err := a.desk.Store.Run(ctx, run)
	if err != nil {
		return out, err
	}
	out.File = r.Name
	body, err := a.desk.RawPart(r.Raw, o.Raw.Offset, min(o.Raw.Length, shownRaw))
	if err != nil {
		return out, err
	}
	out.Text, out.Cut = readable(body), o.Raw.Length > shownRaw
	return out, nil
}

// readable shows bytes as text; what is not text is shown as hex.
func readable(b []byte) string {
	s := strings.ToValidUTF8(string(b), "\uFFFD")
	if strings.Count(s, "\uFFFD") > len(s)/8 {
		return fmt.Sprintf("% x", b)
	}
	return s
}
