package scan

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"strings"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"pgregory.net/rapid"
)

const dpi = 100

var face = func() font.Face {
	parsed, err := opentype.Parse(goregular.TTF)
	if err != nil {
		panic(err)
	}
	f, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: 11, DPI: dpi})
	if err != nil {
		panic(err)
	}
	return f
}()

// letter is a page of Letter size with a form on it: text in lines, a table, a line to sign on.
func letter(words string) *image.Gray {
	page := blankPage(850, 1100)
	for i := range 14 {
		write(page, 80, 120+i*45, strings.Repeat("at 45 River St, ", i%4)+words)
		if i%2 == 0 {
			write(page, 520+i*3, 120+i*45, "544-319955")
		}
	}
	for i := range 5 {
		fill(page, image.Rect(60, 780+i*30, 790, 782+i*30), 0)
	}
	return page
}

func blankPage(w, h int) *image.Gray {
	p := image.NewGray(image.Rect(0, 0, w, h))
	fill(p, p.Rect, 255)
	return p
}

func fill(p *image.Gray, at image.Rectangle, tone uint8) {
	draw.Draw(p, at, image.NewUniform(color.Gray{Y: tone}), image.Point{}, draw.Src)
}

func write(p *image.Gray, x, y int, words string) {
	(&font.Drawer{Dst: p, Src: image.Black, Face: face, Dot: fixed.P(x, y)}).DrawString(words)
}

// unlike is the share of pixels that differ clearly.
func unlike(a, b *image.Gray) float64 {
	n := 0
	for i := range a.Pix {
		if d := int(a.Pix[i]) - int(b.Pix[i]); d > 100 || d < -100 {
			n++
		}
	}
	return float64(n) / float64(len(a.Pix))
}

func TestSlantIsMeasuredAndTakenOut(t *testing.T) {
	page := letter("Received in good order")
	for _, degrees := range []float64{-5, -1.3, 0, 0.6, 4.2} {
		for quarters := range 2 {
			askew := Turned(Straightened(page, -degrees), quarters)
			s := SlantOf(askew)
			if math.Abs(s.Degrees-degrees) > 0.15 || s.Sideways != (quarters == 1) || !s.Sure {
				t.Errorf("%.1f degrees, %d quarters: %+v", degrees, quarters, s)
			}
			if d := unlike(Turned(Straightened(askew, s.Degrees), -quarters), page); d > 0.02 {
				t.Errorf("%.1f degrees, %d quarters: straightened it differs in %.3f of its pixels", degrees, quarters, d)
			}
		}
	}
	if s := SlantOf(blankPage(850, 1100)); s.Sure {
		t.Errorf("an empty page lies %+v", s)
	}
}

// onDesk is a photo of a page on a ground, with a shadow over the lower right corner of both.
func onDesk(page *image.Gray, at Quad, ground uint8, shadow float64) *image.Gray {
	desk := image.NewGray(image.Rect(0, 0, 1000, 1300))
	back := perspective(at, 849, 1099)
	fill(desk, desk.Rect, ground)
	for y := range 1100 {
		for x := range 850 { // every pixel of the page goes to the desk; twice as fine, so that no gaps stay
			for _, sub := range [4][2]float64{{0, 0}, {0.5, 0}, {0, 0.5}, {0.5, 0.5}} {
				fx, fy := float64(x)+sub[0], float64(y)+sub[1]
				d := back[6]*fx + back[7]*fy + 1
				px, py := int((back[0]*fx+back[1]*fy+back[2])/d), int((back[3]*fx+back[4]*fy+back[5])/d)
				desk.Pix[py*desk.Stride+px] = uint8(float64(page.Pix[y*page.Stride+x]) * 0.8)
			}
		}
	}
	for y := range 1300 {
		for x := max(1600-y, 0); x < 1000; x++ {
			desk.Pix[y*desk.Stride+x] = uint8(float64(desk.Pix[y*desk.Stride+x]) * shadow)
		}
	}
	return desk
}

func TestAPageIsFoundOnAPhotoAndLaidFlat(t *testing.T) {
	page := letter("Received in good order")
	want := Quad{{90, 70}, {905, 110}, {940, 1240}, {60, 1200}}
	desk := onDesk(page, want, 50, 0.6)
	quad, ok := PageOn(desk)
	if !ok {
		t.Fatal("the page was not found")
	}
	for i := range quad {
		if math.Hypot(quad[i].X-want[i].X, quad[i].Y-want[i].Y) > 8 {
			t.Errorf("corner %d at %.0f, want %.0f", i, quad[i], want[i])
		}
	}
	if _, ok := PageOn(onDesk(page, want, 105, 0.58)); !ok {
		t.Error("a page whose shadow is hardly brighter than the ground in the light was not found")
	}
	flat := Evened(Flat(desk, want, 1100), dpi)
	if flat.Rect != page.Rect {
		t.Fatalf("flat it is %v", flat.Rect)
	}
	if d := unlike(flat, page); d > 0.03 {
		t.Errorf("flat it differs in %.3f of its pixels", d)
	}
	for name, picture := range map[string]*image.Gray{"a scan": page, "an empty scan": blankPage(850, 1100), "a dark picture": image.NewGray(image.Rect(0, 0, 600, 800))} {
		if q, ok := PageOn(picture); ok {
			t.Errorf("%s was taken for a photo of a page at %v", name, q)
		}
	}
}

