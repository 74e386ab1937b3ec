package sheet

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

const (
	readSize    = 256 << 10 // bytes asked of the file at once
	maxQuoted   = 256 << 10 // a quoted cell that runs on for longer was never closed
	maxLine     = 4 << 20   // a longer line is no row of a table
	maxColumns  = 2000
	sniffLength = 64 << 10
)

// row is one line of a table. Its cells share the memory of text.
type row struct {
	n      int   // the row's number in the file, 1 the first line
	offset int64 // of its bytes in the file; -1 when they cannot be pointed at
	length int
	text   string   // the words as received
	cells  []string // trimmed; valid until the next row
	fault  string   // why the row as such is damaged
}

// cell is the value in a column; a row may be shorter than its header.
func (r *row) cell(column int) string {
	if column < 0 || column >= len(r.cells) {
		return ""
	}
	return r.cells[column]
}

// table yields the rows of one sheet from its start, as often as it is asked.
type table interface {
	each(yield func(*row) bool) error
	done() int64 // bytes worked through so far, of the size the table was opened with; safe from any goroutine
}

// csvTable is a delimited text.
type csvTable struct {
	file      io.ReaderAt
	size      int64
	start     int64 // after a byte order mark
	utf16     bool
	delimiter byte
	eol       byte // '\n', or '\r' for the old Macintosh
	at        atomic.Int64
}

func (t *csvTable) done() int64 { return t.at.Load() }

// openCSV finds encoding, line ends and delimiter from the start of the file.
func openCSV(file io.ReaderAt, size int64) (*csvTable, error) {
	head := make([]byte, min(size, sniffLength))
	n, err := file.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("reading the start of the file: %w", err)
	}
	head = head[:n]
	t := &csvTable{file: file, size: size, eol: '\n'}
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		t.start = 3
		head = head[3:]
	case isUTF16(head):
		t.utf16 = true
		if head, err = readStart(t.reader()); err != nil {
			return nil, fmt.Errorf("reading the file as UTF-16: %w", err)
		}
	}
	if !bytes.ContainsRune(head, '\n') && bytes.ContainsRune(head, '\r') {
		t.eol = '\r'
	}
	t.delimiter = findDelimiter(head, t.eol)
	return t, nil
}

func readStart(r io.Reader) ([]byte, error) {
	head := make([]byte, sniffLength)
	n, err := io.ReadFull(r, head)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return head[:n], err
}

// isUTF16 knows it by its mark, or by every other byte being zero.
func isUTF16(head []byte) bool {
	if len(head) < 4 {
		return false
	}
	if head[0] == 0xff && head[1] == 0xfe || head[0] == 0xfe && head[1] == 0xff {
		return true
	}
	even, odd := 0, 0
	for i := 0; i+1 < min(len(head), 200); i += 2 {
		if head[i] == 0 {
			even++
		}
		if head[i+1] == 0 {
			odd++
		}
	}
	pairs := min(len(head), 200) / 2
	return (odd > pairs*8/10 && even == 0) || (even > pairs*8/10 && odd == 0)
}

func (t *csvTable) reader() io.Reader {
	section := io.NewSectionReader(t.file, t.start, t.size-t.start)
	if !t.utf16 {
		return section
	}
	first := make([]byte, 2)
	_, _ = t.file.ReadAt(first, 0)
	order := unicode.LittleEndian
	if first[0] == 0xfe || first[0] == 0 {
		order = unicode.BigEndian
	}
	return unicode.UTF16(order, unicode.UseBOM).NewDecoder().Reader(section)
}

// each yields the rows in order. Blank lines are rows too: a person who counts in Excel counts them.
func (t *csvTable) each(yield func(*row) bool) error {
	lines := lineReader{r: t.reader(), eol: t.eol, delimiter: t.delimiter, offset: t.start}
	r := row{cells: make([]string, 0, 64)}
	for n := 1; ; n++ {
		line, offset, fault, err := lines.next()
		if err == io.EOF {
			t.at.Store(t.size)
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading row %d: %w", n, err)
		}
		t.at.Store(lines.offset)
		r.n, r.offset, r.length, r.fault = n, offset, len(line), fault
		if t.utf16 {
			r.offset = -1
		}
		r.text = decodeLine(line)
		r.cells = splitCells(r.cells[:0], r.text, t.delimiter)
		if !yield(&r) {
			return nil
		}
	}
}

// decodeLine reads a line as UTF-8, or as Windows-1252 when it is not: each line for itself, since a file may hold one
// foreign name a hundred megabytes in.
func decodeLine(line []byte) string {
	if utf8.Valid(line) {
		return string(line)
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(line)
	if err != nil {
		return string(bytes.ToValidUTF8(line, []byte("\uFFFD")))
	}
	return string(text)
}

// findDelimiter tries the four common ones on the first lines and takes the one that cuts most lines into the same
// number of cells. A first line "sep=;" says it outright.
func findDelimiter(head []byte, eol byte) byte {
	if line, _, _ := bytes.Cut(head, []byte{eol}); len(line) >= 5 && strings.EqualFold(string(line[:4]), "sep=") {
		return line[4]
	}
	best, bestScore := byte(','), 0
	for _, delimiter := range []byte{',', ';', '\t', '|'} {
		if score := delimiterScore(head, eol, delimiter); score > bestScore {
			best, bestScore = delimiter, score
		}
	}
	return best
}

func delimiterScore(head []byte, eol, delimiter byte) int {
	lines := lineReader{r: bytes.NewReader(head), eol: eol, delimiter: delimiter}
	counts := map[int]int{}
	var cells []string
	for range 60 {
		line, _, _, err := lines.next()
		if err != nil {
			break
		}
		cells = splitCells(cells[:0], decodeLine(line), delimiter)
		counts[len(cells)]++
	}
	score := 0
	for width, lines := range counts {
		score = max(score, (width-1)*lines)
	}
	return score
}
