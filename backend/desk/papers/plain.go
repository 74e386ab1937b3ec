package papers

import (
	"strings"

	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/verdict"
)

// saysReason is a reason of a verdict as people are told it. Why a file could not be read comes with what to do about it.
func saysReason(reason string) string {
	if cause, advice := unreadableFor(reason); cause != "" {
		return cause + ": " + advice
	}
	return verdict.Says(reason)
}

// Reasons of this room: a file is kept as a paper and is none.
const (
	isJSON = "json-no-paper"
	isText = "text-no-paper"
)

// unreadableFor is why a file could not be read, and what a person does about it; nothing for a reason of another sort.
func unreadableFor(reason string) (cause, advice string) {
	switch reason {
	case "zero":
		return "the file is empty", "ask for it again"
	case "too-slow":
		return "reading it took too long and was stopped", "have it read again, or look at it and say whose it is"
	case "not-shown":
		return "it is kept, but this kind of file cannot be read or shown", "print it as PDF, or ask for it as PDF or as a photo"
	case isJSON:
		return "it is JSON: data, and no paper", "if it lists loads or statuses, save them as CSV or XLSX and import that; then set it aside here"
	case isText:
		return "it is plain text, and no paper", "import it if it is a table or a message; else ask for the paper as PDF or as a photo; then set it aside here"
	case "huge-mediabox":
		return "its pages are larger than any sheet of paper", "ask for it as a plain scan, or print it as PDF again"
	}
	if kind, ok := strings.CutPrefix(reason, "encrypted-"); ok {
		return aFile(kind) + " is locked with a password", "open it with the password, print it as PDF and drop that, or ask for it without one"
	}
	if kind, ok := strings.CutPrefix(reason, "truncated-"); ok {
		return aFile(kind) + " is cut off or damaged", "ask for it again"
	}
	if kind, ok := strings.CutPrefix(reason, "text-as-"); ok {
		return "it is a text that is only named like " + called(kind), "ask for the paper itself"
	}
	if kind, ok := strings.CutSuffix(reason, "-bomb"); ok {
		return aFile(kind) + " has more pages or pixels than the desk takes", "ask for it smaller: a scan at 200 to 300 dpi, or a few pages a file"
	}
	return "", ""
}

func aFile(kind string) string {
	switch kind {
	case "pdf", "zip":
		return "the " + strings.ToUpper(kind)
	case "eml":
		return "the mail"
	case "", "unknown":
		return "the file"
	}
	return "the picture (" + strings.ToUpper(kind) + ")"
}

func called(kind string) string {
	if kind == "" {
		return "a paper"
	}
	return "a " + strings.ToUpper(kind)
}

// saysNoted is what a paper notes, as people are told it.
func saysNoted(kind string) string {
	switch kind {
	case paper.Short:
		return "freight is noted short"
	case paper.Over:
		return "freight is noted over"
	case paper.Damaged:
		return "freight is noted damaged"
	case paper.Refused:
		return "freight was refused"
	case paper.SLC:
		return "it is signed as shipper's load and count"
	case paper.STC, paper.SubjectToCount:
		return "it is signed subject to count"
	}
	return "it is noted " + strings.ReplaceAll(kind, "_", " ")
}
