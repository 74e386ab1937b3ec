package scans

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// pdfFile collects the objects of a PDF (ISO 32000-1).
type pdfFile struct{ objects [][]byte }

// add keeps an object and returns its number.
func (f *pdfFile) add(body []byte) int {
	f.objects = append(f.objects, body)
	return len(f.objects)
}

func (f *pdfFile) stream(dict string, data []byte) int {
	return f.add(slices.Concat(fmt.Appendf(nil, "<< %s /Length %d >>\nstream\n", dict, len(data)), data, []byte("\nendstream")))
}

// close writes the file. Objects 1 and 2, catalogue and page list, were kept free for it.
func (f *pdfFile) close(pages []int) []byte {
	kids := make([]string, len(pages))
	for i, p := range pages {
		kids[i] = fmt.Sprintf("%d 0 R", p)
	}
	f.objects[0] = []byte("<< /Type /Catalog /Pages 2 0 R >>")
	f.objects[1] = fmt.Appendf(nil, "<< /Type /Pages /Count %d /Kids [%s] >>", len(pages), strings.Join(kids, " "))
	var b bytes.Buffer
	b.WriteString("%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
	var offsets []int
	for i, o := range f.objects {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n", i+1)
		b.Write(o)
		b.WriteString("\nendobj\n")
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return b.Bytes()
}

func newPDF() *pdfFile { return &pdfFile{objects: make([][]byte, 2)} }

// scannedPage is a picture with the size it has on paper, in points.
type scannedPage struct {
	picture *picture
	w, h    float64
}

// imagePDF is a PDF as scanners write it: each page one picture.
func imagePDF(pages []scannedPage, quality int) []byte {
	f := newPDF()
	var numbers []int
	for _, p := range pages {
		numbers = append(numbers, f.picturePage(p, quality))
	}
	return f.close(numbers)
}

// picturePage adds a page that is one picture.
func (f *pdfFile) picturePage(p scannedPage, quality int) int {
	space := "/DeviceGray"
	if len(p.picture.planes) == 3 {
		space = "/DeviceRGB"
	}
	dict := fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace %s", p.picture.w, p.picture.h, space)
	var image int
	if p.picture.bilevel() {
		image = f.stream(dict+" /BitsPerComponent 1 /Filter /FlateDecode", deflated(p.picture.packed()))
	} else {
		image = f.stream(dict+" /BitsPerComponent 8 /Filter /DCTDecode", p.picture.jpeg(quality))
	}
	content := f.stream("", fmt.Appendf(nil, "q %.2f 0 0 %.2f 0 0 cm /I Do Q", p.w, p.h))
	return f.add(fmt.Appendf(nil, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.2f %.2f] /Contents %d 0 R /Resources << /XObject << /I %d 0 R >> >> >>",
		p.w, p.h, content, image))
}

// textPDF is a PDF as programs write it: type as type, lines as lines.
func textPDF(sheets []*sheet) []byte {
	f := newPDF()
	fonts := map[string]int{}
	var numbers []int
	for _, s := range sheets {
		numbers = append(numbers, f.textPage(s, fonts))
	}
	return f.close(numbers)
}

// textPage adds a page of type. Fonts are those in the file up to now.
func (f *pdfFile) textPage(s *sheet, fonts map[string]int) int {
	used := map[string]int{}
	content := f.stream("/Filter /FlateDecode", deflated([]byte(s.content(func(face *face) string {
		if fonts[face.name] == 0 {
			fonts[face.name] = f.embed(face)
		}
		used[face.name] = fonts[face.name]
		return face.name
	}))))
	var list strings.Builder
	for _, name := range slices.Sorted(maps.Keys(used)) {
		fmt.Fprintf(&list, "/%s %d 0 R ", name, used[name])
	}
	return f.add(fmt.Appendf(nil, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.2f %.2f] /Contents %d 0 R /Resources << /Font << %s>> >> >>",
		s.w, s.h, content, list.String()))
}

// embed puts a whole TrueType face in the file.
func (f *pdfFile) embed(face *face) int {
	program := f.stream(fmt.Sprintf("/Length1 %d /Filter /FlateDecode", len(face.file)), deflated(face.file))
	name := strings.ToUpper(strings.ReplaceAll(face.name, "-", ""))
	descriptor := f.add(fmt.Appendf(nil, "<< /Type /FontDescriptor /FontName /%s /Flags 32 /FontBBox [-200 -300 1200 1000] /ItalicAngle 0 /Ascent 900 /Descent -250 /CapHeight 700 /StemV 80 /FontFile2 %d 0 R >>", name, program))
	var widths strings.Builder
	for c := rune(32); c < 256; c++ {
		fmt.Fprintf(&widths, "%.0f ", face.glyph(c).advance)
	}
	return f.add(fmt.Appendf(nil, "<< /Type /Font /Subtype /TrueType /BaseFont /%s /FirstChar 32 /LastChar 255 /Widths [%s] /Encoding /WinAnsiEncoding /FontDescriptor %d 0 R >>",
		name, widths.String(), descriptor))
}

// content is the sheet's marks as PDF operators. PDF counts from the lower left corner.
func (s *sheet) content(font func(*face) string) string {
	var b strings.Builder
	for _, m := range s.marks {
		r, g, bl := float64(m.ink[0])/255, float64(m.ink[1])/255, float64(m.ink[2])/255
		if m.run != nil {
			fmt.Fprintf(&b, "BT %.3f %.3f %.3f rg\n", r, g, bl)
			m.run.content(&b, font(m.run.face), s.h)
			b.WriteString("ET\n")
			continue
		}
		for i, p := range m.path {
			op := "l"
			if i == 0 {
				op = "m"
			}
			fmt.Fprintf(&b, "%.2f %.2f %s ", p.x, s.h-p.y, op)
		}
		if m.width == 0 {
			fmt.Fprintf(&b, "%.3f %.3f %.3f rg f\n", r, g, bl)
		} else {
			fmt.Fprintf(&b, "%.3f %.3f %.3f RG %.2f w S\n", r, g, bl, m.width)
		}
	}
	return b.String()
}

// content writes a run at once when its letters stand in line, else letter by letter.
func (r *run) content(b *strings.Builder, font string, height float64) {
	put := func(l letter, text string) {
		sin, cos := math.Sincos(l.turn)
		// The columns of letter.place, with y upwards.
		fmt.Fprintf(b, "/%s %.3f Tf %.4f %.4f %.4f %.4f %.2f %.2f Tm (%s) Tj\n", font, l.size, cos, -sin, sin+l.slant*cos, cos-l.slant*sin, l.at.x, height-l.at.y, winAnsi(text))
	}
	first := r.letters[0]
	straight := !slices.ContainsFunc(r.letters, func(l letter) bool { return l.size != first.size || l.turn != first.turn || l.slant != first.slant })
	if straight {
		put(first, r.text)
		return
	}
	for _, l := range r.letters {
		put(l, string(l.r))
	}
}

// winAnsi is a string as a PDF writes it; our papers use no letter beyond Latin-1.
func winAnsi(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r == '(' || r == ')' || r == '\\' {
			b.WriteByte('\\')
		}
		b.WriteByte(byte(r))
	}
	return b.String()
}
