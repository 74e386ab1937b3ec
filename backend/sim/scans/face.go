package scans

import (
	"bytes"
	"compress/zlib"
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/gomonobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

//go:embed fonts/*.woff
var fontFiles embed.FS

// face is a typeface: outlines in thousandths of an em, y downwards.
type face struct {
	name   string
	file   []byte // TrueType
	font   *sfnt.Font
	mu     sync.Mutex
	buf    sfnt.Buffer
	glyphs map[rune]*glyph
}

type glyph struct {
	advance  float64
	segments sfnt.Segments
}

const em = 1000

var allFaces = sync.OnceValue(func() map[string]*face {
	all := map[string]*face{}
	add := func(name string, file []byte) {
		parsed, err := sfnt.Parse(file)
		if err != nil {
			panic(fmt.Sprintf("the font %s that is part of the program cannot be read: %v", name, err))
		}
		all[name] = &face{name: name, file: file, font: parsed, glyphs: map[rune]*glyph{}}
	}
	add("go", goregular.TTF)
	add("go-bold", gobold.TTF)
	add("mono", gomono.TTF)
	add("mono-bold", gomonobold.TTF)
	entries, err := fontFiles.ReadDir("fonts")
	if err != nil {
		panic(err)
	}
	for _, e := range entries {
		name := strings.TrimSuffix(e.Name(), ".woff")
		packed, err := fontFiles.ReadFile("fonts/" + e.Name())
		if err != nil {
			panic(err)
		}
		file, err := unpackWOFF(packed)
		if err != nil {
			panic(fmt.Sprintf("the font %s that is part of the program cannot be unpacked: %v", name, err))
		}
		add(name, file)
	}
	return all
})

func faceNamed(name string) *face { return allFaces()[name] }

// has reports whether the face can draw every letter of text.
func (f *face) has(text string) bool {
	for _, r := range text {
		if i, err := f.index(r); err != nil || i == 0 {
			return false
		}
	}
	return true
}

func (f *face) index(r rune) (sfnt.GlyphIndex, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.font.GlyphIndex(&f.buf, r)
}

// glyph is the outline of r; a letter that the face lacks is a blank of half an em.
func (f *face) glyph(r rune) *glyph {
	f.mu.Lock()
	defer f.mu.Unlock()
	if g := f.glyphs[r]; g != nil {
		return g
	}
	g := &glyph{advance: em / 2}
	f.glyphs[r] = g
	i, err := f.font.GlyphIndex(&f.buf, r)
	if err != nil || i == 0 {
		return g
	}
	if segments, err := f.font.LoadGlyph(&f.buf, i, fixed.I(em), nil); err == nil {
		g.segments = slices.Clone(segments)
	}
	if a, err := f.font.GlyphAdvance(&f.buf, i, fixed.I(em), font.HintingNone); err == nil {
		g.advance = float64(a) / 64
	}
	return g
}

// width is the length of text at a size, in points.
func (f *face) width(text string, size float64) float64 {
	sum := 0.0
	for _, r := range text {
		sum += f.glyph(r).advance
	}
	return sum * size / em
}

// unpackWOFF unpacks a web font (WOFF 1.0, W3C recommendation of 2012) to the TrueType file it was made of.
func unpackWOFF(b []byte) ([]byte, error) {
	if len(b) < 44 || string(b[:4]) != "wOFF" {
		return nil, errors.New("it is no WOFF file")
	}
	tables := int(binary.BigEndian.Uint16(b[12:]))
	var out bytes.Buffer
	out.Write(b[4:8])
	search, log := 1, 0
	for search*2 <= tables {
		search, log = search*2, log+1
	}
	for _, v := range []int{tables, search * 16, log, (tables - search) * 16} {
		out.Write(binary.BigEndian.AppendUint16(nil, uint16(v)))
	}
	var body bytes.Buffer
	for i := range tables {
		entry := b[44+20*i:]
		at, packed, size := binary.BigEndian.Uint32(entry[4:]), binary.BigEndian.Uint32(entry[8:]), binary.BigEndian.Uint32(entry[12:])
		data := b[at : at+packed]
		if packed < size {
			z, err := zlib.NewReader(bytes.NewReader(data))
			if err != nil {
				return nil, err
			}
			if data, err = io.ReadAll(z); err != nil {
				return nil, err
			}
		}
		out.Write(entry[:4])
		out.Write(entry[16:20])
		out.Write(binary.BigEndian.AppendUint32(nil, uint32(12+16*tables+body.Len())))
		out.Write(binary.BigEndian.AppendUint32(nil, size))
		body.Write(data)
		for body.Len()%4 != 0 {
			body.WriteByte(0)
		}
	}
	out.Write(body.Bytes())
	return out.Bytes(), nil
}
