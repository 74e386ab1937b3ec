package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// Limits of a workbook: what honest exports stay far below and a zip bomb does not.
const (
	maxParts         = 10_000
	maxPartBytes     = 2 << 30   // of one worksheet, unpacked; it is streamed
	maxSharedBytes   = 512 << 20 // of the shared strings, unpacked
	maxSharedText    = 128 << 20 // of their text, which is kept in memory
	maxMetadataBytes = 16 << 20  // of any other part
)

// workbook is an opened XLSX: where its worksheets are, and what their cells need to be read.
//
// It is read by hand rather than by excelize, whose row iterator gives neither a cell's style (is the number a date?) nor the
// merged ranges without loading the whole worksheet.
type workbook struct {
	zip      *zip.Reader
	size     int64
	sheets   []worksheet
	from1904 bool
	shared   []string
	styles   []numberStyle
}

type worksheet struct {
	name   string
	file   *zip.File
	hidden bool
}

// openWorkbook opens a workbook at the worksheet with the best table.
func openWorkbook(name string, r io.ReaderAt, size int64) (*Book, error) {
	return OpenSheet(name, r, size, "")
}

// OpenSheet opens one worksheet of an XLSX file by its name; with an empty name the one with the best table.
func OpenSheet(name string, r io.ReaderAt, size int64, sheet string) (*Book, error) {
	w, err := newWorkbook(r, size)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var best *Book
	var reasons []error
	bestScore, names := -1, make([]string, 0, len(w.sheets))
	for _, s := range w.sheets {
		names = append(names, s.name)
		if sheet != "" && s.name != sheet || sheet == "" && s.hidden {
			continue
		}
		b := &Book{Name: name, Size: size, Sheet: s.name, table: &xlsxTable{book: w, file: s.file}}
		if err := b.findHeader(); err != nil {
			reasons = append(reasons, fmt.Errorf("worksheet %s: %w", s.name, err))
			continue
		}
		if score := headerScore(b.Header, 0) * min(len(b.sample), 20); score > bestScore {
			best, bestScore = b, score
		}
	}
	if best == nil {
		return nil, fmt.Errorf("%s has no worksheet with a table: %w", name, errors.Join(reasons...))
	}
	best.Sheets = names
	if len(names) > 1 {
		best.Notes = append(best.Notes, fmt.Sprintf("Of %d worksheets, %q was read.", len(names), best.Sheet))
	}
	return best, nil
}

func newWorkbook(r io.ReaderAt, size int64) (*workbook, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("it is a damaged workbook (%w): save it again and import that", err)
	}
	if len(z.File) > maxParts {
		return nil, fmt.Errorf("the workbook holds %d parts, more than any real one", len(z.File))
	}
	w := &workbook{zip: z, size: size}
	main := w.mainPart()
	if w.part(main) == nil {
		if w.part("xl/workbook.bin") != nil {
			return nil, errors.New("it is a binary workbook (.xlsb): save it as .xlsx or CSV and import that")
		}
		if w.part("content.xml") != nil {
			return nil, errors.New("it is an OpenDocument table: save it as .xlsx or CSV and import that")
		}
		return nil, errors.New("it is a zip archive but no workbook")
	}
	rels, err := w.relations(main)
	if err != nil {
		return nil, err
	}
	if err := w.readSheets(main, rels); err != nil {
		return nil, err
	}
	if err := w.readStyles(rels.ofType("styles")); err != nil {
		return nil, err
	}
	return w, w.readShared(rels.ofType("sharedStrings"))
}

