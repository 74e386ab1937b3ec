package macropoint

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/codes"
	"tracedesk/backend/freight"
)

// Kind is MacroPoint as the engine knows it.
var Kind = connect.Kind{Name: "macropoint", Title: "Descartes MacroPoint", Source: freight.MacroPoint, Settings: settings(),
	New: func(a connect.Account) (connect.Connector, error) { return New(a) }}

// settings are what a person says about an account. What follows customers is not verified by anything that MacroPoint
// publishes, or a choice of the desk's.
func settings() []connect.Setting {
	return []connect.Setting{
		{Key: "baseUrl", Label: "Address", Help: "where MacroPoint answers", Needed: true, Default: "https://macropoint-lite.com/api/1.0/"},
		{Key: "user", Label: "API user", Help: "the MacroPoint id, or the user made for this desk; the sign-in of the web site does not work here", Needed: true},
		{Key: "password", Label: "API password", Help: "the password of the API user", Secret: true, Needed: true},
		{Key: "mpid", Label: "MacroPoint id", Help: "your own MPID: who is told where the truck is", Needed: true},
		{Key: "customers", Label: "Customers", Help: "whose loads are tracked here, and by which number: Acme=ORDER;Borden=BILL_OF_LADING. Behind a colon the customer's own MPID, " +
			"for whom you are the carrier: Acme=ORDER:ACMEMP"},
		{Key: "codes", Label: "Codes", Help: "rows that say otherwise what a code means, such as: order 1060 in_transit tracking = between two updates"},
		{Key: "number", Label: "What is tracked", Help: "the type of number that an order names: the driver's phone, or the truck's number where its device reports to MacroPoint",
			Default: "Mobile", Choices: []string{"Mobile", "VehicleID"}},
		{Key: "trackLead", Label: "Start before", Help: "hours before the first appointment at which tracking starts", Default: "2"},
		{Key: "trackAfter", Label: "Go on after", Help: "hours after the last appointment for which tracking goes on", Default: "24"},
		{Key: "trackEvery", Label: "Every", Help: "minutes between positions; more of them cost more", Default: "30"},
		{Key: "trackZone", Label: "Zone of the start", Help: "in whose time the start of tracking is written", Default: "ET", Choices: []string{"ET", "CT", "MT", "PT"}},
		{Key: "updatePath", Label: "Path: change an order", Help: "not published; ask MacroPoint, such as orders/.../{OrderID}. Empty: an order is not changed"},
		{Key: "stopPath", Label: "Path: stop an order", Help: "not published; ask MacroPoint, such as orders/.../{OrderID}. Empty: an order is stopped on MacroPoint's site"},
		{Key: "locationPath", Label: "Path: carrier's position", Help: "seen in one public client", Default: "tms/data/location"},
		{Key: "eventPath", Label: "Path: carrier's stop event", Help: "not published; by likeness to the position's", Default: "tms/data/stopevent"},
		{Key: "stopTypes", Label: "Stop types of a carrier's event", Help: "how a pickup and a delivery are called in a carrier's stop event", Default: "PickUp/DropOff"},
		{Key: "dates", Label: "Dates in callbacks", Help: "whether 3/2/2026 is in March (mdy) or in February (dmy); not published", Default: "mdy", Choices: []string{"mdy", "dmy"}},
		{Key: "eventTimes", Label: "Times of stop events", Help: "what a stop event's time without an offset is, where its name does not say it", Default: "local", Choices: []string{"local", "utc"}},
		{Key: "uncertainty", Label: "Unit of uncertainty", Help: "in what the uncertainty of a position is given; not published", Default: "miles"},
		{Key: "names", Label: "Names of values", Help: "other names of a callback's values, ours=theirs: Event=TripEventName;EventTime=TripEventDateTimeUTC. StateTime is when a state became so"},
	}
}

// config is an account's settings as read.
type config struct {
	base                                          *url.URL
	user, mpid                                    string
	customers                                     []connect.CustomerRule
	book                                          *codes.Book
	number                                        string
	lead, after, every                            time.Duration
	zoneWord                                      string
	zone                                          *time.Location
	updatePath, stopPath, locationPath, eventPath string
	pickup, delivery                              string
	dayFirst, eventsUTC                           bool
	unit                                          string
	names                                         map[string]string // lower case: ours to theirs
}

