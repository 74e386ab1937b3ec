package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"sync/atomic"
)

// xlsxTable is one worksheet, streamed.
type xlsxTable struct {
	book   *workbook
	file   *zip.File
	merges map[int][]merge // by first row; read once
	known  bool
	at     atomic.Int64
}

// merge is a range of cells that shows as one; only its first cell holds the value.
type merge struct {
	column   int
	from, to int
}

// done is scaled from the unpacked worksheet to the size of the file.
func (t *xlsxTable) done() int64 {
	if t.file.UncompressedSize64 == 0 {
		return 0
	}
	return int64(float64(t.book.size) * min(1, float64(t.at.Load())/float64(t.file.UncompressedSize64)))
}

// counted counts the bytes that pass.
type counted struct {
	r     io.Reader
	total *atomic.Int64
}

func (c counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if c.total.Add(int64(n)) > maxPartBytes {
		return 0, errors.New("the worksheet unpacks to more than 2 GB: it is damaged or made to harm")
	}
	return n, err
}

func (t *xlsxTable) each(yield func(*row) bool) error {
	if err := t.readMerges(); err != nil {
		return err
	}
	r, err := t.file.Open()
	if err != nil {
		return fmt.Errorf("opening the worksheet: %w", err)
	}
	defer func() { _ = r.Close() }()
	t.at.Store(0)
	s := cellReader{book: t.book, x: newXMLScanner(counted{r, &t.at}), merges: t.merges}
	return s.rows(yield)
}

// readMerges reads the ranges behind the cells of the worksheet, before the first row is read: a load number that is merged
// over its stops belongs to each of them.
func (t *xlsxTable) readMerges() error {
	if t.known {
		return nil
	}
	r, err := t.file.Open()
	if err != nil {
		return fmt.Errorf("opening the worksheet: %w", err)
	}
	defer func() { _ = r.Close() }()
	t.at.Store(0)
	rest := &tail{r: counted{r, &t.at}, mark: []byte("sheetData>")}
	if err := rest.skip(); err != nil {
		if err == io.EOF {
			t.known = true
			return nil
		}
		return err
	}
	t.merges = map[int][]merge{}
	x := newXMLScanner(rest)
	for {
		tag, err := x.next()
		if err == io.EOF {
			t.known = true
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading the worksheet: %w", err)
		}
		if !tag.is("mergeCell") || !tag.opens {
			continue
		}
		first, last, _ := bytes.Cut(tag.attr("ref"), []byte(":"))
		column, from, ok1 := cellPlace(first)
		_, to, ok2 := cellPlace(last)
		if ok1 && ok2 && to > from {
			t.merges[from] = append(t.merges[from], merge{column, from, to})
		}
	}
}

// tail is what follows the last mark of a stream's body.
type tail struct {
	r    io.Reader
	mark []byte
	buf  []byte
}

// skip reads up to the closing mark. The opening tag carries the same letters only when it has no attributes, so the mark
// must follow a slash or a prefix.
func (t *tail) skip() error {
	chunk := make([]byte, 256<<10)
	for {
		n, err := t.r.Read(chunk)
		t.buf = append(t.buf, chunk[:n]...)
		for from := 0; ; {
			i := bytes.Index(t.buf[from:], t.mark)
			if i < 0 {
				break
			}
			i += from
			if open := bytes.LastIndexByte(t.buf[:i], '<'); open >= 0 && open+1 < len(t.buf) && t.buf[open+1] == '/' {
				t.buf = t.buf[i+len(t.mark):]
				return nil
			}
			from = i + len(t.mark)
		}
		if err != nil {
			return err
		}
		if keep := 64; len(t.buf) > keep {
			t.buf = t.buf[:copy(t.buf, t.buf[len(t.buf)-keep:])]
		}
	}
}

func (t *tail) Read(p []byte) (int, error) {
	if len(t.buf) > 0 {
		n := copy(p, t.buf)
		t.buf = t.buf[n:]
		return n, nil
	}
	return t.r.Read(p)
}

