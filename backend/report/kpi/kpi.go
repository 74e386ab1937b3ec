package kpi

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"time"

	"tracedesk/backend/freight"
)

// Small is how few are too few to be read as a share: a figure over fewer is shown grey.
const Small = 5

// Units of figures.
const (
	Ratio   = "ratio" // from 0 to 1
	Minutes = "min"
	Count   = "count"
	USD     = "USD"
)

// KPI is one figure. Value is null where nothing could be counted; Reason then says why.
type KPI struct {
	Name       string                 `json:"name"`
	Title      string                 `json:"title"`
	Unit       string                 `json:"unit"`
	Value      *float64               `json:"value"`
	N          int                    `json:"n"`
	Low        *float64               `json:"low"`  // Wilson's interval at 95 %, of shares
	High       *float64               `json:"high"` // likewise
	Small      bool                   `json:"small"`
	Excluded   freight.List[Excluded] `json:"excluded"`
	Reason     string                 `json:"reason,omitempty"`
	Definition string                 `json:"definition"`
}

// Excluded is how many were left out of a figure for one cause.
type Excluded struct {
	Cause string `json:"cause"`
	N     int    `json:"n"`
}

// KPIRow is one line behind a figure: what was counted and how, or what was left out and why. Instants are in the stop's zone.
type KPIRow struct {
	Load     string     `json:"load"`
	Stop     int        `json:"stop,omitempty"`
	What     string     `json:"what,omitempty"` // what of it, where a row is not about the load or stop as such
	Customer string     `json:"customer"`
	Carrier  string     `json:"carrier"`
	Place    string     `json:"place,omitempty"`
	Lane     string     `json:"lane"`
	Due      *time.Time `json:"due,omitempty"`
	DueDay   string     `json:"dueDay,omitempty"`
	Actual   *time.Time `json:"actual,omitempty"`
	Day      string     `json:"day,omitempty"` // of the actual, where only its day is known
	Outcome  string     `json:"outcome,omitempty"`
	Value    *float64   `json:"value,omitempty"`
	Party    string     `json:"party,omitempty"`
	Excluded string     `json:"excluded,omitempty"`

	On      int    `json:"-"` // the day that it counts to, from 1970
	Account string `json:"-"` // of the load; two TMS may use one number
}

// z95 is the point of the normal distribution beyond which 2.5 % lie.
const z95 = 1.959963984540054

// Wilson is the interval in which a share lies with 95 % confidence (E. B. Wilson, 1927). Of nothing it is everything.
func Wilson(hits, n float64) (low, high float64) {
	if n <= 0 {
		return 0, 1
	}
	p, z2 := hits/n, z95*z95
	mid := (p + z2/(2*n)) / (1 + z2/n)
	half := z95 / (1 + z2/n) * math.Sqrt(p*(1-p)/n+z2/(4*n*n))
	return max(0, mid-half), min(1, mid+half)
}

// how a tally becomes a value.
type how int

const (
	share    how = iota // hits of counted
	mean                // of the values
	median              // of the values
	total               // of the values
	hits                // how many
	perMille            // hits of a thousand counted
)

// tally counts one figure.
type tally struct {
	KPI
	how     how
	hits    float64
	weight  float64 // what a share is of, where its rows weigh more than one
	values  []float64
	out     map[string]int
	keep    bool
	rows    []KPIRow
	nothing string // why there is nothing to count, where nothing was
}

// finish turns what was counted into a figure.
func (t *tally) finish() KPI {
	k := t.KPI
	for _, cause := range slices.Sorted(maps.Keys(t.out)) {
		k.Excluded = append(k.Excluded, Excluded{cause, t.out[cause]})
	}
	slices.SortStableFunc(k.Excluded, func(a, b Excluded) int { return cmp.Compare(b.N, a.N) })
	k.Small = k.N < Small
	switch t.how {
	case share:
		k.N = int(math.Round(t.weight))
		k.Small = k.N < Small
		if t.weight > 0 {
			low, high := Wilson(t.hits, t.weight)
			k.Value, k.Low, k.High = ptr(t.hits/t.weight), &low, &high
		}
	case mean:
		if k.N > 0 {
			k.Value = ptr(sum(t.values) / float64(k.N))
		}
	case median:
		if k.N > 0 {
			k.Value = ptr(middle(t.values))
		}
	case total:
		if k.N > 0 {
			k.Value = ptr(sum(t.values))
		}
	case hits:
		k.Value = ptr(t.hits)
	case perMille:
		if k.N > 0 {
			k.Value = ptr(1000 * t.hits / float64(k.N))
		}
	}
	if k.N == 0 {
		k.Reason = t.nothing
		if t.how == hits && t.nothing != "" {
			k.Value = nil
		}
	}
	return k
}

// sum adds in order of size, so that the order of rows does not show in the last digit.
func sum(values []float64) float64 {
	slices.Sort(values)
	var s float64
	for _, v := range values {
		s += v
	}
	return s
}

func middle(values []float64) float64 {
	slices.Sort(values)
	n := len(values)
	if n%2 == 1 {
		return values[n/2]
	}
	return (values[n/2-1] + values[n/2]) / 2
}

func ptr(v float64) *float64 { return &v }

// hit counts a row of a share, or one of a count.
func (t *tally) hit(yes bool, row func() KPIRow) {
	t.N++
	t.weight++
	if yes {
		t.hits++
	}
	t.note(yes || t.how == share, row)
}

// weigh counts a row of a share that is worth more than one.
func (t *tally) weigh(got, of float64, row func() KPIRow) {
	t.N++
	t.hits += got
	t.weight += of
	t.note(true, row)
}

// measure counts a value.
func (t *tally) measure(v float64, row func() KPIRow) {
	t.N++
	t.values = append(t.values, v)
	t.note(true, func() KPIRow {
		r := row()
		r.Value = &v
		return r
	})
}

// leave leaves a row out.
func (t *tally) leave(cause string, row func() KPIRow) {
	if t.out == nil {
		t.out = map[string]int{}
	}
	t.out[cause]++
	t.note(true, func() KPIRow {
		r := row()
		r.Excluded = cause
		return r
	})
}

func (t *tally) note(shown bool, row func() KPIRow) {
	if t.keep && shown {
		t.rows = append(t.rows, row())
	}
}
