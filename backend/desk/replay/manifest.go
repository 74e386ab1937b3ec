// Package replay runs recorded days through a scratch desk on the desk's clock: what would these rules have told us?
package replay

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Manifest says which files reached the desk when.
type Manifest struct {
	Profile string    `json:"profile"` // mapping for foreign sheets: a saved one's name, or a file beside the manifest; "" the best guess
	Steps   []Step    `json:"steps"`
	End     time.Time `json:"end"` // until when the clock runs on after the last step
}

// Step is what reached the desk at one instant.
type Step struct {
	At     time.Time `json:"at"`
	Import []string  `json:"import"` // paths relative to the manifest
	Full   []string  `json:"full"`   // those of them that list everything: what their source no longer lists is gone
}

// Read reads a manifest; its paths become absolute. Steps are put in order of their instants.
func Read(path string) (Manifest, error) {
	body, err := os.ReadFile(path)
	if err != nil {
		return Manifest{}, fmt.Errorf("the manifest cannot be read: %w", err)
	}
	var m Manifest
	if err := json.Unmarshal(body, &m); err != nil {
		return m, fmt.Errorf("%s is no manifest of a replay: %w", path, err)
	}
	return m, m.settle(filepath.Dir(path))
}

func (m *Manifest) settle(dir string) error {
	if len(m.Steps) == 0 {
		return errors.New("the manifest has no steps")
	}
	if beside := filepath.Join(dir, m.Profile); m.Profile != "" {
		if abs, err := filepath.Abs(beside); err == nil && isFile(abs) {
			m.Profile = abs
		}
	}
	slices.SortStableFunc(m.Steps, func(a, b Step) int { return a.At.Compare(b.At) })
	for i := range m.Steps {
		s := &m.Steps[i]
		if s.At.IsZero() {
			return fmt.Errorf("step %d of the manifest has no instant \"at\"", i+1)
		}
		if err := absolute(dir, s.Import); err != nil {
			return err
		}
		if err := absolute(dir, s.Full); err != nil {
			return err
		}
		for _, f := range s.Full {
			if !slices.Contains(s.Import, f) {
				s.Import = append(s.Import, f)
			}
		}
	}
	if last := m.Steps[len(m.Steps)-1].At; m.End.Before(last) {
		m.End = last
	}
	return nil
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

func absolute(dir string, paths []string) error {
	for i, p := range paths {
		if !filepath.IsAbs(p) {
			p = filepath.Join(dir, filepath.FromSlash(p))
		}
		abs, err := filepath.Abs(p)
		if err != nil {
			return err
		}
		if !isFile(abs) {
			return fmt.Errorf("the manifest names %s, which is not there", paths[i])
		}
		paths[i] = abs
	}
	return nil
}
