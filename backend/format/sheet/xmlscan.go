package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

const maxTag = 1 << 20 // a longer tag or text is no part of a worksheet

// xmlScanner walks over the tags of a worksheet. It knows as much XML as spreadsheets write (tags, attributes, entities,
// CDATA, comments, any name prefix) and is an order of magnitude faster than a full parser, which matters at a million cells.
type xmlScanner struct {
	r    *bufio.Reader
	tag  []byte
	text []byte // what stood between the previous tag and this one, still escaped
}

// xmlTag is a tag: <c r="A1">, </c> or <c/> (which both opens and closes).
type xmlTag struct {
	name          []byte // without a prefix
	attrs         []byte
	opens, closes bool
}

func (t xmlTag) is(name string) bool { return string(t.name) == name }

// depth is +1 for an opening tag, -1 for a closing one.
func (t xmlTag) depth() int {
	switch {
	case t.opens && t.closes:
		return 0
	case t.opens:
		return 1
	}
	return -1
}

func newXMLScanner(r io.Reader) *xmlScanner { return &xmlScanner{r: bufio.NewReaderSize(r, 64<<10)} }

// next is the next tag; its bytes are valid until the following call.
func (x *xmlScanner) next() (xmlTag, error) {
	x.text = x.text[:0]
	for {
		var err error
		if x.text, err = x.until(x.text, '<'); err != nil {
			return xmlTag{}, err
		}
		if x.tag, err = x.until(x.tag[:0], '>'); err != nil {
			return xmlTag{}, err
		}
		switch {
		case len(x.tag) == 0:
			continue
		case bytes.HasPrefix(x.tag, []byte("![CDATA[")):
			if err := x.finish("]]"); err != nil {
				return xmlTag{}, err
			}
			x.text = appendEscaped(x.text, x.tag[8:len(x.tag)-2])
		case bytes.HasPrefix(x.tag, []byte("!--")):
			if err := x.finish("--"); err != nil {
				return xmlTag{}, err
			}
		case x.tag[0] == '?' || x.tag[0] == '!':
		default:
			return cutTag(x.tag), nil
		}
	}
}

// until appends what stands before the sign.
func (x *xmlScanner) until(b []byte, sign byte) ([]byte, error) {
	for {
		part, err := x.r.ReadSlice(sign)
		b = append(b, part...)
		switch {
		case err == nil:
			return b[:len(b)-1], nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return b, err
		case len(b) > maxTag:
			return b, errors.New("the worksheet holds a text of more than 1 MB: it is damaged")
		}
	}
}

// finish reads on until the tag ends with the sign.
func (x *xmlScanner) finish(end string) error {
	for !bytes.HasSuffix(x.tag, []byte(end)) {
		var err error
		x.tag = append(x.tag, '>')
		if x.tag, err = x.until(x.tag, '>'); err != nil {
			return err
		}
		if len(x.tag) > maxTag {
			return errors.New("the worksheet holds a text of more than 1 MB: it is damaged")
		}
	}
	return nil
}

func cutTag(b []byte) xmlTag {
	t := xmlTag{opens: true}
	if b[0] == '/' {
		t.opens, t.closes, b = false, true, b[1:]
	} else if b[len(b)-1] == '/' {
		t.closes, b = true, b[:len(b)-1]
	}
	end := bytes.IndexAny(b, " \t\r\n")
	if end < 0 {
		end = len(b)
	}
	t.name, t.attrs = b[:end], b[end:]
	if i := bytes.IndexByte(t.name, ':'); i >= 0 {
		t.name = t.name[i+1:]
	}
	return t
}

// attr is the value of an attribute, still escaped; nil when the tag has none of that name.
func (t xmlTag) attr(name string) []byte {
	b := t.attrs
	for {
		b = bytes.TrimLeft(b, " \t\r\n")
		eq := bytes.IndexByte(b, '=')
		if eq < 0 {
			return nil
		}
		key := bytes.TrimRight(b[:eq], " \t\r\n")
		b = bytes.TrimLeft(b[eq+1:], " \t\r\n")
		if len(b) == 0 || b[0] != '"' && b[0] != '\'' {
			return nil
		}
		end := bytes.IndexByte(b[1:], b[0])
		if end < 0 {
			return nil
		}
		if string(key) == name {
			return b[1 : end+1]
		}
		b = b[end+2:]
	}
}

func appendEscaped(b, plain []byte) []byte {
	for _, c := range plain {
		switch c {
		case '&':
			b = append(b, "&amp;"...)
		case '<':
			b = append(b, "&lt;"...)
		default:
			b = append(b, c)
		}
	}
	return b
}

// appendUnescaped appends text with its entities, and Excel's own _x000D_ form, resolved.
func appendUnescaped(b, text []byte) []byte {
	for i := 0; i < len(text); {
		switch text[i] {
		case '&':
			if end := bytes.IndexByte(text[i:], ';'); end > 0 && end < 12 {
				if r, ok := entity(string(text[i+1 : i+end])); ok {
					b = utf8.AppendRune(b, r)
					i += end + 1
					continue
				}
			}
		case '_':
			if i+7 <= len(text) && text[i+1] == 'x' && text[i+6] == '_' {
				if n, err := strconv.ParseUint(string(text[i+2:i+6]), 16, 32); err == nil {
					b = utf8.AppendRune(b, rune(n))
					i += 7
					continue
				}
			}
		}
		b = append(b, text[i])
		i++
	}
	return b
}

func entity(name string) (rune, bool) {
	switch name {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	base, digits := 10, name[1:]
	if digits[0] == 'x' || digits[0] == 'X' {
		base, digits = 16, digits[1:]
	}
	n, err := strconv.ParseUint(digits, base, 32)
	return rune(n), err == nil && n <= utf8.MaxRune
}
