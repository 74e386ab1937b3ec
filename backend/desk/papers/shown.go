package papers

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"net/http"

	"tracedesk/backend/documents"
)

// lightPicture is up to how many bytes a page's picture is shown pixel by pixel, as PNG: scans of black and grey have less. A photo
// has five to twelve times as many, and a browser that lets some of those go at once stands still for it (a thousandth of a second
// for each million bytes, in its garbage collection).
const lightPicture = 1 << 20

// photoQuality is where a page's photo cannot be told from its PNG by eye.
const photoQuality = 90

var errHeavy = errors.New("the picture is a photo")

// light takes bytes up to lightPicture.
type light struct{ bytes.Buffer }

func (l *light) Write(p []byte) (int, error) {
	if l.Len()+len(p) > lightPicture {
		return 0, errHeavy
	}
	return l.Buffer.Write(p)
}

// forScreen writes a page's picture as a screen takes it: PNG, or JPEG where that is a photo's many bytes.
func forScreen(page image.Image) ([]byte, error) {
	var exact light
	err := documents.WritePNG(&exact, page)
	if !errors.Is(err, errHeavy) {
		return exact.Bytes(), err
	}
	var photo bytes.Buffer
	err = jpeg.Encode(&photo, page, &jpeg.Options{Quality: photoQuality})
	return photo.Bytes(), err
}

// mediaOf is the media type of a picture from forScreen, and the ending of its name.
func mediaOf(picture []byte) (media, ending string) {
	if media = http.DetectContentType(picture); media == "image/jpeg" {
		return media, "jpg"
	}
	return "image/png", "png"
}
