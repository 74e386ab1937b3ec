package watch

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/timeline"
)

// Playbook is what a desk does about a kind of exception, step by step. Kind is a kind's name, or a topic's: then it serves
// all kinds of the topic that have none of their own. Version 0 ships; each edit counts one up.
type Playbook struct {
	Kind    string `json:"kind"`
	Version int    `json:"version"`
	Title   string `json:"title"`
	Steps   []Step `json:"steps"`
}

// Step is one thing to do. Wording is what to say or write, with placeholders such as {load}; see Placeholders.
type Step struct {
	Key       string `json:"key"`
	Text      string `json:"text"`
	Who       string `json:"who"`       // see StepParties
	WithinMin int    `json:"withinMin"` // minutes after the exception opened; 0: no time is set
	Wording   string `json:"wording,omitempty"`
}

// StepDone is a step of an exception's checklist: open while At is zero.
type StepDone struct {
	Step
	Due  time.Time // zero where no time is set
	At   time.Time
	By   string
	Note string
}

// StepParties are who a step may concern.
func StepParties() []string { return slices.Clone(stepParties[:]) }

var stepParties = [...]string{"desk", toDriver, toDispatcher, toAfterHours, toOwner, "facility", toCustomer, toLead, "manager"}

// Placeholders are the words in braces that a wording may hold.
func Placeholders() []string { return slices.Clone(placeholders[:]) }

var placeholders = [...]string{"load", "customer", "carrier", "driver", "stop", "place", "window", "eta", "position", "what", "next"}

// PlaybookFor is the playbook of a kind among those that the desk has edited and those that ship: the highest version of
// the kind's own, else of its topic's. ok is false when neither exists.
func PlaybookFor(kind string, edited []Playbook) (best Playbook, ok bool) {
	for _, name := range [...]string{kind, KindOf(kind).Topic} {
		for _, list := range [...][]Playbook{shippedPlaybooks, edited} {
			for _, p := range list {
				if p.Kind == name && (!ok || p.Version >= best.Version) {
					best, ok = p, true
				}
			}
		}
		if ok {
			return best, true
		}
	}
	return Playbook{}, false
}

// Playbooks are those that ship, in the order of the kinds.
func Playbooks() []Playbook { return slices.Clone(shippedPlaybooks) }

// Name is how an act on a step names the playbook: "late 3".
func (p *Playbook) Name() string { return p.Kind + " " + strconv.Itoa(p.Version) }

// Checklist is a playbook held against what was done about an exception since it opened. A step that was done under another
// version counts by its key.
func Checklist(p Playbook, e *Exception, acts []freight.Act) []StepDone {
	out := make([]StepDone, len(p.Steps))
	for i, step := range p.Steps {
		out[i].Step = step
		if step.WithinMin > 0 {
			out[i].Due = e.OpenedAt.Add(time.Duration(step.WithinMin) * time.Minute)
		}
		for j := range acts {
			a := &acts[j]
			if a.Fact != freight.FactStep || a.Scope != e.ID || a.Text != step.Key || doneBy(a).Before(e.OpenedAt) {
				continue
			}
			if out[i].At.IsZero() || doneBy(a).Before(out[i].At) {
				out[i].At, out[i].By, out[i].Note = doneBy(a), a.By, a.Note
			}
		}
	}
	return out
}

// Fill puts what is known of the load and its exception into a wording. What is not known stays in braces, so that nobody
// sends a sentence with a hole.
func Fill(wording string, t *freight.Timeline, e *Exception) string {
	if !strings.Contains(wording, "{") {
		return wording
	}
	var stop *freight.StopLine
	for i := range t.Stops {
		if t.Stops[i].Seq == e.Stop {
			stop = &t.Stops[i]
		}
	}
	if stop == nil {
		stop = timeline.NextStop(t)
	}
	known := []string{"load", t.Number, "customer", t.Customer.Value, "carrier", t.Carrier.Value, "driver", t.Driver["NAME"].Value, "what", e.Why}
	if stop != nil {
		known = append(known, "stop", work(stop)+where(stop), "place", strings.TrimSpace(place(stop)))
		if d := deadline(stop); !d.IsZero() {
			known = append(known, "window", timeline.Stamp(d, stop.Zone))
		}
		if stop.ETA != nil && !stop.ETA.At.IsZero() {
			known = append(known, "eta", timeline.Stamp(stop.ETA.At, stop.Zone))
		}
	}
	if p := t.Position; p != nil && p.Place.CityState() != "" {
		known = append(known, "position", p.Place.CityState())
	}
	pairs := make([]string, 0, len(known))
	for i := 0; i+1 < len(known); i += 2 {
		if known[i+1] != "" {
			pairs = append(pairs, "{"+known[i]+"}", known[i+1])
		}
	}
	return strings.NewReplacer(pairs...).Replace(wording)
}

