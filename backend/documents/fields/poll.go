package fields

import (
	"cmp"
	"fmt"
	"image"
	"regexp"
	"slices"
	"strings"

	"tracedesk/backend/documents/paper"
)

// A few figures by hand are misread alike, and surely: the flag of a one that leans makes it a seven. So they are read in many
// ways, set upright by more and less, set apart and in several sizes, and the readings vote. What the load has is one value among
// the others: it is taken where it is the likeliest, and never stands in for another that more readings say.

// polled are the fields whose few figures are polled where they are written by hand.
var polled = []string{paper.Pieces, paper.In, paper.Out}

// penTalls are how tall writing is drawn for a reading, in pixels: scrawl comes out otherwise in each. smallPen does well where
// nothing is leant.
var penTalls = []float64{28, 36, 48}

const (
	smallPen    = 20.0
	leastLean   = 0.12  // of the height: leaning less makes no difference
	mostPolled  = 96    // readings of a page
	asPrinted   = 0.955 // how sure the page's reading of print is
	plainlySaid = 0.85  // how sure the first readings are that need no more
	faintVote   = 0.3   // of a reading that is not sure: the engine says nought where it had to look for figures alone
)

// Of the readings that could be what is written: how many, and which part of their weight, have to say a value.
const (
	fewestSay     = 3
	mostSay       = 0.35 // that it is what the load has: it has to be the likeliest
	clearlySay    = 0.8
	manySay       = 0.74 // that it is anything else
	nearlyAll     = 0.9  // that a count is another than the load has
	enoughOfAll   = 0.35 // of all readings
	halfSure      = 0.6  // how sure they are
	oftenSaid     = 6    // a day: its month, day and year agree in each, however unsure of itself
	surelySaid    = 0.88
	mostlySaid    = 0.85    // a time
	wellAccounted = 5.5     // how clearly a time has to account for the readings of which fewer say it
	nearlyHalf    = 0.45    // of all readings, that it is a time that accounts for them less clearly
	halfAccounted = 5.0     // and one that most readings have too few figures for, as of 11:43 without its ones
	dockOpens     = "05:00" // before that hardly a dock works: a seven read as a one
)

// mostTried is how many places of a field are polled.
const mostTried = 2

// byVote reads a count or a time by hand by polling. It tells whether there is writing that it is up to: then nothing else is.
func (f *finder) byVote(k *ink, field string) bool {
	if f.sheet.page.FromText || !slices.Contains(polled, field) {
		return false
	}
	best := settle(field, f.found[field])
	if len(best) > 0 && !best[0].sum && best[0].label {
		return f.pollAround(k, field, best[0])
	}
	return f.pollDoubts(k, field)
}

// pollDoubts polls the places where labels promise a field.
func (f *finder) pollDoubts(k *ink, field string) bool {
	tries := 0
	doubts := slices.Clone(f.doubts)
	slices.SortStableFunc(doubts, func(a, b doubt) int { return cmp.Compare(b.weight, a.weight) })
	for _, d := range doubts {
		if d.field != field || d.nth > 0 || tries == mostTried {
			continue
		}
		if p, ok := f.pen(k, d.region, paper.Box{}); ok {
			tries++
			if f.decide(k, d, p) {
				return true
			}
		}
	}
	return false
}

// pollAround polls what was read as a value's first reading, and what is written beside it. Print that was read well stands.
func (f *finder) pollAround(k *ink, field string, c candidate) bool {
	tall := c.box[3] - c.box[1]
	if tall < tallWriting*f.sheet.height && c.sure >= asPrinted {
		return false
	}
	region := paper.Box{max(c.box[0]-0.06, 0), max(c.box[1]-0.4*tall, 0), min(c.box[2]+0.1, 1), min(c.box[3]+0.4*tall, 1)}
	if l, ok := f.labelLeftOf(c.box); ok {
		region[0] = max(region[0], l.box[2]+0.002)
	}
	weight := min(c.score/0.8, 0.95)
	if isDay(field) {
		weight = max(weight, c.promised)
	}
	p, ok := f.pen(k, region, c.box)
	return ok && f.decide(k, doubt{field: field, region: region, weight: weight}, p)
}

// labelLeftOf is the label that ends nearest before a place in its row.
func (f *finder) labelLeftOf(place paper.Box) (found, bool) {
	var best found
	ok := false
	for _, l := range f.sheet.labels {
		if l.box[2] <= place[0]+0.002 && overlap(l.box[1], l.box[3], place[1], place[3]) > 0 && (!ok || l.box[2] > best.box[2]) {
			best, ok = l, true
		}
	}
	return best, ok
}

