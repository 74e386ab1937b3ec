// Recall measures how well pages are read, on a folder of samples with their truth (truth.json and text/NAME.pN.txt):
// the share of true words that are read and of read words that are true, rotation, barcodes and seconds, by profile.
//
//	go run ./backend/documents/internal/recall FOLDER [pattern of names]
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image/png"
	"log"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"time"
	"unicode"

	"tracedesk/backend/documents"
	"tracedesk/backend/documents/paper"
)

type truth struct {
	Files []struct {
		File  string
		Pages []struct {
			Page     int
			Profile  string
			Rotation int `json:"rotation_cw"`
			Barcodes []struct {
				Kind, Value string
				Defective   bool
			}
		}
	}
}

type tally struct {
	pages, wanted, found, read, turned, codes, codesFound int
	seconds                                               float64
}

func main() {
	if len(os.Args) < 2 {
		log.Fatal("name the folder with the samples")
	}
	pattern := "*"
	if len(os.Args) > 2 {
		pattern = os.Args[2]
	}
	if err := run(os.Args[1], pattern); err != nil {
		log.Fatal(err)
	}
}

func run(folder, pattern string) error {
	data, err := os.ReadFile(filepath.Join(folder, "truth.json"))
	if err != nil {
		return err
	}
	var all truth
	if err := json.Unmarshal(data, &all); err != nil {
		return err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return err
	}
	reader := documents.NewReader(filepath.Join(cache, "tracedesk", "test-pdf"), documents.Limits{})
	defer reader.Close()
	if err := reader.WarmWords(context.Background()); err != nil {
		return err
	}
	tallies := map[string]*tally{}
	for _, f := range all.Files {
		if ok, err := filepath.Match(pattern, f.File); err != nil || !ok {
			continue
		}
		original, err := os.ReadFile(filepath.Join(folder, f.File))
		if err != nil {
			return err
		}
		pages := map[int]paper.Page{}
		begin := time.Now()
		_, err = reader.Pages(context.Background(), bytes.NewReader(original), documents.PagesOptions{Each: func(p paper.Page) error {
			pages[p.Number] = p
			return nil
		}})
		spent := time.Since(begin).Seconds()
		if err != nil {
			fmt.Printf("%s: %v (%.1f s)\n", f.File, err, spent)
		}
		for _, want := range f.Pages {
			t := tallies[want.Profile]
			if t == nil {
				t = &tally{}
				tallies[want.Profile] = t
			}
			p := pages[want.Page]
			text, _ := os.ReadFile(filepath.Join(folder, "text", fmt.Sprintf("%s.p%d.txt", strings.TrimSuffix(f.File, filepath.Ext(f.File)), want.Page)))
			wanted, read := wordsOf(string(text)), pageWords(p)
			found, missed := common(wanted, read)
			t.pages++
			t.wanted, t.found, t.read = t.wanted+len(wanted), t.found+found, t.read+len(read)
			t.seconds += spent / float64(max(len(pages), 1))
			note := ""
			if p.Rotation != want.Rotation {
				t.turned++
				note = fmt.Sprintf(" LAY %d, TAKEN FOR %d", want.Rotation, p.Rotation)
			}
			for _, c := range want.Barcodes {
				if c.Defective {
					continue
				}
				t.codes++
				if slices.ContainsFunc(p.Codes, func(got paper.Code) bool { return got.Value == c.Value && got.Kind == c.Kind }) {
					t.codesFound++
				} else {
					note += fmt.Sprintf(" no %s %s", c.Kind, c.Value)
				}
			}
			fmt.Printf("%s %d %-7s recall %3d/%3d read %3d blank %v skew %.2f%s missed %s\n", f.File, want.Page, want.Profile, found, len(wanted), len(read), p.Blank, p.Skew, note, strings.Join(missed, " "))
			if out := os.Getenv("TRACEDESK_PICTURES"); out != "" && p.Grey != nil {
				var b bytes.Buffer
				if err := png.Encode(&b, p.Grey); err != nil {
					return err
				}
				if err := os.WriteFile(filepath.Join(out, fmt.Sprintf("%s.p%d.png", f.File, want.Page)), b.Bytes(), 0o644); err != nil {
					return err
				}
			}
		}
	}
	print(tallies)
	return nil
}

func print(tallies map[string]*tally) {
	var names []string
	for name := range tallies {
		names = append(names, name)
	}
	sort.Strings(names)
	fmt.Printf("%-8s %5s %7s %9s %6s %7s %7s\n", "profile", "pages", "recall", "precision", "wrong", "codes", "s/page")
	sum := &tally{}
	row := func(name string, t *tally) {
		fmt.Printf("%-8s %5d %6.1f%% %8.1f%% %6d %3d/%3d %7.2f\n", name, t.pages, 100*float64(t.found)/float64(max(t.wanted, 1)),
			100*float64(t.found)/float64(max(t.read, 1)), t.turned, t.codesFound, t.codes, t.seconds/float64(max(t.pages, 1)))
	}
	for _, name := range names {
		t := tallies[name]
		row(name, t)
		sum.pages, sum.wanted, sum.found, sum.read = sum.pages+t.pages, sum.wanted+t.wanted, sum.found+t.found, sum.read+t.read
		sum.turned, sum.codes, sum.codesFound, sum.seconds = sum.turned+t.turned, sum.codes+t.codes, sum.codesFound+t.codesFound, sum.seconds+t.seconds
	}
	row("all", sum)
}

// wordsOf splits a text into words as they are compared: letters and digits, small.
func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
}

func pageWords(p paper.Page) []string {
	var all []string
	for _, w := range p.Words {
		all = append(all, wordsOf(w.Text)...)
	}
	return all
}

// common counts the words that both have, each as often as both have it.
func common(wanted, read []string) (n int, missed []string) {
	has := map[string]int{}
	for _, w := range read {
		has[w]++
	}
	for _, w := range wanted {
		if has[w] > 0 {
			has[w]--
			n++
			continue
		}
		missed = append(missed, w)
	}
	return n, missed
}
