package window

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// Look is how the person likes the window: the zoom of the page (1 is 100 %) and
// the theme (system, light, dark).
type Look struct {
	Zoom  float64 `json:"zoom"`
	Theme string  `json:"theme"`
}

// Place is where the window stands, in logical pixels.
type Place struct {
	X         int  `json:"x"`
	Y         int  `json:"y"`
	Width     int  `json:"width"`
	Height    int  `json:"height"`
	Maximised bool `json:"maximised"`
}

// Screen is the size of one monitor in logical pixels.
type Screen struct{ Width, Height int }

const (
	minZoom, maxZoom    = 0.5, 2.0
	minWidth, minHeight = 900, 600
)

// zoomSteps are the stops of the View menu, as browsers have them.
var zoomSteps = []float64{0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2}

// remembered is the file window.json of the data folder. Places are kept per set
// of monitors: a laptop finds its place again at home and in the office, and a
// window never opens on a monitor that is no longer there.
type remembered struct {
	mu     sync.Mutex
	path   string
	look   Look
	last   string // the monitors of the last place
	places map[string]Place
}

type rememberedFile struct {
	Look   Look             `json:"look"`
	Last   string           `json:"last"`
	Places map[string]Place `json:"places"`
}

// remember reads window.json. A missing or damaged file gives the defaults: the
// look of a window is not worth refusing to start.
func remember(home string) *remembered {
	r := &remembered{
		path:   filepath.Join(home, "window.json"),
		look:   Look{Zoom: 1, Theme: "system"},
		places: map[string]Place{},
	}
	body, err := os.ReadFile(r.path)
	if err != nil {
		return r
	}
	var file rememberedFile
	if json.Unmarshal(body, &file) != nil {
		return r
	}
	if file.Look.check() == nil {
		r.look = file.Look
	}
	if file.Places != nil {
		r.last, r.places = file.Last, file.Places
	}
	return r
}

func (l Look) check() error {
	if l.Zoom < minZoom || l.Zoom > maxZoom {
		return fmt.Errorf("zoom must lie between %.0f and %.0f percent", minZoom*100, maxZoom*100)
	}
	if !slices.Contains([]string{"system", "light", "dark"}, l.Theme) {
		return fmt.Errorf("the theme is system, light or dark, not %q", l.Theme)
	}
	return nil
}

func (r *remembered) Look() Look {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.look
}

func (r *remembered) setLook(look Look) error {
	if err := look.check(); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.look = look
	return r.save()
}

// place is the remembered place for these monitors, or none.
func (r *remembered) place(screens []Screen) (Place, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	p, ok := r.places[arrangement(screens)]
	return p, ok && p.within(screens)
}

// lastPlace is the newest place: with which size to open the window before the
// monitors are known.
func (r *remembered) lastPlace() Place {
	r.mu.Lock()
	defer r.mu.Unlock()
	p, ok := r.places[r.last]
	if !ok {
		return Place{Width: 1280, Height: 800}
	}
	p.Width, p.Height = max(p.Width, minWidth), max(p.Height, minHeight)
	return p
}

// setPlace keeps the place; of a maximised window the size before it was
// maximised stays.
func (r *remembered) setPlace(screens []Screen, p Place) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	key := arrangement(screens)
	before, known := r.places[key]
	if p.Maximised && known {
		p = before
		p.Maximised = true
	}
	if p == before && r.last == key {
		return nil
	}
	r.places[key], r.last = p, key
	return r.save()
}

// within reports whether a place can be on these monitors at all. How they are
// arranged is not known (Wails tells sizes only): they may stand on any side.
func (p Place) within(screens []Screen) bool {
	var width, height int
	for _, s := range screens {
		width += s.Width
		height += s.Height
	}
	const grip = 80 // of the title bar, to be able to take hold of it
	return p.Width >= minWidth && p.Height >= minHeight &&
		p.X > -width && p.X < width-grip && p.Y > -height && p.Y < height-grip
}

// settle moves the window to x, y. Wails reads positions on the whole desktop but
// sets them relative to the monitor the window is on (Linux, Windows), so the
// difference is measured and taken out; moving to another monitor may need it
// more than once.
func settle(x, y int, set func(x, y int), get func() (x, y int)) {
	var offX, offY int
	for range 4 {
		set(x-offX, y-offY)
		gotX, gotY := get()
		if gotX == x && gotY == y {
			return
		}
		offX, offY = gotX-(x-offX), gotY-(y-offY)
	}
}

// size is the window's size at its first start on a monitor: most of it, and
// never more.
func size(s Screen) (width, height int) {
	return min(1600, s.Width*9/10), min(900, s.Height*9/10)
}

// arrangement names a set of monitors regardless of their order.
func arrangement(screens []Screen) string {
	sizes := make([]string, len(screens))
	for i, s := range screens {
		sizes[i] = fmt.Sprintf("%dx%d", s.Width, s.Height)
	}
	slices.Sort(sizes)
	return strings.Join(sizes, "+")
}

// save writes temp, sync, rename, so that a crash leaves the old file whole.
func (r *remembered) save() error {
	body, err := json.MarshalIndent(rememberedFile{Look: r.look, Last: r.last, Places: r.places}, "", "  ")
	if err != nil {
		return err
	}
	temp := r.path + ".new"
	if err := writeSynced(temp, body); err != nil {
		return fmt.Errorf("the window's place could not be remembered: %w", err)
	}
	if err := os.Rename(temp, r.path); err != nil {
		return errors.Join(fmt.Errorf("the window's place could not be remembered: %w", err), os.Remove(temp))
	}
	return nil
}

func writeSynced(path string, body []byte) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(body)
	return errors.Join(err, f.Sync(), f.Close())
}

// zoomed is the next stop from zoom in the given direction; 0 goes back to 100 %.
func zoomed(zoom float64, direction int) float64 {
	switch {
	case direction > 0:
		for _, step := range zoomSteps {
			if step > zoom+0.001 {
				return step
			}
		}
		return maxZoom
	case direction < 0:
		for _, step := range slices.Backward(zoomSteps) {
			if step < zoom-0.001 {
				return step
			}
		}
		return minZoom
	}
	return 1
}
