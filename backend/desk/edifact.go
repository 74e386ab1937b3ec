package desk

import (
	"context"

	"tracedesk/backend/format/edifact"
)

// EdifactPartnerOf gives a reader the settings of senders of EDIFACT as they are now: those of the partner with that id.
func (d *Desk) EdifactPartnerOf(ctx context.Context) func(id string) *edifact.Partner {
	known := map[string]*edifact.Partner{}
	return func(id string) *edifact.Partner {
		p, seen := known[id]
		if !seen {
			if kept, ok, err := d.Partner(ctx, id); err == nil && ok {
				p = kept.Edifact()
			}
			if len(known) < 1000 {
				known[id] = p
			}
		}
		return p
	}
}

// Edifact is the partner as the reader needs it.
func (p *Partner) Edifact() *edifact.Partner {
	out := &edifact.Partner{SCAC: p.SCAC}
	for _, c := range p.Codes {
		if edifact.MappedLists[c.List] != "" {
			out.Codes = append(out.Codes, edifact.Code{List: c.List, Code: c.Code, As: c.As})
		}
	}
	return out
}
