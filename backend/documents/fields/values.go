package fields

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"tracedesk/backend/documents/paper"
)

// read is a value found in some tokens.
type read struct {
	value, text string
	either      string // the other way to read a date
	box         paper.Box
	sure        float64 // of the OCR: that of its least sure word
	quality     float64 // how well it fits the form of such a value
	unit        string
}

// squash is a reference as it is compared: capital letters and digits.
func squash(s string) string {
	var b strings.Builder
	for _, r := range strings.ToUpper(s) {
		if r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// spell is tokens as one text, with where each begins.
func spell(tokens []token) (text string, starts []int) {
	var b strings.Builder
	for i, t := range tokens {
		if i > 0 && t.box[0]-tokens[i-1].box[2] > 0.0005 {
			b.WriteByte(' ')
		}
		starts = append(starts, b.Len())
		b.WriteString(t.text)
	}
	return b.String(), starts
}

// within are the tokens that a stretch of the spelled text touches.
func within(tokens []token, starts []int, from, to int) []token {
	first, last := 0, len(tokens)
	for first+1 < len(tokens) && starts[first+1] <= from {
		first++
	}
	for last > first+1 && starts[last-1] >= to {
		last--
	}
	return tokens[first:last]
}

// stretch is the box of a stretch of the text, cut out of its words by their letters.
func stretch(tokens []token, starts []int, from, to int) paper.Box {
	part := within(tokens, starts, from, to)
	box := boxOf(part)
	first, at := part[0], starts[indexOf(tokens, part)]
	if n := len(first.text); n > 0 && from > at {
		box[0] += (first.box[2] - first.box[0]) * float64(min(from-at, n)) / float64(n)
	}
	last := part[len(part)-1]
	end := starts[indexOf(tokens, part)+len(part)-1] + len(last.text)
	if n := len(last.text); n > 0 && to < end {
		box[2] -= (last.box[2] - last.box[0]) * float64(min(end-to, n)) / float64(n)
	}
	return box
}

func indexOf(tokens, part []token) int {
	for i := range tokens {
		if &tokens[i] == &part[0] {
			return i
		}
	}
	return 0
}

func leastSureOf(tokens []token) float64 {
	least := 1.0
	for _, t := range tokens {
		if t.key != "" {
			least = min(least, t.sure)
		}
	}
	return least
}

// maxSkip is how many marks and specks may stand between a label and its value.
const maxSkip = 2

// readRef reads the reference at the beginning of tokens.
func (f *finder) readRef(field string, tokens []token) (read, bool) {
	for i := range min(len(tokens), maxSkip+1) {
		t := tokens[i]
		if numberWords[t.key] && !hasDigit(t.text) || t.key == "" {
			continue
		}
		for n := min(3, len(tokens)-i); n >= 1; n-- {
			part := tokens[i : i+n]
			if n > 1 && !f.joins(field, part) {
				continue
			}
			if f.telephone(field, textOf(part)) {
				return read{}, false // "dispatch 1-800-555-0134"
			}
			if r, ok := f.refOf(field, part); ok {
				return r, true
			}
		}
		if len(t.key) > 2 {
			break // a word: the label stands for itself
		}
	}
	return read{}, false
}

// phoneForm is a telephone number of North America: with the trunk's one, with the area in brackets, or toll-free.
var phoneForm = regexp.MustCompile(`^(?:1[-. ]\(?\d{3}\)?[-. ]?\d{3}[-. ]\d{4}|\(\d{3}\)[-. ]?\d{3}[-. ]\d{4}|8(?:00|33|44|55|66|77|88)[-. ]\d{3}[-. ]\d{4})$`)

// telephone tells whether a number behind a label is to be called. Numbers of carriers may look so.
func (f *finder) telephone(field, text string) bool {
	return field != paper.PRO && phoneForm.MatchString(strings.Trim(text, " .,;:|")) && !f.known.has(field, squash(text))
}

// joins tells whether words are pieces of one reference: known as such, of a known shape, or nearly touching.
func (f *finder) joins(field string, part []token) bool {
	joined := ""
	for i, t := range part {
		if t.known && i > 0 || len(t.text) > 20 {
			return false
		}
		if i > 0 && f.sheet.apart(part, i) {
			return false
		}
		joined += t.text
	}
	norm := squash(joined)
	if len(norm) < 5 {
		return false
	}
	if f.known.has(field, norm) {
		return true
	}
	for i := 1; i < len(part); i++ {
		a, b := part[i-1].text, part[i].text
		close := (part[i].box[0]-part[i-1].box[2])*f.sheet.aspect < 0.6*f.sheet.height
		dash := strings.HasSuffix(a, "-") || strings.HasPrefix(b, "-")
		prefix := i == 1 && len(squash(a)) <= 4 && !hasDigit(a) && strings.ToUpper(a) == a
		if !dash && !(prefix && (close || f.known.prefix(field, squash(a)))) && !(close && hasDigit(a) && hasDigit(b) && f.known.shaped(field, norm)) {
			return false
		}
	}
	return true
}

func hasDigit(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }

var (
	refForm   = regexp.MustCompile(`^[A-Z0-9][A-Z0-9\-/._ ]*$`)
	moneyForm = regexp.MustCompile(`^\$|\d[.,]\d{2}$|^\d{1,3}(,\d{3})+$`)
	unitWord  = regexp.MustCompile(`(?i)^\d+(lbs?|kgs?|pcs|ctns?|plts?|cs|%|°?f)$`)
)

// zeroPO is a number with PO in front, the O taken for a nought.
var zeroPO = regexp.MustCompile(`^[Pp]0(-?\d{5,})$`)

// refOf reads tokens as one reference.
func (f *finder) refOf(field string, part []token) (read, bool) {
	text := strings.Trim(textOf(part), " .,:;'\"`~*()[]{}<>|_-=+#«»“”‘’")
	text = strings.NewReplacer("–", "-", "—", "-", "_", "-").Replace(text)
	norm := squash(text)
	short, long := 4, 22
	switch field {
	case paper.Trailer, paper.Receipt:
		short = 3
	case paper.Seal:
		short = 5
	}
	if len(norm) < short || len(norm) > long || !hasDigit(asLikelyDigits(norm)) {
		return read{}, false
	}
	if field == paper.PO {
		text = zeroPO.ReplaceAllString(text, "PO$1")
		norm = squash(text)
	}
	r := read{value: strings.ReplaceAll(text, " ", ""), text: text, box: boxOf(part), sure: leastSureOf(part), quality: 0.9}
	if fixed, ok := f.known.reshape(field, r.value); ok {
		r.value, r.quality = fixed, 1
		if as := squash(fixed); as != norm && !f.known.has(field, as) {
			r.quality = 0.9 // of the form of those that are known, and no more
		}
	} else if whole := f.known.bare(field, norm); whole != "" {
		r.value, r.quality = f.known.print(field, whole), 0.95
	} else if slipped := f.known.slip(field, norm); slipped != "" {
		r.value, r.quality = f.known.print(field, slipped), 0.8
	} else if !f.known.has(field, norm) {
		r.value = plainDigits(r.value)
		if f.known.shapes(field) > 2 {
			r.quality = 0.55 // of another form than all that are known
		}
		switch like := squash(r.value); {
		case f.known.ofOther(field, like):
			r.quality = 0.25
		case f.known.shapedLikeOther(field, like):
			r.quality = 0.5
		}
	}
	upper := strings.ToUpper(r.value)
	if digits(r.value) < 2 || !refForm.MatchString(upper) || moneyForm.MatchString(text) && r.quality < 1 || unitWord.MatchString(text) ||
		len(findDates(text, false)) > 0 && r.quality < 1 {
		return read{}, false
	}
	if r.quality < 1 && smallLetters(r.value) >= 2 {
		r.quality *= 0.5 // numbers are printed in capitals
	}
	if letters := len(norm) - digits(r.value); letters > 6 && letters > digits(r.value) {
		return read{}, false
	}
	return r, true
}

func smallLetters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			n++
		}
	}
	return n
}

