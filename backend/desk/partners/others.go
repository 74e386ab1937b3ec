package partners

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/format/dcsa"
	"tracedesk/backend/format/edifact"
	"tracedesk/backend/format/epcis"
	"tracedesk/backend/format/x12"
	"tracedesk/backend/freight"
	places "tracedesk/backend/place"
)

// kindOf is what the beginning of a text or file holds.
func kindOf(start []byte) freight.FileKind {
	switch {
	case x12.Detect(start):
	case edifact.Detect(start), edifact.Fragment(start):
		return edifact.Kind(start)
	case epcis.Detect(start):
		return freight.EPCISFile
	case dcsa.Detect(start):
		return freight.DCSAFile
	}
	return x12.Kind(start)
}

// explainOther explains what is not X12; nil where nothing else is recognised.
func explainOther(in *bufio.Reader, opt x12.Options) iter.Seq2[*freight.Explained, error] {
	start, _ := in.Peek(64 << 10) // a short text is a short beginning
	switch {
	case x12.Detect(start):
		return nil
	case edifact.Detect(start), edifact.Fragment(start):
		return edifact.Explain(in, edifact.Options{Partner: edifactPartner(opt.Partner), Locode: places.Locode, Notes: opt.Notes})
	case epcis.Detect(start):
		return epcis.Explain(in, epcis.Options{Notes: opt.Notes})
	case dcsa.Detect(start):
		return dcsa.Explain(in, dcsa.Options{Locode: places.Locode, Notes: opt.Notes})
	}
	return nil
}

// edifactPartner gives the settings of partners to a reader of EDIFACT.
func edifactPartner(of func(id string) *x12.Partner) func(id string) *edifact.Partner {
	if of == nil {
		return nil
	}
	return func(id string) *edifact.Partner {
		p := of(id)
		if p == nil {
			return nil
		}
		kept := desk.Partner{Codes: p.Codes}
		return kept.Edifact()
	}
}

// listName is what a list of codes is a list of; "" for one of which codes cannot be given a meaning.
func listName(list string) string { return cmp.Or(x12.MappedLists[list], edifact.MappedLists[list]) }

// records reads a file of X12 or EDIFACT by the settings of partners.
func records(kind string, r io.Reader, opt x12.Options) iter.Seq2[freight.Record, error] {
	if strings.HasPrefix(kind, "edifact") {
		return edifact.Read(r, edifact.Options{TMSAccount: opt.TMSAccount, Partner: edifactPartner(opt.Partner), Locode: places.Locode})
	}
	return x12.Read(r, opt)
}

// unknowns yields the codes of a file of X12 or EDIFACT that have no meaning.
func unknowns(kind string, r io.Reader, opt x12.Options) iter.Seq2[x12.UnknownCode, error] {
	if !strings.HasPrefix(kind, "edifact") {
		return x12.Unknowns(r, opt)
	}
	return func(yield func(x12.UnknownCode, error) bool) {
		for u, err := range edifact.Unknowns(r, edifact.Options{Partner: edifactPartner(opt.Partner), Locode: places.Locode}) {
			if !yield(x12.UnknownCode(u), err) || err != nil {
				return
			}
		}
	}
}

// tellOther yields what is explained in the form that the command line and the screens know.
func tellOther(ctx context.Context, all iter.Seq2[*freight.Explained, error]) iter.Seq2[*ExplainedSegment, error] {
	return func(yield func(*ExplainedSegment, error) bool) {
		for s, err := range all {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(nil, err)
				return
			}
			out := &ExplainedSegment{Interchange: s.Interchange, Group: s.Group, SetKind: s.SetKind, Set: s.Set, Number: s.Number, Offset: s.Offset, Length: s.Length,
				Tag: s.Tag, Name: s.Name, Raw: s.Raw, Faults: s.Faults}
			for _, e := range s.Elements {
				out.Elements = append(out.Elements, ExplainedElement{N: e.N, Number: e.Number, Name: e.Name, Value: e.Value, Meaning: e.Meaning, Means: e.As, Unknown: e.Unknown, Fault: e.Fault})
			}
			for _, b := range s.Became {
				out.Became = append(out.Became, ExplainedFact(b))
			}
			if !yield(out, nil) {
				return
			}
		}
	}
}

