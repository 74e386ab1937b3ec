// Package became writes down what a body became, a line for each claim and fault: for golden files, and for whoever wants to
// see what a connector makes of a recorded body.
package became

import (
	"fmt"
	"iter"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// Text is what the records of a body hold, in words. An error ends it and is its last line.
func Text(records iter.Seq2[freight.Record, error]) string {
	var b strings.Builder
	for rec, err := range records {
		if err != nil {
			fmt.Fprintf(&b, "error: %v\n", err)
			return b.String()
		}
		for i := range rec.Observations {
			observation(&b, rec.N, &rec.Observations[i])
		}
		for _, f := range rec.Faults {
			fmt.Fprintf(&b, "%d fault at %s (byte %d, %d bytes): %s\n", rec.N, f.Where, f.Offset, len(f.Raw), f.Reason)
		}
	}
	return b.String()
}

func observation(b *strings.Builder, n int, o *freight.Observation) {
	fmt.Fprintf(b, "%d %s at %s (byte %d, %d bytes)", n, o.Source, o.Raw.Where, o.Raw.Offset, o.Raw.Length)
	if !o.StatedAt.IsZero() {
		fmt.Fprintf(b, ", stated %s", o.StatedAt.UTC().Format(time.RFC3339))
	}
	if o.EventID != "" {
		fmt.Fprintf(b, ", event %s", o.EventID)
	}
	if o.Snapshot {
		fmt.Fprintf(b, ", state %q", o.SnapshotKey)
	}
	for _, ref := range o.Names {
		fmt.Fprintf(b, ", %s %s", ref.Type, ref.Value)
	}
	b.WriteByte('\n')
	for i := range o.Claims {
		c := &o.Claims[i]
		was := freight.BecameOf(c)
		fmt.Fprintf(b, "    %s: %s", was.Subject, was.Fact)
		for _, part := range []struct{ before, text string }{{" at ", was.At}, {" = ", was.Value}, {" ~ ", c.Value.End.String()}, {" (", was.Note}} {
			if part.text != "" && !(part.before == " ~ " && c.Fact != freight.FactETA) {
				b.WriteString(part.before + part.text)
			}
		}
		if was.Note != "" {
			b.WriteByte(')')
		}
		b.WriteByte('\n')
	}
}
