package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// bench is one measurement or long proof. Full takes its time; slice, where
// there is one, is the short form that the test command runs.
type bench struct {
	name, what string
	full       func(p *project, args []string) error
	slice      func(p *project) error
}

// benches in the order they are listed.
var benches = []bench{
	{
		name: "fuzz", what: "every parser against made-up input, five minutes each (or: fuzz 30s, fuzz 10m documents/)",
		full: func(p *project, args []string) error {
			each := "5m"
			if len(args) > 0 {
				each, args = args[0], args[1:]
			}
			return fuzz(p, each, args)
		},
		slice: func(p *project) error { return fuzz(p, "2s", nil) },
	},
	{name: "import", what: "100,000 rows and 100,000 statuses to the board, beside bare inserts of the same rows", full: inFull("./backend/desk", "^BenchmarkImport$")},
	{name: "store", what: "a desk of 1,000,000 loads, asked everything (TRACEDESK_HISTORY=DIR keeps it for the next time)", full: inFull("./backend/desk", "^BenchmarkStore$")},
	{name: "kill", what: "two hundred imports killed at any moment: nothing lost, nothing twice", full: inFull("./backend/desk", "^BenchmarkKill$")},
	{name: "papers-kill", what: "two hundred desks killed while papers come, are read, filed and accepted: none lost, none filed twice", full: inFull("./backend/desk/papers", "^BenchmarkKill$")},
	{name: "inbox-kill", what: "two hundred desks killed while callbacks come: none lost, none read twice", full: inFull("./backend/desk/inbox", "^BenchmarkKill$")},
	{
		name: "rooms", what: "every Go benchmark of every room, with memory figures",
		full:  goBench("./...", "."),
		slice: func(p *project) error { return goBench("./...", ".", "-benchtime", "1x")(p, nil) },
	},
	{name: "formats", what: "reading sheets and EDI", full: goBench("./backend/format/...", ".")},
	{name: "x12", what: "a file of 214s beside a split scan of the same bytes: MB/s, transactions/s, peak memory; 1 GB on one line; and on to the board", full: func(p *project, _ []string) error {
		if err := inFull("./backend/format/x12", "^BenchmarkX12$")(p, nil); err != nil {
			return err
		}
		return inFull("./backend/desk", "^BenchmarkX12ToBoard$")(p, nil)
	}},
	{name: "long", what: "EDIFACT, EPCIS and DCSA files of 1 GB on one line: MB/s, peak memory", full: inFull("./backend/desk", "^BenchmarkLongFiles$")},
	{name: "fold", what: "from observations to what is known of a load", full: goBench("./backend/timeline", ".")},
	{name: "watch", what: "judging one load, folding it, a tick over 50,000 live loads beside judging all of them", full: func(p *project, args []string) error {
		if err := goBench("./backend/watch", ".")(p, args); err != nil {
			return err
		}
		if err := goBench("./backend/timeline", "100")(p, args); err != nil {
			return err
		}
		return goBench("./backend/ledger", "Tick|JudgingAll", "-benchtime", "40x")(p, args)
	}},
	{
		name: "trial", what: "the rules on twenty simulated worlds whose truth is known, and on worlds without incidents (or: trial SEED WORLDS)",
		full:  func(p *project, args []string) error { return trial(p, append(args, "900", "20")[:2], "500", "3") },
		slice: func(p *project) error { return trial(p, []string{"5", "1"}, "60", "2") },
	},
	{
		name: "docs", what: "made papers with their truth, of a seed that nothing was tuned on: read and scored (or: docs SEED FILES HOUSE; the papers of the second house are those that no reading was fitted to)",
		full: func(p *project, args []string) error {
			what := []string{"2611", "300", "first"}
			copy(what, args)
			return madePapers(p, what[0], what[1], what[2])
		},
		slice: func(p *project) error { return madePapers(p, "2612", "6", "first") },
	},
	{
		name: "hostile", what: "5,000 hostile papers, read in a child process: no crash, no hang, nothing written beside the shelf (or: hostile SEED FILES)",
		full: func(p *project, args []string) error {
			seedAndFiles := []string{"1", "5000"}
			copy(seedAndFiles, args)
			return hostile(p, seedAndFiles)
		},
		slice: func(p *project) error { return hostile(p, []string{"1", "102"}) },
	},
	{
		name: "feeds", what: "2,000 loads over 30 hours with every fault at once, 200 kills, recorded histories beside bare inserts (or: feeds LOADS HOURS KILLS)",
		full: func(p *project, args []string) error {
			sizes := []string{"2000", "30", "200"} // loads, hours, kills
			copy(sizes, args)
			if err := inFull("./backend/feeds/proof", "^BenchmarkHistories$")(p, nil); err != nil {
				return err
			}
			if err := inFull("./backend/feeds", "^BenchmarkKill$")(p, nil); err != nil {
				return err
			}
			return p.sh("go", "test", "-run", "^$", "-bench", "^Benchmark(Kill|Storm)$", "-benchtime", "1x", "-timeout", "3h", "./backend/feeds/proof",
				"-args", "-full", "-loads", sizes[0], "-hours", sizes[1], "-kills", sizes[2])
		},
	},
	{
		name: "bundle", what: "a bundle of 300 pages, scans and text in turn, read by the program: peak memory, processor time a page (or: bundle PAGES)",
		full: func(p *project, args []string) error { return benchBundle(p, append(args, "300")[0]) },
	},
	{name: "papers", what: "the screen in Chromium while a pile of 20 papers is read: longest block, a stop answered, the reader free", full: benchPapers},
	{name: "ocr", what: "a page's words, and all steps of a paper, beside the tesseract program with the same data; two workers, start, stopping", full: func(p *project, _ []string) error {
		if err := inFull("./backend/documents/ocr", "^BenchmarkOCR$")(p, nil); err != nil {
			return err
		}
		return inFull("./backend/sim/scans/proof", "^BenchmarkSteps$")(p, nil)
	}},
	{
		name: "pdf", what: "a paper of 200 pages in five scripts beside a bare loop with the same library: pages/s, ratio, MB; judged by qpdf, pdffonts and pdftotext where installed",
		full: func(p *project, _ []string) error {
			return p.sh("go", "test", "-run", "^$", "-bench", "^BenchmarkPaper$", "-benchtime", "20x", "./backend/report/pdf", "-args", "-full")
		},
		slice: goBenchSlice("./backend/report/pdf", "^BenchmarkPaper$"),
	},
	{name: "reports", what: "the figures and the weekly report of a customer with 5,000 loads, out of a store of 1,000,000", full: inFull("./backend/desk/reports", "^Benchmark(KPIOfOneCustomer|Weekly)$")},
	{name: "screens", what: "50,000 live loads in Chromium, 200 updates a second: CPU a frame, key to paint, size", full: benchScreens},
	{name: "window", what: "the real window with the sample desk: time to open, to paint, memory", full: func(p *project, _ []string) error {
		note, err := windowTests(p)
		fmt.Println(note)
		return err
	}},
}

