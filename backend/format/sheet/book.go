package sheet

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"tracedesk/backend/freight"
)

const (
	sampleRows  = 400 // rows looked at before anything is decided
	headerDepth = 40  // the header is among the first so many rows
)

// Book is a file in which a table was found. It may be read any number of times, by one goroutine at a time.
type Book struct {
	Name      string   // of the file
	Sheet     string   // the worksheet's name; empty for CSV
	Sheets    []string // all worksheets of the workbook; nil for CSV
	Header    []string // the columns' names as written; a header of two lines is joined ("Pickup City")
	HeaderRow int      // the row's number in the file, 1 the first line
	Size      int64    // bytes of the file
	Notes     []string // what Open found worth saying, in plain words

	table     table
	rawHeader string
	keys      []string // header keys, to know a repeated header
	sample    []row    // the first data rows
	readNotes []string
}

// ReadNotes is what the last Read found worth saying, in plain words; complete when it has ended.
func (b *Book) ReadNotes() []string { return b.readNotes }

// Sniff reports whether a file is a table that Open reads, from its name and its first bytes (4 KB are plenty).
func Sniff(name string, head []byte) bool {
	if isZip(head) {
		return hasExt(name, ".xlsx", ".xlsm", ".xltx") || bytes.Contains(head, []byte("xl/")) || bytes.Contains(head, []byte("[Content_Types].xml")) && !hasExt(name, ".docx", ".pptx", ".zip")
	}
	if hasExt(name, ".csv", ".tsv") {
		return true
	}
	if len(head) == 0 || bytes.HasPrefix(head, []byte("%PDF")) || bytes.HasPrefix(head, []byte("ISA")) || bytes.HasPrefix(head, []byte("UN")) && bytes.Contains(head[:min(20, len(head))], []byte("+")) {
		return false
	}
	if isUTF16(head) {
		return true
	}
	if bytes.IndexByte(head, 0) >= 0 {
		return false
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \r\n\t")
	if len(text) == 0 || strings.IndexByte("{[<", text[0]) >= 0 {
		return false
	}
	eol := byte('\n')
	if bytes.IndexByte(text, '\n') < 0 {
		eol = '\r'
	}
	return delimiterScore(text, eol, findDelimiter(text, eol)) >= 2
}

func hasExt(name string, exts ...string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(exts, func(ext string) bool { return strings.HasSuffix(name, ext) })
}

func isZip(head []byte) bool { return bytes.HasPrefix(head, []byte("PK\x03\x04")) }

// Open finds the table in a file: its encoding and delimiter, or the worksheet with the best table, and the header line.
// The file must stay readable as long as the book is used; the caller closes it.
func Open(name string, r io.ReaderAt, size int64) (*Book, error) {
	head := make([]byte, min(size, 8))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	switch {
	case size == 0:
		return nil, fmt.Errorf("%s is empty", name)
	case isZip(head):
		return openWorkbook(name, r, size)
	case bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")):
		return nil, fmt.Errorf("%s is an old .xls workbook or one with a password: save it as .xlsx without a password, or as CSV, and import that", name)
	}
	t, err := openCSV(r, size)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	b := &Book{Name: name, Size: size, table: t}
	if err := b.findHeader(); err != nil {
		return nil, err
	}
	return b, nil
}

// findHeader looks at the first rows, chooses the header and keeps a sample of the rows below it.
func (b *Book) findHeader() error {
	var first []row
	err := b.table.each(func(r *row) bool {
		kept := *r
		kept.cells = slices.Clone(r.cells)
		first = append(first, kept)
		return len(first) < sampleRows
	})
	if err != nil {
		return fmt.Errorf("%s: %w", b.Name, err)
	}
	at := chooseHeader(first)
	if at < 0 {
		return noHeader(b.Name, first)
	}
	b.setHeader(first, at)
	if first[at].n > 1 {
		b.Notes = append(b.Notes, fmt.Sprintf("The header is row %d; the lines above it were left out.", first[at].n))
	}
	for i := at + 1; i < len(first); i++ {
		if b.skip(&first[i]) == dataRow {
			b.sample = append(b.sample, first[i])
		}
	}
	return nil
}

// Empty reports whether nothing but a header stands in the sheet.
func (b *Book) Empty() bool { return len(b.sample) == 0 }

// HeadlessError says that a file is a table, but that no row of it names the columns.
type HeadlessError struct {
	Name  string
	First []string // the cells of its first row
}

func (e *HeadlessError) Error() string {
	return fmt.Sprintf("%s has no header: none of its first rows names the columns", e.Name)
}

// noHeader tells a table without a header, whose rows all have as many cells, from something that is no table.
func noHeader(name string, first []row) error {
	for i := range first {
		if len(first[i].cells) < 3 || len(first[i].cells) != len(first[0].cells) {
			return fmt.Errorf("%s holds no table: none of its first %d rows looks like a header", name, min(len(first), headerDepth))
		}
	}
	if len(first) == 0 {
		return fmt.Errorf("%s holds no table", name)
	}
	return &HeadlessError{Name: name, First: first[0].cells}
}

func (b *Book) setHeader(first []row, at int) {
	b.HeaderRow, b.rawHeader = first[at].n, first[at].text
	b.Header = slices.Clone(first[at].cells)
	for len(b.Header) > 1 && b.Header[len(b.Header)-1] == "" {
		b.Header = b.Header[:len(b.Header)-1]
	}
	b.keys = make([]string, len(b.Header))
	for i, h := range b.Header {
		b.keys[i] = headerKey(h)
	}
	if at > 0 && hasTwins(b.keys) {
		b.Header = joinGroups(first[at-1].cells, b.Header)
	}
}

func hasTwins(keys []string) bool {
	seen := map[string]bool{}
	for _, key := range keys {
		if key != "" && seen[key] {
			return true
		}
		seen[key] = true
	}
	return false
}

// joinGroups puts the group names of the line above (each at the first column of its group) before the names below:
// "Pickup" over "City", "State" makes "Pickup City", "Pickup State".
func joinGroups(groups, header []string) []string {
	if count(groups) < 2 {
		return header
	}
	joined, group := slices.Clone(header), ""
	for i, name := range header {
		if i < len(groups) && groups[i] != "" {
			group = groups[i]
		}
		if group != "" && name != "" && group != name {
			joined[i] = group + " " + name
		}
	}
	return joined
}

func count(cells []string) (filled int) {
	for _, c := range cells {
		if c != "" {
			filled++
		}
	}
	return filled
}

// Kind is the own sheet that the header belongs to, else freight.UnknownFile: a sheet that needs a profile.
func (b *Book) Kind() freight.FileKind {
	if sheet, ok := ownSheetOf(b.Header); ok {
		return sheet.kind
	}
	return freight.UnknownFile
}

// Done is how many bytes of Size have been worked through by the reading under way. Safe from any goroutine.
func (b *Book) Done() int64 { return b.table.done() }

// HeaderText is the header as CSV, so that a row in quarantine (its raw bytes are CSV too) can be fixed and read again as a
// file of two lines.
func (b *Book) HeaderText() string {
	if t, ok := b.table.(*csvTable); ok {
		return joinCSV(b.Header, t.delimiter)
	}
	return joinCSV(b.Header, ',')
}

// joinCSV writes cells as one line of CSV, quoted where they must be.
func joinCSV(cells []string, delimiter byte) string {
	var out strings.Builder
	for i, cell := range cells {
		if i > 0 {
			out.WriteByte(delimiter)
		}
		if strings.IndexByte(cell, delimiter) < 0 && !strings.ContainsAny(cell, "\"\r\n") {
			out.WriteString(cell)
			continue
		}
		out.WriteByte('"')
		out.WriteString(strings.ReplaceAll(cell, `"`, `""`))
		out.WriteByte('"')
	}
	return out.String()
}

// What a row below the header is.
type rowSort uint8

const (
	dataRow rowSort = iota
	blankRow
	headerAgain
	totalsRow
	remarkRow
)

// skip tells data from what stands between it.
func (b *Book) skip(r *row) rowSort {
	filled, first := 0, ""
	for _, c := range r.cells {
		if c == "" {
			continue
		}
		if filled == 0 {
			first = c
		}
		filled++
	}
	switch {
	case filled == 0:
		return blankRow
	case b.repeatsHeader(r, filled):
		return headerAgain
	case isTotal(first, filled, len(b.Header)):
		return totalsRow
	case filled == 1 && len(b.Header) >= 4 && isRemark(first):
		return remarkRow
	}
	return dataRow
}

func (b *Book) repeatsHeader(r *row, filled int) bool {
	if filled < 2 || len(r.cells) < len(b.keys) {
		return false
	}
	same := 0
	for i, key := range b.keys {
		if r.cells[i] == "" {
			continue
		}
		// A cell that begins with a figure is data far more often than a header; look closely only at words.
		if c := r.cells[i][0]; c >= '0' && c <= '9' || headerKey(r.cells[i]) != key {
			return false
		}
		same++
	}
	return same >= 2 && same == filled
}

var totalWords = []string{"total", "grand total", "sub total", "sub-total", "subtotal", "totals", "sum", "suma", "summe", "gesamt", "gesamtsumme", "zwischensumme",
	"total general", "total général", "sous-total", "count", "average", "record count", "records", "number of records", "row count", "loads", "total loads", "total records"}

// isTotal knows a line of totals by its first word: alone, or before a figure, or at the head of a line that is mostly empty.
func isTotal(first string, filled, columns int) bool {
	if c := first[0]; c >= '0' && c <= '9' {
		return strings.HasSuffix(strings.ToLower(first), " rows selected") || filled == 1 && strings.HasSuffix(strings.ToLower(first), " records")
	}
	low := strings.TrimRight(strings.ToLower(first), " :=")
	rest := strings.TrimRight(low, "0123456789.,:= #()")
	if rest == "" {
		return false
	}
	if slices.Contains(totalWords, rest) {
		return true
	}
	sparse := filled*3 <= columns
	return sparse && (strings.HasPrefix(low, "total ") || strings.HasPrefix(low, "grand total") || strings.HasPrefix(low, "subtotal ") || strings.HasSuffix(low, " total"))
}

// isRemark tells a lone sentence between the rows ("Customer: ACME", "End of report") from a lone load number.
func isRemark(s string) bool {
	return strings.ContainsRune(s, ' ') || strings.ContainsRune(s, ':') || !strings.ContainsAny(s, "0123456789")
}

// eachData yields the rows below the header that hold data, and afterwards keeps what was left out as notes.
func (b *Book) eachData(skipped *tally, yield func(*row) bool) error {
	return b.table.each(func(r *row) bool {
		if r.n <= b.HeaderRow {
			return true
		}
		switch sort := b.skip(r); sort {
		case dataRow:
			return yield(r)
		default:
			skipped.add(sort, r)
			return true
		}
	})
}

// tally counts the rows that are no data.
type tally struct {
	counts  [5]int
	firstAt [5]int
}

func (t *tally) add(sort rowSort, r *row) {
	if t.counts[sort] == 0 {
		t.firstAt[sort] = r.n
	}
	t.counts[sort]++
}

func (t *tally) notes() (notes []string) {
	names := [...]string{blankRow: "blank", headerAgain: "a repetition of the header", totalsRow: "totals", remarkRow: "remarks between the data"}
	for sort := blankRow; sort <= remarkRow; sort++ {
		switch n := t.counts[sort]; {
		case n == 1:
			notes = append(notes, fmt.Sprintf("Row %d was left out: %s.", t.firstAt[sort], names[sort]))
		case n > 1:
			notes = append(notes, fmt.Sprintf("%d rows were left out: %s (the first is row %d).", n, names[sort], t.firstAt[sort]))
		}
	}
	return notes
}

// chooseHeader is the index of the row that most looks like a header, -1 when none does.
func chooseHeader(rows []row) int {
	width := commonWidth(rows)
	best, bestScore := -1, 0
	for i := range rows[:min(len(rows), headerDepth)] {
		if score := headerScore(rows[i].cells, width); score > bestScore {
			best, bestScore = i, score
		}
	}
	return best
}

// commonWidth is the number of filled cells that most rows reach.
func commonWidth(rows []row) int {
	widths := make([]int, 0, len(rows))
	for i := range rows {
		if n := count(rows[i].cells); n > 0 {
			widths = append(widths, n)
		}
	}
	if len(widths) == 0 {
		return 0
	}
	slices.Sort(widths)
	return widths[len(widths)/2]
}

// headerScore is high for a full row of distinct words that name columns, low for data and titles.
func headerScore(cells []string, width int) int {
	if _, own := ownSheetOf(cells); own {
		return 10000
	}
	filled := count(cells)
	if filled == 0 || filled*2 < width {
		return 0
	}
	score, seen := 0, map[string]bool{}
	for _, c := range cells {
		key := headerKey(c)
		switch {
		case c == "":
		case c[0] >= '0' && c[0] <= '9' || len(c) > 60 || key == "":
			score -= 4
		case seen[key]:
			score--
		case knownColumn(c):
			score += 6
		default:
			score += 2
		}
		seen[key] = true
	}
	return score
}
