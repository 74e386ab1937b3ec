package pdf

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

var asOf = time.Date(2026, 11, 23, 20, 0, 0, 0, time.UTC)

func empty() *Document {
	return New(Setup{Title: "Test", Language: "en-US", AsOf: asOf, Landscape: true, Head: "Head", Foot: "Foot"})
}

func numbers(n int) Table {
	t := Table{Name: "Numbers", Columns: []Column{{"N", 1, Right}, {"Word", 3, Left}}}
	for i := range n {
		t.Rows = append(t.Rows, Row{Cells: []Rich{Plain(fmt.Sprintf("n%d", i)), Strong("word → 中")}})
	}
	return t
}

// words are the texts of a page in drawing order.
func (p *page) words() []string {
	var all []string
	for _, o := range p.ops {
		if o.kind == drawText {
			all = append(all, o.run.text)
		}
	}
	return all
}

func (p *page) has(text string) bool {
	for _, w := range p.words() {
		if w == text {
			return true
		}
	}
	return false
}

func TestHeaderIsRepeatedAndEveryRowIsThereOnce(t *testing.T) {
	d := empty()
	d.Heading("Numbers", "all of them")
	d.Table(numbers(200))
	if len(d.pages) < 4 {
		t.Fatalf("%d pages", len(d.pages))
	}
	seen := 0
	for i, p := range d.pages {
		if !p.has("Word") {
			t.Errorf("page %d has no table header", i+1)
		}
		if got := p.has("Numbers, continued"); got != (i > 0) {
			t.Errorf("page %d says continued: %v", i+1, got)
		}
		for _, w := range p.words() {
			if w == fmt.Sprintf("n%d", seen) {
				seen++
			}
		}
	}
	if seen != 200 {
		t.Errorf("%d rows in order, want 200", seen)
	}
}

func TestNothingLeavesThePage(t *testing.T) {
	for _, paper := range []Paper{Letter, A4} {
		for _, across := range []bool{false, true} {
			d := New(Setup{Paper: paper, Landscape: across, AsOf: asOf, Head: strings.Repeat("long head ", 60), Foot: strings.Repeat("long foot ", 60)})
			d.Banner(Strong(strings.Repeat("Customer ", 40)), Plain("right"))
			d.Banner(Strong(strings.Repeat("W", 9000)), Plain("right"))
			d.Figures([]Figure{{Label: "Loads", Value: "123456", Note: "a note that needs some lines to say"}, {Label: "B", Value: "2"}})
			d.Table(numbers(150))
			d.Paragraph(Plain(strings.Repeat("Some words. ", 2000)))
			d.feet()
			for i, p := range d.pages {
				for _, o := range p.ops {
					right := o.x + o.w + o.run.width
					if o.x < margin-0.01 || right > d.width-margin+0.01 || o.y < margin-0.01 || o.y+o.h > d.height-margin+0.01 {
						t.Fatalf("page %d: %q from %.1f to %.1f at %.1f leaves a page of %.0f x %.0f", i+1, o.run.text, o.x, right, o.y, d.width, d.height)
					}
				}
			}
		}
	}
}

func TestPageNumbersStandExactlyAtTheRight(t *testing.T) {
	d := empty()
	d.Table(numbers(500))
	d.feet()
	for i, p := range d.pages {
		last := p.ops[len(p.ops)-1]
		if want := fmt.Sprintf("Page %d of %d", i+1, len(d.pages)); last.run.text != want {
			t.Errorf("page %d says %q", i+1, last.run.text)
		}
		if right := last.x + last.run.width; math.Abs(right-(d.width-margin)) > 0.001 {
			t.Errorf("page %d: number ends at %.3f", i+1, right)
		}
	}
}

