package inbox

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"time"
)

// mostSearches is how many callbacks of a file may have no end before their ends are no longer looked for beyond a line.
const mostSearches = 50

// piece is one callback of a file of recorded ones.
type piece struct {
	line  int // on which it begins, from 1
	end   int // where its text ends
	at    time.Time
	query string // of a recorded line; "" where body is the callback
	body  []byte
	open  bool // it is the last one and may not be written to its end
}

// pieces cuts recorded callbacks apart: one a line (a query, with or without the address before it), and XML elements and JSON
// values, which may take several lines. Each may begin with the instant at which it was received and a blank.
func pieces(data []byte) (out []piece) {
	line, at, searches := 1, 0, mostSearches
	forward := func(n int) {
		line += bytes.Count(data[at:at+n], []byte{'\n'})
		at += n
	}
	if bytes.HasPrefix(data, []byte("\xef\xbb\xbf")) {
		at = 3
	}
	for {
		rest := data[at:]
		forward(len(rest) - len(bytes.TrimLeft(rest, " \t\r\n")))
		if rest = data[at:]; len(rest) == 0 {
			return out
		}
		p := piece{line: line}
		var used int
		p.at, used = stamp(rest)
		forward(used)
		used, p.open = extent(data[at:], &searches)
		text := bytes.TrimRight(data[at:at+used], " \t\r\n")
		p.end = at + len(text)
		if len(text) > 0 && (text[0] == '<' || text[0] == '{' || text[0] == '[') {
			p.body = bytes.Clone(text)
		} else {
			p.query = queryOf(string(text))
		}
		forward(used)
		out = append(out, p)
	}
}

// stamp reads the instant of receipt at the beginning, and how many bytes it takes with the blanks behind it.
func stamp(b []byte) (time.Time, int) {
	word, rest, ok := bytes.Cut(b, []byte{' '})
	at, err := time.Parse(time.RFC3339Nano, string(word))
	if !ok || err != nil {
		return time.Time{}, 0
	}
	return at.UTC(), len(b) - len(bytes.TrimLeft(rest, " \t"))
}

// extent is how many bytes a callback takes; open says that it is not known to be whole. One that breaks is a line of its own,
// so that the next one is found again; after many that never end, ends are looked for on their own line only.
func extent(b []byte, searches *int) (used int, open bool) {
	line, ended := len(b), false
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		line, ended = i+1, true
	}
	if len(b) == 0 || b[0] != '<' && b[0] != '{' && b[0] != '[' {
		return line, !ended
	}
	look := b[:min(len(b), MostBody)]
	if *searches == 0 {
		look = b[:line]
	}
	end, err := elementEnd(look)
	if b[0] != '<' {
		end, err = valueEnd(look)
	}
	switch {
	case err == nil:
		return end, false
	case errors.Is(err, io.ErrUnexpectedEOF):
		*searches = max(0, *searches-1)
		return line, len(look) == len(b)
	}
	return line, !ended
}

// elementEnd is where an XML element ends, with what stands before it (<?xml ...?>).
func elementEnd(b []byte) (int, error) {
	d := xml.NewDecoder(bytes.NewReader(b))
	for deep := 0; ; {
		token, err := d.RawToken()
		var syntax *xml.SyntaxError
		if errors.Is(err, io.EOF) || errors.As(err, &syntax) && strings.Contains(syntax.Msg, "EOF") {
			return 0, io.ErrUnexpectedEOF
		}
		if err != nil {
			return 0, err
		}
		switch token.(type) {
		case xml.StartElement:
			deep++
		case xml.EndElement:
			if deep--; deep <= 0 {
				return int(d.InputOffset()), nil
			}
		}
	}
}

func valueEnd(b []byte) (int, error) {
	d := json.NewDecoder(bytes.NewReader(b))
	var value json.RawMessage
	err := d.Decode(&value)
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return int(d.InputOffset()), err
}

// queryOf is the part of a recorded line that holds the values: behind the question mark of an address, before the protocol of
// a request line.
func queryOf(line string) string {
	before, after, found := strings.Cut(line, "?")
	if !found || strings.Contains(before, "=") {
		return line
	}
	after, _, _ = strings.Cut(after, " HTTP/")
	return after
}
