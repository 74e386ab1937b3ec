package papers

import (
	"bytes"
	"image"
	"image/png"
	"testing"
)

func TestTheGalleryIsBounded(t *testing.T) {
	var g gallery
	page := make([]byte, galleryHolds/4)
	look := func(n int) PageLook { return PageLook{Page: n} }
	for n := range 4 {
		g.keep("a", look(n), page)
	}
	g.find("a", look(0)) // looked at again
	g.keep("b", look(0), page)
	for n, kept := range []bool{true, false, true, true} {
		if got := g.find("a", look(n)) != nil; got != kept {
			t.Errorf("page %d kept: %v, want %v", n, got, kept)
		}
	}
	g.keep("a", PageLook{Page: 0, Turn: 90}, []byte{1})
	if got := g.find("a", PageLook{Page: 0, Turn: 90}); len(got) != 1 {
		t.Errorf("a turned page is another picture, got %d bytes", len(got))
	}
	g.keep("c", look(0), make([]byte, galleryHolds+1))
	if g.find("c", look(0)) != nil || g.size > galleryHolds {
		t.Errorf("%d bytes are kept of %d", g.size, galleryHolds)
	}
	g.keep("b", look(1), []byte{1})
	g.drop("a")
	if g.find("a", look(0)) != nil || g.find("b", look(1)) == nil {
		t.Error("dropping a file drops its pictures and no others")
	}
}

// TestAPageIsDrawnOnce: and is gone with its file.
func TestAPageIsDrawnOnce(t *testing.T) {
	b := newBench(t)
	var scan bytes.Buffer
	b.ok(png.Encode(&scan, image.NewGray(image.Rect(0, 0, 90, 120))))
	stored, err := b.desk.Papers.Put(t.Context(), "scan.png", &scan)
	b.ok(err)
	look := PageLook{Page: 1, Turn: 90}
	first, err := b.area.picture(t.Context(), stored.Hash, look)
	b.ok(err)
	again, err := b.area.picture(t.Context(), stored.Hash, PageLook{Page: 1, Turn: 450})
	b.ok(err)
	b.want("the same picture", &first[0] == &again[0], true)
	b.ok(b.desk.Papers.Erase(stored.Hash))
	if _, err := b.area.picture(t.Context(), stored.Hash, look); err == nil {
		t.Error("an erased file is still shown")
	}
	b.want("nothing is kept of it", b.area.shown.size, 0)
}
