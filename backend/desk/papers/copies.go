package papers

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"io"
	"slices"
	"strings"

	"tracedesk/backend/desk"
	"tracedesk/backend/documents"
	"tracedesk/backend/report/pdf"
	"tracedesk/backend/store"
)

// How pages go into a copy: the quality of the JPEG, and for how many dots an inch its pixels count.
const (
	copyQuality = 78
	copyDPI     = 200
)

// mostCopied is how many pages one copy or packet has.
const mostCopied = 300

// Copy is a searchable PDF of one document: pictures of its pages, turned and cut as a person left them, with the words that
// were read behind them.
func (a *Area) Copy(ctx context.Context, id string) (File, error) {
	d, err := a.known(ctx, id)
	if err != nil {
		return File{}, err
	}
	body, err := a.copyOf(ctx, d.Name, []store.Document{d})
	if err != nil {
		return File{}, err
	}
	if err := a.desk.Left(ctx, "paper copied", d.ID, d.Name, body); err != nil {
		return File{}, err
	}
	return File{Name: bare(d.Name) + ".pdf", MIME: "application/pdf", Modified: d.ReceivedAt, Body: inMemory{bytes.NewReader(body)}}, nil
}

// Cut is a PDF of a document's own pages alone, for a system that is sent it. One of which a page cannot be shown is refused: half a
// paper proves nothing.
func (a *Area) Cut(ctx context.Context, id string) ([]byte, error) {
	d, err := a.known(ctx, id)
	if err != nil {
		return nil, err
	}
	sheets, err := a.sheets(ctx, &d)
	if err != nil {
		return nil, err
	}
	if len(sheets) == 0 || len(sheets) < len(d.Pages) {
		return nil, desk.Invalid("The pages of this paper cannot be cut out of %s, which holds other papers too. Bring the paper as a file of its own, or send it there by hand.", d.Name)
	}
	return pdf.Copy(d.Name, d.ReceivedAt, sheets)
}

func (a *Area) copyOf(ctx context.Context, title string, docs []store.Document) ([]byte, error) {
	var sheets []pdf.Sheet
	for i := range docs {
		more, err := a.sheets(ctx, &docs[i])
		if err != nil {
			return nil, err
		}
		if len(more) > 0 {
			more[0].Mark = strings.TrimSpace(strings.ToUpper(docs[i].Kind) + " " + docs[i].Name)
		}
		if sheets = append(sheets, more...); len(sheets) > mostCopied {
			return nil, desk.Invalid("More than %d pages do not go into one PDF; take them as a ZIP.", mostCopied)
		}
	}
	if len(sheets) == 0 {
		return nil, desk.Invalid("%s has no page that can be shown.", title)
	}
	return pdf.Copy(title, docs[0].ReceivedAt, sheets)
}

// sheets are the pages of a document for a copy.
func (a *Area) sheets(ctx context.Context, d *store.Document) ([]pdf.Sheet, error) {
	read, err := readingOf(d)
	if err != nil {
		return nil, err
	}
	body, err := a.desk.Papers.Open(d.File)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	pages, err := a.pagesOf(ctx, d)
	if err != nil {
		return nil, err
	}
	a.idle.Reset(restAfter)
	v := view{d, &read, pages}
	var out []pdf.Sheet
	for _, n := range d.Pages {
		drawn, err := a.drawn(ctx, body, v.look(n))
		var refused *documents.Fault
		if errors.As(err, &refused) {
			continue
		}
		if err != nil {
			return nil, err
		}
		s := pdf.Sheet{Kind: "jpg"}
		crop := [4]float64{0, 0, 1, 1}
		if box := d.Crops[n]; len(box) == 4 {
			crop = [4]float64(box)
		}
		picture := cut(drawn, crop)
		var out1 bytes.Buffer
		if err := jpeg.Encode(&out1, picture, &jpeg.Options{Quality: copyQuality}); err != nil {
			return nil, err
		}
		s.Picture = out1.Bytes()
		s.Width, s.Height = float64(picture.Bounds().Dx())*72/copyDPI, float64(picture.Bounds().Dy())*72/copyDPI
		for i := range pages {
			if pages[i].Number == n {
				s.Words = placed(&pages[i], d.Turns[n], crop)
			}
		}
		out = append(out, s)
	}
	return out, nil
}

