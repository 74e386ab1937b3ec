package scan

import "image"

// WithoutRules is the evened page without the lines of tables, boxes and signature lines, so that what is printed in
// cells is read as text. Letters that touch or cross a line stay.
func WithoutRules(page *image.Gray, dpi int) *image.Gray { return withoutRules(page, dpi/2) }

// withoutRules takes out straight runs of ink at least so long, and thin.
func withoutRules(page *image.Gray, long int) *image.Gray {
	dst := Copy(page)
	w, h := page.Rect.Dx(), page.Rect.Dy()
	thick := max(long/12, 3)
	wipe(page, dst, w, h, 1, page.Stride, long, thick)
	wipe(page, dst, h, w, page.Stride, 1, long, thick)
	return dst
}

// WithoutFaxLines is a black and white page without the lines that a fax leaves where a row was lost: thin, level as it was
// sent, and most of the page wide. It is for the page as it lay, before it is straightened.
func WithoutFaxLines(page *image.Gray) *image.Gray {
	if !bilevel(page) {
		return page
	}
	dst := Copy(page)
	w, h := page.Rect.Dx(), page.Rect.Dy()
	wipe(page, dst, w, h, 1, page.Stride, w*6/10, 4)
	return dst
}

// wipe looks along lines of count pixels, step apart; side is the step to the next line.
func wipe(src, dst *image.Gray, count, lines, step, side, long, thick int) {
	ink := func(i int) bool { return src.Pix[i] < inkAt }
	for line := range lines {
		base := line * side
		for at := 0; at < count; {
			if !ink(base + at*step) {
				at++
				continue
			}
			end := at
			for gap := 0; end < count && gap <= 2; end++ {
				if ink(base + end*step) {
					gap = 0
				} else {
					gap++
				}
			}
			if end-at >= long {
				for i := at; i < end; i++ {
					wipeAcross(src, dst, base+i*step, side, line, lines, thick)
				}
			}
			at = end
		}
	}
}

// wipeAcross whitens a rule at one place, where it is thin there, with the pale edge on both sides.
func wipeAcross(src, dst *image.Gray, at, side, line, lines, thick int) {
	up, down := 0, 0
	for up < thick+2 && line-up > 0 && src.Pix[at-(up+1)*side] < inkAt {
		up++
	}
	for down < thick+2 && line+down < lines-1 && src.Pix[at+(down+1)*side] < inkAt {
		down++
	}
	if up+down+1 > thick {
		return
	}
	for k := -up - 1; k <= down+1; k++ {
		if l := line + k; l >= 0 && l < lines {
			dst.Pix[at+k*side] = 255
		}
	}
}

// Ink is the share of an evened page that is ink, specks of up to a few pixels and the outer edge left away.
func Ink(page *image.Gray, dpi int) float64 {
	edge := dpi / 5
	inner := page.Rect.Inset(edge)
	if inner.Empty() {
		return 0
	}
	count := 0
	for y := inner.Min.Y + 1; y < inner.Max.Y-1; y++ {
		row := page.Pix[y*page.Stride:]
		for x := inner.Min.X + 1; x < inner.Max.X-1; x++ {
			if row[x] < inkAt && heavy(page, x, y) {
				count++
			}
		}
	}
	return float64(count) / float64(inner.Dx()*inner.Dy())
}

// heavy reports whether a pixel of ink has most of its neighbours with it: specks and scanner lines do not.
func heavy(p *image.Gray, x, y int) bool {
	n := 0
	for dy := -1; dy <= 1; dy++ {
		for _, v := range p.Pix[(y+dy)*p.Stride+x-1 : (y+dy)*p.Stride+x+2] {
			if v < inkAt {
				n++
			}
		}
	}
	return n >= 6
}

// Unspeckled is the page without specks: groups of ink of at most so many pixels. Letters is how many the others are to an engine
// that reads them.
func Unspeckled(page *image.Gray, most int) (clean *image.Gray, letters int) {
	dst := Copy(page)
	eachGroup(page, func(pixels []int, box image.Rectangle) {
		if len(pixels) > most {
			letters += lettersIn(box)
			return
		}
		for _, i := range pixels {
			dst.Pix[i/page.Rect.Dx()*dst.Stride+i%page.Rect.Dx()] = 255
		}
	})
	return dst, letters
}

