package api

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strconv"

	desk "tracedesk/backend/desk/reports"
)

// Reports makes the papers that go to customers.
type Reports interface {
	Daily(ctx context.Context, q desk.DailyQuery) (desk.Daily, error)
	// DailyPDF writes the page of record: the same bytes for the same inputs.
	DailyPDF(ctx context.Context, q desk.DailyQuery, out io.Writer) error
}

type printing struct{ reports Reports }

func (p printing) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/reports/daily", p.daily)
	mux.HandleFunc("GET /api/reports/daily.pdf", p.dailyPDF)
}

func dailyQuery(r *http.Request) (desk.DailyQuery, error) {
	q := r.URL.Query()
	asOf, err := instant(q, "asOf")
	if err != nil {
		return desk.DailyQuery{}, err
	}
	at, err := instant(q, "at")
	return desk.DailyQuery{Customer: q.Get("customer"), Date: q.Get("date"), AsOf: asOf, At: at}, err
}

func (p printing) daily(w http.ResponseWriter, r *http.Request) {
	q, err := dailyQuery(r)
	if err != nil {
		fail(w, err)
		return
	}
	daily, err := p.reports.Daily(r.Context(), q)
	answer(w, daily, err)
}

// dailyPDF holds the whole paper before it answers, so that a failure half way is an error and not half a page.
func (p printing) dailyPDF(w http.ResponseWriter, r *http.Request) {
	q, err := dailyQuery(r)
	var pdf bytes.Buffer
	if err == nil {
		err = p.reports.DailyPDF(r.Context(), q, &pdf)
	}
	if err != nil {
		fail(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/pdf")
	w.Header().Set("Content-Disposition", "inline; filename="+strconv.QuoteToASCII(q.Customer+" "+q.Date+".pdf"))
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(pdf.Bytes())
}