func digits(s string) int {
	n := 0
	for _, r := range s {
		if r >= '0' && r <= '9' {
			n++
		}
	}
	return n
}

func asLikelyDigits(norm string) string { return asDigits.Replace(norm) }

// plainDigits turns letters that look like digits into digits where a reference is digits but for a few of them that stand
// between digits. A leading letter stays: it may be meant.
func plainDigits(s string) string {
	if n := digits(s); n < 4 || n*4 < len(squash(s))*3 {
		return s
	}
	runes := []rune(s)
	for i := 1; i < len(runes); i++ {
		before := runes[i-1] >= '0' && runes[i-1] <= '9'
		if d := asDigits.Replace(string(runes[i])); before && len(d) == 1 && d[0] >= '0' && d[0] <= '9' {
			runes[i] = rune(d[0])
		}
	}
	return string(runes)
}

var (
	countForm  = regexp.MustCompile(`^[(\[]?(\d{1,3}(?:[,.]\d{3})+|\d{1,6})[)\].,;:*]?$`)
	weightForm = regexp.MustCompile(`(?i)(\d{1,3}(?:\s?[,.]\s?\d{3})+|\d{2,6})(?:[.,]\d{1,2})?\s*(#|lbs?\b|[il1|]bs\b|pounds|libras|kgs?\b|kilos?|k\.g\.)?`)
	moneyValue = regexp.MustCompile(`(?:(?:US|MX)?\s?(\$|USD|MXN)\s?)?(\d{1,3}(?:,\d{3})+|\d{1,6})(?:[.](\d{2}))?\b`)
)

