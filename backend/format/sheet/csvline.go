package sheet

import (
	"bytes"
	"io"
	"strings"
)

// lineReader cuts a stream into records: lines, or several lines where a quoted cell holds line ends.
type lineReader struct {
	r         io.Reader
	buf       []byte
	pos       int
	ended     bool
	eol       byte
	delimiter byte
	offset    int64 // of buf[pos] in the file
	unclosed  int   // quotation marks never closed so far; the more, the shorter the search for their end
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
			first = i // the buffer may move, so it is counted from pos
		}
		switch {
		case end-l.pos > maxLine:
			return end, "the line is longer than 4 MB, which no row of a table is", nil
		case !open:
			return end, "", nil
		case end >= len(l.buf) || end-l.pos > maxQuoted>>min(l.unclosed, 6):
			l.unclosed++
			return l.pos + first, "a quotation mark in this row is never closed; it was read as part of the text", nil
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
