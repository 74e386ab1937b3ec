package papers

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/documents/fields"
	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/verdict"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// messageKind is the sort of outgoing work that a person sends as mail or SMS.
const messageKind = "message"

// Ask drafts a message to the carrier that names what is wrong with a paper. Kept, it waits among outgoing work and the paper
// is refused; nothing is sent by itself.
func (a *Area) Ask(ctx context.Context, id string, ask PaperAsk) (PaperDone, error) {
	d, err := a.known(ctx, id)
	if err != nil {
		return PaperDone{}, err
	}
	if d.Load == 0 {
		return PaperDone{}, desk.Invalid("Say first which load the paper is for: the carrier is asked by the load.")
	}
	read, err := readingOf(&d)
	if err != nil {
		return PaperDone{}, err
	}
	view, err := a.desk.Ledger.View(ctx, d.Load, time.Time{}, a.desk.Now())
	if err != nil {
		return PaperDone{}, err
	}
	t := &view.Timeline
	wrong := wrongs{faults: ask.Faults}
	if len(ask.Faults) == 0 {
		if wrong, err = a.wrongWith(ctx, &d, &read); err != nil {
			return PaperDone{}, err
		}
	}
	out := PaperDone{Draft: cmp.Or(strings.TrimSpace(ask.Text), letter(t, &d, wrong)), To: cmp.Or(t.Carrier.Value, "the carrier"), Says: "Drafted, not kept."}
	if !ask.Keep {
		return a.done(ctx, out, id)
	}
	after := d
	after.State, after.DecidedAt, after.By = string(Rejected), a.clock(ask.Now), a.desk.Person(ask.As)
	after.Note = "asked again: " + strings.Join(slices.Concat(wrong.faults, wrong.noted), "; ")
	after.Stage = desk.StageOf(&after, false)
	facts, _, err := a.decided(ctx, &d, &after, Verdict{Verdict: Rejected, As: ask.As, Now: ask.Now})
	if err != nil {
		return out, err
	}
	deed, err := a.desk.DoPapers(ctx, desk.OnPapers{Before: []store.Document{d}, After: []store.Document{after}, Does: "ask", Says: "asked " + out.To + " for a better paper than " + d.Name, Note: after.Note,
		By: after.By, Now: ask.Now, Facts: facts, Also: func(tx *store.Tx, _ int64) error {
			return tx.AddIntent(&store.Intent{Key: "ask " + d.ID + "@" + strconv.FormatInt(after.DecidedAt.UnixNano(), 36), Load: d.Load, Kind: messageKind, Target: out.To, Body: out.Draft, CreatedAt: after.DecidedAt, By: after.By})
		}})
	if err != nil {
		return out, err
	}
	out.Says, out.Act = "Waits in outgoing work: "+deed.Says, strconv.FormatInt(deed.ID, 10)
	return a.done(ctx, out, id)
}

// wrongs are what is wrong with a paper, as sentences' parts: faults of the paper, for which a better one is asked for, and
// exceptions that it notes, on which the carrier has its say.
type wrongs struct{ faults, noted freight.List[string] }

// wrongWith gathers what is wrong with a paper: what the person found who refused it, what the checks found, which pages are
// missing by their own count, and what is noted on it.
func (a *Area) wrongWith(ctx context.Context, d *store.Document, read *paper.Document) (wrongs, error) {
	w := wrongs{noted: notedOn(read)}
	fault, err := a.refusedFor(ctx, d)
	if err != nil {
		return w, err
	}
	pages, err := a.pagesOf(ctx, d)
	if err != nil {
		return w, err
	}
	lacks := missing(factsOf(pages), len(d.Pages))
	found, isException := foundWords[fault]
	switch {
	case isException && !slices.ContainsFunc(w.noted, func(s string) bool { return strings.HasPrefix(s, found) }):
		w.noted = append(w.noted, found)
	case fault == "pageMissing" && lacks == "":
		w.say("a page is missing")
	case fault == "unsigned":
		w.say(unsignedBy(read, shownKind(d)))
	case fault == "otherLoad":
		w.say(foreignNumbers)
	case fault == "illegible":
		w.say(notReadable)
	}
	for _, reason := range read.Reasons {
		w.reason(reason, unsignedBy(read, shownKind(d)))
	}
	if lacks != "" {
		w.say(lacks)
	}
	if len(w.faults)+len(w.noted) == 0 {
		w.say("it is not complete")
	}
	return w, nil
}

// foundWords are the faults that a person finds on a paper and that are no faults of the paper.
var foundWords = map[string]string{"short": saysNoted(paper.Short), "over": saysNoted(paper.Over), "damaged": saysNoted(paper.Damaged), "refused": saysNoted(paper.Refused)}

const (
	foreignNumbers = "its numbers are those of another load"
	notReadable    = "it cannot be read"
)

func (w *wrongs) say(text string) {
	if !slices.Contains(w.faults, text) {
		w.faults = append(w.faults, text)
	}
}

