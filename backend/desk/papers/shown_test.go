package papers

import (
	"bytes"
	"image"
	"image/color"
	"math/rand/v2"
	"testing"
)

// TestAPhotoIsShownLight: what a scan shows is shown exactly, and a photo within what a browser bears.
func TestAPhotoIsShownLight(t *testing.T) {
	scan := image.NewGray(image.Rect(0, 0, 1700, 2200))
	photo := image.NewRGBA(image.Rect(0, 0, 1200, 1600))
	chance := rand.New(rand.NewPCG(1, 2))
	for y := range 1600 {
		for x := range 1200 {
			grain := uint8(200 + chance.IntN(12))
			photo.SetRGBA(x, y, color.RGBA{grain, grain - 4, uint8(120 + x/16), 255})
		}
	}
	for name, c := range map[string]struct {
		page          image.Image
		media, ending string
	}{"a scan": {scan, "image/png", "png"}, "a photo": {photo, "image/jpeg", "jpg"}} {
		t.Run(name, func(t *testing.T) {
			got, err := forScreen(c.page)
			if err != nil {
				t.Fatal(err)
			}
			if media, ending := mediaOf(got); media != c.media || ending != c.ending {
				t.Errorf("shown as %s, %s", media, ending)
			}
			if len(got) > lightPicture {
				t.Errorf("%d bytes", len(got))
			}
			shown, _, err := image.Decode(bytes.NewReader(got))
			if err != nil || shown.Bounds() != c.page.Bounds() {
				t.Errorf("%v of %v: %v", shown.Bounds(), c.page.Bounds(), err)
			}
		})
	}
}