// ParsePlaybook reads a playbook as it is edited: JSON, or the plain text that Text writes. It is refused with a plain
// sentence when a step could not be worked.
func ParsePlaybook(data []byte) (Playbook, error) {
	text := strings.TrimSpace(string(data))
	var p Playbook
	if strings.HasPrefix(text, "{") {
		dec := json.NewDecoder(strings.NewReader(text))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&p); err != nil {
			return Playbook{}, fmt.Errorf("this JSON is no playbook: %w", err)
		}
	} else if err := p.readText(text); err != nil {
		return Playbook{}, err
	}
	if err := p.Check(); err != nil {
		return Playbook{}, err
	}
	return p, nil
}

// Text is the playbook as plain text for an editor:
//
//	kind: late
//	title: Appointment missed
//	- call | driver | 15 | Call the driver
//	  > Hello, where are you?
func (p *Playbook) Text() string {
	var b strings.Builder
	b.WriteString("kind: " + p.Kind + "\nversion: " + strconv.Itoa(p.Version) + "\ntitle: " + p.Title + "\n")
	for _, s := range p.Steps {
		b.WriteString("- " + s.Key + " | " + s.Who + " | " + strconv.Itoa(s.WithinMin) + " | " + s.Text + "\n")
		if s.Wording == "" {
			continue
		}
		for line := range strings.SplitSeq(s.Wording, "\n") {
			b.WriteString("  > " + line + "\n")
		}
	}
	return b.String()
}

func (p *Playbook) readText(text string) error {
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if err := p.readLine(line); err != nil {
			return fmt.Errorf("line %d: %w", n+1, err)
		}
	}
	return nil
}

func (p *Playbook) readLine(line string) error {
	if wording, ok := strings.CutPrefix(line, ">"); ok {
		return p.addWording(strings.TrimPrefix(wording, " "))
	}
	if step, ok := strings.CutPrefix(line, "- "); ok {
		return p.addStep(step)
	}
	key, value, _ := strings.Cut(line, ":")
	value = strings.TrimSpace(value)
	switch key {
	case "kind":
		p.Kind = value
	case "title":
		p.Title = value
	case "version":
		n, err := strconv.Atoi(value)
		if err != nil {
			return fmt.Errorf("%q is no version", value)
		}
		p.Version = n
	default:
		return fmt.Errorf("%q is neither kind:, title:, version:, a step (- key | who | minutes | text) nor a wording (> text)", line)
	}
	return nil
}

func (p *Playbook) addWording(line string) error {
	if len(p.Steps) == 0 {
		return errors.New("a wording stands before the first step")
	}
	s := &p.Steps[len(p.Steps)-1]
	if s.Wording != "" {
		s.Wording += "\n"
	}
	s.Wording += line
	return nil
}

func (p *Playbook) addStep(line string) error {
	parts := strings.SplitN(line, "|", 4)
	if len(parts) < 4 {
		return fmt.Errorf("step %q: write - key | who | minutes | text", line)
	}
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	n, err := strconv.Atoi(parts[2])
	if err != nil {
		return fmt.Errorf("step %s: %q are no minutes", parts[0], parts[2])
	}
	p.Steps = append(p.Steps, Step{Key: parts[0], Who: parts[1], WithinMin: n, Text: parts[3]})
	return nil
}

// Check reports in plain words what is wrong with a playbook; nil when it can be worked.
func (p *Playbook) Check() error {
	switch {
	case !knownKind(p.Kind):
		return fmt.Errorf("%q is neither a kind of exception nor a topic", p.Kind)
	case p.Title == "":
		return errors.New("the playbook has no title")
	case p.Version < 0:
		return errors.New("a version counts from 0")
	case len(p.Steps) == 0:
		return errors.New("the playbook has no steps")
	}
	had := map[string]bool{}
	for _, s := range p.Steps {
		if err := s.check(); err != nil {
			return err
		}
		if had[s.Key] {
			return fmt.Errorf("two steps have the key %s", s.Key)
		}
		had[s.Key] = true
	}
	return nil
}

func (s *Step) check() error {
	switch {
	case s.Key == "" || strings.ContainsAny(s.Key, " |\n"):
		return fmt.Errorf("step %q: a key is one word", s.Key)
	case s.Text == "" || strings.ContainsAny(s.Text, "\n"):
		return fmt.Errorf("step %s: say in one line what to do", s.Key)
	case !slices.Contains(stepParties[:], s.Who):
		return fmt.Errorf("step %s: %q is not one of %s", s.Key, s.Who, strings.Join(stepParties[:], ", "))
	case s.WithinMin < 0:
		return fmt.Errorf("step %s: minutes cannot be negative", s.Key)
	}
	rest := s.Wording
	for {
		_, after, ok := strings.Cut(rest, "{")
		if !ok {
			return nil
		}
		word, tail, closed := strings.Cut(after, "}")
		if !closed || !slices.Contains(placeholders[:], word) {
			return fmt.Errorf("step %s: {%s} is no placeholder; there are {%s}", s.Key, word, strings.Join(placeholders[:], "}, {"))
		}
		rest = tail
	}
}

func knownKind(name string) bool {
	for i := range kinds {
		if kinds[i].Name == name || kinds[i].Topic == name {
			return true
		}
	}
	return false
}
