package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"

	"tracedesk/backend/desk"
	"tracedesk/backend/desk/partners"
)

const explainUse = "FILE|-"

// explain tells what each segment of a file, or of standard input, says and what the desk makes of it. It streams: a file may
// be of any length.
func explain(c *call) error {
	in, close, err := c.explained()
	if err != nil {
		return err
	}
	defer close()
	settings, err := c.partnerSettings()
	if err != nil {
		return err
	}
	var notes []string
	all := partners.ExplainBy(c.ctx, in, settings, func(n string) { notes = append(notes, n) })
	if c.json {
		return c.explainJSON(all, &notes)
	}
	for s, err := range all {
		if err != nil {
			return err
		}
		saySegment(c.stdout, s)
	}
	for _, n := range notes {
		fmt.Fprintln(c.stdout, "Note: "+n)
	}
	return nil
}

func (c *call) explained() (io.Reader, func() error, error) {
	if c.args[0] == "-" {
		return c.stdin, func() error { return nil }, nil
	}
	f, err := os.Open(c.args[0])
	if err != nil {
		return nil, nil, fmt.Errorf("%s cannot be read: %w", c.args[0], err)
	}
	return f, f.Close, nil
}

// partnerSettings are those of the desk, none where there is no desk yet.
func (c *call) partnerSettings() (list partners.EdiPartners, err error) {
	dir, err := c.dir()
	if err != nil || !desk.Exists(dir) {
		return list, err
	}
	err = c.ask("/api/partners", nil, &list)
	return list, err
}

// explainJSON writes one object whose segments come as they are read.
func (c *call) explainJSON(all iter.Seq2[*partners.ExplainedSegment, error], notes *[]string) error {
	before := "{\n  \"segments\": [\n    "
	n := 0
	for s, err := range all {
		if err != nil {
			return err
		}
		line, err := plainJSON(s)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(c.stdout, "%s%s", before, line); err != nil {
			return err
		}
		before, n = ",\n    ", n+1
	}
	if n == 0 {
		fmt.Fprint(c.stdout, before)
	}
	said, err := plainJSON(append([]string{}, *notes...))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.stdout, "\n  ],\n  \"notes\": %s\n}\n", said)
	return err
}

// plainJSON is a value in one line, its separators as they are: > is no HTML here.
func plainJSON(v any) ([]byte, error) {
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimRight(line.Bytes(), "\n"), err
}

func saySegment(w io.Writer, s *partners.ExplainedSegment) {
	name := s.Name
	if name == "" {
		name = "not in the dictionary"
	}
	where := fmt.Sprintf("byte %d", s.Offset)
	if s.Number > 0 {
		where = fmt.Sprintf("set %s, segment %d, byte %d", s.Set, s.Number, s.Offset)
	}
	fmt.Fprintf(w, "%s  %s (%s)\n", s.Tag, name, where)
	for _, f := range s.Faults {
		fmt.Fprintf(w, "    ! %s\n", f)
	}
	for i := range s.Elements {
		e := &s.Elements[i]
		if e.Value != "" || e.Fault != "" {
			fmt.Fprintf(w, "    %s%02d  %s%s\n", s.Tag, e.N, e.Value, elementWords(e))
		}
	}
	for _, b := range s.Became {
		fmt.Fprintf(w, "    -> %s\n", strings.Join(strings.Fields(strings.Join([]string{b.Subject + ":", b.Fact, b.Value, b.At, b.Note}, " ")), " "))
	}
}

func elementWords(e *partners.ExplainedElement) string {
	text := ""
	if e.Name != "" {
		text += "  " + e.Name
	}
	if e.Means != "" {
		text += ", stands for " + e.Means
	}
	if e.Meaning != "" {
		text += ": " + e.Meaning
	}
	if e.Unknown {
		text += ": unknown code"
	}
	if e.Fault != "" {
		text += "  ! " + e.Fault
	}
	return text
}
