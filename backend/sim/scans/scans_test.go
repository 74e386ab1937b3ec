package scans

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/image/tiff"
)

// quick are layouts of small paper, so that tests need not draw large ones.
var quick = Options{Layouts: []string{"lumper-slip", "truck-scale", "pickup-receipt", "waybill-copy"}}

func TestOneSeedGivesTheSameBytes(t *testing.T) {
	one, err := Make(5, 8, quick)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Make(5, 8, quick)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(one, again) {
		t.Error("seed 5 gave two piles")
	}
	other, err := Make(6, 8, quick)
	if err != nil {
		t.Fatal(err)
	}
	if reflect.DeepEqual(one.Truth.Files, other.Truth.Files) {
		t.Error("seeds 5 and 6 gave one pile")
	}
}

// TestTheFirstHouseStaysAsItIs: figures of one month are compared with those of another, on the same papers. A change that
// alters them on purpose writes down the new sum.
func TestTheFirstHouseStaysAsItIs(t *testing.T) {
	sum := sha256.New()
	m, err := newMaker(5, 40, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for n, what := range m.what {
		rng := rand.New(rand.NewPCG(5, uint64(n)+1))
		for _, p := range m.tell(rng, n, what).pages {
			f := p.layout.fill(rng, p.trip)
			fmt.Fprintf(sum, "%s %d\n%s", p.layout.id, len(f.marks), f.text()) // no places: their last digits differ between processors
		}
	}
	if got, want := hex.EncodeToString(sum.Sum(nil)), "70c22bdb84af15aa48a3f2161e1e5c9a1d959f393982a5b9ba284aba05bd594c"; got != want {
		t.Errorf("the papers of seed 5 have the sum %s, not %s", got, want)
	}
}

// eachPaper draws every layout with several trips.
func eachPaper(t *testing.T, check func(t *testing.T, l layout, f *form)) {
	t.Helper()
	for _, h := range []*house{firstHouse, secondHouse} {
		for _, l := range append(slices.Clone(h.layouts), blank) {
			t.Run(l.id, func(t *testing.T) {
				for seed := range uint64(12) {
					check(t, l, l.fill(rand.New(rand.NewPCG(seed, 2)), oddTrip(h, seed)))
				}
			})
		}
	}
}

// oddTrip is a trip with something noted, sometimes unsigned, sometimes loaded by the shipper.
func oddTrip(h *house, seed uint64) *trip {
	rng := rand.New(rand.NewPCG(seed, 1))
	s := h.shipment(rng)
	s.ID = "S001"
	trip := h.newTrip(rng, s)
	h.note(rng, trip)
	trip.signed, trip.slc, trip.stc = seed%3 > 0, seed%2 == 0, seed%4 == 1
	return trip
}

func TestEveryTruthIsDrawn(t *testing.T) {
	eachPaper(t, func(t *testing.T, l layout, f *form) {
		page := f.draw(72, false)
		text := f.text()
		drawn := func(what, said string, b Box) {
			for line := range strings.Lines(said) {
				if line = strings.TrimSpace(line); !strings.Contains(text, line) {
					t.Errorf("%s %q is not in the page's text", what, line)
				}
			}
			if !(0 <= b[0] && b[0] < b[2] && b[2] <= 1 && 0 <= b[1] && b[1] < b[3] && b[3] <= 1) {
				t.Fatalf("%s %q has the box %v", what, said, b)
			}
			darkest := uint8(255)
			for y := int(b[1] * float64(page.h)); y < int(b[3]*float64(page.h)); y++ {
				for x := int(b[0] * float64(page.w)); x < int(b[2]*float64(page.w)); x++ {
					darkest = min(darkest, page.planes[0][y*page.w+x])
				}
			}
			if darkest > 170 {
				t.Errorf("%s %q: there is no ink in its box %v", what, said, b)
			}
		}
		for name, v := range f.page.Fields {
			drawn(name, v.Text, v.Box)
		}
		if n := f.page.Notation; n != nil {
			drawn(n.Kind, n.Text, n.Box)
		}
		for _, b := range f.page.Barcodes {
			drawn(b.Kind, b.Value, b.Box)
		}
	})
}

func TestAllTypeLiesOnThePaperInLettersThatTheFaceHas(t *testing.T) {
	eachPaper(t, func(t *testing.T, l layout, f *form) {
		for _, m := range f.marks {
			if m.run == nil || strings.TrimSpace(m.run.text) == "" {
				continue
			}
			if !m.run.face.has(m.run.text) {
				t.Errorf("%s lacks a letter of %q", m.run.face.name, m.run.text)
			}
			if b := m.run.box(); b.x0 < 0 || b.y0 < 0 || b.x1 > l.w || b.y1 > l.h {
				t.Errorf("%q runs off the paper: %v", m.run.text, b)
			}
		}
	})
}

func TestEveryProofSaysWhoSigned(t *testing.T) {
	eachPaper(t, func(t *testing.T, l layout, f *form) {
		role := map[string]string{"POD": "consignee", "POP": "driver", "BOL": "driver"}[l.kind]
		if role == "" {
			return
		}
		s, listed := f.page.Signatures[role]
		if want := f.trip.signed || l.kind == "BOL"; !listed || s.Present != want {
			t.Errorf("%s: listed %v, present %v, want present %v", role, listed, s.Present, want)
		}
	})
}

// TestWhatWasNotedStandsOnThePaper: in words, by a tick or on a stamp. A word that means nothing for the freight is no notation.
func TestWhatWasNotedStandsOnThePaper(t *testing.T) {
	for _, l := range secondLayouts {
		t.Run(l.id, func(t *testing.T) {
			for seed := range uint64(40) {
				trip := oddTrip(secondHouse, seed)
				trip.signed, trip.stc = true, !trip.slc
				want := map[string]string{"POD": trip.note.kind, "OSD": trip.note.kind, "BOL": map[bool]string{true: "slc", false: "stc"}[trip.slc]}[l.kind]
				noted := l.fill(rand.New(rand.NewPCG(seed, 3)), trip).page.Notation
				if want == "" != (noted == nil) || noted != nil && noted.Kind != want {
					t.Errorf("seed %d: noted %+v, want %q", seed, noted, want)
				}
				trip.note, trip.slc, trip.stc, trip.seen = notice{}, false, false, trip.Pieces
				if noted := l.fill(rand.New(rand.NewPCG(seed, 4)), trip).page.Notation; noted != nil {
					t.Errorf("seed %d: nothing happened, and %q was noted", seed, noted.Text)
				}
			}
		})
	}
}

// TestThePilesAreMixed: all kinds of papers, happenings and faults are in a pile, and the list has loads without paper.
func TestThePilesAreMixed(t *testing.T) {
	for _, house := range []string{"first", "second"} {
		t.Run(house, func(t *testing.T) { mixed(t, house) })
	}
}

func mixed(t *testing.T, house string) {
	m, err := newMaker(3, 100, Options{House: house})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	papers := map[string]bool{}
	for n, what := range m.what {
		told := m.tell(rand.New(rand.NewPCG(3, uint64(n))), n, what)
		seen[told.verdict]++
		for _, r := range told.reasons {
			seen[r]++
		}
		for _, p := range told.pages {
			seen[p.layout.kind]++
			papers[p.trip.listed] = true
		}
		if len(told.pages) > 6 {
			t.Errorf("file %d has %d pages", n, len(told.pages))
		}
	}
	for _, want := range []string{"verified", "exception", "review", "wrong_load", "supporting", "not_a_proof", "unreadable", "unsigned", "slc", "stc",
		"load_not_known", "bol_mismatch", "pieces_mismatch", "delivery_before_pickup", "two_loads_in_file", "BOL", "POP", "POD", "LUMPER", "WEIGHT", "OSD", "OTHER", "BLANK"} {
		if seen[want] == 0 {
			t.Errorf("no %s among a hundred files: %v", want, seen)
		}
	}
	if len(m.shipments) <= len(papers) {
		t.Errorf("%d loads for %d with paper", len(m.shipments), len(papers))
	}
	spanish := 0
	for _, l := range firstLayouts {
		if l.spanish {
			spanish++
		}
	}
	if len(firstLayouts) < 16 || 5*spanish < len(firstLayouts) {
		t.Errorf("%d layouts, %d of them Spanish", len(firstLayouts), spanish)
	}
}

func TestTIFFsReadBack(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, planes := range []int{1, 3} {
		p := newPicture(333, 257, planes, 255)
		noise(rng, p, 9)
		for _, how := range []int{tiffLZW, tiffDeflate, tiffPackBits} {
			sameTIFF(t, p, how)
		}
	}
	fax := newPicture(401, 300, 1, 255)
	faxed(rng, fax)
	sameTIFF(t, stripes(), tiffGroup4)
	for _, how := range []int{tiffGroup4, tiffLZW, tiffDeflate, tiffPackBits} {
		sameTIFF(t, fax, how)
	}
}

// stripes has runs of all lengths by threes up to 2100, in both tones, one below the other.
func stripes() *picture {
	p := newPicture(4300, 700, 1, 255)
	for y := range p.h {
		from := y % 100
		for x := from; x < from+3*y; x++ {
			p.planes[0][y*p.w+x] = 0
		}
		for x := from + 6*y; x < p.w; x++ {
			p.planes[0][y*p.w+x] = 0
		}
	}
	return p
}

func sameTIFF(t *testing.T, p *picture, how int) {
	t.Helper()
	got, err := tiff.Decode(bytes.NewReader(tiff1(p, how)))
	if err != nil {
		t.Fatalf("compression %d: %v", how, err)
	}
	if got.Bounds() != image.Rect(0, 0, p.w, p.h) {
		t.Fatalf("compression %d: %v", how, got.Bounds())
	}
	for y := range p.h {
		for x := range p.w {
			c := color.NRGBAModel.Convert(got.At(x, y)).(color.NRGBA)
			if c.R != p.planes[0][y*p.w+x] || c.B != p.planes[len(p.planes)-1][y*p.w+x] {
				t.Fatalf("compression %d: another tone at %d, %d", how, x, y)
			}
		}
	}
}

func tiff1(p *picture, how int) []byte { return tiffFile([]*picture{p}, 200, how) }

func TestBarsAreWhole(t *testing.T) {
	for i, w := range strings.Fields(code128Widths) {
		sum := 0
		for _, c := range w {
			sum += int(c - '0')
		}
		if want := 11; sum != want && i != 106 || i == 106 && sum != 13 {
			t.Errorf("Code 128 value %d is %d modules wide", i, sum)
		}
	}
	if got := code128("PJJ123C"); !strings.Contains(got, strings.Fields(code128Widths)[55]+"2331112") {
		t.Errorf("the check character of PJJ123C is not 55: %s", got)
	}
	for r, wide := range code39Wide {
		if len(wide) != 9 || strings.Count(wide, "1") != 3 {
			t.Errorf("Code 39 %c: %s", r, wide)
		}
	}
}

func TestWriteLaysTheTruthBeside(t *testing.T) {
	dir := t.TempDir()
	set, err := Write(dir, 2, 3, quick)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"truth.json", "shipments.json", set.Truth.Files[0].File} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
	texts, err := os.ReadDir(filepath.Join(dir, "text"))
	if err != nil {
		t.Fatal(err)
	}
	pages := 0
	for _, f := range set.Truth.Files {
		pages += len(f.Pages)
	}
	if len(texts) != pages {
		t.Errorf("%d texts for %d pages", len(texts), pages)
	}
}

func TestUnknownLayoutsAreRefused(t *testing.T) {
	if _, err := Make(1, 1, Options{Layouts: []string{"napkin"}}); err == nil {
		t.Error("a layout that does not exist was taken")
	}
	if _, err := Make(1, 1, Options{Profiles: []string{"burnt"}}); err == nil {
		t.Error("a profile that does not exist was taken")
	}
}
