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
	// Print writes any paper as PDF, XLSX or CSV; Outline is what it says, in brief.
	Print(ctx context.Context, q desk.PaperQuery) (desk.Printed, error)
	Outline(ctx context.Context, q desk.PaperQuery) (desk.Outline, error)
	SetLook(ctx context.Context, s desk.SetLook) error
}

type printing struct{ reports Reports }

func (p printing) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/reports/daily", p.daily)
	mux.HandleFunc("GET /api/reports/daily.pdf", p.dailyPDF)
	mux.HandleFunc("GET /api/reports/paper", p.paper)
	mux.HandleFunc("GET /api/reports/outline", p.outline)
	mux.HandleFunc("POST /api/reports/look", p.look)
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

func paperQuery(r *http.Request) (desk.PaperQuery, error) {
	v := r.URL.Query()
	q := desk.PaperQuery{Kind: v.Get("kind"), Customer: v.Get("customer"), Carrier: v.Get("carrier"), Load: v.Get("load"), Handover: v.Get("handover"), Date: v.Get("date"), Week: v.Get("week"),
		From: v.Get("from"), To: v.Get("to"), Dispute: v.Get("dispute"), Definition: v.Get("definition"), Format: v.Get("format"), List: v.Get("list"), Paper: v.Get("paper"), As: v.Get("as")}
	when, err := whenOf(r)
	if err == nil {
		q.AsOf, q.At = when.AsOf, when.At
		err = numbers(v, into{"stop": &q.Stop})
	}
	return q, err
}

// paper holds the whole file before it answers, so that a failure half way is an error and not half a file.
func (p printing) paper(w http.ResponseWriter, r *http.Request) {
	q, err := paperQuery(r)
	var out desk.Printed
	if err == nil {
		out, err = p.reports.Print(r.Context(), q)
	}
	if err != nil {
		fail(w, err)
		return
	}
	w.Header().Set("Content-Type", out.Media)
	w.Header().Set("Content-Disposition", "inline; filename="+strconv.QuoteToASCII(out.Name))
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(out.Body)
}

func (p printing) outline(w http.ResponseWriter, r *http.Request) {
	q, err := paperQuery(r)
	if err != nil {
		fail(w, err)
		return
	}
	out, err := p.reports.Outline(r.Context(), q)
	answer(w, out, err)
}

func (p printing) look(w http.ResponseWriter, r *http.Request) {
	set, err := command[desk.SetLook](w, r)
	if err == nil {
		err = p.reports.SetLook(r.Context(), set)
	}
	if err != nil {
		fail(w, err)
		return
	}
	answer(w, set, nil)
}
