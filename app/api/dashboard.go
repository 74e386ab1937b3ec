package api

import (
	"context"
	"encoding/csv"
	"io"
	"net/http"
	"strconv"
	"time"

	root "tracedesk/backend/desk"
	desk "tracedesk/backend/desk/reports"
)

// exporting hands out the figures of the dashboard as a sheet.
type exporting struct{ figures Figures }

func (e exporting) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/dashboard/export.csv", e.export)
}

// export is the figures of a period, or with rows the rows behind one of them.
func (e exporting) export(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	when, err := whenOf(r)
	if err != nil {
		fail(w, err)
		return
	}
	query := desk.KPIQuery{Customer: q.Get("customer"), Carrier: q.Get("carrier"), From: q.Get("from"), To: q.Get("to"), Definition: q.Get("definition"), Rows: q.Get("rows"), AsOf: when.AsOf, At: when.At}
	attach(w, r, "figures.csv", "text/csv; charset=utf-8", func(ctx context.Context, out io.Writer) error {
		k, err := e.figures.KPIs(ctx, query)
		if err != nil {
			return err
		}
		if query.Rows != "" {
			return writeRows(out, &k)
		}
		return writeFigures(out, &k)
	})
}

// writeFigures writes a line a figure; every line says what it is of, so that lines of several files may be put together.
func writeFigures(out io.Writer, k *desk.KPIs) error {
	w := csv.NewWriter(out)
	lines := [][]string{{"figure", "title", "unit", "value", "n", "low", "high", "few", "excluded", "cause", "customer", "carrier", "from", "to", "as_of", "definition"}}
	for i := range k.KPIs {
		f := &k.KPIs[i]
		line := func(excluded, cause string) []string {
			return []string{f.Name, f.Title, f.Unit, decimal(f.Value), strconv.Itoa(f.N), decimal(f.Low), decimal(f.High), strconv.FormatBool(f.Small), excluded, cause,
				root.Harmless(k.Customer), root.Harmless(k.Carrier), k.From, k.To, k.AsOf.Format(time.RFC3339), root.Harmless(k.Definition.Name)}
		}
		lines = append(lines, line("", f.Reason))
		for _, x := range f.Excluded {
			left := line(strconv.Itoa(x.N), x.Cause)
			left[3], left[4], left[5], left[6] = "", "", "", "" // a line of what was left out is no second figure
			lines = append(lines, left)
		}
	}
	return w.WriteAll(lines)
}

func writeRows(out io.Writer, k *desk.KPIs) error {
	w := csv.NewWriter(out)
	lines := [][]string{{"load", "stop", "what", "customer", "carrier", "place", "lane", "due", "actual", "outcome", "value", "responsible", "excluded"}}
	for i := range k.Rows {
		r := &k.Rows[i]
		stop := ""
		if r.Stop > 0 {
			stop = strconv.Itoa(r.Stop)
		}
		lines = append(lines, []string{root.Harmless(r.Load), stop, root.Harmless(r.What), root.Harmless(r.Customer), root.Harmless(r.Carrier), root.Harmless(r.Place), root.Harmless(r.Lane),
			either(r.Due, r.DueDay), either(r.Actual, r.Day), root.Harmless(r.Outcome), decimal(r.Value), root.Harmless(r.Party), root.Harmless(r.Excluded)})
	}
	return w.WriteAll(lines)
}

func decimal(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

func either(at *time.Time, day string) string {
	if at == nil {
		return day
	}
	return at.Format(time.RFC3339)
}
