package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// The story's load, its PRO with two digits the wrong way round, and its day.
const (
	storyLoad  = "L480111"
	mistyped   = "004401077" // 004410077
	storyClock = "2026-11-22T18:00:00Z"
	storyDay   = "2026-11-22"
)

// story is a specialist's day in the window: keys go in by the display, and what
// they did is asked from the desk that runs in it.
type story struct {
	hand
	desk api
	home string
	data string
}

// tellStory plays every chapter once and keeps a picture of where it ended.
func tellStory(program, data, picture string) (err error) {
	home, err := os.MkdirTemp("", "tracedesk-window-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(home)
	began := time.Now()
	files := []string{filepath.Join(data, "loads.csv"), filepath.Join(data, "events.csv")}
	w, err := openWindow(program, append([]string{"--home", home, "--at", storyClock}, files...)...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.stop()) }()
	defer func() {
		if _, shot := exec.Command("import", "-window", "root", picture).CombinedOutput(); shot != nil {
			err = errors.Join(err, shot)
		}
	}()

	s := &story{home: home, data: data}
	if s.desk, err = findDesk(home); err != nil {
		return err
	}
	if err := s.take(); err != nil {
		return err
	}
	chapters := []struct {
		name string
		tell func() error
	}{
		{"files named at the start come to the board", s.filesToBoard},
		{"a load found by a mistyped PRO, its arrival corrected: load, board and report follow", s.corrected},
		{"the load as it was known at its first news, and now again", s.asKnown},
		{"ten loads noted at once, and taken back at once", s.noted},
		{"a view saved and come back to", s.viewed},
		{"a POD handed to the open window, filed and verified", func() error { return s.verified(program) }},
	}
	for _, c := range chapters {
		if err := c.tell(); err != nil {
			return fmt.Errorf("in the window, %s: %w (see %s)", c.name, err, picture)
		}
		fmt.Println("in the window:", c.name)
	}
	fmt.Printf("the story in the window took %.0f s\n", time.Since(began).Seconds())
	return nil
}

func (s *story) filesToBoard() error {
	if err := s.settle(); err != nil { // the files are looked at
		return err
	}
	err := s.pressUntil("the loads are on the board", func() (bool, error) {
		rows, err := s.desk.rows()
		return len(rows) >= 30, err
	}, "Return")
	if err != nil {
		return err
	}
	return s.press("Return") // to the board
}

func (s *story) corrected() error {
	before, err := s.told()
	if err != nil {
		return err
	}
	if err := s.palette(mistyped); err != nil {
		return err
	}
	if err := s.press("e"); err != nil {
		return err
	}
	if err := s.enter("11/22/2026 09:05"); err != nil {
		return err
	}
	if err := s.until("load, board and report tell the arrival", func() (bool, error) {
		now, err := s.told()
		return now.load != before.load && now.row != before.row && now.report != before.report, err
	}); err != nil {
		return err
	}
	if err := s.press("z"); err != nil {
		return err
	}
	return s.until("load and report tell it no longer", func() (bool, error) {
		now, err := s.told()
		return now.load == before.load && now.report == before.report, err
	})
}

// told is what the desk says of the story's load, in the three places where a
// person would look.
type told struct{ load, row, report string }

func (s *story) told() (t told, err error) {
	var load struct {
		Customer string
		Stops    []any
	}
	if err := s.desk.get("loads/"+storyLoad, &load); err != nil {
		return t, err
	}
	rows, err := s.desk.rows()
	if err != nil {
		return t, err
	}
	for _, row := range rows {
		if row["load"] == storyLoad {
			t.row = fmt.Sprint(row["state"], row["next"], row["attention"], row["heard"])
		}
	}
	var report struct{ Sections any }
	err = s.desk.get("reports/daily?customer="+escape(load.Customer)+"&date="+storyDay, &report)
	t.load, t.report = fmt.Sprint(load.Stops), fmt.Sprint(report.Sections)
	return t, err
}

// asKnown slides back by keys. Only the picture can tell: the page of then has a
// frame of a colour that nothing else has so much of.
func (s *story) asKnown() error {
	if err := s.press("t"); err != nil {
		return err
	}
	if err := s.press("Home"); err != nil {
		return err
	}
	framed := func() (bool, error) { return s.has(0x6b, 0x59, 0x00, 3000) }
	if err := s.until("the page shows that it is of another time", framed); err != nil {
		return err
	}
	if err := s.press("Escape"); err != nil {
		return err
	}
	return s.until("Esc brings it back to now", func() (bool, error) {
		is, err := framed()
		return !is, err
	})
}

func (s *story) noted() error {
	if err := s.press("g", "b"); err != nil {
		return err
	}
	if err := s.press("ctrl+Home", "space"); err != nil {
		return err
	}
	for range 9 {
		if err := s.tap("shift+Down"); err != nil {
			return err
		}
	}
	if err := s.press("c"); err != nil {
		return err
	}
	if err := s.enter("Weather hold until 16:00"); err != nil {
		return err
	}
	carry := func(want int) func() (bool, error) {
		return func() (bool, error) {
			n, err := s.desk.carrying("Weather hold")
			return n == want, err
		}
	}
	if err := s.until("ten loads carry the note", carry(10)); err != nil {
		return err
	}
	if err := s.press("z"); err != nil {
		return err
	}
	return s.until("no load carries the note", carry(0))
}

// shippedViews stand in the menu of views before the field for a name.
const shippedViews = 7

func (s *story) viewed() error {
	if err := s.press("1", "shift+v"); err != nil {
		return err
	}
	for range shippedViews {
		if err := s.tap("Tab"); err != nil {
			return err
		}
	}
	if err := s.enter("My morning"); err != nil {
		return err
	}
	return s.until("the desk keeps the view", func() (bool, error) {
		var views any
		err := s.desk.get("views", &views)
		return strings.Contains(fmt.Sprint(views), "My morning"), err
	})
}

// verified starts the program a second time, as a click on a file would: the
// window that is open takes the file. Its name bears the load out, since the
// one number on it is a digit away from another load's.
func (s *story) verified(program string) error {
	pod, err := os.ReadFile(filepath.Join(s.data, "pod.pdf"))
	if err != nil {
		return err
	}
	named := filepath.Join(s.home, "L480103 pod.pdf")
	if err := os.WriteFile(named, pod, 0o600); err != nil {
		return err
	}
	second := exec.Command(program, "--home", s.home, named)
	if out, err := second.CombinedOutput(); err != nil {
		return fmt.Errorf("the second start: %w %s", err, out)
	}
	if err := s.settle(); err != nil {
		return err
	}
	state := func(want string) func() (bool, error) {
		return func() (bool, error) {
			var papers struct{ Documents []struct{ State string } }
			err := s.desk.get("documents", &papers)
			return len(papers.Documents) == 1 && papers.Documents[0].State == want, err
		}
	}
	if err := s.until("the paper is filed", state("received")); err != nil {
		return err
	}
	if err := s.press("Escape", "g", "d"); err != nil {
		return err
	}
	if err := s.press("y"); err != nil {
		return err
	}
	return s.until("the paper is verified", state("verified"))
}
