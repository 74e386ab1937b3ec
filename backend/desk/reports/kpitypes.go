package reports

import (
	"time"

	"tracedesk/backend/freight"
	"tracedesk/backend/report/kpi"
)

// What the arithmetic gives crosses the wire as it is.
type (
	KPI        = kpi.KPI
	KPIRow     = kpi.KPIRow
	Definition = kpi.Definition
)

// KPIQuery asks for figures over a period. From and To are days, YYYY-MM-DD, both included; "" is the last seven days up to
// the day before the desk's today.
type KPIQuery struct {
	Customer   string // "" is everybody
	Carrier    string // "" is every carrier
	From, To   string
	Definition string    // a name; "" is the customer's, else the standard one
	Rows       string    // the figure whose rows are wanted
	Weeks      int       // how many weeks of trend, up to the one in which the period ends; 0 none
	AsOf       time.Time // hides what was received later; zero: now
	At         time.Time // the clock; zero: now
}

// KPIs are the figures of a period.
type KPIs struct {
	Customer   string                  `json:"customer"` // "" is everybody
	Carrier    string                  `json:"carrier"`
	From       string                  `json:"from"`
	To         string                  `json:"to"`
	AsOf       time.Time               `json:"asOf"`
	Definition Definition              `json:"definition"`
	KPIs       freight.List[KPI]       `json:"kpis"`
	Rows       freight.List[KPIRow]    `json:"rows"`  // of the figure asked for
	Trend      freight.List[TrendWeek] `json:"trend"` // oldest week first
}

// TrendWeek is one week, Monday to Sunday, of every figure that counted anything.
type TrendWeek struct {
	From string                   `json:"from"`
	To   string                   `json:"to"`
	KPIs freight.List[TrendPoint] `json:"kpis"`
}

// TrendPoint is one figure of one week.
type TrendPoint struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	N     int     `json:"n"`
	Small bool    `json:"small"`
}

// Definitions are the definitions there are by name, the shipped ones first, and who uses which by choice.
type Definitions struct {
	Definitions freight.List[Definition]   `json:"definitions"`
	Used        freight.List[DefinitionOf] `json:"used"`
}

// DefinitionOf is a customer's choice; "" is the desk's for everybody else.
type DefinitionOf struct {
	Customer   string `json:"customer"`
	Definition string `json:"definition"`
}

// SetDefinition keeps a definition, or chooses one for a customer.
type SetDefinition struct {
	Definition *Definition   `json:"definition"`
	Use        *DefinitionOf `json:"use"`
	As         string        `json:"as,omitempty"`
	Now        *time.Time    `json:"now,omitempty"`
}
