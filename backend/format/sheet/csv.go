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

// blank reports whether no cell holds anything.
func (r *row) blank() bool {
	for _, c := range r.cells {
		if c != "" {
			return false
		}
	}
	return true
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

// lineReader cuts a stream into records: lines, or several lines where a quoted cell holds line ends.
type lineReader struct {
	r         io.Reader
	buf       []byte
	pos       int
	ended     bool
	eol       byte
	delimiter byte
	offset    int64 // of buf[pos] in the file
}

func (l *lineReader) next() (line []byte, offset int64, fault string, err error) {
	end, fault, err := l.find()
	if err != nil {
		return nil, 0, "", err
	}
	line, offset = l.buf[l.pos:end], l.offset
	next := min(end+1, len(l.buf))
	l.offset += int64(next - l.pos)
	l.pos = next
	return bytes.TrimSuffix(line, []byte{'\r'}), offset, fault, nil
}

// find is the end of the record that begins at pos.
func (l *lineReader) find() (end int, fault string, err error) {
	open, scanned, first := false, 0, -1
	for {
		i := bytes.IndexByte(l.buf[l.pos+scanned:], l.eol)
		if i < 0 {
			if !l.ended && len(l.buf)-l.pos <= maxLine {
				if err := l.fill(); err != nil {
					return 0, "", err
				}
				continue
			}
			if l.pos == len(l.buf) {
				return 0, "", io.EOF
			}
			i = len(l.buf) - l.pos - scanned
		}
		end := l.pos + scanned + i
		open = quoteOpen(l.buf[l.pos+scanned:end], l.delimiter, open)
		if first < 0 {
			first = end
		}
		switch {
		case end-l.pos > maxLine:
			return end, "the line is longer than 4 MB, which no row of a table is", nil
		case !open:
			return end, "", nil
		case end >= len(l.buf) || end-l.pos > maxQuoted:
			return first, "a quotation mark in this row is never closed; it was read as part of the text", nil
		}
		scanned = end + 1 - l.pos
	}
}

func (l *lineReader) fill() error {
	kept := copy(l.buf, l.buf[l.pos:])
	l.buf, l.pos = l.buf[:kept], 0
	if cap(l.buf)-kept < readSize {
		grown := make([]byte, kept, max(cap(l.buf)*2, readSize*2))
		copy(grown, l.buf)
		l.buf = grown
	}
	n, err := l.r.Read(l.buf[kept : kept+readSize])
	l.buf = l.buf[:kept+n]
	if err == io.EOF {
		l.ended = true
		return nil
	}
	return err
}

// quoteOpen reports whether a quoted cell is still open at the end of the line. A quotation mark opens a cell only at
// its beginning: the inches in `12" pipe` are text.
func quoteOpen(line []byte, delimiter byte, open bool) bool {
	if bytes.IndexByte(line, '"') < 0 {
		return open
	}
	atStart := !open
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case open && c == '"':
			if i+1 < len(line) && line[i+1] == '"' {
				i++
				continue
			}
			open, atStart = false, false
		case open:
		case c == delimiter:
			atStart = true
		case c == '"' && atStart:
			open = true
		case c != ' ':
			atStart = false
		}
	}
	return open
}

// splitCells appends the trimmed cells of a line.
func splitCells(cells []string, text string, delimiter byte) []string {
	if strings.IndexByte(text, '"') < 0 {
		for len(cells) < maxColumns {
			i := strings.IndexByte(text, delimiter)
			if i < 0 {
				break
			}
			cells = append(cells, trimCell(text[:i]))
			text = text[i+1:]
		}
		return append(cells, trimCell(text))
	}
	for len(cells) < maxColumns {
		cell, rest, more := cutCell(text, delimiter)
		cells = append(cells, cell)
		if !more {
			return cells
		}
		text = rest
	}
	return append(cells, trimCell(text))
}

// cutCell takes the first cell off a line that holds quotation marks.
func cutCell(text string, delimiter byte) (cell, rest string, more bool) {
	start := strings.TrimLeft(text, " ")
	if start == "" || start[0] != '"' {
		return cutPlain(text, delimiter)
	}
	body, doubled := start[1:], false
	for i := 0; i < len(body); i++ {
		if body[i] != '"' {
			continue
		}
		if i+1 < len(body) && body[i+1] == '"' {
			doubled = true
			i++
			continue
		}
		cell := body[:i]
		if doubled {
			cell = strings.ReplaceAll(cell, `""`, `"`)
		}
		// What follows the closing mark up to the delimiter belongs to the cell: `"a" b` is said, so it is kept.
		tail, rest, more := cutPlain(body[i+1:], delimiter)
		if tail != "" {
			cell += " " + tail
		}
		return trimCell(cell), rest, more
	}
	return cutPlain(text, delimiter)
}

func cutPlain(text string, delimiter byte) (cell, rest string, more bool) {
	i := strings.IndexByte(text, delimiter)
	if i < 0 {
		return trimCell(text), "", false
	}
	return trimCell(text[:i]), text[i+1:], true
}

// trimCell takes blanks off both ends, hard spaces included, and the mark of Excel's ="0012" form.
func trimCell(s string) string {
	if s == "" {
		return s
	}
	if first, last := s[0], s[len(s)-1]; first > ' ' && first < 0x80 && last > ' ' && last < 0x80 && first != '=' {
		return s
	}
	s = strings.TrimFunc(s, func(r rune) bool {
		return r <= ' ' || r == '\u00a0' || r == '\u200b' || r == '\ufeff' || r == '\u202f' || r == '\u2009'
	})
	if len(s) > 3 && strings.HasPrefix(s, `="`) && strings.HasSuffix(s, `"`) {
		return s[2 : len(s)-1]
	}
	return s
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
