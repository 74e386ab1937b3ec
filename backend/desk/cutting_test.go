package desk_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tracedesk/backend/desk"
	"tracedesk/backend/desk/papers"
	"tracedesk/backend/store"
)

// onFile puts a file on the desk as documents of the given pages, and answers their ids.
func onFile(t *testing.T, d *desk.Desk, name string, body []byte, documentsOf ...[]int) []string {
	t.Helper()
	kept, err := d.Papers.Put(t.Context(), name, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{kept.Hash, kept.Hash + ".2"}[:len(documentsOf)]
	err = d.Store.Write(t.Context(), func(tx *store.Tx) error {
		if _, err := tx.AddPaper(&store.Paper{Hash: kept.Hash, Name: name, Media: kept.MIME, Size: kept.Size, ReceivedAt: d.Now(), State: store.PaperRead}); err != nil {
			return err
		}
		for i, pages := range documentsOf {
			if err := tx.PutDocument(&store.Document{ID: ids[i], File: kept.Hash, Pages: pages, Kind: "pod", State: "verified", Reading: []byte("{}"), ReceivedAt: d.Now()}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// TestAPartOfABundleIsSentAlone: a document cut out of a file with other loads' papers goes to a system as its own pages; where they
// cannot be cut nothing goes at all. A file that is one document goes as it came.
func TestAPartOfABundleIsSentAlone(t *testing.T) {
	bundle, err := os.ReadFile(filepath.Join("..", "documents", "testdata", "scan_055.tif"))
	if err != nil {
		t.Fatal(err)
	}
	d := openDesk(t, t.TempDir())
	ids := onFile(t, d, "bundle.tif", bundle, []int{1}, []int{2})
	if body, _, err := d.Sent(t.Context(), ids[0]); err == nil || len(body) > 0 {
		t.Errorf("%d bytes are sent though nothing cuts pages", len(body))
	}
	d.Cutting(papers.New(d).Cut)
	for _, id := range ids {
		body, media, err := d.Sent(t.Context(), id)
		if err != nil || media != "application/pdf" || !bytes.HasPrefix(body, []byte("%PDF-")) {
			t.Fatalf("%s: %q, %v", id, media, err)
		}
		if n := bytes.Count(body, []byte("/Type /Page\n")); n != 1 {
			t.Errorf("%s is sent with %d pages", id, n)
		}
	}
	whole := onFile(t, d, "whole.tif", append(bundle, 0), []int{1, 2})
	if body, media, err := d.Sent(t.Context(), whole[0]); err != nil || media != "image/tiff" || !bytes.Equal(body, append(bundle, 0)) {
		t.Errorf("a file of its own is sent as %q, %d bytes, %v", media, len(body), err)
	}
	kept := onFile(t, d, "notes.doc", []byte("no page can be drawn of this"), []int{1}, []int{2})
	if body, _, err := d.Sent(t.Context(), kept[1]); err == nil || len(body) > 0 || !strings.Contains(err.Error(), "cannot be cut out of notes.doc") {
		t.Errorf("%d bytes, %v", len(body), err)
	}
	short := onFile(t, d, "short.tif", append(bundle, 1), []int{1}, []int{2, 3})
	if body, _, err := d.Sent(t.Context(), short[1]); err == nil || len(body) > 0 {
		t.Errorf("half a paper is sent: %d bytes", len(body))
	}
}
