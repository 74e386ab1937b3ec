package x12

import (
	"bytes"
	"fmt"
)

// wrappedText is a text without an interchange header, with one put around it.
type wrappedText struct {
	text    []byte
	before  int  // bytes put before it
	wrapped bool // it had no set around it either
}

// fragment puts a header before segments that have none, so that they can be explained: the separator of elements is what
// follows the first segment's name, the terminator the first of the usual ones that occurs, else the end of a line.
func fragment(b []byte) (w wrappedText, ok bool) {
	body := bytes.TrimLeft(b, " \t\r\n\xef\xbb\xbf")
	n := 0
	for n < len(body) && n < 4 && isLetterOrDigit(body[n]) {
		n++
	}
	if n < 2 || n > 3 || n == len(body) || !maySeparate(body[n]) || !isTag(string(bytes.ToUpper(body[:n]))) {
		return w, false
	}
	element, term := body[n], byte('\n')
	for _, c := range []byte("~'\x1c\x85") {
		if c != element && bytes.IndexByte(body, c) >= 0 {
			term = c
			break
		}
	}
	component := byte('>')
	if component == element {
		component = ':'
	}
	e := string(element)
	head := fmt.Sprintf("ISA%[1]s00%[1]s          %[1]s00%[1]s          %[1]sZZ%[1]s               %[1]sZZ%[1]s               %[1]s700101%[1]s0000%[1]sU%[1]s00401%[1]s000000000%[1]s0%[1]sP%[1]s%[2]c%[3]c", e, component, term)
	if !bytes.HasPrefix(body, []byte("GS"+e)) && !bytes.HasPrefix(body, []byte("ST"+e)) {
		w.wrapped = true
		head += fmt.Sprintf("ST%s%s%s0%c", e, guessSet(body, element), e, term)
	}
	w.before = len(head) - (len(b) - len(body))
	w.text = append([]byte(head), bytes.TrimRight(body, "\r\n \t")...)
	if w.text[len(w.text)-1] != term {
		w.text = append(w.text, term)
	}
	if w.wrapped {
		w.text = fmt.Appendf(w.text, "SE%s0%s0%c", e, e, term)
	}
	return w, true
}

// guessSet is the kind of set to which segments without one seem to belong.
func guessSet(body []byte, element byte) string {
	for _, sign := range []struct{ tag, set string }{
		{"B2", "204"}, {"S5", "204"}, {"B1", "990"}, {"B3", "210"}, {"BOL", "211"}, {"ATA", "212"}, {"B11", "213"}, {"BSN", "856"},
		{"HL", "856"}, {"BPR", "820"}, {"RMR", "820"}, {"AK1", "997"}, {"AK3", "997"}, {"IK3", "999"},
	} {
		mark := append([]byte(sign.tag), element)
		if bytes.HasPrefix(body, mark) || bytes.Contains(body, append([]byte{'\n'}, mark...)) || bytes.Contains(body, append([]byte{'~'}, mark...)) {
			return sign.set
		}
	}
	return "214"
}
