package api

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"

	desk "tracedesk/backend/desk/papers"
)

// Papers keeps documents.
type Papers interface {
	Documents(ctx context.Context, q desk.Query) (desk.Documents, error)
	// Add keeps a file and has it read.
	Add(ctx context.Context, in desk.Arrival) (desk.Arrived, error)
	// Told are the documents of files that have just come: once all are read, or after a moment.
	Told(ctx context.Context, came []desk.Arrived, all bool) (desk.Documents, error)
	// AddPaths is Add for files on this computer.
	AddPaths(ctx context.Context, f desk.Filing) (desk.Documents, error)
	// File is the original, unaltered.
	File(ctx context.Context, hash string) (desk.File, error)
	// Page is a page as a picture: PNG, or JPEG where it is a photo.
	Page(ctx context.Context, hash string, look desk.PageLook) (desk.File, error)
	Judge(ctx context.Context, hash string, v desk.Verdict) (desk.Judged, error)
}

type paperwork struct{ papers Papers }

func (p paperwork) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/documents", p.list)
	mux.HandleFunc("POST /api/documents", p.add)
	mux.HandleFunc("GET /api/documents/{hash}/file", p.file)
	mux.HandleFunc("GET /api/documents/{hash}/page/{page}", p.page)
	mux.HandleFunc("POST /api/documents/{hash}/verdict", p.judge)
}

func (p paperwork) list(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	docs, err := p.papers.Documents(r.Context(), desk.Query{Load: q.Get("load"), State: desk.DocumentState(q.Get("state"))})
	answer(w, docs, err)
}

// add takes files, or JSON that names paths. In a multipart request load, task and wait come in the query, before the files.
func (p paperwork) add(w http.ResponseWriter, r *http.Request) {
	if !multipartBody(r) {
		p.addPaths(w, r)
		return
	}
	q := r.URL.Query()
	var came []desk.Arrived
	_, err := eachFile(w, r, func(name string, body io.Reader) error {
		one, err := p.papers.Add(r.Context(), desk.Arrival{Name: name, Body: body, Load: q.Get("load"), Task: q.Get("task"), From: "dropped"})
		came = append(came, one)
		return err
	})
	var docs desk.Documents
	if err == nil {
		docs, err = p.papers.Told(r.Context(), came, q.Get("wait") != "")
	}
	answer(w, docs, err)
}

func (p paperwork) addPaths(w http.ResponseWriter, r *http.Request) {
	filing, err := command[desk.Filing](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	docs, err := p.papers.AddPaths(r.Context(), filing)
	answer(w, docs, err)
}

func (p paperwork) file(w http.ResponseWriter, r *http.Request) {
	file, err := p.papers.File(r.Context(), r.PathValue("hash"))
	serve(w, r, file, "attachment", err)
}

func (p paperwork) page(w http.ResponseWriter, r *http.Request) {
	name, isPicture := strings.CutSuffix(r.PathValue("page"), ".png")
	n, err := strconv.Atoi(name)
	if err != nil || !isPicture || n < 1 {
		fail(w, invalid("A page is asked for as page/1.png."))
		return
	}
	look := desk.PageLook{Page: n, AsRead: r.URL.Query().Has("slant")}
	turn, err := number(r.URL.Query(), "turn", 0)
	if err == nil && look.AsRead {
		look.Slant, err = strconv.ParseFloat(r.URL.Query().Get("slant"), 64)
	}
	if err != nil {
		fail(w, invalid("A page is turned by turn=90, 180 or 270, and levelled by slant=1.5."))
		return
	}
	look.Turn = int(turn)
	file, err := p.papers.Page(r.Context(), r.PathValue("hash"), look)
	serve(w, r, file, "inline", err)
}

// serve streams a document. What it holds came from outside: nothing in it may run or be taken for a page of ours, and
// an original is saved, never shown as a page (its pages are shown as pictures).
func serve(w http.ResponseWriter, r *http.Request, file desk.File, disposition string, err error) {
	if err != nil {
		fail(w, err)
		return
	}
	defer file.Body.Close()
	h := w.Header()
	h.Set("Content-Type", file.MIME)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'")
	h.Set("Content-Disposition", disposition+"; filename="+strconv.QuoteToASCII(file.Name))
	h.Set("Cache-Control", "private, max-age=86400, immutable") // named by content hash
	http.ServeContent(w, r, "", file.Modified, file.Body)
}

func (p paperwork) judge(w http.ResponseWriter, r *http.Request) {
	verdict, err := command[desk.Verdict](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	judged, err := p.papers.Judge(r.Context(), r.PathValue("hash"), verdict)
	answer(w, judged, err)
}
