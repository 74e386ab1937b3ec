package fields

import (
	"image"
	"slices"

	"tracedesk/backend/documents/paper"
)

// How a signature is told from print and specks, in fractions of the page's width and of a line's height.
const (
	signReach  = 0.45  // how far right of its label a signature lies
	signTall   = 0.075 // how far above or below
	strokeWide = 0.022
)

// signed looks for handwriting where a line asks for it: on the rule above its wording, below it or to the right of it, first in what
// is dark on this page, then in what a thin or pale pen left.
func (f *finder) signed(k *ink, l line, others []line) (bool, paper.Box) {
	region := f.signRegion(l, others)
	spot := f.spotToSign(k, l, region)
	if spot.m.r.Empty() {
		return false, l.box
	}
	var thin signSpot
	pale := k.paler(k.rect(region))
	if pale.dark > k.dark && !spot.ruled {
		if thin = f.spotToSign(pale, l, region); thin.ruled {
			spot = f.inSpot(k, l, region, thin)
		}
	}
	wide, box := 0, image.Rectangle{}
	for _, b := range spot.m.blobs() {
		if spot.holds(b) && f.stroke(k, b) && !f.drawn(k, spot.m, b) {
			wide += b.box.Dx()
			box = box.Union(b.box)
		}
	}
	if float64(wide) >= signWide*float64(k.w) {
		return true, toBox(box, k)
	}
	if pale.dark > k.dark && spot.ruled {
		if thin.m == nil {
			thin = f.spotToSign(pale, l, region)
		}
		if box, ok := f.paleStroke(pale, thin); ok {
			return true, toBox(box, k)
		}
	}
	return false, toBox(spot.area, k)
}

// paleStroke finds what a thin or pale pen left where a rule says where to sign, in one stroke or in its pieces.
func (f *finder) paleStroke(pale *ink, thin signSpot) (image.Rectangle, bool) {
	if !thin.ruled {
		return image.Rectangle{}, false
	}
	for _, b := range thin.m.blobs() {
		if thin.holds(b) && f.flowing(pale, thin.m, b) {
			return b.box, true
		}
	}
	return f.broken(pale, thin)
}

// signRegion is around a line's wording, as far as a signature may lie from it and no other line begins.
func (f *finder) signRegion(l line, others []line) paper.Box {
	h := f.sheet.height
	left, right := max(l.box[0]-0.02, 0), min(max(l.box[0]+signReach, l.box[2]+0.22), l.right+0.005, 1)
	for _, o := range others {
		if o.box != l.box && o.box[0] > l.box[2] && overlap(o.box[1]-3*h, o.box[3]+3*h, l.box[1], l.box[3]) > 0 {
			right = min(right, o.box[0]-0.01)
		}
	}
	return paper.Box{left, max(l.box[1]-signTall, 0), right, min(l.box[3]+signTall, 1)}
}

func toBox(r image.Rectangle, k *ink) paper.Box {
	w, h := float64(k.w), float64(k.h)
	return paper.Box{float64(r.Min.X) / w, float64(r.Min.Y) / h, float64(r.Max.X) / w, float64(r.Max.Y) / h}
}

// stroke tells a pen's stroke from specks, letters and shadows: wide or tall against print, and mostly empty within.
func (f *finder) stroke(k *ink, b blob) bool {
	w, h := float64(b.box.Dx()), float64(b.box.Dy())
	lineHeight := f.sheet.height * float64(k.h)
	if w < strokeWide*float64(k.w) && h < 1.3*lineHeight || h < 0.55*lineHeight || w < 0.5*lineHeight {
		return false
	}
	filled := float64(b.pixels) / (w * h)
	return filled < 0.45 && (w > strokeWide*float64(k.w) || h > 1.3*lineHeight)
}