// trial tries the rules on worlds with incidents and on as many without.
func trial(p *project, seedAndWorlds []string, loads, days string) error {
	score := []string{"go", "run", "./app", "sim", "score", "--home", filepath.Join(os.TempDir(), "tracedesk-no-desk"),
		"--seed", seedAndWorlds[0], "--worlds", seedAndWorlds[1], "--loads", loads, "--days", days}
	if err := p.sh(score...); err != nil {
		return err
	}
	return p.sh(append(score, "--quiet")...)
}

// hostile feeds hostile files of a seed to the reader of papers.
func hostile(p *project, seedAndFiles []string) error {
	return p.sh("go", "test", "-run", "^TestHostileFilesDoNoHarm$", "-v", "-count", "1", "-timeout", "3h", "./backend/sim/scans/proof",
		"-args", "-seed", seedAndFiles[0], "-files", seedAndFiles[1])
}

// madePapers writes papers of a house and scores the reading of them.
func madePapers(p *project, seed, files, house string) error {
	dir, err := os.MkdirTemp("", "tracedesk-papers-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := p.sh("go", "run", "./app", "sim", "papers", "--out", dir, "--seed", seed, "--count", files, "--house", house); err != nil {
		return err
	}
	return p.sh("go", "run", "./app", "docs", "score", dir, "--truth", filepath.Join(dir, "truth.json"), "--loads", filepath.Join(dir, "shipments.json"))
}

