package fourkites

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

// Kind is FourKites as the desk lists it.
var Kind = connect.Kind{Name: "fourkites", Title: "FourKites", Source: freight.FourKites, Settings: settings, New: New}

// The generations of the API.
const (
	gateway = "gateway"
	legacy  = "legacy"
)

// hosts are the addresses by generation and environment.
var hosts = map[string]map[string]string{
	gateway: {"production": "https://api.fourkites.com", "staging": "https://api-staging.fourkites.com", "azure": "https://api.ng.fourkites.com"},
	legacy:  {"production": "https://tracking-api.fourkites.com", "staging": "https://tracking-api-staging.fourkites.com"},
}

// paths are the calls by generation, where the settings do not say otherwise.
var paths = map[string]map[string]string{
	gateway: {
		"listPath":       "/shipments?page={page}&perPage={perPage}",
		"shipmentPath":   "/shipments/{id}",
		"lookupPath":     "/shipments/{number}?identifierType=loadNumber",
		"createPath":     "/api/v1/tracking",
		"updatePath":     "/api/v1/tracking/{id}",
		"deletePath":     "/api/v1/tracking/delete_loads",
		"dispatcherPath": "/load/update/dispatcher-api/async",
		"documentPath":   "/document-data/upload",
	},
	legacy: {
		"listPath":       "/api/v1/tracking?page={page}&per_page={perPage}",
		"shipmentPath":   "/api/v1/tracking/{id}",
		"lookupPath":     "/api/v1/tracking/search?company_id={company}&show=stops&locale=en",
		"createPath":     "/api/v1/tracking",
		"updatePath":     "/api/v1/tracking/{id}",
		"deletePath":     "/api/v1/tracking/delete_loads",
		"dispatcherPath": "/api/v1/tracking/dispatcher_updates",
		"documentPath":   "/document-data/upload",
	},
}

const asTheGeneration = "empty: as the generation has it"

var settings = []connect.Setting{
	{Key: "generation", Label: "Generation", Default: "auto", Choices: []string{"auto", gateway, legacy},
		Help: "gateway has a key, legacy a user and password; auto goes by what is filled in, and the test of the connection tells which one answers"},
	{Key: "apiKey", Label: "API key", Secret: true, Help: "of the gateway"},
	{Key: "user", Label: "User", Help: "of the legacy API"},
	{Key: "password", Label: "Password", Secret: true, Help: "of the legacy API"},
	{Key: "customers", Label: "Customers", Help: "whose loads live there, by which number and under which bill-to code: Acme=BILL_OF_LADING;Borden=ORDER:BT77"},
	{Key: "environment", Label: "Environment", Default: "production", Choices: []string{"production", "staging", "azure"}},
	{Key: "baseUrl", Label: "Address", Help: "another address than that of the generation and environment"},
	{Key: "auth", Label: "Sign in with", Default: "auto", Choices: []string{"auto", "apikey", "oauth", "basic", "signed"},
		Help: "auto: the key for the gateway, user and password for legacy"},
	{Key: "clientId", Label: "Client ID", Help: "of signed addresses"},
	{Key: "clientSecret", Label: "Client secret", Secret: true, Help: "of OAuth and of signed addresses"},
	{Key: "stampForm", Label: "Time in signed addresses", Default: "unix", Choices: []string{"unix", "yyyyMMddHHmmss"}},
	{Key: "oauthPath", Label: "Path of OAuth", Default: "/shipments/oauth2/token"},
	{Key: "shipper", Label: "Shipper", Help: "the company's id, which legacy bodies carry"},
	{Key: "haulType", Label: "Haul type", Default: "brokered_load", Help: "of loads that are created: brokered_load, inbound_load, outbound_load"},
	{Key: "mode", Label: "Mode", Default: "TL"},
	{Key: "changesAs", Label: "Changes go as", Default: "load", Choices: []string{"load", "assignment"},
		Help: "load: who created a load says it anew; assignment: a carrier tells its truck, trailer and driver"},
	{Key: "simpleUpdate", Label: "simpleUpdate", Default: "true", Choices: []string{"true", "false", "none"}, Help: "what changes of a load carry; FourKites tells its meaning"},
	{Key: "etaOf", Label: "A load's ETA is of", Default: "next", Choices: []string{"next", "last"}, Help: "the next stop without an arrival, or the last stop"},
	{Key: "stopUpdateTimes", Label: "Appointments are pushed in", Default: "local", Choices: []string{"local", "utc"}, Help: "local: the stop's clock without a zone"},
	{Key: "callbackTimes", Label: "Unmarked times of callbacks are", Default: "utc", Choices: []string{"utc", "local"}, Help: "local: of the zone that the callback names"},
	{Key: "listPath", Label: "Path of the list", Help: asTheGeneration},
	{Key: "shipmentPath", Label: "Path of a shipment", Help: asTheGeneration},
	{Key: "lookupPath", Label: "Path to look a load up", Help: asTheGeneration},
	{Key: "createPath", Label: "Path to create", Help: asTheGeneration},
	{Key: "updatePath", Label: "Path to change", Help: asTheGeneration},
	{Key: "deletePath", Label: "Path to delete", Help: asTheGeneration},
	{Key: "dispatcherPath", Label: "Path of updates", Help: asTheGeneration},
	{Key: "documentPath", Label: "Path of papers", Help: asTheGeneration},
	{Key: "totalKey", Label: "Name of the total", Help: "the field of a list that counts all shipments, where it is none of those that are tried"},
	{Key: "perPage", Label: "Shipments a page", Default: "100"},
	{Key: "maxPages", Label: "Pages at most", Default: "1000"},
	{Key: "sweepHours", Label: "Read all pages every", Default: "6", Help: "hours; in between, reading stops at shipments that did not change where the list is in the order of changes"},
	{Key: "lookBefore", Label: "Before a load is created", Default: "list", Choices: []string{"list", "each"},
		Help: "list: it is looked for in the list where that was just read whole, else by its number; each: by its number every time"},
	{Key: "visibleSeconds", Label: "New loads are visible after", Default: "120", Help: "seconds at most; until then a load whose acknowledgement was lost is not taken as not made"},
	{Key: "perMinute", Label: "Requests a minute", Default: "60"},
	{Key: "pollMinutes", Label: "Ask every", Default: "15", Help: "minutes between two readings of the list"},
	{Key: "codes", Label: "Own codes", Help: "rows of the table of codes that this account reads otherwise, such as: status delivered delivered ended = delivered"},
}