// wipePrint takes printed words out of the mask. Junk that OCR made of strokes stays: it is unsure, or no word at all.
func (f *finder) wipePrint(k *ink, m *mask, l line) {
	for _, r := range f.sheet.rows {
		for _, t := range r.tokens {
			height := t.box[3] - t.box[1]
			if n := float64(len([]rune(t.text))); !t.known && f.sheet.across(t.box[0], t.box[2]) > 1.2*n*f.sheet.height {
				continue // no letters are as wide
			}
			if t.known && t.sure >= 0.7 && height < 1.7*f.sheet.height || t.sure >= 0.8 && height < 1.7*f.sheet.height && len(t.key) >= 2 || t.sure >= 0.9 && height < 1.4*f.sheet.height ||
				overlap(t.box[0], t.box[2], l.box[0], l.box[2]) > 0 && overlap(t.box[1], t.box[3], l.box[1], l.box[3]) > 0 {
				grown := paper.Box{t.box[0] - 0.002, t.box[1] - 0.0015, t.box[2] + 0.002, t.box[3] + 0.0015}
				m.wipe(k.rect(grown))
			}
		}
	}
}

// boxFoot is how far down the box goes whose upper side a rule under a wording is, 0 where it is none.
func boxFoot(r, label image.Rectangle, down []image.Rectangle, lineHeight int) int {
	if r.Min.Y < label.Max.Y-lineHeight/3 || r.Min.X > label.Min.X+lineHeight {
		return 0
	}
	for _, v := range down {
		if v.Max.Y > r.Max.Y+3*lineHeight && v.Min.Y <= r.Max.Y+lineHeight/3 && v.Min.Y >= r.Min.Y-lineHeight/3 && v.Min.X <= r.Min.X+lineHeight/3 {
			return v.Max.Y
		}
	}
	return 0
}

// signArea is where the signature may stand by the rule nearest to the wording, and how near that is; empty where none is. Wording inside
// a box is never of the rule above it: that is the box's own.
func (f *finder) signArea(k *ink, l line, region paper.Box, across, down []image.Rectangle) (image.Rectangle, int) {
	whole := k.rect(region)
	label := k.rect(l.box)
	lineHeight := int(f.sheet.height * float64(k.h))
	tall := int(0.05 * float64(k.h))
	inBox := func(rule image.Rectangle) bool {
		return slices.ContainsFunc(down, func(v image.Rectangle) bool {
			return v.Min.Y <= rule.Max.Y+lineHeight/3 && v.Max.Y >= label.Max.Y+lineHeight && v.Min.X >= rule.Min.X-lineHeight/3 && v.Min.X <= rule.Max.X+lineHeight/3
		})
	}
	best, near := image.Rectangle{}, 1<<30
	for _, r := range across {
		var area image.Rectangle
		gap := 0
		switch {
		case r.Max.Y <= label.Min.Y+lineHeight/3: // the wording stands under the rule
			gap = label.Min.Y - r.Max.Y
			if gap > 3*lineHeight/2 || r.Min.X > label.Max.X+k.w/6 || inBox(r) {
				continue
			}
			area = image.Rect(min(r.Min.X, label.Min.X), r.Min.Y-tall, r.Max.X, r.Max.Y+lineHeight/2) // a stroke may hide the rule's beginning
		case r.Min.Y >= label.Max.Y+lineHeight: // the rule is drawn under the wording
			gap = r.Min.Y - label.Max.Y + lineHeight/2
			area = image.Rect(r.Min.X, label.Max.Y-lineHeight/3, r.Max.X, r.Max.Y+lineHeight)
		case boxFoot(r, label, down, lineHeight) > 0: // the wording stands on a box
			gap = max(r.Min.Y-label.Max.Y, 0)
			area = image.Rect(r.Min.X, r.Max.Y, r.Max.X, boxFoot(r, label, down, lineHeight))
		default: // beside it
			if r.Max.X < label.Max.X+lineHeight || r.Min.X < label.Min.X+label.Dx()/2 {
				continue
			}
			gap = max(r.Min.Y-label.Max.Y, label.Max.Y-r.Min.Y)
			area = image.Rect(label.Max.X, r.Min.Y-tall, r.Max.X, r.Max.Y+lineHeight)
		}
		if gap < near {
			best, near = area, gap
		}
	}
	return best.Intersect(whole), near
}