func (w *workbook) part(name string) *zip.File {
	name = strings.TrimPrefix(name, "/")
	for _, f := range w.zip.File {
		if strings.EqualFold(strings.ReplaceAll(f.Name, `\`, "/"), name) {
			return f
		}
	}
	return nil
}

// decode reads a small part of the workbook as XML; an absent part leaves v as it is.
func (w *workbook) decode(name string, v any) error {
	f := w.part(name)
	if f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return fmt.Errorf("opening %s in the workbook: %w", name, err)
	}
	defer func() { _ = r.Close() }()
	d := xml.NewDecoder(io.LimitReader(r, maxMetadataBytes))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	if err := d.Decode(v); err != nil {
		return fmt.Errorf("reading %s in the workbook: %w", name, err)
	}
	return nil
}

type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

type relations []relation

func (r relations) ofType(word string) string {
	for _, rel := range r {
		if strings.HasSuffix(rel.Type, "/"+word) {
			return rel.Target
		}
	}
	return ""
}

func (r relations) byID(id string) string {
	for _, rel := range r {
		if rel.ID == id {
			return rel.Target
		}
	}
	return ""
}

// relations reads the relations of a part, their targets as full names.
func (w *workbook) relations(part string) (relations, error) {
	var doc struct {
		List []relation `xml:"Relationship"`
	}
	dir, file := path.Split(part)
	if err := w.decode(dir+"_rels/"+file+".rels", &doc); err != nil {
		return nil, err
	}
	for i := range doc.List {
		target := strings.ReplaceAll(doc.List[i].Target, `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(dir, target)
		}
		doc.List[i].Target = strings.TrimPrefix(target, "/")
	}
	return doc.List, nil
}

func (w *workbook) mainPart() string {
	rels, err := w.relations("")
	if main := rels.ofType("officeDocument"); err == nil && main != "" {
		return main
	}
	return "xl/workbook.xml"
}

func (w *workbook) readSheets(main string, rels relations) error {
	var doc struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string     `xml:"name,attr"`
			State string     `xml:"state,attr"`
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := w.decode(main, &doc); err != nil {
		return err
	}
	w.from1904 = doc.Properties.Date1904 == "1" || doc.Properties.Date1904 == "true"
	for _, s := range doc.Sheets {
		for _, a := range s.Attrs {
			if a.Name.Local != "id" {
				continue
			}
			if f := w.part(rels.byID(a.Value)); f != nil && strings.Contains(strings.ToLower(f.Name), "sheet") {
				w.sheets = append(w.sheets, worksheet{name: s.Name, file: f, hidden: s.State == "hidden" || s.State == "veryHidden"})
			}
		}
	}
	if len(w.sheets) == 0 {
		return errors.New("the workbook has no worksheet")
	}
	return nil
}

// readShared loads the strings that cells point at.
func (w *workbook) readShared(name string) error {
	f := w.part(name)
	if name == "" || f == nil {
		return nil
	}
	r, err := f.Open()
	if err != nil {
		return fmt.Errorf("opening the workbook's texts: %w", err)
	}
	defer func() { _ = r.Close() }()
	limited := &io.LimitedReader{R: r, N: maxSharedBytes}
	x := newXMLScanner(limited)
	var text []byte
	total, phonetic := 0, 0
	for {
		tag, err := x.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return fmt.Errorf("reading the workbook's texts: %w", err)
		}
		switch {
		case tag.is("si") && tag.opens:
			text = text[:0]
		case tag.is("si"):
			w.shared = append(w.shared, string(text))
		case tag.is("rPh"):
			phonetic += tag.depth()
		case tag.is("t") && tag.closes && !tag.opens && phonetic == 0:
			text = appendUnescaped(text, x.text)
		}
		if tag.is("si") && tag.opens && tag.closes {
			w.shared = append(w.shared, "")
		}
		if total += len(x.text); total > maxSharedText {
			return errors.New("the workbook's texts take more than 128 MB: it is damaged or made to harm")
		}
	}
	if limited.N <= 0 {
		return errors.New("the workbook's texts unpack to more than 512 MB: it is damaged or made to harm")
	}
	return nil
}

func (w *workbook) readStyles(name string) error {
	var doc struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if name == "" {
		return nil
	}
	if err := w.decode(name, &doc); err != nil {
		return err
	}
	codes := map[int]string{}
	for _, f := range doc.Formats {
		codes[f.ID] = f.Code
	}
	for _, c := range doc.Cells {
		w.styles = append(w.styles, styleOf(c.Format, codes[c.Format]))
	}
	return nil
}
