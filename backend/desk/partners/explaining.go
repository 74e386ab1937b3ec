package partners

import (
	"bufio"
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"strings"

	"tracedesk/backend/desk"
	"tracedesk/backend/format/x12"
)

// mostExplained is how many segments one answer holds unless the question says otherwise.
const mostExplained = 2000

// Explain tells what each segment of a text or file says, and what the desk makes of it. Nothing is stored.
func (a *Area) Explain(ctx context.Context, req ExplainRequest) (Explanation, error) {
	body, err := given(req.Path, req.Text)
	if err != nil {
		return Explanation{}, err
	}
	defer body.Close()
	out := Explanation{}
	head := bufio.NewReaderSize(body, 64<<10)
	start, _ := head.Peek(64 << 10) // a short file is a short beginning
	out.Kind = kindOf(start)
	most := req.Max
	if most <= 0 || most > mostExplained {
		most = mostExplained
	}
	n := 0
	for s, err := range a.Segments(ctx, head, func(note string) { out.Notes = append(out.Notes, note) }) {
		if err != nil {
			return out, err
		}
		if n++; n <= req.Skip {
			continue
		}
		if out.More = len(out.Segments) == most; out.More {
			break
		}
		out.Segments = append(out.Segments, *s)
	}
	return out, nil
}

// Segments yields every segment of a stream, explained by the partners' settings.
func (a *Area) Segments(ctx context.Context, r io.Reader, note func(string)) iter.Seq2[*ExplainedSegment, error] {
	return Segments(ctx, r, x12.Options{Partner: a.desk.PartnerOf(ctx), Notes: note})
}

// Segments yields every segment of a stream, explained.
func Segments(ctx context.Context, r io.Reader, opt x12.Options) iter.Seq2[*ExplainedSegment, error] {
	in := bufio.NewReaderSize(r, 64<<10)
	if other := explainOther(in, opt); other != nil {
		return tellOther(ctx, other)
	}
	return func(yield func(*ExplainedSegment, error) bool) {
		for s, err := range x12.Explain(in, opt) {
			if err == nil {
				err = ctx.Err()
			}
			if errors.Is(err, x12.ErrNoInterchange) {
				err = desk.Invalid("This is neither X12, EDIFACT, EPCIS nor DCSA, nor a segment of X12: no interchange header (ISA, UNB) and no segment such as AT7*X3 or STS+1+21 was found.")
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(segment(s), nil) {
				return
			}
		}
	}
}

// ExplainBy yields every segment of a stream, explained by settings that were asked for before; it needs no open desk.
func ExplainBy(ctx context.Context, r io.Reader, known EdiPartners, note func(string)) iter.Seq2[*ExplainedSegment, error] {
	settings := map[string]*x12.Partner{}
	for _, p := range known.Partners {
		of := &x12.Partner{ID: p.ID, Zone: p.Zone, Miscounts: p.Miscounts}
		for _, c := range p.Codes {
			of.Codes = append(of.Codes, x12.Code{List: c.List, Code: c.Code, As: c.As})
		}
		settings[p.ID] = of
	}
	return Segments(ctx, r, x12.Options{Partner: func(id string) *x12.Partner { return settings[id] }, Notes: note})
}

func segment(s *x12.Explained) *ExplainedSegment {
	out := &ExplainedSegment{Interchange: s.Interchange, Group: s.Group, SetKind: s.SetKind, Set: s.Set, Number: s.Number, Offset: s.Offset, Length: s.Length,
		Tag: s.Tag, Name: s.Name, Raw: s.Raw, Faults: s.Faults}
	for _, e := range s.Elements {
		out.Elements = append(out.Elements, ExplainedElement{N: e.N, Number: e.Number, Name: e.Name, Value: e.Value, Meaning: e.Meaning, Means: e.As, Unknown: e.Unknown, Fault: e.Fault, Expected: e.Expected})
	}
	for _, b := range s.Became {
		out.Became = append(out.Became, ExplainedFact(b))
	}
	return out
}

// given opens what a request names: a text, or a file of this machine.
func given(path, text string) (io.ReadCloser, error) {
	switch {
	case path != "" && text != "":
		return nil, desk.Invalid("Give a text or a file, not both.")
	case strings.TrimSpace(text) != "":
		return io.NopCloser(strings.NewReader(text)), nil
	case path == "":
		return nil, desk.Invalid("Give a text or a file to explain.")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, desk.Invalid("%s cannot be read: %s.", path, err)
	}
	return f, nil
}