// Strokes counts all that may be read for letters, whatever its size.
func Strokes(page *image.Gray) (letters int) {
	eachGroup(page, func(_ []int, box image.Rectangle) { letters += lettersIn(box) })
	return letters
}

// lettersIn is for how many letters a group of ink is taken: those of writing hang together. A line that was drawn is not writing.
func lettersIn(box image.Rectangle) int {
	const longestWord = 12
	return min(max(box.Dx()/max(box.Dy(), 1), 1), longestWord)
}

// PrintOnly is the page without strokes larger than a letter of small print.
func PrintOnly(page *image.Gray, dpi int) *image.Gray {
	dst := Copy(page)
	w, h := page.Rect.Dx(), page.Rect.Dy()
	eachGroup(page, func(pixels []int, box image.Rectangle) {
		if box.Dy() <= dpi/6 && box.Dx() <= dpi/2 {
			return
		}
		for _, i := range pixels {
			for y := max(i/w-1, 0); y <= min(i/w+1, h-1); y++ { // and the grey rim of the stroke
				for x := max(i%w-1, 0); x <= min(i%w+1, w-1); x++ {
					dst.Pix[y*dst.Stride+x] = 255
				}
			}
		}
	})
	return dst
}

// Letters counts the groups of ink that are as large as printed letters.
func Letters(page *image.Gray, dpi int) (n int) {
	eachGroup(page, func(_ []int, box image.Rectangle) {
		if h := box.Dy(); h >= dpi/25 && h <= dpi/6 && box.Dx() <= dpi/5 {
			n++
		}
	})
	return n
}

// eachGroup visits the groups of ink that hang together: their pixels, counted row by row without gaps, and their box.
func eachGroup(page *image.Gray, visit func(pixels []int, box image.Rectangle)) {
	w, h := page.Rect.Dx(), page.Rect.Dy()
	seen := make([]bool, w*h)
	group := make([]int, 0, 64)
	for start := range seen {
		if seen[start] || page.Pix[start/w*page.Stride+start%w] >= inkAt {
			continue
		}
		group = append(group[:0], start)
		seen[start] = true
		box := image.Rectangle{}
		for i := 0; i < len(group); i++ {
			x, y := group[i]%w, group[i]/w
			box = box.Union(image.Rect(x, y, x+1, y+1))
			for ny := max(y-1, 0); ny <= min(y+1, h-1); ny++ {
				for nx := max(x-1, 0); nx <= min(x+1, w-1); nx++ {
					if j := ny*w + nx; !seen[j] && page.Pix[ny*page.Stride+nx] < inkAt {
						seen[j] = true
						group = append(group, j)
					}
				}
			}
		}
		visit(group, box)
	}
}

// Busiest is the band of so many rows in which most strokes stand side by side: where there is most text to try.
func Busiest(page *image.Gray, rows int) image.Rectangle {
	w, h := page.Rect.Dx(), page.Rect.Dy()
	rows = min(max(rows, 1), h)
	sums := make([]int, h+1)
	eachRow(page, func(y int, row []uint8) {
		sums[y+1] = sums[y]
		for x := 1; x < w; x++ {
			if row[x] < inkAt && row[x-1] >= inkAt {
				sums[y+1]++
			}
		}
	})
	best := 0
	for y := range h - rows + 1 {
		if sums[y+rows]-sums[y] > sums[best+rows]-sums[best] {
			best = y
		}
	}
	return image.Rect(0, best, w, best+rows)
}

// Outside is the page with some places, which are fractions of the page, made white.
func Outside(page *image.Gray, places [][4]float64) *image.Gray {
	rest := Copy(page)
	w, h := float64(page.Rect.Dx()), float64(page.Rect.Dy())
	for _, p := range places {
		grown := image.Rect(int(p[0]*w)-3, int(p[1]*h)-3, int(p[2]*w)+4, int(p[3]*h)+4).Intersect(page.Rect)
		for y := grown.Min.Y; y < grown.Max.Y; y++ {
			row := rest.Pix[y*rest.Stride:]
			for x := grown.Min.X; x < grown.Max.X; x++ {
				row[x] = 255
			}
		}
	}
	return rest
}
