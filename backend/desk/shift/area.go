package shift

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// Area is the handover at a shift's end.
type Area struct{ desk *desk.Desk }

// New is the area over an open desk.
func New(d *desk.Desk) *Area { return &Area{d} }

// longest is how far back a shift reaches at most.
const longest = 12 * time.Hour

// listed is how many sheets a list names.
const listed = 100

// When asks as of an instant: AsOf hides what was received later, At sets the clock; zero means now.
type When struct {
	AsOf time.Time
	At   time.Time
}

// Draft is the sheet as it would be handed over.
func (a *Area) Draft(ctx context.Context, when When) (Handover, error) {
	known, now := a.desk.Sight(when.At, when.AsOf)
	return a.draft(ctx, known, now, nil)
}

// HandOver keeps the sheet as it is now. It is refused while open exceptions have no owner: each of them is named.
func (a *Area) HandOver(ctx context.Context, h HandOver) (Handover, error) {
	h.To = strings.TrimSpace(h.To)
	if h.To == "" {
		return Handover{}, desk.Invalid("Say to whom the shift is handed over.")
	}
	words, err := a.wordsByLoad(ctx, h.Loads)
	if err != nil {
		return Handover{}, err
	}
	now := a.desk.LedgerAt(h.Now).Now().UTC()
	sheet, err := a.draft(ctx, time.Time{}, now, words)
	if err != nil {
		return Handover{}, err
	}
	if len(sheet.Blocked) > 0 {
		return Handover{}, &desk.Fault{Kind: "conflict", Message: "The shift cannot be closed yet. " + strings.Join(few(sheet.Blocked, inSentence), ". ") + ".",
			Do: "Give each of these exceptions an owner."}
	}
	sheet.By, sheet.To, sheet.Note = a.desk.Person(h.As), h.To, strings.TrimSpace(h.Note)
	sheet.count()
	kept, err := keep(&sheet)
	if err != nil {
		return Handover{}, err
	}
	err = a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.AddHandover(&kept); err != nil {
			return err
		}
		return tx.Audit(&store.Act{At: now, Who: sheet.By, Act: "handover", Subject: subject(kept.ID),
			Detail: fmt.Sprintf("%d lines to %s", len(sheet.Lines), sheet.To), Digest: desk.Digest(kept.Body)})
	})
	if err != nil {
		return Handover{}, err
	}
	a.desk.Ledger.News().Announce(nil)
	sheet.ID = strconv.FormatInt(kept.ID, 10)
	return sheet, nil
}

// How many of a long list a sheet names, and one sentence.
const (
	onSheet    = 20
	inSentence = 3
)

// few are the first of a list, and how many more there are.
func few(list []string, named int) []string {
	if len(list) <= named {
		return list
	}
	return append(slices.Clone(list[:named]), fmt.Sprintf("And %d more", len(list)-named))
}

// wordsByLoad finds the loads that the outgoing person wrote about.
func (a *Area) wordsByLoad(ctx context.Context, notes []HandoverNote) (map[int64]HandoverWords, error) {
	out := map[int64]HandoverWords{}
	for _, n := range notes {
		found, err := a.desk.FindLoad(ctx, n.Load)
		if err != nil {
			return nil, err
		}
		w := HandoverWords{Decided: strings.TrimSpace(n.Decided), Rejected: strings.TrimSpace(n.Rejected), Fragile: strings.TrimSpace(n.Fragile)}
		if w != (HandoverWords{}) {
			out[found.ID] = w
		}
	}
	return out, nil
}

func subject(id int64) string { return "handover:" + strconv.FormatInt(id, 10) }

func keep(h *Handover) (store.Handover, error) {
	body, err := json.Marshal(h)
	return store.Handover{At: h.At, By: h.By, Closed: h.Closed, Body: string(body)}, err
}

func read(kept *store.Handover) (h Handover, err error) {
	if err = json.Unmarshal([]byte(kept.Body), &h); err != nil {
		return h, fmt.Errorf("handover %d cannot be read: %w", kept.ID, err)
	}
	h.ID = strconv.FormatInt(kept.ID, 10)
	return h, nil
}

// count sets how many lines nobody has taken.
func (h *Handover) count() {
	h.Open = 0
	for i := range h.Lines {
		if h.Lines[i].TakenAt == nil {
			h.Open++
		}
	}
	h.Closed = h.Open == 0
}

// Sheet is a sheet that was handed over.
func (a *Area) Sheet(ctx context.Context, id string) (Handover, error) {
	n, err := number(id)
	if err != nil {
		return Handover{}, err
	}
	kept, err := a.desk.Store.Handover(ctx, n)
	if errors.Is(err, store.ErrNotFound) {
		return Handover{}, desk.NotFound("There is no handover %s.", id)
	}
	if err != nil {
		return Handover{}, err
	}
	return read(&kept)
}