// config is the settings as they are used.
type config struct {
	base       *url.URL
	generation string
	auth       string
	values     map[string]string
	perPage    int
	maxPages   int
	sweep      time.Duration
	visible    time.Duration
	perMinute  int
	interval   time.Duration
	rules      []connect.CustomerRule
	codes      *codes.Book
}

// configOf reads the settings; has reports whether a secret is filled in, by which an account without a generation finds its own.
func configOf(values map[string]string, has func(secret string) bool) (*config, error) {
	c := &config{values: map[string]string{}}
	for _, s := range settings {
		if s.Secret {
			continue
		}
		v := strings.TrimSpace(values[s.Key])
		if v == "" {
			v = s.Default
		}
		if len(s.Choices) > 0 && !slices.Contains(s.Choices, v) {
			return nil, fmt.Errorf("%s is %q; it may be %s", s.Key, v, strings.Join(s.Choices, ", "))
		}
		c.values[s.Key] = v
	}
	c.generation = c.values["generation"]
	if c.generation == "auto" {
		c.generation = gateway
		if !has("apiKey") && (c.values["user"] != "" || c.values["clientId"] != "") {
			c.generation = legacy
		}
	}
	return c, c.settle()
}

// settle fills in what follows from the generation, and reads numbers, customers and codes.
func (c *config) settle() (err error) {
	if c.auth = c.values["auth"]; c.auth == "auto" {
		c.auth = map[string]string{gateway: "apikey", legacy: "basic"}[c.generation]
	}
	for name, path := range paths[c.generation] {
		if c.values[name] == "" {
			c.values[name] = path
		}
	}
	address := c.values["baseUrl"]
	if address == "" {
		if address = hosts[c.generation][c.values["environment"]]; address == "" {
			return fmt.Errorf("the address of %s in the environment %s is not known; fill in baseUrl", c.generation, c.values["environment"])
		}
	}
	if c.base, err = wire.Base(address); err != nil {
		return err
	}
	numbers := map[string]float64{}
	for _, key := range []string{"perPage", "maxPages", "sweepHours", "visibleSeconds", "perMinute", "pollMinutes"} {
		n, err := strconv.ParseFloat(c.values[key], 64)
		if err != nil || !(n >= 0) || n > 1e6 || key != "sweepHours" && key != "visibleSeconds" && n < 1 {
			return fmt.Errorf("%s is %q; a number is needed", key, c.values[key])
		}
		numbers[key] = n
	}
	c.perPage, c.maxPages, c.perMinute = int(numbers["perPage"]), int(numbers["maxPages"]), int(numbers["perMinute"])
	c.sweep = time.Duration(numbers["sweepHours"] * float64(time.Hour))
	c.visible = time.Duration(numbers["visibleSeconds"] * float64(time.Second))
	c.interval = time.Duration(numbers["pollMinutes"] * float64(time.Minute))
	if c.rules, err = connect.ParseCustomers(c.values["customers"]); err != nil {
		return err
	}
	c.codes, err = codes.For("fourkites", c.values["codes"])
	return err
}

// of is the settings of the other generation, for the test of the connection.
func (c *config) of(generation string) (*config, error) {
	other := *c
	other.generation = generation
	other.values = map[string]string{}
	for k, v := range c.values {
		if paths[c.generation][k] == "" || paths[c.generation][k] != v {
			other.values[k] = v
		}
	}
	other.values["auth"] = "auto"
	return &other, other.settle()
}
