package window

import (
	"context"
	"io"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFollowHandsOnEveryNotice(t *testing.T) {
	api := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, part := range []string{
			": listening\n\n", "id: 4\nevent: changes\nda", "ta: {\"seq\":4}\n", "\n",
			"data: one\ndata: two\n\nid: 9\r\ndata:{\"seq\":9}\r\n\r\n", "data: unfinished",
		} {
			if _, err := io.WriteString(w, part); err != nil {
				t.Error(err)
			}
			if err := http.NewResponseController(w).Flush(); err != nil {
				t.Error(err)
			}
		}
	})
	var got []string
	follow(context.Background(), api, func(notice string) { got = append(got, notice) })
	want := []string{`{"seq":4}`, "one\ntwo", `{"seq":9}`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
