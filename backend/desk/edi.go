package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"tracedesk/backend/format/x12"
	"tracedesk/backend/store"
)

// Names under which the settings of trading partners and the last outgoing control number are kept.
const (
	PartnerKey     = "edi.partner" // in the scope of the partner; JSON of a Partner, empty when it was removed
	PartnerScope   = "partner:"
	controlKey     = "x12.control"
	numbersAMinute = 8
)

// Partner is how one trading partner writes, as it is kept.
type Partner struct {
	ID        string     `json:"id"`        // as in ISA06 and ISA08
	Qualifier string     `json:"qualifier"` // kind of id (ISA05); empty is ZZ
	Name      string     `json:"name"`
	SCAC      string     `json:"scac,omitempty"`
	Version   string     `json:"version,omitempty"`   // what is written to it: 004010, 005010, 006040
	Zone      string     `json:"zone,omitempty"`      // zone code of times without one
	Declined  string     `json:"declined,omitempty"`  // how it writes "declined" in a 990: D or E
	Miscounts bool       `json:"miscounts,omitempty"` // its wrong counts are no reason to reject
	Codes     []x12.Code `json:"codes,omitempty"`
}

// X12 is the partner as the reader needs it.
func (p *Partner) X12() *x12.Partner {
	return &x12.Partner{ID: p.ID, Zone: p.Zone, Codes: p.Codes, Miscounts: p.Miscounts}
}

// Partner is the newest word on a trading partner; ok is false when there is none.
func (d *Desk) Partner(ctx context.Context, id string) (p Partner, ok bool, err error) {
	value, err := d.Store.Setting(ctx, PartnerScope+id, PartnerKey)
	if err != nil || value == "" {
		return p, false, err
	}
	if err := json.Unmarshal([]byte(value), &p); err != nil {
		return p, false, fmt.Errorf("the settings of the partner %s cannot be read from the desk file: %w", id, err)
	}
	return p, true, nil
}

// PartnerOf gives a reader the settings of senders as they are now. A partner whose settings cannot be read is read as one
// without settings: its codes are then kept as unknown, and nothing is lost.
func (d *Desk) PartnerOf(ctx context.Context) func(id string) *x12.Partner {
	known := map[string]*x12.Partner{}
	return func(id string) *x12.Partner {
		p, seen := known[id]
		if !seen {
			if kept, ok, err := d.Partner(ctx, id); err == nil && ok {
				p = kept.X12()
			}
			if len(known) < 1000 {
				known[id] = p
			}
		}
		return p
	}
}

// firstControl is the instant from which the floor of control numbers is counted.
var firstControl = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// NextControl gives an outgoing control number away, for ever: it is kept before it is used, so one that is lost in a crash is
// not used again. It is never below a floor that rises with time, faster than a desk writes interchanges: when an older backup
// is put in place, the numbers given away since then are passed over. After the highest comes 1.
func (d *Desk) NextControl(ctx context.Context) (n int, err error) {
	err = d.Store.Write(ctx, func(tx *store.Tx) error {
		last, err := d.Store.Meta(ctx, controlKey) // nobody else writes while this does
		if err != nil {
			return err
		}
		if last != "" {
			if n, err = strconv.Atoi(last); err != nil {
				return fmt.Errorf("the last control number on file, %q, is not a number: %w", last, err)
			}
		}
		n = n%x12.MaxControl + 1
		if floor := int(d.now().Sub(firstControl)/time.Minute) * numbersAMinute; floor > n && floor <= x12.MaxControl {
			n = floor
		}
		return tx.SetMeta(controlKey, strconv.Itoa(n))
	})
	return n, err
}
