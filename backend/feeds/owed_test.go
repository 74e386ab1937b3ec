package feeds_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"tracedesk/backend/feeds"
	"tracedesk/backend/store"
)

// gateway answers with a page of its own for a while, as a network's sign-in page does: nothing that tries again notices.
type gateway struct {
	road  http.RoundTripper
	times int
}

func (g *gateway) RoundTrip(r *http.Request) (*http.Response, error) {
	if g.times > 0 {
		g.times--
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader("<html>Please sign in</html>")), Request: r}, nil
	}
	return g.road.RoundTrip(r)
}

// What a person asks for now is owed until it was answered, though it is not due for hours.
func TestAQuestionOutOfTurnThatFailedIsAskedAgain(t *testing.T) {
	w := newWorld(t, true, true, true, 1, 0)
	g := &gateway{road: w.road}
	w.opt.Transport = func(store.Feed) (http.RoundTripper, error) { return g, nil }
	w.engine = feeds.New(w.opt)
	w.add(map[string]string{"customers": "Acme"})
	w.happen(1, 3)
	w.pass(15 * time.Minute)
	w.pass(15 * time.Minute)
	g.times = 2
	w.now = w.now.Add(4 * time.Hour)
	w.clock.Advance(4 * time.Hour)
	w.system.mu.Lock()
	w.system.released = w.now
	w.system.mu.Unlock()
	rows, err := w.desk.Store.FeedLoads(t.Context(), 1, 0, 10)
	if err != nil || len(rows) != 1 {
		t.Fatal(rows, err)
	}
	row := rows[0]
	row.Due = w.now.Add(8 * time.Hour)
	if err := w.desk.Store.Write(t.Context(), func(tx *store.Tx) error { return tx.SaveFeedLoad(&row) }); err != nil {
		t.Fatal(err)
	}
	if res := w.sync(feeds.Sync{Force: true}); res.Failed == 0 || g.times > 0 {
		t.Fatalf("the question did not fail: %+v", res)
	}
	if state := w.known(number(0)).State; !state.Done() {
		t.Errorf("the load is %s: the question that failed was not asked again", state)
	}
}
