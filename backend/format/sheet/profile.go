package sheet

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"tracedesk/backend/freight"
)

// Profile says what the columns of somebody else's sheet mean. It is shown to a person, saved as JSON, and used again when
// the same header comes back.
type Profile struct {
	Name        string            `json:"name"`
	Source      string            `json:"source,omitempty"` // "kind/account"; empty: the TMS account of the options
	Kind        freight.FileKind  `json:"kind"`             // loads or events
	RowPer      string            `json:"rowPer"`           // "load", "stop" or "event"
	Columns     []Column          `json:"columns"`
	Zone        string            `json:"zone,omitempty"`        // IANA zone of times without one; empty: local to the stop
	DecimalMark string            `json:"decimalMark,omitempty"` // "," where decimals are written so
	Country     string            `json:"country,omitempty"`     // of places without one, two letters
	Statuses    map[string]string `json:"statuses,omitempty"`    // the sheet's status words (lower case) -> words of the events sheet, with "pickup " or "delivery " before them where they say
	Full        bool              `json:"full,omitempty"`        // a full export: what it no longer lists is gone
	FillDown    bool              `json:"fillDown,omitempty"`    // a row without a load number belongs to the load above
	FromZero    bool              `json:"fromZero,omitempty"`    // stops are counted from 0
	Fingerprint string            `json:"fingerprint"`           // of the header, see Book.Fingerprint
}

// Rows of a foreign sheet.
const (
	PerLoad  = "load"
	PerStop  = "stop"
	PerEvent = "event"
)

// Column is the meaning of one column. A column without a field is kept as a note on the load.
type Column struct {
	Header   string          `json:"header"`
	Field    Field           `json:"field,omitempty"`
	Stop     string          `json:"stop,omitempty"` // pickup, delivery, current, or a stop's number; empty: the row's own
	Part     Part            `json:"part,omitempty"`
	Type     freight.RefType `json:"type,omitempty"` // of the load column: what kind of number it holds; empty: LOAD
	Unit     string          `json:"unit,omitempty"`
	Order    Order           `json:"order,omitempty"`
	Midnight bool            `json:"midnight,omitempty"` // 00:00 means that no time is known
	Words    []string        `json:"words,omitempty"`    // words that stand in this column where nothing is known
}

// Fingerprint tells layouts apart: the same columns give the same print, whatever their order, case and blanks.
func (b *Book) Fingerprint() string {
	keys := make([]string, 0, len(b.Header))
	for _, h := range b.Header {
		if key := headerKey(h); key != "" {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	sum := sha256.Sum256([]byte(strings.Join(keys, "\x00")))
	return hex.EncodeToString(sum[:12])
}

// Fits reports whether a profile was made for the book's layout.
func (p *Profile) Fits(b *Book) bool { return p.Fingerprint == b.Fingerprint() }

// source is who speaks in the sheet.
func (p *Profile) source(opt Options) freight.Source {
	if p.Source != "" {
		s := freight.ParseSource(p.Source)
		if s.Account == "" {
			s.Account = opt.Account
		}
		return s
	}
	if p.Kind == freight.EventsFile {
		return freight.Source{Kind: freight.CarrierSrc, Account: opt.Account}
	}
	return opt.tms()
}

// place names a column by its meaning.
type place struct {
	field Field
	stop  string
	part  Part
}
