package cli

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"tracedesk/backend/desk"
	"tracedesk/backend/desk/partners"
)

const ediUse = "partners [set ID | remove ID] | unknown | map PARTNER LIST CODE [MEANS] | write 214|990|997|999|TA1|contrl LOAD|FILE [accept|decline] --out F | write epcis --load LOAD --out F"

var ediFlags = []string{"qualifier=", "name=", "scac=", "version=", "zone=", "declined=", "miscounts", "out=", "to=", "reason=", "note=", "code=", "stop=", "when=", "load="}

// edi keeps trading partners and writes outgoing X12.
func edi(c *call) error {
	word, n := c.args[0], len(c.args)
	switch {
	case word == "partners" && n == 1:
		return c.listPartners()
	case word == "partners" && n == 3 && (c.args[1] == "set" || c.args[1] == "remove"):
		return c.setPartner()
	case word == "unknown" && n == 1:
		return c.unknownCodes()
	case word == "map" && (n == 4 || n == 5):
		return c.mapCode()
	case word == "write" && n == 2 && c.flags["load"] != "":
		c.args = append(c.args, c.flags["load"])
		return c.writeEDI()
	case word == "write" && (n == 3 || n == 4):
		return c.writeEDI()
	}
	return wrong("use: tracedesk edi %s", ediUse)
}

func (c *call) listPartners() error {
	var out partners.EdiPartners
	if err := c.ask("/api/partners", nil, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) { sayPartners(w, &out) })
}

// setPartner sets what the flags say; what they do not say stays as it is.
func (c *call) setPartner() error {
	e := partners.EdiPartnerEdit{ID: c.args[2], Remove: c.args[1] == "remove", As: c.as, Now: c.now()}
	var known partners.EdiPartners
	if err := c.ask("/api/partners", nil, &known); err != nil {
		return err
	}
	for _, p := range known.Partners {
		if p.ID == e.ID {
			e.Qualifier, e.Name, e.SCAC, e.Version, e.Zone, e.Declined, e.Miscounts = p.Qualifier, p.Name, p.SCAC, p.Version, p.Zone, p.Declined, p.Miscounts
		}
	}
	for flag, to := range map[string]*string{"qualifier": &e.Qualifier, "name": &e.Name, "scac": &e.SCAC, "version": &e.Version, "zone": &e.Zone, "declined": &e.Declined} {
		if v, ok := c.flags[flag]; ok {
			*to = v
		}
	}
	e.Miscounts = e.Miscounts || c.has("miscounts")
	var out partners.EdiPartners
	if err := c.tell("/api/partners", e, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) { sayPartners(w, &out) })
}

func sayPartners(w io.Writer, out *partners.EdiPartners) {
	if len(out.Partners) == 0 {
		fmt.Fprintln(w, "No partner has settings of its own. Add one: tracedesk edi partners set ID --name NAME --scac SCAC")
	}
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	for i := range out.Partners {
		p := &out.Partners[i]
		fmt.Fprintf(t, "%s %s\t%s\t%s\t%s\tdeclines by %s\tzone %s\n", p.Qualifier, p.ID, p.Name, p.SCAC, p.Version, p.Declined, p.Zone)
		for _, code := range p.Codes {
			fmt.Fprintf(t, "\t%s %s means %s: %s\n", code.List, code.Code, code.As, code.Meaning)
		}
	}
	t.Flush()
}

func (c *call) unknownCodes() error {
	var out partners.EdiUnknowns
	if err := c.ask("/api/partners/unknown", nil, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) {
		if len(out.Unknown) == 0 {
			fmt.Fprintf(w, "Every code in %d files has a meaning.\n", out.Files)
		}
		for _, u := range out.Unknown {
			fmt.Fprintf(w, "%s  %s %s  %d times  %s\n    %s\n", u.Partner, u.List, u.Code, u.Count, u.Name, u.Segment)
		}
	})
}

func (c *call) mapCode() error {
	e := partners.EdiCodeEdit{Partner: c.args[1], List: c.args[2], Code: c.args[3], As: c.as, Now: c.now()}
	if len(c.args) == 5 {
		e.Means = c.args[4]
	}
	var out partners.EdiReplayed
	if err := c.tell("/api/partners/codes", e, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) { fmt.Fprintln(w, out.Says) })
}

// writeEDI writes an outgoing interchange to a file, or to standard output without --out.
func (c *call) writeEDI() error {
	stop, err := c.number("stop", 0)
	if err != nil {
		return err
	}
	req := partners.EdiWrite{Kind: c.args[1], Reason: c.flags["reason"], Note: c.flags["note"], Code: c.flags["code"], Stop: stop, When: c.flags["when"],
		Partner: c.flags["to"], As: c.as, Now: c.now()}
	switch strings.ToLower(req.Kind) {
	case "214", "990", "epcis":
		req.Load = c.args[2]
	default:
		if req.Path, err = filepath.Abs(c.args[2]); err != nil {
			return err
		}
	}
	if len(c.args) == 4 {
		req.Answer = c.args[3]
	}
	var out partners.EdiWritten
	if err := c.tell("/api/edi/write", req, &out); err != nil {
		return err
	}
	return c.handOut(&out)
}

// handOut puts what was written where it was asked for.
func (c *call) handOut(out *partners.EdiWritten) error {
	for _, note := range out.Notes {
		fmt.Fprintln(c.stderr, note)
	}
	to, asked := c.flags["out"]
	if !asked {
		return c.print(out, func(w io.Writer) { fmt.Fprint(w, out.Text) })
	}
	if err := desk.WriteFile(to, []byte(out.Text), 0o644); err != nil {
		return errors.Join(fmt.Errorf("%s cannot be written", to), err)
	}
	return c.print(out, func(w io.Writer) { fmt.Fprintf(w, "%s: %d interchanges\n", to, len(out.Control)) })
}
