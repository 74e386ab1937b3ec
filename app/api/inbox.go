package api

import (
	"context"
	"io"
	"mime"
	"net/http"

	desk "tracedesk/backend/desk/inbox"
)

// Inbox takes in what outside systems say of their own accord.
type Inbox interface {
	Receive(ctx context.Context, c desk.Callback) (desk.Kept, error)
}

type inbox struct{ inbox Inbox }

func (i inbox) routes(mux *http.ServeMux) {
	mux.HandleFunc("POST /api/inbox/{account}", i.receive)
}

// maxCallback is the most a callback may weigh.
const maxCallback = 16 << 20

// receive takes a callback from the process that listens for them: its body as it came, the rest in the query.
func (i inbox) receive(w http.ResponseWriter, r *http.Request) {
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/octet-stream" { // no form on a foreign page can send that
		fail(w, invalid("A callback must be sent as application/octet-stream."))
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxCallback))
	if err != nil {
		fail(w, invalid("The callback could not be read: "+err.Error()+"."))
		return
	}
	q := r.URL.Query()
	kept, err := i.inbox.Receive(r.Context(), desk.Callback{Account: r.PathValue("account"), Method: q.Get("method"), Path: q.Get("path"), Query: q.Get("query"), Media: q.Get("media"), Body: body})
	answer(w, kept, err)
}
