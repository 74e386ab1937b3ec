package api

import (
	"context"
	"net/http"

	desk "tracedesk/backend/desk/feeds"
)

// Feeds is the accounts at outside systems. No answer holds a secret.
type Feeds interface {
	List(ctx context.Context) (desk.FeedList, error)
	Kinds(ctx context.Context) (desk.FeedKinds, error)
	Add(ctx context.Context, add desk.FeedAdd) (desk.Feed, error)
	Change(ctx context.Context, name string, c desk.FeedChange) (desk.Feed, error)
	Remove(ctx context.Context, name string, by desk.FeedBy) (desk.FeedRemoved, error)
	// Restore brings an account back that was removed since the desk was opened.
	Restore(ctx context.Context, name string, by desk.FeedBy) (desk.Feed, error)
	Test(ctx context.Context, name string, by desk.FeedBy) (desk.FeedTest, error)
	Calls(ctx context.Context, name string) (desk.FeedCalls, error)
	Codes(ctx context.Context, name string) (desk.FeedCodes, error)
	SetCode(ctx context.Context, name string, m desk.FeedMeaning) (desk.FeedCodes, error)
	// Replay draws observations anew from what an account said, as it is stored.
	Replay(ctx context.Context, name string, by desk.FeedBy) (desk.FeedReplayed, error)
	// Keep says how long what accounts said is kept byte for byte.
	Keep(ctx context.Context, k desk.FeedKeep) (desk.FeedKeep, error)
	// Sync asks what is due and sends what waits, and returns when that is done.
	Sync(ctx context.Context, req desk.SyncRequest) (desk.SyncResult, error)
	// Cancel ends an account's long work; what it brought so far stays, and it goes on from there.
	Cancel(ctx context.Context, name string, by desk.FeedBy) (desk.Feed, error)
	// Resend has a parked or doubtful entry of the outbox sent again.
	Resend(ctx context.Context, id string, by desk.FeedBy) (desk.Sent, error)
	// Reword changes what an entry says, and has it sent.
	Reword(ctx context.Context, id string, w desk.SentEdit) (desk.Sent, error)
}

type feeds struct{ feeds Feeds }

func (f feeds) routes(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/feeds", asked(f.feeds.List))
	mux.HandleFunc("POST /api/feeds", told(f.feeds.Add))
	mux.HandleFunc("GET /api/feeds/kinds", asked(f.feeds.Kinds))
	mux.HandleFunc("POST /api/feeds/{id}", toldOf(f.feeds.Change))
	mux.HandleFunc("POST /api/feeds/{id}/remove", toldOf(f.feeds.Remove))
	mux.HandleFunc("POST /api/feeds/{id}/restore", toldOf(f.feeds.Restore))
	mux.HandleFunc("POST /api/feeds/{id}/test", toldOf(f.feeds.Test))
	mux.HandleFunc("GET /api/feeds/{id}/calls", askedOf(f.feeds.Calls))
	mux.HandleFunc("GET /api/feeds/{id}/codes", askedOf(f.feeds.Codes))
	mux.HandleFunc("POST /api/feeds/{id}/codes", toldOf(f.feeds.SetCode))
	mux.HandleFunc("POST /api/feeds/{id}/replay", toldOf(f.feeds.Replay))
	mux.HandleFunc("POST /api/feeds/{id}/cancel", toldOf(f.feeds.Cancel))
	mux.HandleFunc("POST /api/keeping", told(f.feeds.Keep))
	mux.HandleFunc("POST /api/sync", told(f.feeds.Sync))
	mux.HandleFunc("POST /api/intents/{id}/retry", toldOf(f.feeds.Resend))
	mux.HandleFunc("POST /api/intents/{id}/edit", toldOf(f.feeds.Reword))
}

// askedOf is a question about the one that the address names.
func askedOf[A any](do func(context.Context, string) (A, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		got, err := do(r.Context(), r.PathValue("id"))
		answer(w, got, err)
	}
}

// toldOf is a command about the one that the address names.
func toldOf[C, A any](do func(context.Context, string, C) (A, error)) http.HandlerFunc {
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
