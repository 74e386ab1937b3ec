package fields

import (
	"image"
	"slices"

	"tracedesk/backend/documents/paper"
)

// unframed is the place within a frame that stands around writing, as a stamp has one: its sides are read as letters.
func (k *ink) unframed(place paper.Box) paper.Box {
	m := k.mask(k.rect(place))
	for _, b := range m.blobs() {
		wide, tall := float64(b.box.Dx())/float64(max(m.r.Dx(), 1)), float64(b.box.Dy())/float64(max(m.r.Dy(), 1))
		if wide < frameAround || tall < frameAround/1.5 || float64(b.pixels) > frameFill*float64(b.box.Dx()*b.box.Dy()) || !m.framed(b.box) {
			continue
		}
		return toBox(b.box.Inset(max(b.box.Dy()/framePart, 3)), k)
	}
	return place
}

const (
	frameAround = 0.75 // of a place is as wide as its frame
	framePart   = 9    // of a frame's height is its side and the white beside it
)

// framed tells whether the four sides of a box are ink all along.
func (m *mask) framed(box image.Rectangle) bool {
	box = box.Sub(m.r.Min)
	edge := max(box.Dy()/framePart, 3)
	inked := func(x0, y0, x1, y1 int) bool {
		for y := max(y0, 0); y < min(y1, m.r.Dy()); y++ {
			for x := max(x0, 0); x < min(x1, m.r.Dx()); x++ {
				if m.at(x, y) {
					return true
				}
			}
		}
		return false
	}
	gaps, steps := 0, 0
	for x := box.Min.X; x < box.Max.X; x++ {
		steps += 2
		for _, y := range []int{box.Min.Y, box.Max.Y - edge} {
			if !inked(x, y, x+1, y+edge) {
				gaps++
			}
		}
	}
	for y := box.Min.Y; y < box.Max.Y; y++ {
		steps += 2
		for _, x := range []int{box.Min.X, box.Max.X - edge} {
			if !inked(x, y, x+edge, y+1) {
				gaps++
			}
		}
	}
	return float64(gaps) < (1-frameEdge)*float64(steps)/2
}

// within leaves out what is cut by the upper or lower edge of a place: it belongs to the lines beside.
func (f *finder) within(place paper.Box, tokens []token) []token {
	return slices.DeleteFunc(slices.Clone(tokens), func(t token) bool {
		mid := ((t.box[1]+t.box[3])/2 - place[1]) / (place[3] - place[1])
		return mid < cutQuarter && t.box[1] < place[1]+cutOff*f.sheet.height || mid > 1-cutQuarter && t.box[3] > place[3]-cutOff*f.sheet.height
	})
}

// A word is cut by the edge of a place where it comes so near to it, in lines, and lies in the outer part of the place.
const (
	cutOff     = 0.2
	cutQuarter = 0.3
)
