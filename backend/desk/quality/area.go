package quality

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fxamacker/cbor/v2"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/report/kpi"
	"tracedesk/backend/store"
	"tracedesk/backend/watch"
)

// Rows counts a figure over some days (YYYY-MM-DD, both included) and hands out the rows behind it.
type Rows func(figure, from, to string) (kpi.KPI, []kpi.KPIRow, error)

// Figures reads what figures count of the loads of some days, once for many questions about days among them.
type Figures func(ctx context.Context, customer, from, to string) (Rows, error)

// Area tells how clean the desk's data are. It only reads.
type Area struct {
	desk    *desk.Desk
	figures Figures
}

// New is the area over an open desk.
func New(d *desk.Desk, f Figures) *Area { return &Area{d, f} }

// found are the kinds of findings that speak of data.
var found = []string{"data.future", "data.speed", "data.midnight", "scan.order", "position.falseFresh", "source.conflict", "load.duplicate", "load.oneSided", "load.gone"}

// Kinds beside what the rules find.
const (
	numberWrong   = "number.form"
	reasonMissing = "reason.missing"
	zoneMissing   = "zone.missing"
	windowMissing = "window.missing"
	orderWrong    = "order.dwell"
)

// cause is a kind that a figure leaves out with a cause.
type cause struct {
	kind, title, says string
	figures           []string
	causes            []string
}

var causes = []cause{
	{zoneMissing, "Zone cannot be told", "Stops whose place names no time zone: their times cannot be compared with anything.", []string{"otp.current", "otd.current"}, []string{"zone cannot be told"}},
	{windowMissing, "No appointment", "Stops without a window: on time cannot be counted.", []string{"otp.current", "otd.current"}, []string{"no appointment"}},
	{orderWrong, "Departed before it arrived", "Stops whose departure lies before their arrival.", []string{"dwell.pickup", "dwell.delivery"}, []string{"departed before it arrived"}},
}

// most is how many loads and rows an answer holds.
const most = 500

// Quality tells how clean the data of some days are. Findings and numbers are those of live loads.
func (a *Area) Quality(ctx context.Context, q QualityQuery) (Quality, error) {
	today := a.desk.Now().UTC()
	out := Quality{Customer: q.Customer, From: cmp.Or(q.From, today.AddDate(0, 0, -6).Format(time.DateOnly)), To: cmp.Or(q.To, today.Format(time.DateOnly))}
	g := gathering{kind: q.Kind, rows: map[string][]QualityRow{}}
	if err := a.findings(ctx, &g, q.Customer); err != nil {
		return out, err
	}
	if err := a.numbers(ctx, &g, q.Customer); err != nil {
		return out, err
	}
	rows, err := a.figures(ctx, q.Customer, out.From, out.To)
	if err != nil {
		return out, err
	}
	if err := leftOut(rows, &g, &out); err != nil {
		return out, err
	}
	out.Kinds = g.kinds
	slices.SortStableFunc(out.Kinds, func(x, y QualityKind) int { return cmp.Compare(min(y.N, 1), min(x.N, 1)) })
	out.Rows = g.rows[q.Kind]
	if len(out.Rows) > most {
		out.Rows = out.Rows[:most]
	}
	if out.Quarantine, err = a.desk.Store.QuarantineCount(ctx); err != nil {
		return out, err
	}
	return out, complete(rows, &out)
}

// gathering collects cases by kind.
type gathering struct {
	kind  string
	kinds []QualityKind
	rows  map[string][]QualityRow
}

// add puts a kind with its cases in order.
func (g *gathering) add(kind, title, says string, rows []QualityRow) {
	loads := map[string]bool{}
	for i := range rows {
		loads[rows[i].Load] = true
	}
	slices.SortStableFunc(rows, func(x, y QualityRow) int { return cmp.Or(cmp.Compare(x.Load, y.Load), cmp.Compare(x.Stop, y.Stop)) })
	g.kinds = append(g.kinds, QualityKind{Kind: kind, Title: title, Says: says, N: len(rows), Loads: len(loads)})
	g.rows[kind] = rows
}

// findings are what the rules found and nobody settled.
func (a *Area) findings(ctx context.Context, g *gathering, customer string) error {
	byKind := map[string][]QualityRow{}
	err := a.desk.Store.OpenLines(ctx, nil, func(o *store.OpenLine) error {
		if customer != "" && o.Customer != customer || !slices.Contains(found, o.Kind) {
			return nil
		}
		var x watch.Exception
		if err := cbor.Unmarshal(o.Body, &x); err != nil {
			return err
		}
		at := x.DetectedAt
		byKind[o.Kind] = append(byKind[o.Kind], QualityRow{Load: o.Number, Stop: x.Stop, Customer: o.Customer, Why: x.Why, At: &at})
		return nil
	})
	for _, kind := range found {
		g.add(kind, watch.KindOf(kind).Words, "Found by the rule “"+kind+"” on live loads, and not settled.", byKind[kind])
	}
	return err
}

