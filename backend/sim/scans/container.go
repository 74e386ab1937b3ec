package scans

import (
	"math/rand/v2"
	"slices"
)

// container is how pages are packed into a file.
type container struct {
	name, ext string
	many      bool // takes more than one page
	pack      func(rng *rand.Rand, sheets []*sheet, worn []wear) []byte
}

var (
	pdfText = container{"pdf-text", "pdf", true, func(_ *rand.Rand, sheets []*sheet, _ []wear) []byte { return textPDF(sheets) }}
	pdfImg  = container{"pdf-img", "pdf", true, func(rng *rand.Rand, sheets []*sheet, worn []wear) []byte {
		var pages []scannedPage
		for i, s := range sheets {
			p := worn[i].picture(rng, s)
			pages = append(pages, scannedPage{p, float64(p.w) * 72 / worn[i].dpi, float64(p.h) * 72 / worn[i].dpi})
		}
		return imagePDF(pages, 70+rng.IntN(20))
	}}
	tiffs = container{"tiff", "tif", true, func(rng *rand.Rand, sheets []*sheet, worn []wear) []byte {
		var pages []*picture
		for i, s := range sheets {
			pages = append(pages, worn[i].picture(rng, s))
		}
		return tiffFile(pages, worn[0].dpi, []int{tiffGroup4, tiffGroup4, tiffLZW, tiffDeflate, tiffPackBits, tiffJPEG}[rng.IntN(6)])
	}}
	jpg = container{"jpg", "jpg", false, func(rng *rand.Rand, sheets []*sheet, worn []wear) []byte {
		return worn[0].picture(rng, sheets[0]).jpeg(62 + rng.IntN(28))
	}}
	jpgExif = container{"jpg-exif", "jpg", false, func(rng *rand.Rand, sheets []*sheet, worn []wear) []byte {
		p := worn[0].picture(rng, sheets[0])
		how := []struct {
			orientation byte
			turns       int // that the phone held it, undone by the orientation
		}{{6, 3}, {3, 2}, {8, 1}}[rng.IntN(3)]
		for range how.turns {
			p = p.quarter()
		}
		return p.jpegTurned(68+rng.IntN(22), how.orientation)
	}}
	pngs = container{"png", "png", false, func(rng *rand.Rand, sheets []*sheet, worn []wear) []byte {
		return worn[0].picture(rng, sheets[0]).png(worn[0].dpi)
	}}
)

// someContainer packs as papers come: photos mostly, PDFs of scanners and of programs.
func (m *maker) someContainer(rng *rand.Rand, told story) container {
	switch told.broken {
	case "truncated-pdf":
		return pdfImg
	case "truncated-jpg":
		return jpg
	case "zero", "text-as-pdf":
		return pdfText // its bytes are thrown away, and it is the quickest
	}
	pile := []container{pdfText, pdfImg, pdfImg, pdfImg, tiffs, tiffs, jpg, jpg, jpgExif, jpgExif, pngs}
	if m.house.onPaper != nil {
		pile = m.house.onPaper(pile, told)
	}
	if len(m.profiles) > 0 && !slices.Contains(m.profiles, "clean") {
		pile = slices.DeleteFunc(pile, func(c container) bool { return c.name == "pdf-text" }) // always clean
	}
	if len(told.pages) > 1 {
		pile = slices.DeleteFunc(pile, func(c container) bool { return !c.many })
	}
	return pile[rng.IntN(len(pile))]
}

// someWear is what each page went through: pages of one file lay in one machine, but each as it fell.
func (m *maker) someWear(rng *rand.Rand, c container, pages int) []wear {
	var worn []wear
	fax := rng.IntN(4) == 0
	for range pages {
		profile := someProfile(rng)
		if m.house.creases && profile == "scan" && rng.IntN(3) == 0 {
			profile = "creased"
		}
		switch {
		case len(m.profiles) > 0:
			profile = m.profiles[rng.IntN(len(m.profiles))]
		case c.name == "jpg-exif":
			profile = "photo"
		case pages > 1 && fax:
			profile = "fax"
		case pages > 1 && (profile == "fax" || profile == "photo"):
			profile = "scan"
		case profile == "fax" && c.ext == "jpg":
			profile = "scan"
		}
		if c.name == "pdf-text" {
			profile = "clean"
		}
		worn = append(worn, newWear(rng, profile))
	}
	return worn
}
