package window

import (
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"
)

var (
	laptop = []Screen{{1440, 900}}
	office = []Screen{{1440, 900}, {2560, 1440}}
)

func TestPlacesAreRememberedPerMonitors(t *testing.T) {
	home := t.TempDir()
	r := remember(home)
	if _, ok := r.place(laptop); ok {
		t.Fatal("a place before any was remembered")
	}
	atHome := Place{X: 20, Y: 30, Width: 1200, Height: 800}
	atWork := Place{X: 1500, Y: 10, Width: 2000, Height: 1200}
	for screens, p := range map[*[]Screen]Place{&laptop: atHome, &office: atWork} {
		if err := r.setPlace(*screens, p); err != nil {
			t.Fatal(err)
		}
	}

	r = remember(home)
	if p, ok := r.place(laptop); !ok || p != atHome {
		t.Errorf("on the laptop: %+v %v", p, ok)
	}
	if p, ok := r.place([]Screen{office[1], office[0]}); !ok || p != atWork {
		t.Errorf("in the office, monitors told in another order: %+v %v", p, ok)
	}
	if _, ok := r.place([]Screen{{1920, 1080}}); ok {
		t.Error("an unknown monitor took over a place")
	}
}

func TestMaximisedKeepsTheSizeBefore(t *testing.T) {
	r := remember(t.TempDir())
	normal := Place{X: 20, Y: 30, Width: 1200, Height: 800}
	must(t, r.setPlace(laptop, normal))
	must(t, r.setPlace(laptop, Place{Width: 1440, Height: 860, Maximised: true}))
	p, ok := r.place(laptop)
	normal.Maximised = true
	if !ok || p != normal {
		t.Errorf("got %+v", p)
	}
	if r.lastPlace() != normal {
		t.Errorf("the next start opens as %+v", r.lastPlace())
	}
}

func TestPlacesThatCannotBeSeen(t *testing.T) {
	for name, p := range map[string]Place{
		"far right":   {X: 9000, Y: 10, Width: 1000, Height: 700},
		"below":       {X: 10, Y: 2000, Width: 1000, Height: 700},
		"shrunk away": {X: 10, Y: 10, Width: 20, Height: 10},
	} {
		if p.within(laptop) {
			t.Errorf("%s counts as visible", name)
		}
	}
	if !(Place{X: -2000, Y: 40, Width: 1000, Height: 700}).within(office) {
		t.Error("a monitor on the left is not allowed")
	}
}

func TestFirstSizeFitsTheMonitor(t *testing.T) {
	for _, s := range []Screen{{1366, 768}, {1440, 900}, {3840, 2160}} {
		width, height := size(s)
		if width > s.Width || height > s.Height || width < minWidth || height < minHeight {
			t.Errorf("on %+v the window is %dx%d", s, width, height)
		}
	}
}

func TestLookSurvivesAndRefusesNonsense(t *testing.T) {
	home := t.TempDir()
	r := remember(home)
	must(t, r.setLook(Look{Zoom: 1.25, Theme: "dark"}))
	for _, bad := range []Look{{Zoom: 0, Theme: "dark"}, {Zoom: 9, Theme: "dark"}, {Zoom: 1, Theme: "pink"}} {
		if r.setLook(bad) == nil {
			t.Errorf("%+v was accepted", bad)
		}
	}
	if got := remember(home).Look(); got != (Look{Zoom: 1.25, Theme: "dark"}) {
		t.Errorf("remembered %+v", got)
	}
	if left, _ := filepath.Glob(filepath.Join(home, "*.new")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	must(t, os.WriteFile(filepath.Join(home, "window.json"), []byte(`{"look":`), 0o600))
	if got := remember(home).Look(); got != (Look{Zoom: 1, Theme: "system"}) {
		t.Errorf("a damaged file gave %+v", got)
	}
}

func TestZoomSteps(t *testing.T) {
	for _, tt := range []struct {
		from      float64
		direction int
		want      float64
	}{{1, +1, 1.1}, {1, -1, 0.9}, {1.3, +1, 1.5}, {1.3, -1, 1.25}, {2, +1, 2}, {0.5, -1, 0.5}, {1.75, 0, 1}} {
		if got := zoomed(tt.from, tt.direction); got != tt.want {
			t.Errorf("zoomed(%v, %d) = %v, want %v", tt.from, tt.direction, got, tt.want)
		}
	}
}

// TestSettle plays a window system that sets positions relative to the monitor
// the window is on and tells them on the whole desktop.
func TestSettle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		origin := rapid.IntRange(-3000, 3000).Draw(t, "monitor")
		x, y := rapid.IntRange(-3000, 3000).Draw(t, "x"), rapid.IntRange(0, 900).Draw(t, "y")
		var atX, atY int
		settle(x, y,
			func(sx, sy int) { atX, atY = origin+sx, sy },
			func() (int, int) { return atX, atY })
		if atX != x || atY != y {
			t.Fatalf("window at %d,%d, want %d,%d", atX, atY, x, y)
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