// Whatever height is left, a heading has the header and two rows below it, and the last row is not alone.
func TestNoWidowsAndOrphans(t *testing.T) {
	for gap := 0.0; gap < 540; gap += 7 {
		d := empty()
		d.Paragraph(Plain("first"))
		d.Gap(gap)
		d.Heading("Section", "")
		d.Table(numbers(40))
		for i, p := range d.pages {
			rows := 0
			for _, w := range p.words() {
				if strings.HasPrefix(w, "n") {
					rows++
				}
			}
			if p.has("Section") && rows < 2 || rows == 1 {
				t.Errorf("gap %.0f: page %d has %d rows; heading %v", gap, i+1, rows, p.has("Section"))
			}
		}
	}
}

func TestGroupTitleStaysWithItsRow(t *testing.T) {
	for n := 20; n < 60; n++ {
		table := numbers(n)
		table.Rows = append(table.Rows, Row{Group: true, Cells: []Rich{Strong("Tomorrow")}})
		table.Rows = append(table.Rows, numbers(30).Rows...)
		d := empty()
		d.Table(table)
		for i, p := range d.pages {
			if words := p.words(); words[len(words)-1] == "Tomorrow" {
				t.Errorf("%d rows: page %d ends with the group's title", n, i+1)
			}
		}
	}
}

func TestARowHigherThanAPageGoesOn(t *testing.T) {
	d := empty()
	table := numbers(3)
	var note strings.Builder
	for i := range 150 {
		fmt.Fprintf(&note, "line%d\n", i)
	}
	table.Rows[1].Cells[1] = Plain(note.String())
	d.Table(table)
	next := 0
	for _, p := range d.pages {
		for _, w := range p.words() {
			if w == fmt.Sprintf("line%d", next) {
				next++
			}
		}
	}
	if next != 150 || len(d.pages) < 3 {
		t.Errorf("%d lines on %d pages", next, len(d.pages))
	}
}

func TestSameCallsGiveSameBytes(t *testing.T) {
	draw := func() []byte {
		d := empty()
		d.Heading("Łódź", "")
		d.Table(numbers(120))
		b, err := d.Bytes()
		if err != nil {
			t.Error(err)
		}
		return b
	}
	first := draw()
	var wait sync.WaitGroup
	for range 6 {
		wait.Go(func() {
			if !bytes.Equal(first, draw()) {
				t.Error("the bytes differ")
			}
		})
	}
	wait.Wait()
}

func TestFileSaysWhatItIs(t *testing.T) {
	d := empty()
	d.Heading("Bookmark", "")
	d.Paragraph(Plain("text"))
	b, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"/Lang (en-US)", "/DisplayDocTitle true", "/CreationDate (D:20261123200000)", "/ModDate (D:20261123200000)", "/Outlines", "/FontFile2"} {
		if !bytes.Contains(b, []byte(want)) {
			t.Errorf("no %s in the file", want)
		}
	}
	_, tail, _ := bytes.Cut(b[bytes.LastIndex(b, startXref):], []byte("\n"))
	number, _, _ := bytes.Cut(tail, []byte("\n"))
	if at, err := strconv.Atoi(string(number)); err != nil || !bytes.HasPrefix(b[at:], []byte("xref\n")) {
		t.Errorf("startxref %s does not point at the table", number)
	}
	if bytes.Contains(b, []byte("droidsans")) {
		t.Error("a font is embedded that no text uses")
	}
}

func TestFaultsAreErrors(t *testing.T) {
	d := New(Setup{Title: "T", Language: "not a language"})
	if _, err := d.Bytes(); err == nil {
		t.Error("a bad language tag is no error")
	}
	d = empty()
	d.add(op{kind: drawText, run: run{face: regular, style: Style{Size: 9}, text: "🚚"}}) // what clean never lets through
	if _, err := d.Bytes(); err == nil {
		t.Error("a panic inside the library is no error")
	}
}

func TestAnEmptyDocumentIsAPage(t *testing.T) {
	d := empty()
	d.Paragraph(nil)
	d.Table(Table{})
	d.Figures(nil)
	d.Heading("Alone", "")
	b, err := d.Bytes()
	if err != nil || len(d.pages) != 1 || !d.pages[0].has("Alone") {
		t.Errorf("%d bytes, %d pages, %v", len(b), len(d.pages), err)
	}
}
