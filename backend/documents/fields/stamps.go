package fields

import (
	"image"
	"math"
	"regexp"
	"slices"

	"tracedesk/backend/documents/paper"
)

// A stamp stands askew over the form, mostly in a frame, and is read badly as part of a straight page: REFUSED, RECEIVED with
// a day, SUBJECT TO COUNT. It is read once more by itself, laid level.

// How a frame is told from other ink, in fractions of the page, and of the frame.
const (
	frameNarrow, frameWide = 0.08, 0.55
	frameLow, frameTall    = 0.014, 0.14
	frameFill              = 0.35 // a frame is hollow
	frameEdge              = 0.8  // so much of its upper and lower side is one straight line
	leastTilt, mostTilt    = 0.6, 14.0
	mostStamps             = 4
)

// stamp is a frame that stands askew; tilt is in degrees clockwise.
type stamp struct {
	box  paper.Box
	tilt float64
}

// withStamps is a page whose words within a frame that stands askew are those of a reading of the frame laid level, and the
// frames that were read so.
func withStamps(page paper.Page) (with paper.Page, stamped []paper.Box) {
	k := inkOf(page.Grey)
	if k == nil || page.Again == nil {
		return page, nil
	}
	for i, s := range k.stamps() {
		if i == mostStamps {
			break
		}
		read, err := page.Again(s.within(k), paper.Closer{Scale: 1.5, Tilt: s.tilt})
		read = slices.DeleteFunc(read, func(w paper.Word) bool { return w.Confidence < plainWord || letters(w.Text) < 2 && digits(w.Text) == 0 })
		if err != nil || len(read) == 0 {
			continue
		}
		line := 0
		words := slices.DeleteFunc(slices.Clone(page.Words), func(w paper.Word) bool {
			return overlap(w.Box[0], w.Box[2], s.box[0], s.box[2]) > 0.7*(w.Box[2]-w.Box[0]) && overlap(w.Box[1], w.Box[3], s.box[1], s.box[3]) > 0.7*(w.Box[3]-w.Box[1])
		})
		for _, w := range words {
			line = max(line, w.Line+1)
		}
		for _, w := range read {
			w.Line += line
			words = append(words, w)
		}
		page.Words = words
		stamped = append(stamped, s.box)
	}
	return page, stamped
}

// harmless are the words of stamps that say nothing against a delivery: who took it, where, when.
var harmless = regexp.MustCompile(`\b(?:receiv\w*|recib\w*|deliver\w*|entrega\w*|releas\w*|shipp\w*|shipped|loaded|dock|dept|department|warehouse|store|clerk|paid|pagado|approved|aprobado|posted|scanned|original|copy|copia|checked|verified|counted|inspected|almacen|bodega|embarc\w*|liberad\w*|salida|entrada|office|gate|customs|aduana|confidential|void if)\b`)

// reserving are words that take the harmless ones back.
var reserving = regexp.MustCompile(`\b(?:subject|sujeto|not|no|sin|without|except|excepto|salvo|pending|pendiente|under|protest|count|conteo|hold|reserv\w*)\b`)

// oddStamps are stamps whose words are no remark that is known and not plainly harmless: a person looks at them.
func (f *finder) oddStamps() (out []paper.Box) {
	for _, s := range f.stamped {
		var said []token
		for _, r := range f.sheet.rows {
			for _, t := range r.tokens {
				if touches(t.box, s) {
					said = append(said, t)
				}
			}
		}
		noted := slices.ContainsFunc(f.notes, func(n paper.Notation) bool { return touches(n.Box, s) })
		if len(said) == 0 || noted {
			continue
		}
		if line := asProse(textOf(said)); !harmless.MatchString(line) || reserving.MatchString(line) {
			out = append(out, s)
		}
	}
	return out
}

// asStamp is how what stands within the frame of a stamp is read, laid level.
var asStamp = []paper.Closer{{Scale: 1}, {Scale: 2}, {Line: true, Scale: 1}}