func TestShadowsAndPalePrintComeOutAlike(t *testing.T) {
	page := letter("Received in good order")
	for name, tone := range map[string]func(x, y int, v uint8) uint8{
		"pale":     func(_, _ int, v uint8) uint8 { return 160 + v/4 },
		"a shadow": func(x, _ int, v uint8) uint8 { return uint8(float64(v) * (0.4 + 0.6*float64(x)/850)) },
		"grey":     func(_, _ int, v uint8) uint8 { return uint8(float64(v) * 0.6) },
	} {
		src := Copy(page)
		eachRow(src, func(y int, row []uint8) {
			for x, v := range row {
				row[x] = tone(x, y, v)
			}
		})
		if d := unlike(Evened(src, dpi), page); d > 0.012 {
			t.Errorf("%s: differs in %.4f of its pixels", name, d)
		}
	}
}

func TestRulesGoAndWordsStay(t *testing.T) {
	words := letter("Received in good order")
	fill(words, image.Rect(0, 770, 850, 910), 255)
	ruled := Copy(words)
	for _, y := range []int{130, 400, 800} { // under, through the gap of, and away from words
		fill(ruled, image.Rect(60, y, 790, y+2), 0)
	}
	fill(ruled, image.Rect(60, 100, 62, 900), 0)
	if d := unlike(WithoutRules(ruled, dpi), words); d > 0.0008 {
		t.Errorf("without rules it differs in %.4f of its pixels", d)
	}
	if d := unlike(WithoutRules(words, dpi), words); d > 0 {
		t.Errorf("a page without rules lost %.4f of its pixels", d)
	}
}

func TestFaxLinesGo(t *testing.T) {
	page := letter("Received in good order")
	for i, v := range page.Pix { // black and white
		page.Pix[i] = 0
		if v >= inkAt {
			page.Pix[i] = 255
		}
	}
	fill(page, image.Rect(0, 770, 850, 910), 255)
	lined := Copy(page)
	fill(lined, image.Rect(0, 345, 850, 346), 0)
	if d := unlike(WithoutFaxLines(lined), page); d > 0.0005 {
		t.Errorf("differs in %.5f of its pixels", d)
	}
}

func TestWhitePrintOnBlackIsTurned(t *testing.T) {
	plain := letter("Received in good order")
	page := Copy(plain)
	band := image.Rect(40, 20, 810, 60)
	black := blankPage(band.Dx(), band.Dy())
	write(black, 20, 27, "SHIP FROM        BILL OF LADING NUMBER")
	for i := range black.Pix {
		black.Pix[i] = 255 - black.Pix[i]
	}
	draw.Draw(page, band, black, image.Point{}, draw.Src)
	got := Positive(page, dpi)
	if share := float64(inkIn(got, band)) / float64(band.Dx()*band.Dy()); share > 0.3 {
		t.Errorf("the band is still %.2f ink", share)
	}
	if Positive(plain, dpi) != plain {
		t.Error("a page without bands was changed")
	}
}

func TestAnEmptyPageHasHardlyInk(t *testing.T) {
	specks := blankPage(850, 1100)
	for i := 0; i < len(specks.Pix); i += 977 {
		specks.Pix[i] = 0
	}
	one := blankPage(850, 1100)
	write(one, 300, 500, "page 2 of 2")
	one = Scale(one, 1700, 2200)
	if a, b := Ink(specks, dpi), Ink(one, 2*dpi); a > 0.00001 || b < 0.0001 {
		t.Errorf("specks %.6f, one line %.6f", a, b)
	}
	if _, groups := Unspeckled(specks, 3); groups != 0 {
		t.Errorf("%d specks stayed", groups)
	}
	if _, groups := Unspeckled(one, 3); groups < 8 {
		t.Errorf("%d letters stayed", groups)
	}
}

