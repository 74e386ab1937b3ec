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
	given := ask.Faults
	if len(given) == 0 {
		given = faultsOf(&read, shownKind(&d))
	}
	out := PaperDone{Draft: cmp.Or(strings.TrimSpace(ask.Text), letter(t, &d, given)), To: cmp.Or(t.Carrier.Value, "the carrier"), Says: "Drafted, not kept."}
	if !ask.Keep {
		return a.done(ctx, out, id)
	}
	after := d
	after.State, after.DecidedAt, after.By = string(Rejected), a.clock(ask.Now), a.desk.Person(ask.As)
	after.Note = "asked again: " + strings.Join(given, "; ")
	after.Stage = desk.StageOf(&after, false)
	facts, _, err := a.decided(ctx, &d, &after, Verdict{Verdict: Rejected, As: ask.As, Now: ask.Now})
	if err != nil {
		return out, err
	}
	deed, err := a.desk.DoPapers(ctx, desk.OnPapers{Before: []store.Document{d}, After: []store.Document{after}, Does: "ask", Says: "asked " + out.To + " for a better paper than " + d.Name, Note: after.Note,
		By: after.By, Now: ask.Now, Facts: facts, Also: func(tx *store.Tx) error {
			return tx.AddIntent(&store.Intent{Key: "ask " + d.ID + "@" + strconv.FormatInt(after.DecidedAt.UnixNano(), 36), Load: d.Load, Kind: messageKind, Target: out.To, Body: out.Draft, CreatedAt: after.DecidedAt, By: after.By})
		}})
	if err != nil {
		return out, err
	}
	out.Says, out.Act = "Waits in outgoing work: "+deed.Says, strconv.FormatInt(deed.ID, 10)
	return a.done(ctx, out, id)
}

// faultsOf are what is wrong with a paper, as sentences' parts: unsigned first, then what differs, then what is missing.
func faultsOf(read *paper.Document, kind PaperKind) (out freight.List[string]) {
	say := func(text string) {
		if !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	who := "consignee"
	if kind == POP {
		who = "shipper and driver"
	}
	for _, reason := range read.Reasons {
		switch reason {
		case verdict.Unsigned:
			say("there is no signature of the " + who)
		case verdict.LoadNotKnown, verdict.OtherLoad:
			say("its numbers are those of another load")
		case verdict.DeliveryBeforePickup:
			say("its delivery date lies before the pickup")
		case verdict.Illegible:
			say("it cannot be read")
		case paper.Short, paper.Over, paper.Damaged, paper.Refused, paper.SLC, paper.STC:
		default:
			say(verdict.Says(reason))
		}
	}
	if first, of, ok := pageOf(read); ok && of > len(read.Pages) {
		say(missing(first, of, len(read.Pages)))
	}
	if len(out) == 0 {
		say("it is not complete")
	}
	return out
}

// pageOf is "page 1 of 2" where the paper says so, read as a field of that name.
func pageOf(read *paper.Document) (page, of int, ok bool) {
	n, _ := fmt.Sscanf(read.Fields.First("page_of"), "%d/%d", &page, &of)
	return page, of, n == 2 && of > 1
}

func missing(first, of, have int) string {
	if of-have == 1 {
		if first == 1 {
			return fmt.Sprintf("page %d is missing", of)
		}
		return "page 1 is missing"
	}
	return fmt.Sprintf("%d of its %d pages are missing", of-have, of)
}

// letter is the message to the carrier.
func letter(t *freight.Timeline, d *store.Document, faults []string) string {
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
	return fmt.Sprintf("Hello %s,\n\nthank you for the %s of %s%s. We cannot use it as it is: %s.\n\nPlease send the complete, signed %s (all pages, legible).\n\nThank you",
		cmp.Or(t.Carrier.Value, "team"), name, about, where, strings.Join(faults, "; "), name)
}