// readCount reads a number of things at the beginning of tokens.
func readCount(tokens []token) (read, bool) {
	for i := range min(len(tokens), maxSkip+1) {
		t := tokens[i]
		text := asCount(strings.TrimLeft(t.text, "#=-~.'|"))
		if m := countForm.FindStringSubmatch(text); m != nil && digits(t.text) > 0 {
			value := strings.NewReplacer(",", "", ".", "").Replace(m[1])
			value = strings.TrimLeft(value, "0")
			if value == "" || len(value) > 6 {
				return read{}, false
			}
			return read{value: value, text: t.text, box: t.box, sure: t.sure, quality: 0.9}, true
		}
		if len(t.key) > 1 && !numberWords[t.key] {
			break
		}
	}
	return read{}, false
}

// asCount reads letters as digits where most of a short word is digits.
func asCount(s string) string {
	if n := digits(s); n == 0 || n*2 < len(s) || strings.ContainsAny(s, "/-") {
		return s
	}
	return asDigits.Replace(s)
}

// readWeight reads a weight at the beginning of tokens. Kilograms are told by the unit.
func readWeight(tokens []token) (read, bool) {
	if len(tokens) == 0 {
		return read{}, false
	}
	for i := range tokens {
		if i > 3 {
			tokens = tokens[:i]
			break
		}
	}
	text, starts := spell(tokens)
	fixed := fixDigits(text)
	at := weightForm.FindStringSubmatchIndex(fixed)
	if at == nil || letters(fixed[:at[0]]) > 3 {
		return read{}, false
	}
	for at[4] < 0 && at[3] < len(fixed) && onlyDigits(rune(fixed[at[3]])) >= 0 && !strings.ContainsAny(fixed[at[2]:at[3]], ",.") {
		at[3]++ // the whole number
		at[1] = max(at[1], at[3])
	}
	at[3] = withoutUnit(fixed, at[2], at[3])
	value := strings.TrimLeft(strings.Map(onlyDigits, fixed[at[2]:at[3]]), "0")
	if len(value) < 2 || len(value) > 6 {
		return read{}, false
	}
	part := within(tokens, starts, at[2], at[3])
	r := read{value: value, text: strings.TrimSpace(text[at[0]:at[1]]), box: stretch(tokens, starts, at[2], at[1]), sure: leastSureOf(part), quality: 0.8}
	if strings.ContainsAny(fixed[at[2]:at[3]], ",.") || at[4] >= 0 {
		r.quality = 0.95
	}
	if at[3] < len(fixed) && onlyDigits(rune(fixed[at[3]])) >= 0 {
		r.quality = 0.4 // "23,8369": one figure too many was read, and which nobody knows
	}
	if len(value) < 3 && at[4] < 0 || len(value) < 4 && at[1] > at[3] && strings.ContainsAny(fixed[at[3]:at[3]+1], ",.") {
		r.quality = 0.4 // "40,81": one too few; "10" is "lb" in small print
	}
	if at[4] >= 0 && strings.HasPrefix(strings.ToLower(fixed[at[4]:at[5]]), "k") {
		r.unit = "kg"
	}
	return r, true
}

// withoutUnit is where a weight ends whose unit was read as figures: "8,524 LB" as 852418.
func withoutUnit(text string, from, to int) int {
	n, err := strconv.Atoi(text[from:to])
	if err != nil || n <= heaviest {
		return to
	}
	for _, unit := range []string{"185", "18"} { // lbs, lb
		if end := to - len(unit); strings.HasSuffix(text[from:to], unit) && end-from >= 4 && end-from <= 5 {
			return end
		}
	}
	return to
}

func onlyDigits(r rune) rune {
	if r >= '0' && r <= '9' {
		return r
	}
	return -1
}

func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// fixDigits reads letters between digits as digits, without changing the text's length.
func fixDigits(s string) string {
	b := []byte(s)
	isDigit := func(i int) bool { return i >= 0 && i < len(b) && b[i] >= '0' && b[i] <= '9' }
	for i := range b {
		d := asDigits.Replace(string(b[i]))
		if len(d) == 1 && d[0] >= '0' && d[0] <= '9' && isDigit(i-1) && (isDigit(i+1) || i+1 < len(b) && b[i+1] == ',') {
			b[i] = d[0]
		}
	}
	return string(b)
}