func TestBusiestAndOutside(t *testing.T) {
	page := blankPage(400, 600)
	write(page, 20, 300, "PRO 544-319955")
	if band := Busiest(page, 100); band.Min.Y > 295 || band.Max.Y < 300 {
		t.Errorf("the busiest band is %v", band)
	}
	write(page, 20, 500, "OVER 1 CASE")
	rest := Outside(page, [][4]float64{{0, 0.4, 1, 0.55}})
	if all, left := Letters(page, dpi), Letters(rest, dpi); all < 19 || all > 22 || left != 9 {
		t.Errorf("%d letters, %d of them outside", all, left)
	}
	if inkIn(rest, image.Rect(0, 240, 400, 330)) != 0 || inkIn(rest, image.Rect(0, 480, 400, 510)) == 0 {
		t.Error("the wrong part was made white")
	}
}

func TestPrintOnlyLeavesStrokesOut(t *testing.T) {
	page := blankPage(800, 600)
	write(page, 20, 300, "SHIPPING CLERK")
	letters := Letters(page, dpi)
	for i := range 300 {
		for y := range 4 {
			page.SetGray(40+i, 400+i/2+y, color.Gray{})
		}
	}
	left := PrintOnly(page, dpi)
	if inkIn(left, image.Rect(30, 390, 360, 560)) != 0 {
		t.Error("a stroke was left")
	}
	if got := Letters(left, dpi); got != letters {
		t.Errorf("%d letters of %d are left", got, letters)
	}
}

func TestLooksLastAndTell(t *testing.T) {
	page, other := letter("Received in good order"), blankPage(850, 1100)
	for i := range 20 {
		write(other, 100+i%3*200, 100+i*40, "LD-374237")
	}
	again := Straightened(Scale(page, 600, 776), 0.5)
	if d := Distance(LooksOf(page), LooksOf(again)); d > Alike {
		t.Errorf("photographed again: %.2f", d)
	}
	if d := Distance(LooksOf(page), LooksOf(other)); d < 2*Alike {
		t.Errorf("another paper: %.2f", d)
	}
	if Distance(Looks{}, Looks{}) != 1 {
		t.Error("looks that were never taken are alike")
	}
	if empty := LooksOf(blankPage(850, 1100)); Distance(empty, empty) != 1 {
		t.Error("two empty pages are taken for one paper")
	}
}

func TestGreyTakesEverySortOfPicture(t *testing.T) {
	at := image.Rect(3, 5, 13, 12)
	for name, src := range map[string]draw.Image{"grey": image.NewGray(at), "colour": image.NewRGBA(at), "see-through": image.NewNRGBA(at),
		"fine": image.NewRGBA64(at), "palette": image.NewPaletted(at, color.Palette{color.Black, color.White, color.Transparent})} {
		draw.Draw(src, at, image.White, image.Point{}, draw.Src)
		src.Set(4, 6, color.Black)
		if name != "grey" {
			src.Set(5, 6, color.Transparent)
		}
		got := Grey(src)
		if got.Rect != image.Rect(0, 0, 10, 7) || got.Pix[got.PixOffset(1, 1)] != 0 || got.Pix[got.PixOffset(2, 1)] != 255 || got.Pix[0] != 255 {
			t.Errorf("%s: %v %v", name, got.Rect, got.Pix)
		}
	}
	ycc := image.NewYCbCr(at, image.YCbCrSubsampleRatio420)
	ycc.Y[ycc.YOffset(4, 6)] = 77
	if got := Grey(ycc); got.Pix[got.PixOffset(1, 1)] != 77 {
		t.Error("brightness of a JPEG lost")
	}
}

func TestTurningAndScalingKeepThePicture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(1, 40).Draw(t, "w"), rapid.IntRange(1, 40).Draw(t, "h")
		p := image.NewGray(image.Rect(0, 0, w, h))
		copy(p.Pix, rapid.SliceOfN(rapid.Byte(), w*h, w*h).Draw(t, "pixels"))
		q := rapid.IntRange(-5, 5).Draw(t, "quarters")
		if back := Turned(Turned(p, q), -q); back.Rect != p.Rect || string(back.Pix) != string(p.Pix) {
			t.Fatalf("turned by %d and back it is another picture", q)
		}
		nw, nh := rapid.IntRange(1, 60).Draw(t, "to w"), rapid.IntRange(1, 60).Draw(t, "to h")
		if s := Scale(p, nw, nh); s.Rect != image.Rect(0, 0, nw, nh) {
			t.Fatalf("scaled to %v", s.Rect)
		}
		for _, work := range []func(){
			func() { Evened(p, 20) }, func() { SlantOf(p) }, func() { WithoutRules(p, 20) }, func() { Positive(p, 20) }, func() { Ink(p, 20) },
			func() { Unspeckled(p, 2) }, func() { LooksOf(p) }, func() { PageOn(p) }, func() { Busiest(p, 10) }, func() { WithoutFaxLines(p) },
		} {
			work() // must not fall over small or odd pictures
		}
	})
}