func number(id string) (int64, error) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return 0, desk.Invalid("%q is not the number of a handover.", id)
	}
	return n, nil
}

// Take acknowledges a line, or all that nobody has taken, or gives back what the same person took. A line that is taken stays
// with whoever took it first, who owns its open exceptions from then on.
func (a *Area) Take(ctx context.Context, id string, take TakeOver) (Handover, error) {
	n, err := number(id)
	if err != nil {
		return Handover{}, err
	}
	if take.Load == "" && !take.All {
		return Handover{}, desk.Invalid("Say which load is taken over, or all.")
	}
	who, now := a.desk.Person(take.As), a.desk.LedgerAt(take.Now).Now().UTC()
	var sheet Handover
	var taken []string
	err = a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		kept, err := tx.Handover(n)
		if err != nil {
			return err
		}
		if sheet, err = read(&kept); err != nil {
			return err
		}
		taken, err = sheet.take(take, who, now)
		if err != nil || len(taken) == 0 {
			return err
		}
		again, err := keep(&sheet)
		if err != nil {
			return err
		}
		kept.Closed, kept.Body = again.Closed, again.Body
		if err := tx.SaveHandover(&kept); err != nil {
			return err
		}
		act := "taken over"
		if take.Back {
			act = "given back"
		}
		return tx.Audit(&store.Act{At: now, Who: who, Act: act, Subject: subject(n), Detail: strings.Join(taken, ", "), Digest: desk.Digest(kept.Body)})
	})
	if errors.Is(err, store.ErrNotFound) {
		return Handover{}, desk.NotFound("There is no handover %s.", id)
	}
	if err != nil {
		return sheet, err
	}
	lines := slices.DeleteFunc(slices.Clone([]HandoverLine(sheet.Lines)), func(l HandoverLine) bool { return !slices.Contains(taken, l.Load) })
	a.desk.Ledger.News().Announce(nil)
	return sheet, a.own(ctx, lines, take, who, now)
}

// take marks lines as taken, or as taken no longer, and names them.
func (h *Handover) take(take TakeOver, who string, now time.Time) (taken []string, err error) {
	found := take.All
	for i := range h.Lines {
		l := &h.Lines[i]
		if !take.All && l.LoadID != take.Load && freight.NormalRef(l.Load) != freight.NormalRef(take.Load) {
			continue
		}
		found = true
		switch {
		case take.Back && l.TakenAt != nil && l.TakenBy == who:
			l.TakenAt, l.TakenBy = nil, ""
		case !take.Back && l.TakenAt == nil:
			l.TakenAt, l.TakenBy = desk.Moment(now), who
		default:
			continue
		}
		taken = append(taken, l.Load)
	}
	if !found {
		return nil, desk.NotFound("Load %s is not on this sheet.", take.Load)
	}
	h.count()
	return taken, nil
}

// List are the last sheets, newest first.
func (a *Area) List(ctx context.Context) (Handovers, error) {
	kept, err := a.desk.Store.Handovers(ctx, a.desk.Now(), listed)
	if err != nil {
		return Handovers{}, err
	}
	var out Handovers
	for i := range kept {
		h, err := read(&kept[i])
		if err != nil {
			return out, err
		}
		out.Handovers = append(out.Handovers, HandoverHead{ID: h.ID, At: h.At, By: h.By, To: h.To, Lines: len(h.Lines), Open: h.Open})
	}
	return out, nil
}

// since is when the shift began that ends now: at the last handover, at most twelve hours ago.
func (a *Area) since(ctx context.Context, now time.Time) (time.Time, error) {
	from := now.Add(-longest)
	last, err := a.desk.Store.Handovers(ctx, now, 1)
	if err == nil && len(last) > 0 && last[0].At.After(from) && last[0].At.Before(now) {
		from = last[0].At
	}
	return from, err
}

// sortLines puts what falls due first first.
func sortLines(lines []HandoverLine) {
	slices.SortFunc(lines, func(a, b HandoverLine) int {
		switch {
		case a.NextDue == nil && b.NextDue == nil || a.NextDue != nil && b.NextDue != nil && a.NextDue.Equal(*b.NextDue):
			return strings.Compare(a.Load+a.LoadID, b.Load+b.LoadID)
		case a.NextDue == nil:
			return 1
		case b.NextDue == nil:
			return -1
		}
		return a.NextDue.Compare(*b.NextDue)
	})
}