// reason adds what a reason of the verdict says; what the paper notes is said from its notations.
func (w *wrongs) reason(reason, unsigned string) {
	switch reason {
	case verdict.Unsigned:
		w.say(unsigned)
	case verdict.LoadNotKnown, verdict.OtherLoad:
		w.say(foreignNumbers)
	case verdict.DeliveryBeforePickup:
		w.say("its delivery date lies before the pickup")
	case verdict.Illegible:
		w.say(notReadable)
	case verdict.LoadNotSure, verdict.OwnerLocked, verdict.TwoLoadsInFile: // nothing that the carrier could mend
	case paper.Short, paper.Over, paper.Damaged, paper.Refused, paper.SLC, paper.STC:
		if says := saysNoted(reason); !slices.ContainsFunc(w.noted, func(s string) bool { return strings.HasPrefix(s, says) }) {
			w.noted = append(w.noted, says)
		}
	default:
		if cause, _ := unreadableFor(reason); cause != "" {
			w.say(cause)
			return
		}
		w.say(verdict.Says(reason))
	}
}

// notedOn are the exceptions and reservations on a paper, with their wording.
func notedOn(read *paper.Document) (out freight.List[string]) {
	for _, n := range read.Notations {
		says := saysNoted(n.Kind)
		if n.Text != "" && !strings.EqualFold(n.Text, n.Kind) {
			says += fmt.Sprintf(" (%q)", n.Text)
		}
		if !slices.Contains(out, says) {
			out = append(out, says)
		}
	}
	return out
}

// unsignedBy names who has not signed: of a proof of pickup only who is missing.
func unsignedBy(read *paper.Document, kind PaperKind) string {
	if kind != POP {
		return "there is no signature of the consignee"
	}
	var who []string
	for _, role := range []string{paper.SignsShipper, paper.SignsDriver} {
		if !read.Signatures[role].Present {
			who = append(who, role)
		}
	}
	if len(who) == 0 {
		who = []string{paper.SignsShipper, paper.SignsDriver}
	}
	return "there is no signature of the " + strings.Join(who, " and ")
}

// refusedFor is the fault for which a person refused a paper; "" where nobody did, or said none.
func (a *Area) refusedFor(ctx context.Context, d *store.Document) (string, error) {
	if d.State != string(Rejected) {
		return "", nil
	}
	deeds, err := a.desk.Store.DeedsOf(ctx, d.ID, 20)
	for i := range deeds {
		if deeds[i].Undone || deeds[i].Does != string(Rejected) {
			continue
		}
		for fault, words := range faults {
			if said, _, _ := strings.Cut(deeds[i].Note, ": "); said == words {
				return fault, err
			}
		}
		break
	}
	return "", err
}

// missing says which pages are not there, by the "page 1 of 2" on those that are; "" where none is missing.
func missing(pages []fields.Facts, have int) string {
	of, seen := 0, map[int]bool{}
	for i := range pages {
		of, seen[pages[i].Nth] = max(of, pages[i].Of), true
	}
	if of <= have {
		return ""
	}
	var gone []string
	for n := 1; n <= of; n++ {
		if !seen[n] {
			gone = append(gone, strconv.Itoa(n))
		}
	}
	switch {
	case len(gone) != of-have: // some page does not say which it is
		return fmt.Sprintf("%d of its %d pages are missing", of-have, of)
	case len(gone) == 1:
		return fmt.Sprintf("page %s is missing", gone[0])
	}
	return fmt.Sprintf("pages %s and %s are missing", strings.Join(gone[:len(gone)-1], ", "), gone[len(gone)-1])
}

// letter is the message to the carrier.
func letter(t *freight.Timeline, d *store.Document, w wrongs) string {
	var numbers []string
	for _, r := range t.Refs {
		if r.Type == freight.RefBOL || r.Type == freight.RefPRO {
			numbers = append(numbers, string(r.Type)+" "+r.Value)
		}
	}
	name := "paper"
	if d.Kind == string(POP) || d.Kind == string(POD) {
		name = strings.ToUpper(d.Kind)
	}
	about := "load " + t.Number
	if len(numbers) > 0 {
		about += " (" + strings.Join(numbers[:min(3, len(numbers))], ", ") + ")"
	}
	where := ""
	if stop := stopOf(t, d.Kind, ""); stop != nil && stop.Place.Facility != "" {
		where = ", " + stop.Place.Facility
	}
	parts := []string{fmt.Sprintf("Hello %s,", cmp.Or(t.Carrier.Value, "team")), fmt.Sprintf("thank you for the %s of %s%s.", name, about, where)}
	if len(w.faults) > 0 {
		parts[1] += " We cannot use it as it is: " + strings.Join(w.faults, "; ") + "."
	}
	if len(w.noted) > 0 {
		parts = append(parts, fmt.Sprintf("On the %s, %s. Please tell us what happened, and send photos and counts if you have them.", name, strings.Join(w.noted, "; ")))
	}
	if len(w.faults) > 0 {
		parts = append(parts, fmt.Sprintf("Please send the complete, signed %s (all pages, legible).", name))
	}
	return strings.Join(append(parts, "Thank you"), "\n\n")
}