// againStamps reads stamps whose words say nothing that is known once more, without their frame, which is read as letters.
func (f *finder) againStamps(k *ink) {
	odd := f.oddStamps()
	if len(odd) == 0 {
		return
	}
	for _, s := range k.stamps() {
		if !slices.Contains(odd, s.box) {
			continue
		}
		within := s.within(k)
		var readings []string
		before := len(f.notes)
		for _, how := range asStamp {
			how.Tilt = s.tilt
			tokens, ok := f.look(within, how)
			if !ok || len(f.notes) > before {
				break
			}
			if len(tokens) > 0 {
				readings = append(readings, textOf(tokens))
				f.noteIn(f.rowAt(within), tokens)
			}
		}
		if len(f.notes) > before || len(readings) == 0 {
			continue
		}
		kind, at := remark(readings, false)
		if kind == "" && f.short(within) {
			kind, at = initialsOf(readings, 0)
		}
		if kind != "" && !f.hasNote(kind) {
			f.notes = append(f.notes, paper.Notation{Kind: kind, Text: readings[at], Page: f.sheet.page.Number, Box: s.box})
		}
	}
}

// within is what stands inside the frame, once it is laid level around its middle.
func (s stamp) within(k *ink) paper.Box {
	lean := math.Abs(math.Tan(s.tilt * math.Pi / 180))
	wide, tall := (s.box[2]-s.box[0])*float64(k.w), (s.box[3]-s.box[1])*float64(k.h)
	w, h := wide-lean*tall, tall-lean*wide // of a frame that leans a little
	if h < tall/4 {
		return s.box
	}
	edge := max(h/framePart, 4)
	midX, midY := (s.box[0]+s.box[2])/2, (s.box[1]+s.box[3])/2
	dx, dy := (w/2-edge)/float64(k.w), (h/2-edge)/float64(k.h)
	return paper.Box{midX - dx, midY - dy, midX + dx, midY + dy}
}

// stampedAt tells whether a place lies in a stamp that was read.
func (f *finder) stampedAt(place paper.Box) bool {
	return slices.ContainsFunc(f.stamped, func(s paper.Box) bool { return touches(place, s) })
}

// stamps are the frames that stand askew, from top to bottom.
func (k *ink) stamps() []stamp {
	m := k.mask(image.Rect(0, 0, k.w, k.h))
	var out []stamp
	for _, b := range m.blobs() {
		wide, tall := float64(b.box.Dx())/float64(k.w), float64(b.box.Dy())/float64(k.h)
		if wide < frameNarrow || wide > frameWide || tall < frameLow || tall > frameTall || float64(b.pixels) > frameFill*float64(b.box.Dx()*b.box.Dy()) {
			continue
		}
		upper, okU := m.side(b.box, false)
		lower, okL := m.side(b.box, true)
		tilt := (upper + lower) / 2
		if !okU || !okL || math.Abs(upper-lower) > 1.5 || math.Abs(tilt) < leastTilt || math.Abs(tilt) > mostTilt {
			continue
		}
		out = append(out, stamp{toBox(b.box, k), tilt})
	}
	return out
}

// side is the tilt in degrees of the upper or lower edge of the ink in a box, and whether that edge is one straight line.
func (m *mask) side(box image.Rectangle, lower bool) (degrees float64, straight bool) {
	box = box.Sub(m.r.Min)
	var xs, ys []float64
	for x := box.Min.X + box.Dx()/10; x < box.Max.X-box.Dx()/10; x += 2 {
		for d := range box.Dy() {
			y := box.Min.Y + d
			if lower {
				y = box.Max.Y - 1 - d
			}
			if m.at(x, y) {
				xs, ys = append(xs, float64(x)), append(ys, float64(y))
				break
			}
		}
	}
	n := len(xs)
	if n < 20 {
		return 0, false
	}
	var slopes []float64
	for i := range n / 2 {
		slopes = append(slopes, (ys[i+n/2]-ys[i])/(xs[i+n/2]-xs[i]))
	}
	slices.Sort(slopes)
	slope := slopes[len(slopes)/2]
	var feet []float64
	for i := range xs {
		feet = append(feet, ys[i]-slope*xs[i])
	}
	foot := slices.Sorted(slices.Values(feet))[n/2]
	on := 0
	for _, f := range feet {
		if math.Abs(f-foot) <= 4 {
			on++
		}
	}
	return math.Atan(slope) * 180 / math.Pi, float64(on) >= frameEdge*float64(n)
}
