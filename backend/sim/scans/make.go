package scans

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// Names of what lies beside the papers.
const (
	TruthFile     = "truth.json"
	ShipmentsFile = "shipments.json"
)

// Options narrow what is made. Zero makes everything.
type Options struct {
	House    string   // whose forms: first or second; first when empty
	Layouts  []string // ids; all of the house when empty
	Profiles []string // of wear, such as fax; all when empty
}

// Set is a pile of papers with its truth, in memory.
type Set struct {
	Truth     Truth
	Shipments []Shipment // the loads list to match against: with near twins, and loads that have no paper
}

// Make makes count files. One seed gives the same bytes. The error is an unknown layout or profile.
func Make(seed uint64, count int, o Options) (Set, error) {
	set := Set{Truth: Truth{Set: setName(o), Seed: seed, Note: truthNote, Files: make([]File, count)}}
	m, err := newMaker(seed, count, o)
	if err != nil {
		return set, err
	}
	set.Shipments = m.shipments
	m.run(count, func(n int, f File) error { set.Truth.Files[n] = f; return nil })
	return set, nil
}

// Write makes count files in dir, with truth.json, shipments.json and the text of every page beside them. Files are
// written as they come, so that a large pile needs no large memory.
func Write(dir string, seed uint64, count int, o Options) (Set, error) {
	set := Set{Truth: Truth{Set: setName(o), Seed: seed, Note: truthNote, Files: make([]File, count)}}
	m, err := newMaker(seed, count, o)
	if err != nil {
		return set, err
	}
	set.Shipments = m.shipments
	if err := os.MkdirAll(filepath.Join(dir, "text"), 0o755); err != nil {
		return set, err
	}
	err = m.run(count, func(n int, f File) error {
		if err := os.WriteFile(filepath.Join(dir, f.File), f.Bytes, 0o644); err != nil {
			return err
		}
		for i, text := range f.Texts {
			name := fmt.Sprintf("%s.p%d.txt", strings.TrimSuffix(f.File, filepath.Ext(f.File)), i+1)
			if err := os.WriteFile(filepath.Join(dir, "text", name), []byte(text), 0o644); err != nil {
				return err
			}
		}
		f.Bytes, f.Texts = nil, nil
		set.Truth.Files[n] = f
		return nil
	})
	if err != nil {
		return set, err
	}
	if err := writeJSON(filepath.Join(dir, TruthFile), set.Truth); err != nil {
		return set, err
	}
	return set, writeJSON(filepath.Join(dir, ShipmentsFile), set.Shipments)
}

func writeJSON(path string, v any) error {
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(b, '\n'), 0o644)
}

func setName(o Options) string {
	if o.House == "second" {
		return "made by the second house"
	}
	return "made"
}

// maker makes the files of one pile, each from a source of chance of its own.
type maker struct {
	teller
	seed     uint64
	what     []happening
	profiles []string
}

func newMaker(seed uint64, count int, o Options) (*maker, error) {
	m := &maker{seed: seed, profiles: o.Profiles}
	if m.house = houses[o.House]; m.house == nil {
		return nil, fmt.Errorf("there is no house %q, only first and second", o.House)
	}
	m.layouts = m.house.layouts
	if len(o.Layouts) > 0 {
		m.layouts = nil
		for _, id := range o.Layouts {
			i := slices.IndexFunc(m.house.layouts, func(l layout) bool { return l.id == id })
			if i < 0 {
				return nil, fmt.Errorf("there is no layout %q", id)
			}
			m.layouts = append(m.layouts, m.house.layouts[i])
		}
	}
	for _, p := range o.Profiles {
		known := p == "clean" || p == "creased"
		for _, k := range profiles {
			known = known || k.name == p
		}
		if !known {
			return nil, fmt.Errorf("there is no profile %q", p)
		}
	}
	rng := rand.New(rand.NewPCG(seed, 0))
	m.shipments = m.house.shipmentList(rng, count+count/4+4)
	m.what = happenings(rng, count)
	return m, nil
}

// run makes the files on all cores and hands them over in any order, one at a time. It stops at the first error.
func (m *maker) run(count int, keep func(n int, f File) error) error {
	var next int
	var failed error
	var mu sync.Mutex
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for {
				mu.Lock()
				n := next
				next++
				stop := failed != nil || n >= count
				mu.Unlock()
				if stop {
					return
				}
				f := m.file(n)
				mu.Lock()
				if err := keep(n, f); err != nil {
					failed = err
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	return failed
}

// file makes file n.
func (m *maker) file(n int) File {
	rng := rand.New(rand.NewPCG(m.seed, uint64(n)+1))
	told := m.tell(rng, n, m.what[n])
	container := m.someContainer(rng, told)
	worn := m.someWear(rng, container, len(told.pages))
	f := File{Container: container.name, Verdict: told.verdict, Reasons: told.reasons}
	var sheets []*sheet
	for i, p := range told.pages {
		form := p.layout.fill(rng, p.trip)
		form.page.Page, form.page.Profile = i+1, worn[i].profile
		form.page.RotationCW, form.page.Skew = 90*worn[i].turn, worn[i].skew
		sheets = append(sheets, form.sheet)
		f.Pages = append(f.Pages, form.page)
		f.Texts = append(f.Texts, form.text())
	}
	f.Documents = documents(f.Pages)
	f.Bytes = container.pack(rng, sheets, worn)
	f.File = fileName(n, container.ext)
	if told.broken != "" {
		f.spoil(told.broken, n)
	}
	return f
}

// fill draws a paper of this layout about a trip.
func (l layout) fill(rng *rand.Rand, t *trip) *form {
	f := &form{sheet: &sheet{w: l.w, h: l.h}, rng: rng, trip: t, how: t.house.manner(rng, l.spanish), size: l.size,
		plain: faceNamed(l.plain), bold: faceNamed(l.bold), hand: faceNamed(t.house.hands[rng.IntN(len(t.house.hands))]), pen: black,
		typed: faceNamed(l.plain), preprint: black}
	if rng.IntN(2) == 0 {
		f.pen = bluish
	}
	f.page = Page{DocType: l.kind, Layout: l.id, Fields: map[string]Field{}, Signatures: map[string]Signature{}}
	if l.kind != "OTHER" && l.kind != "BLANK" {
		f.page.Shipment = t.listed
	}
	l.draw(f)
	return f
}

// spoil breaks the file as files break on their way.
func (f *File) spoil(how string, n int) {
	ext := map[string]string{"truncated-pdf": "pdf", "zero": "jpg", "text-as-pdf": "pdf", "truncated-jpg": "jpg"}[how]
	f.Container, f.File = how, fileName(n, ext)
	switch how {
	case "zero":
		f.Bytes = nil
	case "text-as-pdf":
		f.Bytes = []byte("Driver says the paperwork is in the office, will send it later.\n")
	default:
		f.Bytes = f.Bytes[:len(f.Bytes)/3]
	}
	f.Pages, f.Documents, f.Texts = nil, nil, nil
}
