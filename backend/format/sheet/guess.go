package sheet

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/freight"
)

// Guess is what a sheet's columns seem to mean, for a person to confirm.
type Guess struct {
	Profile Profile       `json:"profile"`
	Columns []ColumnGuess `json:"columns"`
	Missing []string      `json:"missing"` // what an import needs and no column gives: "load", "stops", "times"
	Usable  bool          `json:"usable"`  // nothing is missing
	Notes   []string      `json:"notes"`
}

// ColumnGuess is one column's part of a guess.
type ColumnGuess struct {
	Column
	Confidence float64  `json:"confidence"` // 0 to 1
	Why        string   `json:"why"`
	Samples    []string `json:"samples"`
}

// guesser works a guess out.
type guesser struct {
	book    *Book
	looks   []content
	names   []name
	columns []ColumnGuess
	rowPer  string
	kind    freight.FileKind
	foreign bool
	notes   []string
}

// GuessProfile proposes a profile from the names and the content of the columns. received settles dates that nothing in
// the file settles; it may be zero.
func GuessProfile(b *Book, received time.Time) (Guess, error) {
	g := &guesser{book: b, looks: b.looks(), columns: make([]ColumnGuess, len(b.Header)), names: make([]name, len(b.Header))}
	for i, header := range b.Header {
		g.names[i] = nameOf(header)
		g.foreign = g.foreign || g.names[i].foreign
		g.columns[i] = g.fromName(i)
	}
	g.chooseLoad()
	g.fromContent()
	g.adoptSides()
	g.settleTwins()
	g.chooseKind()
	g.joinTimes()
	g.timesByContent()
	g.units()
	guess := Guess{Profile: Profile{Name: strings.TrimSuffix(b.Name, extension(b.Name)), Kind: g.kind, RowPer: g.rowPer, Country: g.country(), Fingerprint: b.Fingerprint()}}
	if g.decimalComma() {
		guess.Profile.DecimalMark = ","
		g.notes = append(g.notes, "Decimals are written with a comma.")
	}
	if err := g.readDates(received); err != nil {
		return guess, err
	}
	g.findFill(&guess.Profile)
	if g.kind == freight.EventsFile {
		guess.Profile.Statuses = g.statuses()
	}
	guess.Profile.FromZero = g.fromZero()
	for _, c := range g.columns {
		guess.Profile.Columns = append(guess.Profile.Columns, c.Column)
	}
	guess.Columns, guess.Missing = g.columns, g.missing()
	guess.Usable = len(guess.Missing) == 0
	guess.Notes = append(append(slices.Clone(b.Notes), g.shapeNotes()...), g.notes...)
	guess.Notes = append(guess.Notes, g.leftNote()...)
	return guess, nil
}

func extension(name string) string {
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		return name[i:]
	}
	return ""
}

// units settles the unit of weights that the header does not name: kilograms where the words or places are not those of the United States.
func (g *guesser) units() {
	country := g.country()
	for i := range g.columns {
		c := &g.columns[i]
		if c.Field != FieldWeight || c.Unit != "" {
			continue
		}
		c.Unit = "LB"
		if g.foreign || country != "" && country != "US" && country != "CA" {
			c.Unit = "KG"
		}
		g.notes = append(g.notes, fmt.Sprintf("Column %s names no unit; it is read as %s.", c.Header, map[string]string{"LB": "pounds", "KG": "kilograms"}[c.Unit]))
	}
}

// country is the country in which most places are, "" when nothing tells.
func (g *guesser) country() string {
	votes := map[string]int{}
	for i := range g.columns {
		for v, n := range g.looks[i].distinct {
			switch g.names[i].field {
			case FieldCountry:
				votes[countryOf(v)] += 10 * n
			case FieldState:
				votes[states[strings.ToUpper(v)]] += n
			default:
				if p, ok := cutCityState(v); ok {
					votes[states[p.state]] += n
				}
			}
		}
	}
	delete(votes, "")
	return most(votes)
}

func (g *guesser) decimalComma() bool {
	commas, points := 0, 0
	for i := range g.looks {
		commas += g.looks[i].commas
		points += g.looks[i].points
	}
	return commas > 0 && commas >= points
}

// readDates settles the order of each date column, and the words that stand for no date.
func (g *guesser) readDates(received time.Time) error {
	var columns []int
	for i := range g.columns {
		if timeFields[g.columns[i].Field] && g.columns[i].Part != TimePart {
			columns = append(columns, i)
		}
	}
	decided, notes, err := g.book.decideOrders(columns, g.country(), g.foreign, received)
	if err != nil {
		return err
	}
	for column, d := range decided {
		g.columns[column].Order = d.order
	}
	g.notes = append(g.notes, notes...)
	for i := range g.columns {
		if g.columns[i].Midnight {
			g.notes = append(g.notes, fmt.Sprintf("Column %s says 00:00 in every row: it gives days, not times.", g.book.Header[i]))
		}
		g.columns[i].Words = g.idleWords(i)
	}
	return nil
}

// idleWords are the words without a figure that come back in a column of times or numbers: a code for "nothing", not a slip.
func (g *guesser) idleWords(i int) (words []string) {
	c := &g.columns[i]
	if !timeFields[c.Field] && c.Field != FieldWeight && c.Field != FieldPieces && c.Field != FieldPallets && c.Field != FieldValue && c.Field != FieldTemp {
		return nil
	}
	for v, n := range g.looks[i].distinct {
		if n >= 3 && !strings.ContainsAny(v, "0123456789") {
			words = append(words, strings.ToLower(v))
		}
	}
	slices.Sort(words)
	if len(words) > 0 {
		g.notes = append(g.notes, fmt.Sprintf("Column %s holds words where nothing is known (%s); they are kept as notes.", c.Header, strings.Join(words, ", ")))
	}
	return words
}

func (g *guesser) shapeNotes() []string {
	switch g.rowPer {
	case PerStop:
		return []string{"Each row is one stop."}
	case PerEvent:
		return []string{"Each row is one status or event."}
	}
	for _, c := range g.columns {
		if c.Stop == "1" && isPlaceField(c.Field) {
			return []string{"Each row is one load.", "Of the numbered stops the first is taken for the pickup and the last for the delivery."}
		}
	}
	return []string{"Each row is one load."}
}

// leftNote names the columns that mean nothing we know.
func (g *guesser) leftNote() []string {
	var left []string
	for _, c := range g.columns {
		if c.Field == "" && c.Header != "" {
			left = append(left, c.Header)
		}
	}
	if len(left) == 0 {
		return nil
	}
	return []string{strconv.Itoa(len(left)) + " columns are kept as notes: " + strings.Join(left, ", ") + "."}
}

// statuses proposes what the sheet's status words mean.
func (g *guesser) statuses() map[string]string {
	i := g.find(FieldEvent, "")
	if i < 0 {
		return nil
	}
	known := map[string]string{}
	for word := range g.looks[i].distinct {
		if meaning := statusMeaning(word); meaning != "" {
			known[strings.ToLower(word)] = meaning
		}
	}
	return known
}