// writeEPCIS writes what happened to a load, as far as it is known, as an EPCIS 2.0 document.
func (a *Area) writeEPCIS(ctx context.Context, w *EdiWrite) (EdiWritten, error) {
	t, load, err := a.load(ctx, w.Load)
	if err != nil {
		return EdiWritten{}, err
	}
	h := epcis.History{Load: load, Written: a.desk.LedgerAt(w.Now).Now(), Happenings: happenings(&t)}
	for _, ref := range t.Refs {
		h.Refs = append(h.Refs, ref.Reference)
	}
	var page bytes.Buffer
	if err := epcis.Write(&page, h); err != nil {
		return EdiWritten{}, desk.Conflict("The history cannot be written: %s.", oneLine(err))
	}
	return EdiWritten{Name: "epcis-" + strings.Map(fileLetter, load) + ".json", Text: page.String(), Control: freight.List[int]{}}, nil
}

func fileLetter(c rune) rune {
	if c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '-' {
		return c
	}
	return '_'
}

// happenings are the accepted facts of a load's stops and where it was, in their order.
func happenings(t *freight.Timeline) (all epcis.Happenings) {
	for i := range t.Stops {
		stop := &t.Stops[i]
		place := stop.Place
		if !place.HasPoint() {
			place.Lat, place.Lon = stop.Lat, stop.Lon
		}
		zone := time.UTC
		if loc, err := freight.Location(stop.Zone); err == nil {
			zone = loc
		}
		for _, known := range []*freight.KnownTime{stop.Arrived, stop.Loaded, stop.PickedUp, stop.Unloaded, stop.Delivered, stop.Departed} {
			if known == nil || known.At.IsZero() {
				continue
			}
			x := epcis.Happening{Fact: known.Fact, At: known.At.In(zone), Stop: stop.Seq, Place: place}
			if len(known.Claims) > 0 {
				x.ID = known.Claims[0].Observation.String()
			}
			all = append(all, x)
		}
	}
	for _, fix := range t.Trail {
		all = append(all, epcis.Happening{ID: fix.Observation.String(), Fact: freight.FactPosition, At: time.Unix(fix.At, 0).UTC(),
			Place: freight.Place{Lat: float64(fix.Lat), Lon: float64(fix.Lon)}})
	}
	slices.SortStableFunc(all, func(a, b epcis.Happening) int { return a.At.Compare(b.At) })
	return all
}

// writeCONTRL answers every interchange of an EDIFACT file.
func (a *Area) writeCONTRL(ctx context.Context, w *EdiWrite) (EdiWritten, error) {
	body, err := given(w.Path, w.Text)
	if err != nil {
		return EdiWritten{}, err
	}
	defer body.Close()
	var all EdiWritten
	list, err := edifact.Receipts(body, edifact.Options{Partner: a.desk.EdifactPartnerOf(ctx), Notes: func(n string) { all.Notes = append(all.Notes, n) }})
	if err != nil {
		return EdiWritten{}, desk.Invalid("Nothing can be acknowledged: %s.", oneLine(err))
	}
	now := a.desk.LedgerAt(w.Now).Now()
	for i := range list {
		if list[i].Fault == "" && len(list[i].Messages) == 0 {
			all.Notes = append(all.Notes, fmt.Sprintf("Interchange %s holds nothing to acknowledge: acknowledgements are not acknowledged.", list[i].Control))
			continue
		}
		one, err := a.finish(ctx, "CONTRL", func(control int, page *bytes.Buffer) error { return edifact.Acknowledge(page, &list[i], control, now) })
		if err != nil {
			return all, err
		}
		if all.Name == "" {
			all.Name = one.Name
		}
		all.Text, all.Control = all.Text+one.Text, append(all.Control, one.Control...)
	}
	if all.Text == "" {
		return all, desk.Conflict("There is nothing to acknowledge in it.")
	}
	return all, nil
}
