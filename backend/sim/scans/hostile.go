package scans

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"iter"
	"math/rand/v2"
	"slices"

	"golang.org/x/image/bmp"
)

// HostileFile is a file that tries to break a reader. Name may climb out of its folder; Trick says what was done.
type HostileFile struct {
	Name, Trick string
	Bytes       []byte
}

// Hostile gives n files, one at a time: good papers of every kind with bits flipped, parts cut out, spliced or put under
// another kind's head, and files made up to cost a reader its time, its memory or its place. File k of a seed is always
// the same.
func Hostile(seed uint64, n int) iter.Seq[HostileFile] {
	return func(yield func(HostileFile) bool) {
		good := goodFiles(seed)
		for k := range n {
			rng := rand.New(rand.NewPCG(seed, uint64(k)))
			f := mutated(rng, good)
			if k%3 == 0 {
				f = tricks[(k/3)%len(tricks)].file(rng)
			}
			f.Name = fmt.Sprintf("hostile_%05d_%s", k, f.Name)
			if !yield(f) {
				return
			}
		}
	}
}

// goodFile is what is spoilt: a paper small enough to be spoilt five thousand times.
type goodFile struct {
	ext   string
	bytes []byte
}

func goodFiles(seed uint64) []goodFile {
	rng := rand.New(rand.NewPCG(seed, 1<<63))
	s := firstHouse.shipment(rng)
	var sheets []*sheet
	for _, l := range firstLayouts {
		if l.id == "lumper-slip" || l.id == "bascula" {
			sheets = append(sheets, l.fill(rng, firstHouse.newTrip(rng, s)).sheet)
		}
	}
	small := func(profile string, colour bool) *picture {
		w := newWear(rng, profile)
		w.dpi, w.colour = 72, colour
		return w.picture(rng, sheets[0])
	}
	grey, colour, fax := small("scan", false), small("photo", true), small("fax", false)
	pages := []scannedPage{{grey, 320, 560}, {fax, 320, 560}}
	good := []goodFile{
		{"pdf", textPDF(sheets)}, {"pdf", imagePDF(pages, 70)}, {"jpg", grey.jpeg(70)}, {"jpg", colour.jpegTurned(70, 6)}, {"png", grey.png(72)}, {"png", colour.png(72)},
		{"webp", webp}, {"gif", gifOf(grey)}, {"bmp", bmpOf(colour)},
	}
	for _, how := range []int{tiffGroup4, tiffLZW, tiffDeflate, tiffPackBits, tiffJPEG} {
		good = append(good, goodFile{"tif", tiffFile([]*picture{grey, fax}, 72, how)})
	}
	inner := []member{{"slip.jpg", good[2].bytes}, {"scan.pdf", good[1].bytes}}
	return append(good, goodFile{"zip", zipOf(inner)}, goodFile{"eml", mailOf(inner)})
}

// webp is a picture of one pixel; there is no writer of WebP in Go.
var webp = func() []byte {
	b, err := base64.StdEncoding.DecodeString("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")
	if err != nil {
		panic(err)
	}
	return b
}()

func gifOf(p *picture) []byte {
	shades := make(color.Palette, 256)
	for i := range shades {
		shades[i] = color.Gray{Y: uint8(i)}
	}
	m := &image.Paletted{Pix: p.planes[0], Stride: p.w, Rect: image.Rect(0, 0, p.w, p.h), Palette: shades}
	var b bytes.Buffer
	if err := gif.Encode(&b, m, nil); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.Bytes()
}

func bmpOf(p *picture) []byte {
	var b bytes.Buffer
	if err := bmp.Encode(&b, p.image()); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.Bytes()
}

// mutation spoils a copy of a file.
type mutation struct {
	name string
	of   func(rng *rand.Rand, b []byte, other goodFile) []byte
}

var mutations = []mutation{
	{"bits flipped", func(rng *rand.Rand, b []byte, _ goodFile) []byte {
		for range 1 + rng.IntN(64) {
			b[rng.IntN(len(b))] ^= 1 << rng.IntN(8)
		}
		return b
	}},
	{"bits of the head flipped", func(rng *rand.Rand, b []byte, _ goodFile) []byte {
		for range 1 + rng.IntN(8) {
			b[rng.IntN(min(len(b), 256))] ^= 1 << rng.IntN(8)
		}
		return b
	}},
	{"cut short", func(rng *rand.Rand, b []byte, _ goodFile) []byte { return b[:rng.IntN(len(b))] }},
	{"a part missing", func(rng *rand.Rand, b []byte, _ goodFile) []byte {
		from := rng.IntN(len(b))
		return slices.Delete(b, from, from+rng.IntN(len(b)-from))
	}},
	{"a part zeroed", func(rng *rand.Rand, b []byte, _ goodFile) []byte {
		from := rng.IntN(len(b))
		clear(b[from : from+rng.IntN(min(len(b)-from, 4096))])
		return b
	}},
	{"a part twice", func(rng *rand.Rand, b []byte, _ goodFile) []byte {
		from := rng.IntN(len(b))
		to := from + rng.IntN(len(b)-from)
		return slices.Concat(b[:to], b[from:])
	}},
	{"spliced", func(rng *rand.Rand, b []byte, other goodFile) []byte {
		return slices.Concat(b[:rng.IntN(len(b))], other.bytes[rng.IntN(len(other.bytes)):])
	}},
	{"another head", func(rng *rand.Rand, b []byte, other goodFile) []byte {
		n := min(4+rng.IntN(60), len(b), len(other.bytes))
		copy(b[:n], other.bytes[:n])
		return b
	}},
	{"huge numbers", func(rng *rand.Rand, b []byte, _ goodFile) []byte {
		for range 1 + rng.IntN(4) {
			if len(b) > 8 {
				v := []uint32{0xffffffff, 0x7fffffff, 0x80000000, 0, 0xfffffffe, 0x00010000}[rng.IntN(6)]
				binary.LittleEndian.PutUint32(b[rng.IntN(min(len(b)-4, 2048)):], v)
			}
		}
		return b
	}},
	{"large numerals", func(rng *rand.Rand, b []byte, _ goodFile) []byte {
		for i := range b {
			if b[i] >= '0' && b[i] <= '9' && rng.IntN(200) == 0 {
				b[i] = '9'
			}
		}
		return b
	}},
}

func mutated(rng *rand.Rand, good []goodFile) HostileFile {
	one, other := good[rng.IntN(len(good))], good[rng.IntN(len(good))]
	f := HostileFile{Bytes: slices.Clone(one.bytes)}
	ext := one.ext
	if rng.IntN(4) == 0 {
		ext = other.ext // the name lies
	}
	for range 1 + rng.IntN(2) {
		m := mutations[rng.IntN(len(mutations))]
		if len(f.Bytes) > 1 {
			f.Bytes = m.of(rng, f.Bytes, other)
			f.Trick += one.ext + " " + m.name + "; "
		}
	}
	f.Name = "spoilt." + ext
	return f
}
