package reports

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/report"
	"tracedesk/backend/report/pdf"
)

// Kinds of papers.
const (
	DailyKind       = "daily"
	WeeklyKind      = "weekly"
	ScorecardKind   = "scorecard"
	PerformanceKind = "performance"
	HandoverKind    = "handover"
	PacketKind      = "packet"
	DisputeKind     = "dispute"
)

// Kinds are all kinds of papers.
func Kinds() []string {
	return []string{DailyKind, WeeklyKind, ScorecardKind, PerformanceKind, HandoverKind, PacketKind, DisputeKind}
}

// Formats of papers.
const (
	PDF  = "pdf"
	XLSX = "xlsx"
	CSV  = "csv"
)

// PaperQuery asks for a paper. What a kind does not need is left empty.
type PaperQuery struct {
	Kind       string
	Customer   string
	Carrier    string
	Load       string // a load's number, id or reference
	Handover   string // the id of a sheet; "" is the shift as it stands
	Date       string // daily: YYYY-MM-DD in the customer's zone; "" today
	Week       string // weekly: 2026-W47; "" the last whole week
	From, To   string // scorecard, performance: YYYY-MM-DD; "" the last 13 whole weeks, for performance the last whole week
	Dispute    string // otif or detention; "" otif
	Stop       int    // dispute: the stop it is about; 0 the last delivery, or the one with detention
	Definition string
	Format     string // pdf, xlsx, csv; "" pdf
	List       string // csv: which list; "" the first
	Paper      string // letter, a4; "" the customer's, else letter
	AsOf, At   time.Time
	As         string
}

// Printed is a paper as a file.
type Printed struct {
	Name  string
	Media string
	Body  []byte
}

// Maker makes the paper of a shift's sheet, which another area has the values of; id "" is the shift as it stands.
type Maker func(ctx context.Context, id string, asOf, now time.Time) (*report.Paper, error)

// Scanner draws the pages of the papers filed on a load.
type Scanner func(ctx context.Context, load string) ([]report.Scan, error)

// With gives the area what other areas know: the sheet of a shift, and the pages of a load's papers.
func (a *Area) With(handover Maker, scans Scanner) *Area {
	a.handover, a.scans = handover, scans
	return a
}

// Paper makes a paper as values.
func (a *Area) Paper(ctx context.Context, q PaperQuery) (*report.Paper, error) {
	now, asOf := a.desk.Now().UTC(), q.AsOf
	if !q.At.IsZero() {
		now = q.At
	}
	if asOf.IsZero() {
		asOf = q.At
	}
	switch q.Kind {
	case DailyKind:
		d, err := a.make(ctx, DailyQuery{Customer: q.Customer, Date: q.Date, AsOf: q.AsOf, At: q.At})
		if err != nil {
			return nil, err
		}
		return d.Paper(), nil
	case WeeklyKind:
		return a.weekly(ctx, q, asOf, now)
	case ScorecardKind:
		return a.scorecard(ctx, q, asOf, now)
	case PerformanceKind:
		return a.performance(ctx, q, asOf, now)
	case HandoverKind:
		return a.handover(ctx, q.Handover, asOf, now)
	case PacketKind, DisputeKind:
		return a.fileOf(ctx, q, asOf, now)
	}
	return nil, desk.Invalid("There is no report %q; there is %s.", q.Kind, strings.Join(Kinds(), ", "))
}

// Print writes a paper as a file: the same bytes for the same inputs. What leaves is noted in the audit chain.
func (a *Area) Print(ctx context.Context, q PaperQuery) (Printed, error) {
	p, err := a.Paper(ctx, q)
	if err != nil {
		return Printed{}, err
	}
	out := Printed{Name: fileName(p) + "." + cmp.Or(q.Format, PDF)}
	switch cmp.Or(q.Format, PDF) {
	case PDF:
		out.Media = "application/pdf"
		out.Body, err = a.printed(ctx, p, q)
	case XLSX:
		out.Media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
		out.Body, err = report.Workbook(p)
	case CSV:
		out.Media = "text/csv; charset=utf-8"
		out.Body, err = listOf(p, q.List)
	default:
		err = desk.Invalid("A report is written as pdf, xlsx or csv, not as %q.", q.Format)
	}
	if err != nil {
		return Printed{}, err
	}
	return out, a.desk.Left(ctx, p.Kind+" report", p.Kind+":"+p.About, p.Period+" as of "+p.AsOf.At.UTC().Format(time.RFC3339)+", "+out.Name, out.Body)
}

// printed is the PDF. The daily report has a page of its own making.
func (a *Area) printed(ctx context.Context, p *report.Paper, q PaperQuery) ([]byte, error) {
	opt, err := a.look(ctx, q)
	if err != nil {
		return nil, err
	}
	if q.Kind != DailyKind {
		return report.PaperPDF(p, opt)
	}
	d, err := a.make(ctx, DailyQuery{Customer: q.Customer, Date: q.Date, AsOf: q.AsOf, At: q.At})
	if err != nil {
		return nil, err
	}
	return report.DailyPDF(d, opt)
}

func listOf(p *report.Paper, id string) ([]byte, error) {
	l, err := p.Named(id)
	if err != nil {
		return nil, desk.NotFound("%s.", err)
	}
	return report.CSV(l)
}

// fileName is a name that every file system takes.
func fileName(p *report.Paper) string {
	name := strings.Join(strings.FieldsFunc(p.Kind+" "+p.About+" "+p.Period, func(r rune) bool {
		return r < ' ' || strings.ContainsRune(`<>:"/\|?*,`, r)
	}), " ")
	return strings.Join(strings.Fields(name), " ")
}

