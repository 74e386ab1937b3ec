package papers

import (
	"regexp"
	"strings"
	"testing"

	"tracedesk/backend/documents/paper"
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
