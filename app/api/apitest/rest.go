package apitest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"tracedesk/app/api"
	"tracedesk/backend/desk/reports"
	"tracedesk/backend/desk/sources"
	"tracedesk/backend/desk/work"
	"tracedesk/backend/freight"
)

// New is a whole desk in memory with n loads.
func New(n int) (api.Desk, *Board) {
	b, s, bench := NewBoard(n), &Sources{}, NewPapers()
	return api.Desk{Status: b, Boards: b, Loads: b, Papers: bench, Workbench: bench, Sources: s, Reports: Reports{}, Figures: Figures{}, Schedules: Schedules{}, Quality: Quality{}, Archive: Archive{}, Work: Work{b}, Listings: b, Alerts: Alerts{}, Partners: Partners{}, Feeds: Feeds{}, Upkeep: &Upkeep{Sources: s}}, b
}

// Work adds intents to the board's acts.
type Work struct{ *Board }

// Intents lists two.
func (w Work) Intents(context.Context) (work.Intents, error) {
	return work.Intents{Intents: freight.List[work.Intent]{
		{ID: "i1", Key: "a", Target: "tms", Kind: "status", Load: "L480103", LoadID: fmt.Sprintf("%032x", 4), Text: "Set arrival at stop 1 to 11/23/2026 08:10", State: work.IntentWaiting, At: Now, By: "Ana Ruiz"},
		{ID: "i2", Key: "b", Target: "tms", Kind: "document", Load: "L480107", LoadID: fmt.Sprintf("%032x", 8), Text: "Attach POD 4410049.pdf", State: work.IntentDone, At: Now.Add(-time.Hour), By: "Ana Ruiz"}}}, nil
}

// Settle answers the changed intent.
func (w Work) Settle(ctx context.Context, id string, change work.IntentChange) (work.Intent, error) {
	all, _ := w.Intents(ctx)
	for _, intent := range all.Intents {
		if intent.ID == id {
			intent.State = change.State
			return intent, nil
		}
	}
	return work.Intent{}, missing("There is no such entry.")
}

// ExportIntents writes CSV.
func (Work) ExportIntents(_ context.Context, out io.Writer) error {
	_, err := io.WriteString(out, "load,target,text\nL480103,tms,Set arrival\n")
	return err
}

// Outgoing214 leaves the document out.
func (Work) Outgoing214(context.Context) (work.Outgoing214, error) {
	return work.Outgoing214{Statuses: 1, LeftOut: freight.List[work.LeftOut]{{ID: "i2", Load: "L480107", Text: "Attach POD 4410049.pdf", Why: "A 214 has no word for it: document."}}}, nil
}

// Export214 writes a header.
func (Work) Export214(_ context.Context, out io.Writer) error {
	_, err := io.WriteString(out, "ISA*00*          *00*          *ZZ*TRACEDESK      *ZZ*TMS            *261123*2005*U*00401*000000001*0*T*>~IEA*0*000000001~")
	return err
}

// Reports prints one empty page.
type Reports struct{}

// Daily is a short preview.
func (Reports) Daily(_ context.Context, q reports.DailyQuery) (reports.Daily, error) {
	return reports.Daily{Customer: q.Customer, Date: q.Date, Zone: "each stop's own day", AsOf: Now, Summary: "41 loads: 3 exceptions, 18 in transit, 12 today and tomorrow, 8 delivered (7 on time).",
		Sections: freight.List[reports.ReportSection]{{Title: "Exceptions", Count: 3}, {Title: "In transit", Count: 18}}}, nil
}

// Print is the page of DailyPDF.
func (r Reports) Print(ctx context.Context, q reports.PaperQuery) (reports.Printed, error) {
	var out bytes.Buffer
	err := r.DailyPDF(ctx, reports.DailyQuery{Customer: q.Customer, Date: q.Date}, &out)
	return reports.Printed{Name: q.Kind + ".pdf", Media: "application/pdf", Body: out.Bytes()}, err
}

