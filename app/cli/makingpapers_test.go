package cli

import (
	"path/filepath"
	"testing"
)

// TestSimPapers: a pile of papers lies where it was asked for, with its truth; without a place for it nothing is made.
func TestSimPapers(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "pile")
	d := newDesk(t)
	made := d.ask("sim", "papers", "--seed", "4", "--count", "2", "--layouts", "lumper-slip,truck-scale", "--out", dir)
	if n := pick(made, "files").(float64); n != 2 {
		t.Errorf("%v files for two", n)
	}
	if n := pick(made, "loads").(float64); n < 2 {
		t.Errorf("%v loads to match two files against", n)
	}
	made = d.ask("sim", "papers", "--seed", "4", "--count", "1", "--house", "second", "--layouts", "unloader", "--out", dir)
	if n := pick(made, "layouts", "unloader").(float64); n != 1 {
		t.Errorf("%v papers of the second house's layout for one", n)
	}
}