// decide takes what the readings of a place say where they say it clearly. It tells whether something was written there that could
// be figures at all.
func (f *finder) decide(k *ink, d doubt, p scrawled) bool {
	p.lean, p.own = f.leaning(k, p)
	q := f.poll(k, d, p)
	f.plannedBy(q)
	if len(q.said) == 0 {
		return false
	}
	top := q.said[0]
	score, why := q.verdict(f.expected(d.field))
	for _, field := range slices.Compact([]string{d.field, f.means(d.field)}) {
		for i := range f.found[field] {
			c := &f.found[field][i]
			stands := isDay(field) && c.value == top.value && max(c.sure, top.mean()) >= wellRead || field == paper.Pieces && f.billed(*c, p, k)
			if !stands && (score == 0 || !c.sum && touches(c.box, top.box) && c.value != top.value) {
				c.score *= notBorneOut
			}
		}
	}
	if score > 0 {
		r := top.read
		r.sure = max(top.mean(), 0.6)
		if len(q.behind) > 1 {
			r.text = r.value // with the half of the day, which the figures alone do not say
		}
		f.add(d.field, candidate{read: r, score: score * min(d.weight/0.95, 1), why: why, label: true, twice: true, firm: isDay(d.field) && q.instead == top.value})
	} else if d.field == paper.Pieces {
		f.doubts = append(f.doubts, d) // a sum of the rows does not stand for it
		if slices.ContainsFunc(f.found[paper.Pieces], func(c candidate) bool { return f.billed(c, p, k) }) {
			f.uncounted = append(f.uncounted, q.place)
		}
	}
	return true
}

// billed tells whether a count is printed elsewhere than where somebody wrote one: it stands, whatever was written.
func (f *finder) billed(c candidate, written scrawled, k *ink) bool {
	return isCount(c) && !f.byHand(c) && c.sure >= plainlySaid && !k.rect(c.box).Overlaps(written.box)
}

// isCount tells whether a label or the row of totals says what a candidate counts.
func isCount(c candidate) bool { return c.label && !c.sum }

const (
	wellRead    = 0.9  // by the page's own reading or all others: a day then stands, though not all of them bear it out
	notBorneOut = 0.42 // what is left of a value that the readings do not bear out
)

// ballot is what readings say, and how surely in all.
type ballot struct {
	read
	votes  int
	weight float64
}

func (b ballot) mean() float64 { return b.weight / float64(b.votes) }

// polling is the reading of one place in many ways.
type polling struct {
	field   string
	parse   func(text string) (read, bool)
	page    *paper.Page
	place   paper.Box
	pen     scrawled
	left    *int                  // readings that may still be made
	said    []ballot              // the likeliest first
	all     float64               // the weight of every reading
	plain   bool                  // all were sure
	plainly map[paper.Closer]read // readings that were not of figures alone
	behind  []string              // letters that were read behind figures
	texts   []string              // as they were read
	heard   []heard               // the same, to be held against what may be written
	clock   string                // the time that accounts best for them
	clear   float64               // and by how much better than any other
	planned bool                  // the first said is what the load has, and accounts best for all readings
	instead string                // the day that accounts best for all readings of one whose load plans another
}

// verdict is how much the likeliest value counts and why; 0 where the readings do not tell.
func (q *polling) verdict(expected map[string]bool) (score float64, why string) {
	top, valid := q.said[0], 0.0
	for _, b := range q.said {
		valid += b.weight
	}
	share, mean := top.weight/valid, top.mean()
	alike := false
	switch {
	case q.planned:
		return 0.85, "what the load says accounts best for all readings"
	case expected[top.value] && (top.votes >= fewestSay && share >= mostSay || top.votes == fewestSay-1 && share >= clearlySay):
		return 0.85, "read in many ways, as the load says"
	case top.votes < fewestSay || top.weight < enoughOfAll*q.all && !(isTime(q.field) && q.clear >= halfAccounted && share >= mostlySaid && top.value >= dockOpens):
	case q.field == paper.Pieces && len(expected) > 0:
		alike = share >= nearlyAll && mean >= surelySaid
	case q.field == paper.Pieces:
		alike = share >= manySay && mean >= halfSure
	case isDay(q.field):
		often := share >= nearlyAll && top.votes >= oftenSaid
		alike = share >= manySay && (mean >= halfSure || often) && (len(expected) == 0 || q.instead == top.value)
	default:
		told := q.clear >= wellAccounted || q.clear >= clearlyMore && top.weight >= nearlyHalf*q.all
		alike = q.clock == top.value && told && share >= mostlySaid && (top.value >= dockOpens || mean >= surelySaid)
	}
	if !alike {
		return 0, ""
	}
	return 0.8, "read alike in many ways"
}

