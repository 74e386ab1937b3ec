package project44

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/codes"
	"tracedesk/backend/connect/wire"
	"tracedesk/backend/freight"
)

// Kind is project44 as the desk lists it.
var Kind = connect.Kind{Name: "project44", Title: "project44", Source: freight.Project44, Settings: settings, New: New}

// regions are the hosts that project44 publishes.
var regions = map[string]string{
	"northAmerica": "https://na12.api.project44.com",
	"europe":       "https://eu12.api.project44.com",
	"sandbox":      "https://na12.api.sandbox.p-44.com",
}

var settings = []connect.Setting{
	{Key: "clientId", Label: "Client ID", Needed: true, Help: "of the client application that an administrator creates at project44"},
	{Key: "clientSecret", Label: "Client secret", Secret: true, Needed: true, Help: "shown once when the client application is created"},
	{Key: "customers", Label: "Customers", Help: "whose loads live there, by which number: Acme=BILL_OF_LADING;Borden=ORDER"},
	{Key: "region", Label: "Region", Default: "northAmerica", Choices: []string{"northAmerica", "europe", "sandbox"}, Help: "users of project44 are bound to one region"},
	{Key: "baseUrl", Label: "Address", Help: "another address than that of the region"},
	{Key: "credentials", Label: "Credentials go", Default: "header", Choices: []string{"header", "body"}, Help: "where the secret stands when a token is asked for: never in both"},
	{Key: "carrierIdType", Label: "Carriers by", Default: "SCAC", Choices: []string{"SCAC", "MC_NUMBER", "DOT_NUMBER", "SYSTEM", "VAT", "P44_EU"}, Help: "by which number a carrier is named"},
	{Key: "accountGroup", Label: "Account code", Help: "code of the capacity provider account; few carriers need it"},
	{Key: "customerId", Label: "Carrier's customer", Help: "only where this desk reports as the carrier: the customer's id, needed to push events and positions"},
	{Key: "follow", Label: "Ask for", Default: "history", Choices: []string{"history", "status", "both"},
		Help: "the whole tracking history, the truckload status, or both (twice the requests)"},
	{Key: "documentHours", Label: "Look for papers every", Default: "6", Help: "hours between two searches for a delivered load's papers; 0 never"},
	{Key: "documentDays", Label: "Look for papers for", Default: "7", Help: "days after the last window; they often follow the delivery"},
	{Key: "tokenPath", Label: "Path of the token", Default: "/api/v4/oauth2/token"},
	{Key: "tokenHours", Label: "Token lives", Default: "12", Help: "hours, where the answer does not say"},
	{Key: "statusPath", Label: "Path of the truckload status", Default: "/api/v4/tl/shipments/{id}/statuses?includeStatusHistory=true", Help: "as project44 told you; {id} is the shipment's number"},
	{Key: "lookupPath", Label: "Path to look a load up", Help: "by carrier and number; empty: a load cannot be looked up",
		Default: "/api/v4/tl/shipments/statuses?carrierIdentifier.type={carrierType}&carrierIdentifier.value={carrier}&shipmentIdentifiers.type={type}&shipmentIdentifiers.value={number}"},
	{Key: "updateCall", Label: "Call to change a load", Default: "PUT /api/v4/tl/shipments/{id}"},
	{Key: "cancelCall", Label: "Call to cancel a load", Default: "POST /api/v4/tl/shipments/{id}/cancel", Help: "POST to cancel, or DELETE /api/v4/tl/shipments/{id}"},
	{Key: "documentSearchPath", Label: "Path to search papers", Default: "/services/document/v1/documents/search"},
	{Key: "methodsPath", Label: "Path of tracking methods", Default: "/api/v4/tl/trackingmethods?carrierIdentifier.type={carrierType}&carrierIdentifier.value={carrier}"},
	{Key: "positionNames", Label: "Names in a position", Help: "latitude, longitude and time, where they have names that the desk does not know: coordinates.lat coordinates.lon when"},
	{Key: "probePath", Label: "Path to test with", Default: "/api/v4/webhooks", Help: "asked once by the test of the connection"},
	{Key: "visibleSeconds", Label: "New loads are visible after", Default: "120", Help: "seconds at most; until then a load whose acknowledgement was lost is not taken as not made"},
	{Key: "perMinute", Label: "Requests a minute", Default: "60", Help: "project44 publishes no limit"},
	{Key: "pollMinutes", Label: "Ask every", Default: "15", Help: "minutes between two questions about a load"},
	{Key: "codes", Label: "Own codes", Help: "rows of the table of codes that this account reads otherwise, such as: status COMPLETED/* delivered ended = completed"},
}

// config is the settings as they are used.
type config struct {
	base          *url.URL
	clientID      string
	inBody        bool
	values        map[string]string // those of which the text itself is used, with defaults
	tokenLife     time.Duration
	documentEvery time.Duration
	documentFor   time.Duration
	visible       time.Duration
	perMinute     int
	interval      time.Duration
	positions     []string // dotted names of latitude, longitude, time; nil for those known
	codes         *codes.Book
}

func configOf(values map[string]string) (*config, error) {
	c := &config{values: map[string]string{}}
	for _, s := range settings {
		if s.Secret {
			continue
		}
		v := strings.TrimSpace(values[s.Key])
		if v == "" {
			v = s.Default
		}
		if v == "" && s.Needed {
			return nil, fmt.Errorf("project44 needs the setting %s (%s)", s.Key, s.Label)
		}
		if len(s.Choices) > 0 && !slices.Contains(s.Choices, v) {
			return nil, fmt.Errorf("%s is %q; it may be %s", s.Key, v, strings.Join(s.Choices, ", "))
		}
		c.values[s.Key] = v
	}
	address := c.values["baseUrl"]
	if address == "" {
		address = regions[c.values["region"]]
	}
	var err error
	if c.base, err = wire.Base(address); err != nil {
		return nil, err
	}
	c.clientID, c.inBody = c.values["clientId"], c.values["credentials"] == "body"
	return c, c.numbers()
}

// numbers reads what must be numbers, names and codes.
func (c *config) numbers() error {
	for key, into := range map[string]func(float64){
		"tokenHours":     func(n float64) { c.tokenLife = hours(n) },
		"documentHours":  func(n float64) { c.documentEvery = hours(n) },
		"documentDays":   func(n float64) { c.documentFor = hours(24 * n) },
		"pollMinutes":    func(n float64) { c.interval = hours(n / 60) },
		"visibleSeconds": func(n float64) { c.visible = hours(n / 3600) },
		"perMinute":      func(n float64) { c.perMinute = int(n) },
	} {
		n, err := strconv.ParseFloat(c.values[key], 64)
		if err != nil || !(n >= 0) || n > 1e6 {
			return fmt.Errorf("%s is %q; a number is needed", key, c.values[key])
		}
		into(n)
	}
	if names := c.values["positionNames"]; names != "" {
		if c.positions = strings.Fields(names); len(c.positions) != 3 {
			return fmt.Errorf("positionNames is %q; three names are needed: latitude, longitude and time", names)
		}
	}
	if _, err := connect.ParseCustomers(c.values["customers"]); err != nil {
		return err
	}
	var err error
	c.codes, err = codes.For("project44", c.values["codes"])
	return err
}

func hours(n float64) time.Duration { return time.Duration(n * float64(time.Hour)) }
