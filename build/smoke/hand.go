package main

import (
	"bytes"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// hand presses keys on the display and sees what is painted there.
type hand struct{ seen []byte }

// keyGap is a quick typist's: a key that comes before the page has answered the
// one before it is the person's mistake, not the page's.
const keyGap = "40"

// take gives the keyboard to the window: a bare display has no manager of windows
// that would.
func (h *hand) take() error {
	out, err := exec.Command("xdotool", "search", "--sync", "--onlyvisible", "--name", "TraceDesk", "windowfocus").CombinedOutput()
	if err != nil {
		return fmt.Errorf("the window cannot be given the keyboard: %w %s", err, out)
	}
	return nil
}

// tap presses keys and does not look.
func (h *hand) tap(keys ...string) error {
	return xdotool(append([]string{"key", "--delay", keyGap}, keys...)...)
}

// press presses keys one after the other and waits until the page stands still
// after each.
func (h *hand) press(keys ...string) error {
	for _, key := range keys {
		if err := h.tap(key); err != nil {
			return err
		}
		if err := h.settle(); err != nil {
			return err
		}
	}
	return nil
}

// enter types into the field that has the keyboard and ends with Enter.
func (h *hand) enter(text string) error {
	if err := xdotool("type", "--delay", keyGap, text); err != nil {
		return err
	}
	if err := h.settle(); err != nil {
		return err
	}
	return h.press("Return")
}

// palette finds what is typed and takes the first entry.
func (h *hand) palette(words string) error {
	if err := h.press("ctrl+k"); err != nil {
		return err
	}
	return h.enter(words)
}

func xdotool(args ...string) error {
	out, err := exec.Command("xdotool", args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("xdotool %s: %w %s", strings.Join(args, " "), err, out)
	}
	return nil
}

// Shares of the picture's bytes: fewer than still differ where only a caret
// blinks.
const still = 0.0003

// settle waits until four pictures in a row are the same.
func (h *hand) settle() error {
	same := 0
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(120 * time.Millisecond) {
		now, err := display()
		if err != nil {
			return err
		}
		if differ(h.seen, now) < still {
			same++
		} else {
			same = 0
		}
		if h.seen = now; same == 3 {
			return nil
		}
	}
	return fmt.Errorf("the page does not stand still for %v", patience)
}

// until asks again and again until it is so.
func (h *hand) until(what string, so func() (bool, error)) error {
	var err error
	for deadline := time.Now().Add(patience / 3); time.Now().Before(deadline); time.Sleep(200 * time.Millisecond) {
		var is bool
		if is, err = so(); is {
			return h.settle()
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return fmt.Errorf("it never came that %s", what)
}

// pressUntil presses a key each time the page stands still, until it is so.
func (h *hand) pressUntil(what string, so func() (bool, error), key string) error {
	for range 8 {
		if is, err := so(); is || err != nil {
			return err
		}
		if err := h.press(key); err != nil {
			return err
		}
	}
	return h.until(what, so)
}

// has reports whether at least n points of the display have exactly this colour.
func (h *hand) has(red, green, blue byte, n int) (bool, error) {
	now, err := display()
	if err != nil {
		return false, err
	}
	found := 0
	for i := 0; i+2 < len(now); i += 3 {
		if now[i] == red && now[i+1] == green && now[i+2] == blue {
			found++
		}
	}
	return found >= n, nil
}

// display is what is painted, three bytes a point.
func display() ([]byte, error) {
	out, err := exec.Command("import", "-window", "root", "-depth", "8", "rgb:-").Output()
	if err != nil {
		return nil, fmt.Errorf("no picture of the display: %w", err)
	}
	return out, nil
}

// differ is the share of bytes that differ.
func differ(a, b []byte) float64 {
	if len(a) != len(b) {
		return 1
	}
	if bytes.Equal(a, b) {
		return 0
	}
	n := 0
	for i := range a {
		if a[i] != b[i] {
			n++
		}
	}
	return float64(n) / float64(len(a))
}