// Outline is a short weekly report.
func (Reports) Outline(_ context.Context, q reports.PaperQuery) (reports.Outline, error) {
	return reports.Outline{Kind: q.Kind, Title: "Weekly tracking report", About: q.Customer, Period: "Week 47, Mon 16 – Sun 22 Nov 2026", AsOf: Now,
		Figures: freight.List[reports.OutlineFigure]{{Label: "Deliveries on time", Value: "92 %", Note: "n = 50"}}, Lists: freight.List[reports.OutlineList]{{ID: "late-deliveries", Title: "Late deliveries", Count: 4}}}, nil
}

// SetLook accepts any look.
func (Reports) SetLook(context.Context, reports.SetLook) error { return nil }

// DailyPDF is a page with one line.
func (Reports) DailyPDF(_ context.Context, q reports.DailyQuery, out io.Writer) error {
	stream := "BT /F1 18 Tf 72 720 Td (Daily report for " + strings.NewReplacer("(", "", ")", "").Replace(q.Customer) + ") Tj ET"
	parts := []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(stream), stream), "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"}
	var pdf bytes.Buffer
	pdf.WriteString("%PDF-1.4\n")
	var at []int
	for i, p := range parts {
		at = append(at, pdf.Len())
		fmt.Fprintf(&pdf, "%d 0 obj%s\nendobj\n", i+1, p)
	}
	table := pdf.Len()
	fmt.Fprintf(&pdf, "xref\n0 %d\n0000000000 65535 f \n", len(parts)+1)
	for _, offset := range at {
		fmt.Fprintf(&pdf, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&pdf, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(parts)+1, table)
	_, err := out.Write(pdf.Bytes())
	return err
}

// Sources pretends to import.
type Sources struct {
	mu      sync.Mutex
	polls   int
	stopped bool
	dropped map[string]bool
}

// Stage counts bytes.
func (s *Sources) Stage(_ context.Context, name string, body io.Reader) (sources.Upload, error) {
	n, err := io.Copy(io.Discard, body)
	return sources.Upload{Upload: "u-" + name, Name: name, Size: n}, err
}

// Staged has no file to find.
func (s *Sources) Staged(id string) (string, error) { return "", fmt.Errorf("upload %s is gone", id) }

// Preview shows a foreign sheet.
func (s *Sources) Preview(_ context.Context, req sources.ImportRequest) (sources.Preview, error) {
	columns := freight.List[sources.Column]{
		{Index: 0, Name: "Load #", Guess: "load", Confidence: .99, Why: "name; unique on each row pair", Samples: freight.List[string]{"480100", "480101"}},
		{Index: 1, Name: "Cust", Guess: "customer", Confidence: .9, Samples: freight.List[string]{"Acme Foods", "Contoso"}},
		{Index: 2, Name: "PU Appt", Guess: "appt_start", Confidence: .71, Why: "dates; stands before DEL Appt", Samples: freight.List[string]{"03/04/2026 08:00", "03/05/2026 14:00"}},
		{Index: 3, Name: "Misc 4", Guess: "", Confidence: .12, Samples: freight.List[string]{"Y", "N"}}}
	var out sources.Preview
	for _, f := range req.Files {
		name := strings.TrimPrefix(f.Upload, "u-") + f.Path
		p := sources.FilePreview{Path: name, File: f, Kind: freight.LoadsFile, Says: "A sheet of 1,204 rows, one a stop; Windows-1252, semicolons.", Ready: true, NeedsMap: true,
			Columns: columns, Fields: freight.List[sources.Field]{{Name: "load", Label: "Load number", Group: "Load"}, {Name: "customer", Label: "Customer", Group: "Load"}, {Name: "appt_start", Label: "Appointment start", Group: "Stop"}, {Name: "appt_end", Label: "Appointment end", Group: "Stop"}},
			DateOrder: "03/04 is read as March 4: 03/25 further down can only be month first.",
			Mapping:   &sources.Profile{Source: "tms", RowPer: "stop"},
			Would:     sources.WouldHappen{Records: 1204, New: 390, Updated: 12, Unchanged: 200, Quarantined: 2}, Notes: freight.List[string]{"2 totals rows at the end are left out."}}
		if req.Mapping != nil {
			p.Mapping = req.Mapping
		}
		if strings.HasSuffix(name, ".edi") {
			p = sources.FilePreview{Path: name, File: f, Kind: freight.X12Status, Says: "X12 214, 96 statuses from SWVL.", Ready: true, Would: sources.WouldHappen{Records: 96, Updated: 88, Quarantined: 1}}
		}
		out.Files = append(out.Files, p)
	}
	return out, nil
}

