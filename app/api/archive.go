package api

import (
	"context"
	"io"
	"net/http"
	"os"

	desk "tracedesk/backend/desk/archive"
)

// Archive takes closed periods out of the desk file and hands out everything of one customer.
type Archive interface {
	// List are the archives written from this desk; with a number those that hold a load of that number.
	List(ctx context.Context, number string) (desk.Archives, error)
	Archive(ctx context.Context, r desk.ArchiveRequest) (desk.ArchiveDone, error)
	// Export writes everything of one customer as a zip.
	Export(ctx context.Context, customer string, out io.Writer) error
	ExportTo(ctx context.Context, r desk.ExportRequest) (desk.ExportDone, error)
}

type archiving struct{ archive Archive }

func (a archiving) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/archives", a.list)
	mux.HandleFunc("POST /api/archives", a.make)
	mux.HandleFunc("GET /api/export/customer.zip", a.export)
	mux.HandleFunc("POST /api/export", a.exportTo)
}

func (a archiving) list(w http.ResponseWriter, r *http.Request) {
	all, err := a.archive.List(r.Context(), r.URL.Query().Get("load"))
	answer(w, all, err)
}

func (a archiving) make(w http.ResponseWriter, r *http.Request) {
	what, err := command[desk.ArchiveRequest](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	done, err := a.archive.Archive(r.Context(), what)
	answer(w, done, err)
}

func (a archiving) exportTo(w http.ResponseWriter, r *http.Request) {
	what, err := command[desk.ExportRequest](w, r)
	if err != nil {
		fail(w, err)
		return
	}
	done, err := a.archive.ExportTo(r.Context(), what)
	answer(w, done, err)
}

// export holds the whole file on disk before it answers, so that a failure half way is an error and not half a file.
func (a archiving) export(w http.ResponseWriter, r *http.Request) {
	f, err := os.CreateTemp("", "tracedesk-export-*.zip")
	if err != nil {
		fail(w, err)
		return
	}
	defer os.Remove(f.Name())
	defer f.Close()
	err = a.archive.Export(r.Context(), r.URL.Query().Get("customer"), f)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		fail(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/zip")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Disposition", `attachment; filename="customer.zip"`)
	_, _ = io.Copy(w, f) // the other side may have gone
}