// poll reads writing in many ways and counts what the readings say.
func (f *finder) poll(k *ink, d doubt, p scrawled) *polling {
	q := &polling{field: d.field, parse: f.figuresOf(d.field), page: &f.sheet.page, pen: p, left: &f.polls, plain: true,
		place: toBox(p.box.Inset(-2).Intersect(image.Rect(0, 0, k.w, k.h)), k)}
	leans := p.leans()
	if isDay(d.field) {
		q.lookForDay(leans)
	}
	for i, tall := range penTalls {
		if q.worded() {
			break
		}
		scale := tall / p.tall
		if i < 2 && isTime(d.field) { // AM and PM
			q.look(paper.Closer{Line: true, Scale: scale})
			q.look(paper.Closer{Line: true, Scale: scale, Lean: leans[1]})
		}
		for _, lean := range leans {
			q.look(paper.Closer{Line: true, Digits: true, Scale: scale, Lean: lean})
		}
		if i < 2 {
			q.look(paper.Closer{Line: true, Digits: true, Scale: scale, Apart: true})
			q.look(paper.Closer{Line: true, Digits: true, Scale: scale, Lean: leans[1], Apart: true})
		}
		if i == 1 && q.plain && len(q.said) == 1 {
			q.halved()
			return q
		}
	}
	figures := !q.worded()
	q.look(paper.Closer{Line: true, Digits: figures, Scale: smallPen / p.tall})
	q.look(paper.Closer{Line: true, Digits: figures, Scale: smallPen / p.tall, Lean: leans[2]})
	q.halved()
	slices.SortStableFunc(q.said, func(a, b ballot) int { return cmp.Compare(b.weight, a.weight) })
	return q
}

// halved takes times for those of the half of the day that stands behind them, the one that accounts best for the readings too.
func (q *polling) halved() {
	if !isTime(q.field) {
		return
	}
	q.clock, q.clear = q.writtenTime()
	if len(q.behind) > 1 {
		q.said = inHalf(q.said, q.behind)
		if best := inHalf([]ballot{{read: read{value: q.clock}}}, q.behind); q.clock != "" && len(best) == 1 {
			q.clock = best[0].value
		}
	}
}

// leans are by how much the writing is set upright: as it stands, as the page's writing leans, as it seems to lean by itself.
func (p scrawled) leans() [3]float64 {
	near := func(a, b float64) bool { return a-b < leastLean && b-a < leastLean }
	leans := [3]float64{0, p.lean, p.own}
	if near(p.own, 0) || near(p.own, p.lean) {
		leans[2] = p.lean / 2
	}
	if near(p.lean, 0) {
		leans[1] = leastLean
	}
	if near(leans[2], 0) {
		leans[2] = -leastLean / 2
	}
	return leans
}

// look reads the place once and counts what it says, where that can be what is written.
func (q *polling) look(how paper.Closer) {
	if *q.left == 0 {
		return
	}
	*q.left--
	text, sure, ok := q.asRead(how)
	if !ok {
		return
	}
	weight := max(sure, faintVote)
	q.all += weight
	q.texts = append(q.texts, text)
	heardAs := text
	if m := behindFigures.FindStringSubmatch(text); m != nil && isTime(q.field) {
		heardAs = text[:len(text)-len(m[1])]
	}
	q.heard = hear(q.heard, heardAs, sure)
	if m := behindFigures.FindStringSubmatch(text); m != nil && !how.Digits && isTime(q.field) {
		q.behind = append(q.behind, strings.ToUpper(m[1]))
	}
	if len(q.behind) > 0 && threeFigures.MatchString(text) {
		text = text[:1] + ":" + text[1:]
	}
	r, ok := q.parse(text)
	if !ok && heardAs != text { // what stands behind it was not read as AM or PM
		r, ok = q.parse(heardAs)
	}
	if how.Digits && len(q.behind) > 0 {
		text += q.behind[0] // it stands there, but could not be read so
	}
	ok = ok && q.pen.fits(text)
	q.plain = q.plain && ok && sure >= plainlySaid
	if !ok {
		return
	}
	r.sure, r.box = sure, q.place
	q.said = tallied(q.said, ballot{r, 1, weight})
}

// threeFigures is a time of which the colon was not read.
var threeFigures = regexp.MustCompile(`^[1-9][0-5]\d$`)

