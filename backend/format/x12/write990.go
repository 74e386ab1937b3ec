package x12

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// Reply is the answer to a load tender.
type Reply struct {
	Load   string // the tender's shipment number (B2-04)
	SCAC   string // of the carrier that answers
	Action string // of element 558: A accepts; D or E declines, as the receiver's guide has it; B accepts on conditions; C proposes otherwise
	Reason string // of element 641, why it declines; three characters, empty for none
	BOL    string // may be empty
	Note   string // in words; at most 60 characters
	At     time.Time
}

// Accepts and declines, as most guides for motor freight write them.
const (
	AcceptTender  = "A"
	DeclineTender = "D" // the standard's own letter is E
)

// Check says why a reply cannot be written.
func (r *Reply) Check() error {
	switch {
	case answers[r.Action] == "" && r.Action != "C":
		return fmt.Errorf("%q is no answer to a tender: A accepts, D or E declines, B accepts on conditions, C proposes otherwise", r.Action)
	case r.Reason != "" && answers[r.Action] == "accepted" && r.Action != "B":
		return errors.New("an accepted tender has no reason for declining")
	case r.Reason != "" && len(r.Reason) != 3:
		return fmt.Errorf("the reason %q must be a code of three characters (element 641), as the receiver's guide has it", r.Reason)
	case len(r.Note) > 60:
		return errors.New("the note is longer than 60 characters")
	}
	return errors.Join(carries("the load number", r.Load, 1, 30), carries("the SCAC", r.SCAC, 2, 4), carries("the reason", r.Reason, 0, 3),
		carries("the BOL", r.BOL, 0, 30), carries("the note", r.Note, 0, 60))
}

// Write990 writes one interchange with a set for every reply.
func Write990(w io.Writer, env Envelope, replies []Reply) error {
	if err := env.check(); err != nil {
		return err
	}
	if len(replies) == 0 {
		return errors.New("there is no answer to write")
	}
	for i := range replies {
		if err := replies[i].Check(); err != nil {
			return fmt.Errorf("load %q: %w", replies[i].Load, err)
		}
	}
	return env.write(w, "GF", len(replies), func(out *segments, n int) {
		out.wrapped("990", setNumber(n), func() { out.reply(&replies[n], env.At) })
	})
}

func (s *segments) reply(r *Reply, at time.Time) {
	if !r.At.IsZero() {
		at = r.At
	}
	s.put("B1", r.SCAC, r.Load, at.UTC().Format("20060102"), r.Action, "", r.Reason)
	if r.BOL != "" {
		s.put("N9", "BM", r.BOL)
	}
	if r.Note != "" {
		first, second := r.Note, ""
		if len(first) > 30 {
			first, second = strings.TrimSpace(r.Note[:30]), strings.TrimSpace(r.Note[30:])
		}
		s.put("K1", first, second)
	}
}