// cut is a part of a picture, as grey where it is grey.
func cut(src image.Image, box [4]float64) image.Image {
	b := src.Bounds()
	part := image.Rect(b.Min.X+int(box[0]*float64(b.Dx())), b.Min.Y+int(box[1]*float64(b.Dy())), b.Min.X+int(box[2]*float64(b.Dx())), b.Min.Y+int(box[3]*float64(b.Dy()))).Intersect(b)
	if part.Empty() {
		part = b
	}
	size := image.Rect(0, 0, part.Dx(), part.Dy())
	if _, grey := src.(*image.Gray); grey {
		dst := image.NewGray(size)
		draw.Draw(dst, size, src, part.Min, draw.Src)
		return dst
	}
	dst := image.NewRGBA(size)
	draw.Draw(dst, size, src, part.Min, draw.Src)
	return dst
}

// placed are the words of a page where they stand once it is turned and cut.
func placed(p *pageWords, turn int, crop [4]float64) (out []pdf.SheetWord) {
	wide, high := crop[2]-crop[0], crop[3]-crop[1]
	for _, w := range p.Words {
		b := turnedBox(w.Box, turn)
		b = [4]float64{(b[0] - crop[0]) / wide, (b[1] - crop[1]) / high, (b[2] - crop[0]) / wide, (b[3] - crop[1]) / high}
		if w.Text == "" || b[0] < 0 || b[1] < 0 || b[2] > 1 || b[3] > 1 {
			continue
		}
		out = append(out, pdf.SheetWord{Text: w.Text, Box: b})
	}
	return out
}

// Packet is all papers of a load in one file: as searchable PDF, or as a ZIP of the files as they came.
func (a *Area) Packet(ctx context.Context, ref, as string) (File, error) {
	load, err := a.desk.FindLoad(ctx, ref)
	if err != nil {
		return File{}, err
	}
	docs, err := a.desk.Store.Documents(ctx, load.ID, "", mostListed)
	if err != nil {
		return File{}, err
	}
	docs = slices.DeleteFunc(docs, func(d store.Document) bool {
		return d.State == string(Rejected) || d.State == string(SetAside) || d.Stage == string(InReading)
	})
	if len(docs) == 0 {
		return File{}, desk.NotFound("Load %s has no papers on file.", load.Number)
	}
	slices.SortStableFunc(docs, func(x, y store.Document) int {
		return cmp.Or(packetOrder(x.Kind)-packetOrder(y.Kind), x.ReceivedAt.Compare(y.ReceivedAt))
	})
	var body []byte
	out := File{Name: "papers of load " + safeName(load.Number) + ".pdf", MIME: "application/pdf", Modified: docs[0].ReceivedAt}
	switch as {
	case "", "pdf":
		body, err = a.copyOf(ctx, "Papers of load "+load.Number, docs)
	case "zip":
		out.Name, out.MIME = "papers of load "+safeName(load.Number)+".zip", "application/zip"
		body, err = a.zipOf(ctx, docs)
	default:
		err = desk.Invalid("A packet is made as pdf or as zip, not as %q.", as)
	}
	if err != nil {
		return File{}, err
	}
	if err := a.desk.Left(ctx, "load packet", load.UID.String(), out.Name, body); err != nil {
		return File{}, err
	}
	out.Body = inMemory{bytes.NewReader(body)}
	return out, nil
}

func packetOrder(kind string) int {
	if i := slices.Index([]string{string(POP), string(POD)}, kind); i >= 0 {
		return i
	}
	return 2
}

// zipOf are the files of documents, each once, named by the usual rule.
func (a *Area) zipOf(ctx context.Context, docs []store.Document) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	seen, names := map[string]bool{}, map[string]bool{}
	for i := range docs {
		d := &docs[i]
		if seen[d.File] {
			continue
		}
		seen[d.File] = true
		name, err := a.nameBy(ctx, usualRule, d)
		if err != nil {
			return nil, err
		}
		if err := a.zipOne(z, freeName(name, extension(d.Name), func(n string) bool { return names[strings.ToLower(n)] }), d); err != nil {
			return nil, err
		}
		names[strings.ToLower(name+extension(d.Name))] = true
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func (a *Area) zipOne(z *zip.Writer, name string, d *store.Document) error {
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: d.ReceivedAt})
	if err != nil {
		return err
	}
	src, err := a.desk.Papers.Open(d.File)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, src)
	return errors.Join(err, src.Close())
}

// freeName is a name that is not taken: the second of a name gets a 2.
func freeName(stem, ext string, taken func(string) bool) string {
	for n := 1; ; n++ {
		name := stem + ext
		if n > 1 {
			name = fmt.Sprintf("%s (%d)%s", stem, n, ext)
		}
		if !taken(name) {
			return name
		}
	}
}
