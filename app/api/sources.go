package api

import (
	"context"
	"io"
	"net/http"

	desk "tracedesk/backend/desk/sources"
)

// Sources brings files to the desk.
type Sources interface {
	// Stage keeps an uploaded file until it is imported; name is what the person calls it.
	Stage(ctx context.Context, name string, body io.Reader) (desk.Upload, error)
	Staged
	Preview(ctx context.Context, req desk.ImportRequest) (desk.Preview, error)
	// Import starts a job that goes on after ctx ends. Documents among the files are filed as papers.
	Import(ctx context.Context, req desk.ImportRequest) (desk.Started, error)
	Job(ctx context.Context, id string) (desk.Job, error)
	// Cancel ends a job without a trace; one that has ended is left as it is.
	Cancel(ctx context.Context, id string) (desk.Job, error)
	Profiles(ctx context.Context) (desk.Profiles, error)
	SaveProfile(ctx context.Context, p desk.Profile) (desk.Profile, error)
	Quarantine(ctx context.Context, limit int) (desk.Quarantine, error)
	Decide(ctx context.Context, id string, d desk.Decision) (desk.Decided, error)
}

type intake struct{ sources Sources }

func (i intake) routes(mux *http.ServeMux) {
	mux.HandleFunc("POST /api/uploads", i.stage)
	mux.HandleFunc("POST /api/import", i.importFiles)
	mux.HandleFunc("POST /api/import/preview", i.preview)
	mux.HandleFunc("GET /api/jobs/{id}", i.job)
	mux.HandleFunc("POST /api/jobs/{id}/cancel", i.cancel)
	mux.HandleFunc("GET /api/profiles", i.profiles)
	mux.HandleFunc("POST /api/profiles", i.saveProfile)
	mux.HandleFunc("GET /api/quarantine", i.quarantine)
	mux.HandleFunc("POST /api/quarantine/{id}", i.decide)
}

func (i intake) stage(w http.ResponseWriter, r *http.Request) {
	_, uploads, err := i.staged(w, r)
	answer(w, desk.Uploads{Uploads: uploads}, err)
}

// staged stores every file of a multipart request and makes the import request that names them.
func (i intake) staged(w http.ResponseWriter, r *http.Request) (desk.ImportRequest, []desk.Upload, error) {
	var req desk.ImportRequest
	var uploads []desk.Upload
	fields, err := eachFile(w, r, func(name string, body io.Reader) error {
		up, err := i.sources.Stage(r.Context(), name, body)
		uploads = append(uploads, up)
		req.Files = append(req.Files, desk.FileRef{Upload: up.Upload})
		return err
	})
	req.Profile, req.Full, req.As = fields["profile"], fields["full"] == "true", fields["as"]
	return req, uploads, err
}

// request reads an import request: JSON that names paths and uploads, or the files themselves.
func (i intake) request(w http.ResponseWriter, r *http.Request) (desk.ImportRequest, error) {
	if multipartBody(r) {
		req, _, err := i.staged(w, r)
		return req, err
	}
	req, err := command[desk.ImportRequest](w, r)
	if err == nil && len(req.Files) == 0 {
		err = invalid("Name at least one file to import.")
	}
	return req, err
}

func (i intake) importFiles(w http.ResponseWriter, r *http.Request) {
	req, err := i.request(w, r)
	if err != nil {
		fail(w, err)
		return
	}
	started, err := i.sources.Import(r.Context(), req)
	answer(w, started, err)
}

func (i intake) preview(w http.ResponseWriter, r *http.Request) {
	req, err := i.request(w, r)
	if err != nil {
		fail(w, err)
		return
	}
	preview, err := i.sources.Preview(r.Context(), req)
	answer(w, preview, err)
}

func (i intake) job(w http.ResponseWriter, r *http.Request) {
	job, err := i.sources.Job(r.Context(), r.PathValue("id"))
	answer(w, job, err)
}

func (i intake) cancel(w http.ResponseWriter, r *http.Request) {
	job, err := i.sources.Cancel(r.Context(), r.PathValue("id"))
	answer(w, job, err)
}

func (i intake) profiles(w http.ResponseWriter, r *http.Request) {
	profiles, err := i.sources.Profiles(r.Context())
	answer(w, profiles, err)
}

func (i intake) saveProfile(w http.ResponseWriter, r *http.Request) {
	profile, err := command[desk.Profile](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	saved, err := i.sources.SaveProfile(r.Context(), profile)
	answer(w, saved, err)
}

func (i intake) quarantine(w http.ResponseWriter, r *http.Request) {
	limit, err := number(r.URL.Query(), "limit", 200)
	if err != nil {
		fail(w, err)
		return
	}
	items, err := i.sources.Quarantine(r.Context(), int(limit))
	answer(w, items, err)
}

func (i intake) decide(w http.ResponseWriter, r *http.Request) {
	decision, err := command[desk.Decision](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	decided, err := i.sources.Decide(r.Context(), r.PathValue("id"), decision)
	answer(w, decided, err)
}
