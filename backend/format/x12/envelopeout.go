package x12

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"
)

// Envelope is the outside of an interchange with one group of sets.
type Envelope struct {
	Sender, Receiver           Party
	GroupSender, GroupReceiver string // GS02 and GS03; empty: the ids of the parties
	Control                    int    // 1 to MaxControl, another one for every interchange to a receiver
	At                         time.Time
	Test                       bool
	Version                    string // GS08; empty is 004010
}

const version4010 = "004010"

func (env *Envelope) check() error {
	if err := env.Sender.Check(); err != nil {
		return fmt.Errorf("the sender: %w", err)
	}
	if err := env.Receiver.Check(); err != nil {
		return fmt.Errorf("the receiver: %w", err)
	}
	if env.Control < 1 || env.Control > MaxControl {
		return fmt.Errorf("the control number must be 1 to %d, not %d", MaxControl, env.Control)
	}
	if v := env.version(); len(v) < 6 || !digitsOnly(v[:6]) || v < version4010 {
		return fmt.Errorf("%q is no version that the desk writes, such as 004010 or 005010", v)
	}
	return errors.Join(carries("the group's sender", env.GroupSender, 0, 15), carries("the group's receiver", env.GroupReceiver, 0, 15))
}

func (env *Envelope) version() string {
	if env.Version == "" {
		return version4010
	}
	return env.Version
}

// head writes the ISA. Below 00402 ISA11 is the id of the standard, from there on the separator of repetitions.
func (env *Envelope) head(out *segments) (date, clock string) {
	date, clock = env.At.UTC().Format("20060102"), env.At.UTC().Format("1504")
	usage, eleventh, control := "P", "U", "00"+env.version()[2:5]
	if env.Test {
		usage = "T"
	}
	if control >= "00402" {
		eleventh = repetitionMark
	}
	if control == "00401" || env.version() == version4010 {
		control = "00401"
	}
	out.put("ISA", "00", fixed("", 10), "00", fixed("", 10), env.Sender.qualifier(), fixed(env.Sender.ID, 15), env.Receiver.qualifier(), fixed(env.Receiver.ID, 15),
		date[2:], clock, eleventh, control, env.number(), "0", usage, componentMark)
	return date, clock
}

func (env *Envelope) number() string { return fmt.Sprintf("%09d", env.Control) }

// write writes the interchange: count sets, each by put.
func (env *Envelope) write(w io.Writer, group string, count int, put func(out *segments, n int)) error {
	var out segments
	date, clock := env.head(&out)
	from, to := env.GroupSender, env.GroupReceiver
	if from == "" {
		from = env.Sender.ID
	}
	if to == "" {
		to = env.Receiver.ID
	}
	control := strconv.Itoa(env.Control)
	out.put("GS", group, from, to, date, clock, control, "X", env.version())
	for n := range count {
		put(&out, n)
	}
	out.put("GE", strconv.Itoa(count), control)
	out.put("IEA", "1", env.number())
	_, err := w.Write(out.text.Bytes())
	return err
}

// repetitionMark is ISA11 of the versions that have one. Nothing repeats in what is written; data may not hold it.
const repetitionMark = "^"

// setNumber is ST02 of the n-th set (from 0).
func setNumber(n int) string { return fmt.Sprintf("%04d", n+1) }

// wrapped writes ST, the segments of put, and SE.
func (s *segments) wrapped(kind, control string, put func()) {
	before := s.count
	s.put("ST", kind, control)
	put()
	s.put("SE", strconv.Itoa(s.count-before+1), control)
}