// readMoney reads an amount at the beginning of tokens.
func readMoney(tokens []token) (read, bool) {
	if len(tokens) > 4 {
		tokens = tokens[:4]
	}
	text, starts := spell(tokens)
	at := moneyValue.FindStringSubmatchIndex(text)
	if at == nil || letters(text[:at[0]]) > 3 {
		return read{}, false
	}
	whole, cents := strings.ReplaceAll(text[at[4]:at[5]], ",", ""), "00"
	if at[6] >= 0 {
		cents = text[at[6]:at[7]]
	} else if at[2] < 0 {
		return read{}, false
	}
	n, err := strconv.Atoi(whole)
	if err != nil || n == 0 && cents == "00" {
		return read{}, false
	}
	part := within(tokens, starts, at[4], at[1])
	return read{value: strconv.Itoa(n) + "." + cents, text: strings.TrimSpace(text[at[0]:at[1]]), box: boxOf(part), sure: leastSureOf(part), quality: 0.95}, true
}

// tornYear is a date whose year fell apart: "02/02/20 26".
var tornYear = regexp.MustCompile(`(\b\d{1,2}[/-]\d{1,2}[/-]20) (2\d\b)`)

func (f *finder) readDateAt(tokens []token) (read, bool) {
	text, starts := spell(tokens)
	text = tornYear.ReplaceAllString(text, "${1}${2} ")
	dates := findDates(text, f.dayFirst)
	if len(dates) == 0 {
		dates = findDates(handDate(text), f.dayFirst)
	}
	if len(dates) == 0 || letters(text[:dates[0].from]) > 12 {
		return read{}, false
	}
	d := dates[0]
	part := within(tokens, starts, d.from, d.to)
	if year := f.year(); year != "" && leastSureOf(part) < 0.8 && d.iso[:4] != year {
		d.iso, d.either = year+d.iso[4:], "" // a year that no other date here has is a misread one
	}
	return read{value: d.iso, either: d.either, text: text[d.from:d.to], box: stretch(tokens, starts, d.from, d.to), sure: leastSureOf(part), quality: 0.95}, true
}

// year is the year of all dates in print that were read surely, and of the loads, "" where they differ or there are none.
func (f *finder) year() string {
	if f.years == nil {
		f.years = []string{}
		see := func(iso string) {
			if len(iso) == 10 && !slices.Contains(f.years, iso[:4]) {
				f.years = append(f.years, iso[:4])
			}
		}
		for _, r := range f.sheet.rows {
			for _, cell := range r.cells() {
				text, starts := spell(cell)
				for _, d := range findDates(text, f.dayFirst) {
					part := within(cell, starts, d.from, d.to)
					if box := boxOf(part); leastSureOf(part) >= 0.85 && box[3]-box[1] < tallWriting*f.sheet.height {
						see(d.iso)
					}
				}
			}
		}
		for _, l := range f.known.loads {
			see(l.Values[paper.PickupDate])
			see(l.Values[paper.DeliveryDate])
		}
	}
	if len(f.years) == 1 {
		return f.years[0]
	}
	return ""
}

// handDate reads a date whose marks and digits were taken for letters, without changing the text's length.
func handDate(text string) string {
	words := strings.Split(text, " ")
	for i, w := range words {
		if digits(w)*2 < len(w) || strings.Count(w, "/")+strings.Count(w, "-")+strings.Count(w, "\\") == 0 || len(w) < 5 {
			continue
		}
		if fixed := strings.ReplaceAll(asDigits.Replace(w), "\\", "1"); len(fixed) == len(w) {
			words[i] = fixed
		}
	}
	return strings.Join(words, " ")
}

// fallenApart is a time of day written in digits that stand too wide: "1 358".
var fallenApart = regexp.MustCompile(`(?:^|[^\d:.,/$-])(\d{1,3} \d{1,3}|\d \d{1,2} \d{1,2})(?:$|[^\d:.,/-])`)

func readTimes(tokens []token) []read {
	text, starts := spell(tokens)
	if strings.Count(text, "/") == 1 {
		text = strings.Replace(text, "/", " ", 1) // parts two times
	}
	for _, d := range findDates(text, false) {
		text = text[:d.from] + strings.Repeat(" ", d.to-d.from) + text[d.to:] // what is a day is no time
	}
	times := findTimes(text, true)
	if len(times) == 0 {
		if at := fallenApart.FindStringSubmatchIndex(text); at != nil {
			if joined := findTimes(strings.ReplaceAll(text[at[2]:at[3]], " ", "")+text[at[3]:], true); len(joined) > 0 {
				times = []timed{{joined[0].clock, at[2], at[3]}}
			}
		}
	}
	var out []read
	for _, t := range times {
		part := within(tokens, starts, t.from, t.to)
		out = append(out, read{value: t.clock, text: text[t.from:t.to], box: stretch(tokens, starts, t.from, t.to), sure: leastSureOf(part), quality: 0.9})
	}
	return out
}