var trackZones = map[string]string{"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}

// read understands an account's values; what is empty takes its default.
func read(values map[string]string) (*config, error) {
	said := map[string]string{}
	for _, s := range settings() {
		v := strings.TrimSpace(values[s.Key])
		if v == "" {
			v = s.Default
		}
		if len(s.Choices) > 0 && !slices.Contains(s.Choices, v) {
			return nil, fmt.Errorf("%s: %q is none of %s", s.Key, v, strings.Join(s.Choices, ", "))
		}
		said[s.Key] = v
	}
	c := &config{user: said["user"], mpid: said["mpid"], number: said["number"], zoneWord: said["trackZone"], updatePath: said["updatePath"], stopPath: said["stopPath"],
		locationPath: said["locationPath"], eventPath: said["eventPath"], dayFirst: said["dates"] == "dmy", eventsUTC: said["eventTimes"] == "utc", unit: said["uncertainty"]}
	var err error
	if c.base, err = baseOf(said["baseUrl"]); err != nil {
		return nil, err
	}
	if c.customers, err = connect.ParseCustomers(said["customers"]); err != nil {
		return nil, err
	}
	for _, r := range c.customers {
		if _, known := idType(r.IDType); !known {
			return nil, fmt.Errorf("customers: %q is no type of number; use ORDER, BILL_OF_LADING, PURCHASE_ORDER, PRO or LOAD_NUMBER", r.IDType)
		}
	}
	if c.book, err = codes.For("macropoint", said["codes"]); err != nil {
		return nil, err
	}
	if c.zone, err = freight.Location(trackZones[c.zoneWord]); err != nil {
		return nil, err
	}
	for key, to := range map[string]*time.Duration{"trackLead": &c.lead, "trackAfter": &c.after, "trackEvery": &c.every} {
		n, err := strconv.Atoi(said[key])
		if err != nil || n < 0 || n > 1000 {
			return nil, fmt.Errorf("%s: %q is no number from 0 to 1000", key, said[key])
		}
		*to = time.Duration(n) * time.Hour
	}
	c.every /= 60 // said in minutes
	var two bool
	if c.pickup, c.delivery, two = strings.Cut(said["stopTypes"], "/"); !two {
		return nil, fmt.Errorf("stopTypes: %q is no pair such as PickUp/DropOff", said["stopTypes"])
	}
	c.names, err = namesOf(said["names"])
	return c, err
}

// baseOf reads the address; it ends in a slash, so that paths are put behind it.
func baseOf(text string) (*url.URL, error) {
	base, err := url.Parse(strings.TrimRight(text, "/") + "/")
	if err != nil || base.Host == "" || base.Scheme != "https" && base.Scheme != "http" || base.RawQuery != "" || base.User != nil {
		return nil, fmt.Errorf("baseUrl: %q is no address such as https://macropoint-lite.com/api/1.0/", text)
	}
	return base, nil
}

// namesOf reads "Event=TripEventName;EventTime=TripEventDateTimeUTC".
func namesOf(text string) (map[string]string, error) {
	names := map[string]string{}
	for part := range strings.SplitSeq(text, ";") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		ours, theirs, ok := strings.Cut(part, "=")
		ours, theirs = strings.ToLower(strings.TrimSpace(ours)), strings.ToLower(strings.TrimSpace(theirs))
		if _, known := valueNames[ours]; !ok || !known || theirs == "" {
			return nil, fmt.Errorf("names: %q is no pair such as Event=TripEventName", part)
		}
		names[ours] = theirs
	}
	return names, nil
}

// carries reports whether the account tells customers' MacroPoint of its trucks: a customer's MPID is named.
func (c *config) carries() bool {
	return slices.ContainsFunc(c.customers, func(r connect.CustomerRule) bool { return r.BillTo != "" })
}

// orders reports whether the account orders tracking of its own: no customers are named, or one without an MPID.
func (c *config) orders() bool {
	return len(c.customers) == 0 || slices.ContainsFunc(c.customers, func(r connect.CustomerRule) bool { return r.BillTo == "" })
}
