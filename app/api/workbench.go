package api

import (
	"context"
	"io"
	"net/http"
	"strconv"

	desk "tracedesk/backend/desk/papers"
)

// Workbench is where papers are looked at and decided.
type Workbench interface {
	// Queue is a page of the documents, what needs a person first.
	Queue(ctx context.Context, q desk.QueueQuery) (desk.PaperQueue, error)
	// Sheet is one document beside its load.
	Sheet(ctx context.Context, id string) (desk.PaperSheet, error)
	// Pages turns, crops, splits and joins; the original stays.
	Pages(ctx context.Context, id string, c desk.PageChange) (desk.PaperDone, error)
	// Reading has a file read first, again, or not for now.
	Reading(ctx context.Context, id string, c desk.ReadingChange) (desk.PaperDone, error)
	// Ask drafts a message to the carrier that names what is wrong with the paper.
	Ask(ctx context.Context, id string, a desk.PaperAsk) (desk.PaperDone, error)
	// AcceptClean accepts the clean ones among the documents named, or all clean ones.
	AcceptClean(ctx context.Context, b desk.PaperBatch) (desk.PaperDone, error)
	// UndoAct takes an act on papers back.
	UndoAct(ctx context.Context, u desk.PaperUndo) (desk.PaperDone, error)

	Policies(ctx context.Context) (desk.PaperPolicies, error)
	SetPolicy(ctx context.Context, e desk.PaperPolicyEdit) (desk.PaperPolicies, error)
	// Aliases are what decisions taught.
	Aliases(ctx context.Context) (desk.PaperAliases, error)
	ForgetAlias(ctx context.Context, e desk.PaperAliasEdit) (desk.PaperAliases, error)
	// Numbers are the numbers on a document of which a person may say what they are.
	Numbers(ctx context.Context, id string) (desk.PaperNumbers, error)
	// Teach says what a number is; the label by it is learned for papers of the same layout.
	Teach(ctx context.Context, id string, t desk.PaperTeach) (desk.PaperDone, error)
	Labels(ctx context.Context) (desk.PaperLabels, error)
	ForgetLabel(ctx context.Context, e desk.PaperLabelEdit) (desk.PaperLabels, error)

	// Copy is a searchable PDF of one document.
	Copy(ctx context.Context, id string) (desk.File, error)
	// Packet is all papers of a load in one file: as "pdf", or as "zip" of files as they came.
	Packet(ctx context.Context, load, as string) (desk.File, error)
	// Export writes papers into a folder under names made by a rule.
	Export(ctx context.Context, e desk.PaperExport) (desk.PaperExported, error)
}

type workbench struct{ bench Workbench }

func (b workbench) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/documents/queue", b.queue)
	mux.HandleFunc("GET /api/documents/{id}", b.sheet)
	mux.HandleFunc("POST /api/documents/{id}/pages", onPaper(b.bench.Pages))
	mux.HandleFunc("POST /api/documents/{id}/reading", onPaper(b.bench.Reading))
	mux.HandleFunc("POST /api/documents/{id}/ask", onPaper(b.bench.Ask))
	mux.HandleFunc("POST /api/documents/accept", told(b.bench.AcceptClean))
	mux.HandleFunc("POST /api/documents/undo", told(b.bench.UndoAct))
	mux.HandleFunc("POST /api/documents/export", told(b.bench.Export))
	mux.HandleFunc("GET /api/documents/policies", asked(b.bench.Policies))
	mux.HandleFunc("POST /api/documents/policies", told(b.bench.SetPolicy))
	mux.HandleFunc("GET /api/documents/aliases", asked(b.bench.Aliases))
	mux.HandleFunc("POST /api/documents/aliases/forget", told(b.bench.ForgetAlias))
	mux.HandleFunc("GET /api/documents/labels", asked(b.bench.Labels))
	mux.HandleFunc("POST /api/documents/labels/forget", told(b.bench.ForgetLabel))
	mux.HandleFunc("GET /api/documents/{id}/numbers", b.numbers)
	mux.HandleFunc("POST /api/documents/{id}/teach", onPaper(b.bench.Teach))
	mux.HandleFunc("GET /api/documents/{id}/copy.pdf", b.copy)
	mux.HandleFunc("GET /api/documents/packet", b.packet)
}

// onPaper is a command about one document.
func onPaper[C any](do func(context.Context, string, C) (desk.PaperDone, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		c, err := command[C](w, r)
		if err != nil {
			fail(w, err)
			return
		}
		done, err := do(r.Context(), r.PathValue("id"), c)
		answer(w, done, err)
	}
}

// told is a command; asked is a question without words.
func told[C, A any](do func(context.Context, C) (A, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		c, err := command[C](w, r)
		if err != nil {
			fail(w, err)
			return
		}
		done, err := do(r.Context(), c)
		answer(w, done, err)
	}
}

func asked[A any](do func(context.Context) (A, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		got, err := do(r.Context())
		answer(w, got, err)
	}
}

func (b workbench) queue(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	limit, err := number(q, "limit", 0)
	if err != nil {
		fail(w, err)
		return
	}
	got, err := b.bench.Queue(r.Context(), desk.QueueQuery{Stage: desk.PaperStage(q.Get("stage")), Load: q.Get("load"), Customer: q.Get("customer"),
		Type: desk.PaperType(q.Get("type")), Words: q.Get("words"), After: q.Get("after"), Limit: int(min(limit, maxRows))})
	answer(w, got, err)
}

func (b workbench) sheet(w http.ResponseWriter, r *http.Request) {
	got, err := b.bench.Sheet(r.Context(), r.PathValue("id"))
	answer(w, got, err)
}

func (b workbench) numbers(w http.ResponseWriter, r *http.Request) {
	got, err := b.bench.Numbers(r.Context(), r.PathValue("id"))
	answer(w, got, err)
}

func (b workbench) copy(w http.ResponseWriter, r *http.Request) {
	file, err := b.bench.Copy(r.Context(), r.PathValue("id"))
	serveMade(w, file, err)
}

func (b workbench) packet(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	file, err := b.bench.Packet(r.Context(), q.Get("load"), q.Get("as"))
	serveMade(w, file, err)
}

// serveMade streams a file that was made for this answer: it is never kept, since papers and decisions change.
func serveMade(w http.ResponseWriter, file desk.File, err error) {
	if err != nil {
		fail(w, err)
		return
	}
	defer file.Body.Close()
	h := w.Header()
	h.Set("Content-Type", file.MIME)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Disposition", "attachment; filename="+strconv.QuoteToASCII(file.Name))
	h.Set("Cache-Control", "no-store")
	_, _ = io.Copy(w, file.Body) // the other side may have gone
}