// paperSizes are the sheets that papers are printed on.
var paperSizes = map[string]pdf.Paper{"letter": pdf.Letter, "a4": pdf.A4}

// study gathers the loads and what else a study is made of.
func (a *Area) study(ctx context.Context, s report.Study, definition string, asOf, now time.Time) (report.Study, error) {
	var err error
	s.AsOf = now
	if !asOf.IsZero() {
		s.AsOf = asOf
	}
	if s.Customer != "" {
		if s.Customer, err = a.customerOf(ctx, s.Customer); err != nil {
			return s, err
		}
		if s.Zone, err = a.desk.Store.Setting(ctx, "customer:"+s.Customer, "zone"); err != nil {
			return s, err
		}
	}
	if s.Definition, err = a.definition(ctx, definition, s.Customer, s.AsOf); err != nil {
		return s, err
	}
	from, to := s.Reach()
	if s.Loads, err = a.factsOf(ctx, gathering{customer: s.Customer, carrier: s.Carrier, from: number(from), to: number(to), asOf: asOf, now: now}); err != nil {
		return s, err
	}
	if s.FreeTimes, err = a.freeTimes(ctx, s.Loads, s.AsOf); err != nil {
		return s, err
	}
	if s.Sources, err = a.heardBy(ctx, s.AsOf); err != nil {
		return s, err
	}
	s.Notes, err = a.waiting(ctx, asOf)
	return s, err
}

func number(d report.Day) int {
	return freight.DayAt(time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, time.UTC), "UTC")
}

func dayOfNumber(n int) report.Day { return report.DayOf(time.Unix(int64(n)*86400, 0).UTC()) }

// heardBy is when each kind of source last spoke, by an instant.
func (a *Area) heardBy(ctx context.Context, at time.Time) ([]report.SourceNote, error) {
	heard, err := a.desk.Store.LastHeard(ctx)
	if err != nil {
		return nil, err
	}
	var out []report.SourceNote
	for _, h := range heard {
		if !h.At.After(at) {
			out = append(out, report.SourceNote{Name: string(h.Kind), LastNews: h.At})
		}
	}
	return out, nil
}

// waiting says what waits in quarantine: it is in no figure.
func (a *Area) waiting(ctx context.Context, asOf time.Time) ([]string, error) {
	if !asOf.IsZero() {
		return nil, nil
	}
	n, err := a.desk.Store.QuarantineCount(ctx)
	if err != nil || n == 0 {
		return nil, err
	}
	return []string{fmt.Sprintf("%d items of all customers wait in quarantine and are in no figure; tracedesk quarantine lists them.", n)}, nil
}

func (a *Area) weekly(ctx context.Context, q PaperQuery, asOf, now time.Time) (*report.Paper, error) {
	week := q.Week
	if week == "" {
		week = report.WeekOf(report.DayOf(now.AddDate(0, 0, -7)))
	}
	from, to, err := report.Week(week)
	if err != nil {
		return nil, desk.Invalid("%s.", err)
	}
	s, err := a.study(ctx, report.Study{Customer: q.Customer, From: from, To: to, Weeks: report.WeeksOfTrend, Before: 7 * (report.WeeksOfTrend - 1)}, q.Definition, asOf, now)
	if err != nil {
		return nil, err
	}
	return report.MakeWeekly(s), nil
}

func (a *Area) scorecard(ctx context.Context, q PaperQuery, asOf, now time.Time) (*report.Paper, error) {
	if q.Carrier == "" {
		return nil, desk.Invalid("Say whose scorecard: a carrier.")
	}
	from, to, err := span(q, now, 7*report.WeeksOfTrend)
	if err != nil {
		return nil, err
	}
	s, err := a.study(ctx, report.Study{Carrier: q.Carrier, Customer: q.Customer, From: from, To: to, Weeks: report.WeeksOfTrend}, q.Definition, asOf, now)
	if err != nil {
		return nil, err
	}
	if len(s.Loads) == 0 {
		return nil, desk.NotFound("No load of the carrier %q has a stop from %s to %s or in the time before that it is held against.", q.Carrier, from, to)
	}
	s.Carrier = s.Loads[0].Carrier
	s.Standing, err = a.standingOf(ctx, s.Loads, asOf, now)
	return report.MakeScorecard(s), err
}

func (a *Area) performance(ctx context.Context, q PaperQuery, asOf, now time.Time) (*report.Paper, error) {
	from, to, err := span(q, now, 7)
	if err != nil {
		return nil, err
	}
	s, err := a.study(ctx, report.Study{Customer: q.Customer, From: from, To: to, Weeks: report.WeeksOfTrend}, q.Definition, asOf, now)
	if err != nil {
		return nil, err
	}
	s.People, err = a.workOf(ctx, from, to, s.AsOf)
	return report.MakePerformance(s), err
}

// span is the period asked for, else the last whole weeks of so many days.
func span(q PaperQuery, now time.Time, days int) (from, to report.Day, err error) {
	last := monday(freight.DayAt(now, "UTC")) - 1
	first := last - days + 1
	if q.To != "" {
		if last, err = dayNumber(q.To); err != nil {
			return from, to, err
		}
		first = last - days + 1
	}
	if q.From != "" {
		if first, err = dayNumber(q.From); err != nil {
			return from, to, err
		}
	}
	if first > last || last-first > longest {
		return from, to, desk.Invalid("The period %s to %s cannot be reported on.", dayText(first), dayText(last))
	}
	return dayOfNumber(first), dayOfNumber(last), nil
}
