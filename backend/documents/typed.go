package documents

import (
	"strings"

	pdfium "github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// What a page may have besides its text and still be typed.
const (
	mostPictured = 0.2  // of its area under pictures and groups of drawing: a logo, a code, a signature
	mostObjects  = 4000 // looked at; a page of print has some hundreds
)

// recognisers are words by which programs that read scans sign the files they make.
var recognisers = []string{"ocr", "finereader", "tesseract", "omnipage", "readiris", "paper capture", "recogni"}

// typed reports whether a page's text layer was written by the program that made the page, so that its letters are what was
// meant and cannot be misread. One that lies unseen over pictures, or was made by a program that reads scans, is a reading as
// ours is, and of whose quality nobody knows.
func (e *engine) typed(inst pdfium.Pdfium, doc references.FPDF_DOCUMENT, i int, area float64) bool {
	for _, tag := range []string{"Producer", "Creator"} {
		meta, err := inst.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: doc, Tag: tag})
		if err != nil {
			continue // it does not say
		}
		maker := strings.ToLower(meta.Value)
		for _, word := range recognisers {
			if strings.Contains(maker, word) {
				return false
			}
		}
	}
	page := pageAt(doc, i)
	count, err := inst.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: page})
	if err != nil || count.Count > mostObjects {
		return false
	}
	var pictured float64
	for n := range count.Count {
		object, err := inst.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: page, Index: n})
		if err != nil {
			return false
		}
		sort, err := inst.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object.PageObject})
		if err != nil {
			return false
		}
		switch sort.Type {
		case enums.FPDF_PAGEOBJ_TEXT:
			mode, err := inst.FPDFTextObj_GetTextRenderMode(&requests.FPDFTextObj_GetTextRenderMode{PageObject: object.PageObject})
			if err != nil || unseen[mode.TextRenderMode] {
				return false
			}
		case enums.FPDF_PAGEOBJ_IMAGE, enums.FPDF_PAGEOBJ_FORM:
			b, err := inst.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: object.PageObject})
			if err != nil {
				return false
			}
			pictured += float64(b.Right-b.Left) * float64(b.Top-b.Bottom)
		}
	}
	return pictured <= mostPictured*area
}

// unseen are the ways to write that leave no ink on the page (ISO 32000-1, table 106), or of which the engine knows nothing.
var unseen = map[enums.FPDF_TEXT_RENDERMODE]bool{enums.FPDF_TEXTRENDERMODE_INVISIBLE: true, enums.FPDF_TEXTRENDERMODE_CLIP: true,
	enums.FPDF_TEXTRENDERMODE_UNKNOWN: true}
