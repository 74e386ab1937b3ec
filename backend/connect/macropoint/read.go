package macropoint

import (
	"bytes"
	"iter"

	"tracedesk/backend/connect"
	"tracedesk/backend/freight"
)

// Read implements connect.Connector. A body is one callback: the values of a query or form, or one XML element or JSON object.
// What has no time of its own begins with the instant at which it was received (see Callback).
func (c *Connector) Read(body connect.Body) iter.Seq2[freight.Record, error] {
	return func(yield func(freight.Record, error) bool) {
		m := c.mapped(body)
		m.read()
		source := freight.Source{Kind: freight.MacroPoint, Account: c.account.Name}
		rec := freight.Record{N: 1}
		for _, reason := range m.faults {
			rec.Faults = append(rec.Faults, freight.Fault{Where: body.About, Reason: reason, Raw: bytes.Clone(body.Bytes), Source: source})
		}
		for _, o := range m.out {
			o.Source, o.Channel = source, freight.ByAPI
			o.Raw = freight.Raw{Where: body.About, Length: len(body.Bytes)}
			rec.Observations = append(rec.Observations, o)
		}
		yield(rec, nil)
	}
}

// mapped takes a body's values apart.
func (c *Connector) mapped(body connect.Body) *mapped {
	text, at := unstamped(body)
	m := &mapped{c: c.config, v: &values{}, at: at}
	m.fault = func(reason string) { m.faults = append(m.faults, reason) }
	var err error
	switch {
	case len(text) > 0 && text[0] == '<':
		*m.v, err = xmlValues(text)
	case len(text) > 0 && text[0] == '{':
		*m.v, err = jsonValues(text)
	default:
		*m.v, err = formValues(string(text))
	}
	if err != nil {
		m.fault(err.Error())
	}
	return m
}
