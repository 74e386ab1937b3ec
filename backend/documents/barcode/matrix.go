package barcode

import (
	"image"
	"slices"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix/decoder"

	"tracedesk/backend/documents/scan"
)

// sizes are the modules along a side of the square DataMatrix symbols that papers carry (ISO/IEC 16022, table 7).
var sizes = []int{10, 12, 14, 16, 18, 20, 22, 24, 26, 32, 36, 40, 44, 48, 52}

// Matrix reads a DataMatrix that fills a picture. gozxing finds the corners of a worn one badly; here the grid is laid by
// the picture's own edges for each size of symbol, and the size whose border is right is decoded: solid on two sides that
// meet, alternating on the other two (ISO/IEC 16022, 5.2).
func Matrix(picture *image.Gray) (kind, value string) {
	box := trimmed(picture)
	if ratio := float64(box.Dx()) / float64(max(box.Dy(), 1)); box.Dx() < 20 || ratio < 0.8 || ratio > 1.25 {
		return "", ""
	}
	type try struct {
		modules [][]bool
		score   float64
	}
	var tries []try
	for turn := range 4 {
		symbol := scan.Turned(scan.Crop(picture, box), turn)
		for _, n := range sizes {
			if symbol.Rect.Dx() < 2*n {
				break
			}
			for _, off := range []float64{0, -1, 1} {
				modules := sampled(symbol, n, off)
				if score := border(modules); score > 0.8 {
					tries = append(tries, try{modules, score})
				}
			}
		}
	}
	slices.SortStableFunc(tries, func(a, b try) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return 0
	})
	for _, t := range tries[:min(len(tries), 8)] {
		if value = decodeModules(t.modules); plausible(DataMatrix, value) {
			return DataMatrix, value
		}
	}
	return "", ""
}

// sampled reads the module in the middle of each field of a grid of n by n; the far edges are off by so many pixels.
func sampled(p *image.Gray, n int, off float64) [][]bool {
	w, h := float64(p.Rect.Dx())+off, float64(p.Rect.Dy())+off
	size := min(w, h) / float64(n)
	reach := max(int(size/4), 0)
	tones := make([][]int, n)
	darkest, lightest := 255, 0
	for y := range n {
		tones[y] = make([]int, n)
		for x := range n {
			cx, cy := int((float64(x)+0.5)*w/float64(n)), int(float64(p.Rect.Dy())-(float64(n-y)-0.5)*h/float64(n))
			sum, count := 0, 0
			for sy := max(cy-reach, 0); sy <= min(cy+reach, p.Rect.Dy()-1); sy++ {
				for sx := max(cx-reach, 0); sx <= min(cx+reach, p.Rect.Dx()-1); sx++ {
					sum += int(p.Pix[sy*p.Stride+sx])
					count++
				}
			}
			tones[y][x] = sum / max(count, 1)
			darkest, lightest = min(darkest, tones[y][x]), max(lightest, tones[y][x])
		}
	}
	modules := make([][]bool, n)
	for y := range n {
		modules[y] = make([]bool, n)
		for x := range n {
			modules[y][x] = tones[y][x] < (darkest+lightest)/2
		}
	}
	return modules
}

// border is the share of the border's modules that are as they must be.
func border(m [][]bool) float64 {
	n := len(m)
	right := 0
	for i := range n {
		if m[i][0] { // left: solid
			right++
		}
		if m[n-1][i] { // bottom: solid
			right++
		}
		if m[0][i] == (i%2 == 0) { // top: alternating, dark at the left
			right++
		}
		if m[i][n-1] == ((n-1-i)%2 == 0) { // right: alternating, dark at the bottom
			right++
		}
	}
	return float64(right) / float64(4*n)
}

func decodeModules(m [][]bool) (value string) {
	defer func() {
		if recover() != nil {
			value = ""
		}
	}()
	bits, err := gozxing.NewSquareBitMatrix(len(m))
	if err != nil {
		return ""
	}
	for y, row := range m {
		for x, dark := range row {
			if dark {
				bits.Set(x, y)
			}
		}
	}
	result, err := decoder.NewDecoder().Decode(bits)
	if err != nil {
		return ""
	}
	return result.GetText()
}