// onlyFigures is a reading of anything that is as it would be of figures alone.
var onlyFigures = regexp.MustCompile(`^[0-9.,:/-]+$`)

// asRead reads the place once; what it was read as before is not read again.
func (q *polling) asRead(how paper.Closer) (text string, sure float64, ok bool) {
	anything := how
	anything.Digits = false
	if a, ok := q.plainly[anything]; how.Digits && ok && onlyFigures.MatchString(a.text) {
		return a.text, a.sure, true
	}
	words, err := q.page.Again(q.place, how)
	if err != nil {
		return "", 0, false
	}
	text, sure = joinedWords(words)
	if !how.Digits {
		if q.plainly == nil {
			q.plainly = map[paper.Closer]read{}
		}
		q.plainly[how] = read{text: text, sure: sure}
	}
	return text, sure, true
}

// tallied puts a ballot to those of the same value.
func tallied(said []ballot, b ballot) []ballot {
	i := slices.IndexFunc(said, func(o ballot) bool { return o.value == b.value })
	if i < 0 {
		return append(said, b)
	}
	said[i].votes += b.votes
	said[i].weight += b.weight
	return said
}

// behindFigures is what stands behind a time.
var behindFigures = regexp.MustCompile(`^\d{1,2}\W?\d{2}[\W_]*([A-Za-z].*)$`)

// halfLike is what AM and PM are read as where their first letter is none of the two: UM, F/M, IM.
var halfLike = regexp.MustCompile(`^[^AP]\W?[MNVWYHI]\W*\w?$`)

// halfOf is the half of the day that letters behind a time say: A, P, or ? where they are one of the two; "" where they are not.
func halfOf(behind []string) string {
	a, p, like := 0, 0, 0
	for _, b := range behind {
		switch {
		case b[0] == 'A':
			a++
		case b[0] == 'P':
			p++
		case halfLike.MatchString(b):
			like++
		}
	}
	switch n := len(behind); {
	case 4*a >= 3*n:
		return "A"
	case 4*p >= 3*n:
		return "P"
	case a == 0 && p+like == n:
		return "?"
	}
	return ""
}

// inHalf are times of the half of the day that letters behind them say; none where they do not say it clearly. Where they are AM or
// PM, but nobody can tell which, a time at which no dock works in the morning is one of the afternoon.
func inHalf(said []ballot, behind []string) (out []ballot) {
	half := halfOf(behind)
	for _, b := range said {
		hour := number(b.value[:2])
		inDark := hour == 12 || hour > 0 && hour < number(dockOpens[:2])
		switch {
		case half == "", half == "A" && hour > 12, half == "?" && !inDark:
			continue
		case half != "A" && hour > 0 && hour < 12:
			hour += 12
		case half == "A" && hour == 12:
			hour = 0
		}
		b.value = fmt.Sprintf("%02d%s", hour, b.value[2:])
		out = tallied(out, b)
	}
	return out
}

// joinedWords is a second reading as one word, and how sure its least sure part is.
func joinedWords(words []paper.Word) (string, float64) {
	words = slices.Clone(words)
	slices.SortStableFunc(words, func(a, b paper.Word) int { return cmp.Compare(a.Box[0], b.Box[0]) })
	var b strings.Builder
	sure := 1.0
	for _, w := range words {
		b.WriteString(strings.TrimSpace(w.Text))
		sure = min(sure, w.Confidence)
	}
	if b.Len() == 0 {
		return "", 0
	}
	return b.String(), sure
}

func isDay(field string) bool {
	return field == anyDate || field == paper.DeliveryDate || field == paper.PickupDate
}

func isTime(field string) bool { return field == paper.In || field == paper.Out }

// figuresOf reads a field's value from the whole of a text.
func (f *finder) figuresOf(field string) func(text string) (read, bool) {
	if isDay(field) {
		return f.dayOf(field)
	}
	return func(text string) (read, bool) { return figures(field, text) }
}

// figures reads a count or time from the whole of a text.
func figures(field, text string) (read, bool) {
	text = strings.Trim(text, ".,-_'")
	if field == paper.Pieces {
		figures := strings.NewReplacer(",", "", ".", "").Replace(asCount(text))
		if figures == "" || len(figures) > 5 || digits(figures) != len(figures) || figures[0] == '0' {
			return read{}, false
		}
		return read{value: figures, text: text, quality: 0.9}, true
	}
	times := findTimes(text, true)
	if len(times) != 1 || times[0].to-times[0].from < len(text)-1 || len(text) < 4 {
		return read{}, false
	}
	return read{value: times[0].clock, text: text, quality: 0.9}, true
}
