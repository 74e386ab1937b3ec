package api

import (
	"context"
	"io"
	"net/http"

	desk "tracedesk/backend/desk/partners"
)

// Partners keeps how trading partners write, gives their codes meanings, explains EDI and writes it.
type Partners interface {
	Partners(ctx context.Context) (desk.EdiPartners, error)
	Set(ctx context.Context, e desk.EdiPartnerEdit) (desk.EdiPartners, error)
	// Unknown are the codes in the files on hand that have no meaning.
	Unknown(ctx context.Context) (desk.EdiUnknowns, error)
	// Meanings are what a partner's own code of a list can stand for.
	Meanings(ctx context.Context, list string) (desk.EdiMeanings, error)
	// Map gives a partner's code a meaning and reads its files anew.
	Map(ctx context.Context, e desk.EdiCodeEdit) (desk.EdiReplayed, error)
	Explain(ctx context.Context, req desk.ExplainRequest) (desk.Explanation, error)
	Write(ctx context.Context, w desk.EdiWrite) (desk.EdiWritten, error)
	// Written is a file that Write wrote since the start, by its name.
	Written(name string) (desk.EdiWritten, error)
}

// Staged finds the files that a browser sent over.
type Staged interface {
	Staged(id string) (path string, err error)
}

type partners struct {
	partners Partners
	staged   Staged
}

func (p partners) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/partners", p.list)
	mux.HandleFunc("POST /api/partners", p.set)
	mux.HandleFunc("GET /api/partners/unknown", p.unknown)
	mux.HandleFunc("GET /api/partners/meanings", p.meanings)
	mux.HandleFunc("POST /api/partners/codes", p.mapCode)
	mux.HandleFunc("POST /api/explain", p.explain)
	mux.HandleFunc("POST /api/edi/write", p.write)
	mux.HandleFunc("GET /api/edi/written/{name}", p.fetch)
}

func (p partners) list(w http.ResponseWriter, r *http.Request) {
	list, err := p.partners.Partners(r.Context())
	answer(w, list, err)
}

func (p partners) set(w http.ResponseWriter, r *http.Request) {
	edit, err := command[desk.EdiPartnerEdit](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	list, err := p.partners.Set(r.Context(), edit)
	answer(w, list, err)
}

func (p partners) unknown(w http.ResponseWriter, r *http.Request) {
	list, err := p.partners.Unknown(r.Context())
	answer(w, list, err)
}

func (p partners) meanings(w http.ResponseWriter, r *http.Request) {
	list, err := p.partners.Meanings(r.Context(), r.URL.Query().Get("list"))
	answer(w, list, err)
}

func (p partners) mapCode(w http.ResponseWriter, r *http.Request) {
	edit, err := command[desk.EdiCodeEdit](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	replayed, err := p.partners.Map(r.Context(), edit)
	answer(w, replayed, err)
}

func (p partners) explain(w http.ResponseWriter, r *http.Request) {
	req, err := command[desk.ExplainRequest](w, r)
	if err == nil {
		req.Path, err = p.path(req.Path, req.Upload)
	}
	if err != nil {
		fail(w, err)
		return
	}
	explanation, err := p.partners.Explain(r.Context(), req)
	answer(w, explanation, err)
}

func (p partners) write(w http.ResponseWriter, r *http.Request) {
	req, err := command[desk.EdiWrite](w, r)
	if err == nil {
		req.Path, err = p.path(req.Path, req.Upload)
	}
	if err != nil {
		fail(w, err)
		return
	}
	written, err := p.partners.Write(r.Context(), req)
	answer(w, written, err)
}

// fetch hands out a written file, to be saved.
func (p partners) fetch(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	attach(w, r, name, "application/edi-x12", func(_ context.Context, to io.Writer) error {
		file, err := p.partners.Written(name)
		if err == nil {
			_, err = io.WriteString(to, file.Text)
		}
		return err
	})
}

// path is where a file lies that is named by its path, or by the upload that brought it.
func (p partners) path(path, upload string) (string, error) {
	if upload == "" {
		return path, nil
	}
	if path != "" {
		return "", invalid("Name a file by its path or by its upload, not by both.")
	}
	return p.staged.Staged(upload)
}