// inFull runs a benchmark once, in the size that the bars ask for; by itself it is a slice.
func inFull(folder, pattern string) func(*project, []string) error {
	return func(p *project, _ []string) error {
		return p.sh("go", "test", "-run", "^$", "-bench", pattern, "-benchtime", "1x", "-timeout", "3h", folder, "-args", "-full")
	}
}

// goBench runs Go benchmarks of a package, with memory figures.
func goBench(folder, pattern string, flags ...string) func(*project, []string) error {
	return func(p *project, args []string) error {
		cmd := []string{"go", "test", "-run", "^$", "-bench", pattern, "-benchmem", "-timeout", "2h"}
		return p.sh(slices.Concat(cmd, flags, args, []string{folder})...)
	}
}

// goBenchSlice runs Go benchmarks of a package once.
func goBenchSlice(folder, pattern string) func(*project) error {
	return func(p *project) error { return goBench(folder, pattern, "-benchtime", "1x")(p, nil) }
}

func runBench(p *project, args []string) error {
	if len(args) == 0 {
		fmt.Println("go run ./build bench NAME")
		for _, b := range benches {
			fmt.Printf("  %-14s %s\n", b.name, b.what)
		}
		return nil
	}
	for _, b := range benches {
		if b.name == args[0] {
			return b.full(p, args[1:])
		}
	}
	return fmt.Errorf("there is no bench %q; go run ./build bench lists them", args[0])
}

// proofSlices runs the short form of every long proof.
func proofSlices(p *project) (string, error) {
	var ran []string
	var failed error
	for _, b := range benches {
		if b.slice == nil {
			continue
		}
		fmt.Println("-", b.name)
		ran = append(ran, b.name)
		if err := b.slice(p); err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", b.name, err))
		}
	}
	return strings.Join(ran, ", "), failed
}

var fuzzTarget = regexp.MustCompile(`(?m)^func (Fuzz\w+)\(`)

// fuzz runs every fuzz target of the repository, or those whose folder and
// name hold one of parts ("documents/", "barcode/FuzzRead"), one after the
// other: Go runs one at a time. An input that proves interesting is made
// smaller for five seconds at most: by itself Go takes sixty for it, and a
// slow decoder then sees ten inputs in ten minutes.
func fuzz(p *project, each string, parts []string) error {
	targets, err := fuzzTargets(p)
	if err != nil {
		return err
	}
	if len(parts) > 0 {
		targets = slices.DeleteFunc(targets, func(t fuzzing) bool {
			return !slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(t.folder+"/"+t.name, part) })
		})
	}
	if len(targets) == 0 {
		return fmt.Errorf("there is no fuzz target %s", strings.Join(parts, ", "))
	}
	for _, t := range targets {
		said, err := p.read(call{cmd: []string{"go", "test", "-run", "^$", "-fuzz", "^" + t.name + "$",
			"-fuzztime", each, "-fuzzminimizetime", "5s", t.folder}})
		fmt.Println(said)
		if err != nil && !outOfTime(said) {
			return err
		}
	}
	fmt.Println(len(targets), "targets,", each, "each")
	return nil
}

// outOfTime reports whether a run failed only because its time was over in the midst of an input, which Go tells as a
// failure on a busy machine. A found fault names the file that its input was written to.
func outOfTime(said string) bool {
	return strings.Contains(said, "context deadline exceeded") && !strings.Contains(said, "Failing input written")
}

type fuzzing struct{ folder, name string }

func fuzzTargets(p *project) ([]fuzzing, error) {
	var found []fuzzing
	for _, top := range []string{"app", "backend"} {
		err := filepath.WalkDir(p.path(top), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
				return err
			}
			source, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			folder, err := filepath.Rel(p.root, filepath.Dir(path))
			if err != nil {
				return err
			}
			for _, m := range fuzzTarget.FindAllStringSubmatch(string(source), -1) {
				found = append(found, fuzzing{"./" + filepath.ToSlash(folder), m[1]})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return found, nil
}
