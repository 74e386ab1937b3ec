package fields

import (
	"regexp"
	"strings"

	"tracedesk/backend/documents/paper"
)

// wrapped adds the next row to an address in running text that goes to the end of its row without a post code.
func (f *finder) wrapped(lines [][]token) [][]token {
	if len(lines) != 1 || len(lines[0]) == 0 || zipEnd.MatchString(textOf(lines[0])) {
		return lines
	}
	last := lines[0][len(lines[0])-1]
	row := f.sheet.rows[last.row]
	if last.box[2] < row.box[2]-0.001 || last.row+1 >= len(f.sheet.rows) {
		return lines
	}
	next := f.sheet.rows[last.row+1]
	if next.box[1]-row.box[3] > 1.2*f.sheet.height || !zipEnd.MatchString(textOf(next.cells()[0])) {
		return lines
	}
	return append(lines, next.cells()[0])
}

// realWord is a word of a street, a town or a name.
var realWord = regexp.MustCompile(`\pL{3,}`)

// address joins the lines of an address down to the one with the post code.
func (f *finder) address(lines [][]token, owner string) read {
	var parts []string
	var used []token
	done := false
	for _, line := range lines {
		line = dropSpecks(line)
		if len(line) == 0 {
			continue
		}
		text := strings.Trim(textOf(line), " ,.;:|_-")
		at := zipEnd.FindStringIndex(text)
		if at != nil {
			text = text[:at[1]]
		}
		if text == "" {
			continue
		}
		parts = append(parts, text)
		used = append(used, line...)
		if at != nil {
			done = true
			break
		}
		if len(parts) == 4 {
			break
		}
	}
	if len(parts) == 0 {
		return read{}
	}
	value := tidyAddress(strings.Join(parts, ", "))
	r := read{value: value, text: value, box: boxOf(used), sure: leastSureOf(used), quality: 0.85}
	if len(realWord.FindAllString(value, 2)) < 2 {
		return read{} // a number that stands there
	}
	if !done {
		r.quality = 0.4
	}
	if !done && owner != "" {
		if whole := f.known.beginsLike(owner, value); whole != "" {
			r.value, r.quality = whole, 0.85
			return r
		}
	}
	for _, p := range f.known.people[paper.Shipper] {
		if p.addr == "" || owner != "" && p.name != owner {
			continue
		}
		if sameAddress(value, p.addr, owner != "") {
			r.value, r.quality, r.sure = p.addr, 1, max(r.sure, 0.8)
			return r
		}
	}
	return r
}

// beginsLike is the only address of a known party that begins as an address was read: the rest is in another row.
func (k *Known) beginsLike(owner, value string) string {
	found := ""
	a := fold(squash(value))
	for _, p := range k.people[paper.Shipper] {
		b := fold(squash(p.addr))
		if p.name != owner || p.addr == "" || len(a)*2 < len(b) || !strings.HasPrefix(b, a) {
			continue
		}
		if found != "" && found != p.addr {
			return ""
		}
		found = p.addr
	}
	return found
}

var spaces = regexp.MustCompile(`\s+`)

// houseQuarter is a house number that the point of the compass behind it ran into: "7731W Orchard St".
var houseQuarter = regexp.MustCompile(`^(\d+)([NSEW]) (\pL{2})`)

func tidyAddress(s string) string {
	s = houseQuarter.ReplaceAllString(spaces.ReplaceAllString(s, " "), "$1 $2 $3")
	s = strings.ReplaceAll(s, " ,", ",")
	for strings.Contains(s, ",,") || strings.Contains(s, ", ,") {
		s = strings.ReplaceAll(strings.ReplaceAll(s, ", ,", ","), ",,", ",")
	}
	return s
}

// sameAddress compares an address as read with a known one. Its owner being known allows for more letters misread.
func sameAddress(read, known string, owned bool) bool {
	a, b := fold(squash(read)), fold(squash(known))
	if a == b {
		return true
	}
	most := len(b) / 10
	if owned {
		most = len(b) / 5
	}
	if a == "" || b == "" || distance(a, b, most) > most {
		return false
	}
	return owned || a[0] == b[0]
}

// at is the known party at an address.
func (k *Known) at(addr string) (party, bool) {
	for _, p := range k.people[paper.Shipper] {
		if p.addr != "" && sameAddress(addr, p.addr, false) {
			return p, true
		}
	}
	return party{}, false
}
