package papers

import (
	"slices"
	"sync"
)

// gallery keeps pictures of pages that were drawn, so that a page is drawn once however often it is looked at. It is in memory
// only: what is taken off the shelf leaves no picture behind.
type gallery struct {
	mu    sync.Mutex
	drawn []drawnPage // the one looked at last is last
	size  int
}

type drawnPage struct {
	file string
	look PageLook
	png  []byte
}

// galleryHolds is how many bytes of pictures are kept: some thirty scanned pages.
const galleryHolds = 32 << 20

// find is the picture of a page that was drawn before; nil when none is kept.
func (g *gallery) find(file string, look PageLook) []byte {
	g.mu.Lock()
	defer g.mu.Unlock()
	i := g.index(file, look)
	if i < 0 {
		return nil
	}
	p := g.drawn[i]
	g.drawn = append(slices.Delete(g.drawn, i, i+1), p)
	return p.png
}

func (g *gallery) index(file string, look PageLook) int {
	return slices.IndexFunc(g.drawn, func(p drawnPage) bool { return p.file == file && p.look == look })
}

// keep remembers a picture; those not looked at for longest go.
func (g *gallery) keep(file string, look PageLook, png []byte) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(png) > galleryHolds || g.index(file, look) >= 0 {
		return
	}
	g.drawn, g.size = append(g.drawn, drawnPage{file, look, png}), g.size+len(png)
	for g.size > galleryHolds {
		g.size -= len(g.drawn[0].png)
		g.drawn = slices.Delete(g.drawn, 0, 1)
	}
}

// drop forgets the pictures of a file that is not on the shelf any more.
func (g *gallery) drop(file string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.drawn = slices.DeleteFunc(g.drawn, func(p drawnPage) bool {
		if p.file == file {
			g.size -= len(p.png)
		}
		return p.file == file
	})
}