// numbers are references and carriers' codes of live loads that cannot be right.
func (a *Area) numbers(ctx context.Context, g *gathering, customer string) error {
	var rows []QualityRow
	err := a.desk.Store.LiveLines(ctx, func(l store.Line) bool {
		r := &l.Row
		if customer != "" && r.Customer != customer {
			return true
		}
		note := func(kind, value string) {
			if why, _ := checkNumber(kind, value); value != "" && why != "" {
				rows = append(rows, QualityRow{Load: r.Load, Customer: r.Customer, Carrier: r.Carrier, Value: kind + " " + value, Why: why})
			}
		}
		for _, ref := range r.Refs {
			note(string(ref.Type), ref.Value)
		}
		note(typeSCAC, r.SCAC)
		return true
	})
	g.add(numberWrong, "Number cannot be right", "Containers by their check digit (ISO 6346), SCAC by its form, any number that a spreadsheet rounded or that is a filler, on live loads.", rows)
	return err
}

// leftOut is what the figures of the days could not count.
func leftOut(rowsOf Rows, g *gathering, out *Quality) error {
	late := []QualityRow{}
	byKind := map[string][]QualityRow{}
	for _, figure := range []string{"otp.current", "otd.current", "dwell.pickup", "dwell.delivery"} {
		_, rows, err := rowsOf(figure, out.From, out.To)
		if err != nil {
			return err
		}
		for i := range rows {
			r := &rows[i]
			if strings.HasPrefix(figure, "ot") && r.Outcome == kpi.Late && r.Party == "" && r.Excluded == "" {
				late = append(late, caseOf(r, "late, and nobody said who is responsible"))
			}
			for _, c := range causes {
				if slices.Contains(c.figures, figure) && slices.Contains(c.causes, r.Excluded) {
					byKind[c.kind] = append(byKind[c.kind], caseOf(r, r.Excluded))
				}
			}
		}
	}
	g.add(reasonMissing, "Late without a reason", "Late stops of the days whose responsible party nobody filed: they count against the carrier until somebody does.", late)
	for _, c := range causes {
		g.add(c.kind, c.title, c.says, byKind[c.kind])
	}
	return nil
}

func caseOf(r *kpi.KPIRow, why string) QualityRow {
	return QualityRow{Load: r.Load, Stop: r.Stop, Customer: r.Customer, Carrier: r.Carrier, Value: cmp.Or(r.Place, r.Lane), Why: why, At: r.Due}
}

// longest is over how many days completeness is told day by day.
const longest = 31

// complete tells how much of what the plans ask for is on record, by day and by load.
func complete(rowsOf Rows, out *Quality) error {
	_, rows, err := rowsOf("milestones.complete", out.From, out.To)
	if err != nil {
		return err
	}
	out.Loads = incomplete(rows)
	from, err := time.Parse(time.DateOnly, out.From)
	if err != nil {
		return desk.Invalid("%q is not a day such as 2026-11-23.", out.From)
	}
	to, err := time.Parse(time.DateOnly, out.To)
	if err != nil {
		return desk.Invalid("%q is not a day such as 2026-11-23.", out.To)
	}
	if earliest := to.AddDate(0, 0, 1-longest); from.Before(earliest) {
		from = earliest
	}
	for day := from; !day.After(to); day = day.AddDate(0, 0, 1) {
		text := day.Format(time.DateOnly)
		k, rows, err := rowsOf("milestones.complete", text, text)
		if err != nil {
			return err
		}
		d := QualityDay{Day: text, Share: k.Value}
		for i := range rows {
			if rows[i].Excluded == "" {
				d.Required++
				d.Present += one(onRecord(&rows[i]))
			}
		}
		out.Days = append(out.Days, d)
	}
	return nil
}

// incomplete are the loads that lack a milestone, those that lack most first.
func incomplete(rows []kpi.KPIRow) []QualityLoad {
	at := map[string]int{}
	var out []QualityLoad
	for i := range rows {
		r := &rows[i]
		if r.Excluded != "" {
			continue
		}
		n, known := at[r.Load]
		if !known {
			n = len(out)
			at[r.Load] = n
			out = append(out, QualityLoad{Load: r.Load, Customer: r.Customer, Carrier: r.Carrier})
		}
		l := &out[n]
		l.Required++
		if onRecord(r) {
			l.Present++
			continue
		}
		l.Missing = append(l.Missing, milestone(r))
	}
	out = slices.DeleteFunc(out, func(l QualityLoad) bool { return len(l.Missing) == 0 })
	slices.SortStableFunc(out, func(x, y QualityLoad) int {
		return cmp.Or(cmp.Compare(len(y.Missing), len(x.Missing)), cmp.Compare(x.Load, y.Load))
	})
	return out[:min(most, len(out))]
}

// onRecord reports whether a milestone has an actual with a source, or a paper that came.
func onRecord(r *kpi.KPIRow) bool {
	switch freight.PaperState(r.Outcome) {
	case "", freight.PaperMissing, freight.PaperException:
		return false
	}
	return true
}

func milestone(r *kpi.KPIRow) string {
	if r.Stop > 0 {
		return r.What + " at stop " + strconv.Itoa(r.Stop)
	}
	return r.What
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// Check holds one number against the public form of its type.
func (a *Area) Check(_ context.Context, kind, value string) (NumberCheck, error) {
	kind = strings.ToUpper(strings.TrimSpace(kind))
	if strings.TrimSpace(value) == "" {
		return NumberCheck{}, desk.Invalid("Give a number.")
	}
	why, known := checkNumber(kind, value)
	return NumberCheck{Type: kind, Value: value, Why: why, Known: known}, nil
}