// Import starts a job that ends after a few questions.
func (s *Sources) Import(context.Context, sources.ImportRequest) (sources.Started, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.polls, s.stopped = 0, false
	return sources.Started{Job: "j1"}, nil
}

// Job advances with every question.
func (s *Sources) Job(_ context.Context, id string) (sources.Job, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.polls++
	job := sources.Job{ID: id, State: sources.JobRunning, Stage: "reading", File: "loads.csv", Records: 300 * s.polls, Rate: 5200, Done: int64(90000 * s.polls), Total: 360000, StartedAt: Now}
	if s.stopped {
		job.State = sources.JobCancelled
	} else if s.polls > 4 {
		job.State = sources.JobDone
		job.Result = &sources.ImportResult{Loads: sources.LoadCounts{New: 390, Updated: 12}, Files: freight.List[sources.FileResult]{{Path: "loads.csv", Kind: freight.LoadsFile, Records: 1204, Observations: 1202, Duplicates: 0, Profile: "mcleod",
			Quarantined: freight.List[sources.Quarantined]{{Where: "row 17", Reason: "The appointment \"TBD/ASK\" is not a time."}}, Notes: freight.List[string]{"2 totals rows at the end are left out."}}}}
	}
	return job, nil
}

// Cancel stops it.
func (s *Sources) Cancel(ctx context.Context, id string) (sources.Job, error) {
	s.mu.Lock()
	s.stopped = true
	s.mu.Unlock()
	return s.Job(ctx, id)
}

// Profiles lists one.
func (s *Sources) Profiles(context.Context) (sources.Profiles, error) {
	return sources.Profiles{Profiles: freight.List[sources.Profile]{{Name: "mcleod", Source: "tms", RowPer: "stop", Full: true, UsedAt: &Now}}}, nil
}

// SaveProfile answers it.
func (s *Sources) SaveProfile(_ context.Context, p sources.Profile) (sources.Profile, error) {
	return p, nil
}

// Quarantine lists what waits.
func (s *Sources) Quarantine(context.Context, int) (sources.Quarantine, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	items := freight.List[sources.QuarantineItem]{
		{ID: "q1", Where: "row 17 of loads.csv", Source: "tms", Reason: "The appointment \"TBD/ASK\" is not a time.", Text: "480117;Acme Foods;TBD/ASK;Dallas;TX", ReceivedAt: Now.Add(-time.Hour), Fixable: true},
		{ID: "q2", Where: "interchange 000000905, set 0004 of swvl_214.edi", Source: "carrier/SWVL", Reason: "Two loads carry PRO 004410014: neither city nor date tells them apart.", Text: "B10*004410014*L?*SWVL~\nAT7*X1*NS***20261122*2050*CT~", ReceivedAt: Now.Add(-2 * time.Hour), Assignable: true,
			Candidates: freight.List[sources.Candidate]{{Load: "L480102", LoadID: fmt.Sprintf("%032x", 3), Customer: "Acme Foods", Score: .5, Why: "PRO; Dallas, TX"}, {Load: "L480103", LoadID: fmt.Sprintf("%032x", 4), Customer: "Contoso", Score: .5, Why: "PRO; Dallas, TX"}}},
		{ID: "q3", Where: "row 4 of events.csv", Source: "driver", Reason: "No load is called 99913.", Text: "99913,driver,arrived,1,2026-11-23 08:10", ReceivedAt: Now.Add(-3 * time.Hour), Assignable: true}}
	var out sources.Quarantine
	for _, item := range items {
		if !s.dropped[item.ID] {
			out.Items = append(out.Items, item)
		}
	}
	out.Total = len(out.Items)
	return out, nil
}

// Decide removes the item.
func (s *Sources) Decide(_ context.Context, id string, d sources.Decision) (sources.Decided, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.dropped == nil {
		s.dropped = map[string]bool{}
	}
	s.dropped[id] = true
	return sources.Decided{Says: fmt.Sprintf("%s: %s", id, d.Action), Observation: observationID(800)}, nil
}
