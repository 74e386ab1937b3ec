package papers

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/freight"
)

// TestUnreadablePapersSayWhatToDo: the list tells sentences; the codes stay as reasons.
func TestUnreadablePapersSayWhatToDo(t *testing.T) {
	code := regexp.MustCompile(`[a-z]+-[a-z]+|_`)
	for reason, want := range map[string]string{
		"zero":           "the file is empty: ask for it again",
		"too-slow":       "took too long and was stopped: have it read again",
		"text-as-pdf":    "it is a text that is only named like a PDF: ask for the paper itself",
		"encrypted-pdf":  "the PDF is locked with a password: ",
		"truncated-jpg":  "the picture (JPG) is cut off or damaged: ask for it again",
		"truncated-zip":  "the ZIP is cut off",
		"truncated-":     "the file is cut off",
		"huge-mediabox":  "larger than any sheet of paper: ",
		"png-bomb":       "the picture (PNG) has more pages or pixels than the desk takes: ask for it smaller",
		"not-shown":      "cannot be read or shown: print it as PDF",
		"load_not_known": "no open load has its numbers",
	} {
		b := newBench(t)
		d := b.one("bad.json", file(paper.Document{Pages: []int{1}, Type: paper.Other, Verdict: paper.Unreadable, Reasons: []string{reason}}))
		row, err := b.area.known(t.Context(), d.Hash)
		b.ok(err)
		read := paper.Document{Reasons: []string{reason}}
		row.Stage, row.Verdict = string(IsUnreadable), string(paper.Unreadable)
		got := sentence(&row, &read)
		if !strings.Contains(got, want) || code.MatchString(got) {
			t.Errorf("%s says %q, want %q", reason, got, want)
		}
		b.want("the reason stays", d.Reasons, []string{reason})
	}
}

// TestDataAreNoPaper: what stands in a list of loads looks like fields of a paper. It goes to no load, says what to do about it,
// and its words are shown.
func TestDataAreNoPaper(t *testing.T) {
	const list = `[{"Load": "480101", "BOL": "77480101", "Consignee": "Store 9", "Pieces": 20}]`
	for name, c := range map[string]struct{ body, says string }{
		"loads.json": {list, "it is JSON: data, and no paper: if it lists loads or statuses, save them as CSV or XLSX and import that"},
		"loads.txt":  {"Bill of Lading 77480101\nLoad 480101\n", "it is plain text, and no paper: import it if it is a table or a message"},
		"loads.pdf":  {list, "it is a text that is only named like a PDF: ask for the paper itself"},
	} {
		b := newBench(t)
		b.area.read = examine
		d := b.one(name, []byte(c.body))
		b.want(name+" stands", d.Stage, IsUnreadable)
		b.want(name+" is on no load", d.Load, "")
		sheet, err := b.area.Sheet(t.Context(), d.Hash)
		b.ok(err)
		if !strings.HasPrefix(sheet.Item.Says, c.says) || len(sheet.Candidates) > 0 {
			t.Errorf("%s says %q with %d loads, want %q and none", name, sheet.Item.Says, len(sheet.Candidates), c.says)
		}
		if name != "loads.pdf" && !strings.Contains(sheet.Text, "77480101") {
			t.Errorf("%s shows %q instead of its words", name, sheet.Text)
		}
	}
}

// TestWhatWasPassedOverIsTold: beside each document of the file, also one that is read well.
func TestWhatWasPassedOverIsTold(t *testing.T) {
	b := newBench(t)
	const note = "page 2 is so full that it was read only once: look whether something was passed over"
	body, err := json.Marshal(written{Documents: []paper.Document{pod("480101"), pod("480102", page(2))}, Notes: []string{note}})
	b.ok(err)
	for _, d := range b.take("two.json", body, "") {
		sheet, err := b.area.Sheet(t.Context(), d.Hash)
		b.ok(err)
		b.want("stage", sheet.Item.Stage, IsClean)
		b.want("told", sheet.Notes, freight.List[string]{note})
	}
}
