package macropoint

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// values are what one callback says: names in lower case, each with its first value, in the order in which they came.
type values struct {
	of    map[string]string
	order []pair
}

type pair struct{ name, value string }

// mostValues is how many values a callback may have; MacroPoint's own have some fifteen.
const mostValues = 500

func (v *values) add(name, value string) {
	value = strings.TrimSpace(value)
	if name == "" || value == "" || len(v.order) >= mostValues {
		return
	}
	if v.of == nil {
		v.of = map[string]string{}
	}
	key := strings.ToLower(name)
	if _, twice := v.of[key]; !twice {
		v.of[key] = value
	}
	v.order = append(v.order, pair{name, value})
}

// valueNames are the names by which a value goes, by our own name for it in lower case; the first ones are those that
// public receivers read, those of a stop event are not published.
var valueNames = map[string][]string{
	"id": {"id", "idnumber"}, "order": {"mporderid", "orderid"},
	"lat": {"latitude"}, "lon": {"longitude"}, "uncertainty": {"uncertainty"},
	"street": {"street1", "line1", "addressline1"}, "street2": {"street2", "line2", "addressline2"}, "neighborhood": {"neighborhood"},
	"city": {"city"}, "state": {"state", "stateorprovince"}, "postal": {"postal", "postalcode"}, "country": {"country", "countrycode"},
	"at": {"locationdatetimeutc", "createddatetime"}, "local": {"approxlocationdatetimeinlocaltime"},
	"code": {"code", "statuscode"}, "message": {"message", "statusmessage"},
	"alert": {"schedulealertcode"}, "alerttext": {"schedulealerttext"},
	"stoptype": {"stoptype"}, "stopid": {"stopid"}, "stopname": {"stopname"},
	"start": {"scheduledstarttimeinlocaltimeforstop"}, "end": {"scheduledendtimeinlocaltimeforstop"},
	"statetime": {"statusdatetimeutc", "statusdatetime"}, // of a state or alert; public receivers know none, a setting names it
	"event":     {"eventname", "stopevent", "event"}, "eventtime": {"eventdatetimeutc", "completeddatetimeutc", "completeddatetime", "eventdatetime", "eventdatetimeinlocaltime"},
}

// find is a value by our own name for it, and the name under which it came.
func (v *values) find(c *config, ours string) (value, name string) {
	if theirs := c.names[ours]; theirs != "" {
		if value := v.of[theirs]; value != "" {
			return value, theirs
		}
	}
	for _, name := range valueNames[ours] {
		if value := v.of[name]; value != "" {
			return value, name
		}
	}
	return "", ""
}

// formValues reads the values of a query or form.
func formValues(line string) (values, error) {
	var v values
	var broken error
	for part := range strings.SplitSeq(line, "&") {
		name, value, _ := strings.Cut(part, "=")
		name, err := url.QueryUnescape(name)
		if err == nil {
			value, err = url.QueryUnescape(value)
		}
		if err != nil {
			broken = fmt.Errorf("%q is not written as a query is: %w", part, err)
			continue
		}
		v.add(name, value)
	}
	if len(v.order) == 0 {
		return v, errors.Join(errors.New("it has no values such as ID and Code of a query"), broken)
	}
	return v, broken
}

// xmlValues reads the values of one element: each innermost element by its name, and by its parent's with its own, so that
// Event/Name is eventname. Namespaces do not count.
func xmlValues(data []byte) (v values, err error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	var path []string
	var text strings.Builder
	inner := false
	for {
		token, err := d.Token()
		if err != nil {
			return v, fmt.Errorf("the XML ends or breaks off: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			path = append(path, t.Name.Local)
			if len(path) > 50 {
				return v, errors.New("the XML is nested too deeply")
			}
			text.Reset()
			inner = true
		case xml.CharData:
			text.Write(t)
		case xml.EndElement:
			if last := len(path) - 1; inner {
				v.add(path[last], text.String())
				if last > 0 {
					v.alias(path[last-1]+path[last], text.String())
				}
			}
			inner = false
			if path = path[:len(path)-1]; len(path) == 0 {
				return v, nil
			}
		}
	}
}

// alias is a second name of a value, not shown as one of its own.
func (v *values) alias(name, value string) {
	shown := len(v.order)
	v.add(name, value)
	v.order = v.order[:shown]
}

// jsonValues reads the values of one JSON object; inner objects as in XML.
func jsonValues(data []byte) (v values, err error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var whole map[string]any
	if err := d.Decode(&whole); err != nil {
		return v, fmt.Errorf("it is no JSON object: %w", err)
	}
	v.object("", whole, 0)
	return v, nil
}

// object takes an object's values in the order of their names: the same body gives the same values in the same order.
func (v *values) object(parent string, of map[string]any, deep int) {
	if deep > 50 {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(of)) {
		switch value := of[name].(type) {
		case map[string]any:
			v.object(name, value, deep+1)
		case string:
			v.named(parent, name, value)
		case json.Number:
			v.named(parent, name, value.String())
		case bool:
			v.named(parent, name, fmt.Sprint(value))
		}
	}
}

func (v *values) named(parent, name, value string) {
	v.add(name, value)
	if parent != "" {
		v.alias(parent+name, value)
	}
}

// String is all of it in one line.
func (v *values) String() string {
	parts := make([]string, len(v.order))
	for i, p := range v.order {
		parts[i] = p.name + "=" + p.value
	}
	return strings.Join(parts, " ")
}