// cellPlace reads "AB12" as column 27 (from 0) and row 12.
func cellPlace(ref []byte) (column, line int, ok bool) {
	i := 0
	for i < len(ref) && (ref[i] >= 'A' && ref[i] <= 'Z' || ref[i] >= 'a' && ref[i] <= 'z') {
		column = column*26 + int(ref[i]&^0x20-'A') + 1
		i++
	}
	if i == 0 || i > 3 || i == len(ref) || len(ref)-i > 7 {
		return 0, 0, false
	}
	for ; i < len(ref); i++ {
		if ref[i] < '0' || ref[i] > '9' {
			return 0, 0, false
		}
		line = line*10 + int(ref[i]-'0')
	}
	return column - 1, line, true
}

// cellReader reads the cells of a worksheet into rows.
type cellReader struct {
	book   *workbook
	x      *xmlScanner
	merges map[int][]merge
	open   []spread
	row    row
	column int
	style  int
	kind   string
	value  []byte
}

// spread is a merged value on its way down.
type spread struct {
	column, to int
	value      string
}

func (c *cellReader) rows(yield func(*row) bool) error {
	inside, inText, phonetic := false, false, 0
	for {
		tag, err := c.x.next()
		if err == io.EOF {
			return errors.New("the worksheet ends in the middle: the file is damaged")
		}
		if err != nil {
			return fmt.Errorf("reading the worksheet: %w", err)
		}
		switch string(tag.name) {
		case "row":
			if tag.opens {
				c.beginRow(tag)
			}
			if tag.closes && !c.endRow(yield) {
				return nil
			}
		case "c":
			if tag.opens {
				c.beginCell(tag)
				inside = true
			}
			if tag.closes {
				c.endCell()
				inside = false
			}
		case "rPh":
			phonetic += tag.depth()
		case "v", "t":
			if tag.closes && !tag.opens && inside && inText && phonetic == 0 {
				c.value = append(c.value, c.x.text...)
			}
			inText = tag.opens && !tag.closes
		case "sheetData":
			if tag.closes {
				return nil
			}
		}
	}
}

func (c *cellReader) beginRow(tag xmlTag) {
	n, err := strconv.Atoi(string(tag.attr("r")))
	if err != nil || n <= c.row.n {
		n = c.row.n + 1
	}
	c.row = row{n: n, offset: -1, cells: c.row.cells[:0]}
	c.column = -1
}

func (c *cellReader) beginCell(tag xmlTag) {
	c.column++
	if column, _, ok := cellPlace(tag.attr("r")); ok && column >= c.column {
		c.column = column
	}
	c.kind = string(tag.attr("t"))
	c.style, _ = strconv.Atoi(string(tag.attr("s")))
	c.value = c.value[:0]
}

func (c *cellReader) endCell() {
	if len(c.value) == 0 || c.column >= maxColumns {
		return
	}
	for len(c.row.cells) <= c.column {
		c.row.cells = append(c.row.cells, "")
	}
	c.row.cells[c.column] = trimCell(c.text())
}

func (c *cellReader) endRow(yield func(*row) bool) bool {
	c.spreadMerges()
	c.row.text = joinCSV(c.row.cells, ',')
	c.row.length = len(c.row.text)
	return yield(&c.row)
}

func (c *cellReader) spreadMerges() {
	for _, m := range c.merges[c.row.n] {
		if v := c.row.cell(m.column); v != "" {
			c.open = append(c.open, spread{m.column, m.to, v})
		}
	}
	kept := c.open[:0]
	for _, s := range c.open {
		if s.to < c.row.n {
			continue
		}
		kept = append(kept, s)
		for len(c.row.cells) <= s.column {
			c.row.cells = append(c.row.cells, "")
		}
		if c.row.cells[s.column] == "" {
			c.row.cells[s.column] = s.value
		}
	}
	c.open = kept
}
