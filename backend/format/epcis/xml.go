package epcis

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"tracedesk/backend/format/internal/stream"
)

// walkXML yields the events of a document: every element with the name of an event, wherever it stands. It returns why it ended
// early; rest is where what was not read begins.
func walkXML(r io.Reader, t *stream.Tail, yield func(*found) bool) (rest int64, err error) {
	m := stream.NewMeter(r)
	dec := xml.NewDecoder(m)
	dec.CharsetReader = charset
	at := int64(0)
	for {
		before := dec.InputOffset()
		m.More(before)
		tok, err := dec.Token()
		if err == io.EOF {
			return at, nil
		}
		if err != nil {
			return at, err
		}
		start, ok := tok.(xml.StartElement)
		if !ok || !kinds[start.Name.Local] {
			continue
		}
		n, err := tree(dec, start, 0)
		if err != nil {
			return before, err
		}
		at = dec.InputOffset()
		f := &found{off: before, raw: t.Slice(before, at), e: event{kind: start.Name.Local}}
		f.e.takeXML(n)
		if !yield(f) {
			return at, nil
		}
	}
}

// charset reads the two old character sets that documents declare besides UTF-8.
func charset(name string, in io.Reader) (io.Reader, error) {
	switch strings.ToLower(name) {
	case "iso-8859-1", "latin1", "windows-1252", "us-ascii":
		return charmap.Windows1252.NewDecoder().Reader(in), nil
	case "utf8":
		return in, nil
	}
	return nil, fmt.Errorf("the character set %s is not read; save the file as UTF-8", name)
}

// node is an element with what is in it.
type node struct {
	name  xml.Name
	attrs []xml.Attr
	text  string
	in    []node
}

// tree reads an element whole.
func tree(dec *xml.Decoder, start xml.StartElement, depth int) (node, error) {
	n := node{name: start.Name, attrs: start.Attr}
	if depth > 50 {
		return n, errors.New("elements are nested too deep")
	}
	var text strings.Builder
	for {
		tok, err := dec.Token()
		if err != nil {
			return n, err
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			child, err := tree(dec, tok, depth+1)
			if err != nil {
				return n, err
			}
			n.in = append(n.in, child)
		case xml.CharData:
			text.Write(tok)
		case xml.EndElement:
			n.text = strings.TrimSpace(text.String())
			return n, nil
		}
	}
}

func (n *node) attr(name string) string {
	for _, a := range n.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// child is the text of the first element of a name.
func (n *node) child(name string) string {
	for i := range n.in {
		if n.in[i].name.Local == name {
			return n.in[i].text
		}
	}
	return ""
}

// standard reports whether an element is one of EPCIS and not somebody's own: those of EPCIS have no namespace or that of EPCIS.
func (n *node) standard() bool {
	return n.name.Space == "" || strings.HasPrefix(n.name.Space, "urn:epcglobal:epcis") || n.name.Space == "epcis"
}

// takeXML takes what stands in an event; extension and baseExtension only wrap what later versions added.
func (e *event) takeXML(n node) {
	for i := range n.in {
		c := &n.in[i]
		name := c.name.Local
		if !c.standard() {
			e.keep(says(c.name.Space, name), c.words())
			continue
		}
		if len(c.in) == 0 && e.set(name, c.text) {
			continue
		}
		switch name {
		case "extension", "baseExtension":
			e.takeXML(*c)
		case "readPoint":
			e.readPoint = c.child("id")
		case "bizLocation":
			e.location = c.child("id")
		case "epcList", "childEPCs", "inputEPCList":
			for j := range c.in {
				e.addEPC(c.in[j].text)
			}
		case "outputEPCList":
			for j := range c.in {
				if len(e.outputs) < mostEPCs {
					e.outputs = append(e.outputs, c.in[j].text)
				}
			}
		case "quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList":
			for j := range c.in {
				e.quantity(c.in[j].child("quantity"), c.in[j].child("uom"), c.in[j].child("epcClass"))
			}
		case "bizTransactionList":
			e.deals = append(e.deals, c.pairs()...)
		case "sourceList":
			e.sources = append(e.sources, c.pairs()...)
		case "destinationList":
			e.targets = append(e.targets, c.pairs()...)
		case "errorDeclaration":
			e.wrong = &declaration{c.child("declarationTime"), bare(c.child("reason"))}
		case "sensorElementList":
			e.sensorsXML(c)
		default:
			e.keep(name, c.words())
		}
	}
}

func (n *node) pairs() (all []pair) {
	for i := range n.in {
		all = append(all, pair{bare(n.in[i].attr("type")), n.in[i].text})
	}
	return all
}

func (e *event) sensorsXML(n *node) {
	for i := range n.in {
		when := ""
		for j := range n.in[i].in {
			c := &n.in[i].in[j]
			switch c.name.Local {
			case "sensorMetadata":
				when = c.attr("time")
			case "sensorReport":
				s := sensor{bare(c.attr("type")), c.attr("value"), c.attr("uom"), c.attr("time")}
				if s.time == "" {
					s.time = when
				}
				if len(e.sensors) < mostMore {
					e.sensors = append(e.sensors, s)
				}
			}
		}
	}
}

// words are an element's text and what is in it, in one line.
func (n *node) words() string {
	parts := []string{n.text}
	for i := range n.in {
		parts = append(parts, n.in[i].name.Local, n.in[i].words())
	}
	return says(parts...)
}
