package scans

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"strings"
)

// trick is a way to make a file up that costs a reader dearly.
type trick struct {
	name, ext string
	make      func(rng *rand.Rand) []byte
}

func (t trick) file(rng *rand.Rand) HostileFile {
	return HostileFile{Name: strings.ReplaceAll(t.name, " ", "-") + "." + t.ext, Trick: t.name, Bytes: t.make(rng)}
}

var tricks = []trick{
	{"nothing", "pdf", func(*rand.Rand) []byte { return nil }},
	{"one byte", "jpg", func(rng *rand.Rand) []byte { return []byte{byte(rng.Uint32())} }},
	{"text renamed", "pdf", func(*rand.Rand) []byte { return []byte("see attached, thanks\n") }},
	{"endless line of text", "txt", func(rng *rand.Rand) []byte { return bytes.Repeat([]byte{'a' + byte(rng.IntN(26))}, 1<<20) }},
	{"noise under a head", "png", func(rng *rand.Rand) []byte {
		heads := []string{"%PDF-1.7\n", "\x89PNG\r\n\x1a\n", "\xff\xd8\xff\xe0", "II*\x00", "MM\x00*", "GIF89a", "BM", "RIFF\xff\xff\xff\x7fWEBP", "PK\x03\x04", "\x00\x00\x00\x18ftypheic"}
		b := []byte(heads[rng.IntN(len(heads))])
		for range rng.IntN(4096) {
			b = append(b, byte(rng.Uint32()))
		}
		return b
	}},
	{"png bomb", "png", func(rng *rand.Rand) []byte { return pngHead(side(rng), side(rng)) }},
	{"png of many pixels", "png", func(rng *rand.Rand) []byte { return pngZeros(8000+rng.IntN(4000), 8000) }},
	{"gif bomb", "gif", func(rng *rand.Rand) []byte {
		b := append([]byte("GIF89a"), 0xff, 0xff, 0xff, 0xff, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2c, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 2)
		return append(b, 2, 0x4c, 0x01, 0, 0x3b)
	}},
	{"bmp bomb", "bmp", func(rng *rand.Rand) []byte {
		b := make([]byte, 54)
		copy(b, "BM")
		put := binary.LittleEndian.PutUint32
		put(b[2:], 54)
		put(b[10:], 54)
		put(b[14:], 40)
		put(b[18:], uint32(side(rng)))
		put(b[22:], uint32(side(rng)))
		b[26], b[28] = 1, 24
		return b
	}},
	{"webp bomb", "webp", func(rng *rand.Rand) []byte {
		b := []byte("RIFF\x16\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff")
		return append(b, "VP8L\x05\x00\x00\x00\x2f\xff\xff\xff\x0f\x00"...)
	}},
	{"jpeg bomb", "jpg", func(rng *rand.Rand) []byte {
		b := newPicture(16, 16, 1, 255).jpeg(50)
		if at := bytes.Index(b, []byte{0xff, 0xc0}); at > 0 {
			copy(b[at+5:], []byte{0xff, 0xff, 0xff, 0xff})
		}
		return b
	}},
	{"tiff bomb", "tif", func(rng *rand.Rand) []byte {
		b := tiffFile([]*picture{newPicture(16, 16, 1, 200)}, 72, tiffLZW)
		setTIFF(b, 256, uint32(side(rng)))
		setTIFF(b, 257, uint32(side(rng)))
		return b
	}},
	{"tiff whose pages go in a ring", "tif", func(*rand.Rand) []byte {
		b := tiffFile([]*picture{newPicture(16, 16, 1, 200), newPicture(16, 16, 1, 100)}, 72, tiffLZW)
		copy(b[len(b)-4:], b[4:8])
		return b
	}},
	{"tiff of a strip outside the file", "tif", func(rng *rand.Rand) []byte {
		b := tiffFile([]*picture{newPicture(16, 16, 1, 200)}, 72, tiffLZW)
		setTIFF(b, []uint32{273, 278, 279}[rng.IntN(3)], 0xfffffff0)
		return b
	}},
	{"pdf with scripts", "pdf", func(rng *rand.Rand) []byte {
		f := newPDF()
		f.objects = append(f.objects, []byte("<< /S /JavaScript /JS (app.launchURL\\('http://203.0.113.9/'\\); this.exportDataObject\\({cName:'a', nLaunch:2}\\);) >>"),
			[]byte("<< /S /Launch /F (/bin/sh) /Win << /F (cmd.exe) /P (/c calc) >> >>"))
		b := f.close([]int{f.page("")})
		return bytes.Replace(b, []byte("/Type /Catalog"), []byte("/Type /Catalog /OpenAction 3 0 R /AA << /WC 4 0 R >>"), 1)
	}},
	{"pdf with a huge page", "pdf", func(rng *rand.Rand) []byte {
		f := newPDF()
		p := f.page("")
		box := [][4]int64{{0, 0, 1 << 40, 1 << 40}, {0, 0, 14400000, 3}, {-1 << 31, -1 << 31, 1 << 31, 1 << 31}, {5, 5, 5, 5}, {100, 100, -100, -100}}[rng.IntN(5)]
		f.objects[p-1] = bytes.Replace(f.objects[p-1], []byte("[0 0 612 792]"), fmt.Appendf(nil, "[%d %d %d %d]", box[0], box[1], box[2], box[3]), 1)
		return f.close([]int{p})
	}},
	{"pdf of ten thousand pages", "pdf", func(rng *rand.Rand) []byte {
		f := newPDF()
		content := f.stream("", []byte("BT ET"))
		var pages []int
		for range 10_000 {
			pages = append(pages, f.add(fmt.Appendf(nil, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R >>", content)))
		}
		return f.close(pages)
	}},
	{"pdf whose pages go in a ring", "pdf", func(*rand.Rand) []byte {
		f := newPDF()
		n := f.add([]byte("<< /Type /Pages /Count 1000000 /Kids [2 0 R 3 0 R] /Parent 2 0 R >>"))
		return f.close([]int{n})
	}},
	{"pdf nested deeply", "pdf", func(rng *rand.Rand) []byte {
		f := newPDF()
		deep := 1000 << rng.IntN(6)
		f.add([]byte(strings.Repeat("[", deep) + strings.Repeat("]", deep)))
		f.add([]byte(strings.Repeat("<</A", deep) + " 1 " + strings.Repeat(">>", deep)))
		return f.close([]int{f.page(strings.Repeat("q ", deep))})
	}},
	{"pdf that draws itself", "pdf", func(*rand.Rand) []byte {
		f := newPDF()
		form := len(f.objects) + 1
		f.stream(fmt.Sprintf("/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /X %d 0 R >> >>", form), []byte(strings.Repeat("/X Do ", 20)))
		p := f.page("/X Do")
		f.objects[p-1] = bytes.Replace(f.objects[p-1], []byte("/Contents"), fmt.Appendf(nil, "/Resources << /XObject << /X %d 0 R >> >> /Contents", form), 1)
		return f.close([]int{p})
	}},
	{"pdf with endless drawing", "pdf", func(rng *rand.Rand) []byte {
		f := newPDF()
		var b strings.Builder
		for range 200_000 {
			fmt.Fprintf(&b, "%d %d m %d %d l S ", rng.IntN(612), rng.IntN(792), rng.IntN(612), rng.IntN(792))
		}
		return f.close([]int{f.page(b.String())})
	}},
	{"pdf with a stream that swells", "pdf", func(*rand.Rand) []byte {
		f := newPDF()
		content := f.stream("/Filter [/FlateDecode /FlateDecode]", deflated(deflated(bytes.Repeat([]byte("q "), 32<<20))))
		return f.close([]int{f.add(fmt.Appendf(nil, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R >>", content))})
	}},
	{"pdf with a huge picture", "pdf", func(rng *rand.Rand) []byte {
		f := newPDF()
		m := f.stream(fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode", side(rng), side(rng)), deflated(make([]byte, 1<<20)))
		p := f.page("q 612 0 0 792 0 0 cm /I Do Q")
		f.objects[p-1] = bytes.Replace(f.objects[p-1], []byte("/Contents"), fmt.Appendf(nil, "/Resources << /XObject << /I %d 0 R >> >> /Contents", m), 1)
		return f.close([]int{p})
	}},
	{"pdf whose table goes in a ring", "pdf", func(*rand.Rand) []byte {
		f := newPDF()
		b := f.close([]int{f.page("")})
		start := bytes.LastIndex(b, []byte("xref\n0"))
		return bytes.Replace(b, []byte("/Root 1 0 R"), fmt.Appendf(nil, "/Root 1 0 R /Prev %d", start), 1)
	}},
	{"pdf under lock", "pdf", func(*rand.Rand) []byte {
		f := newPDF()
		b := f.close([]int{f.page("")})
		return bytes.Replace(b, []byte("/Root 1 0 R"), []byte("/Root 1 0 R /ID [<00> <00>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <"+strings.Repeat("41", 32)+"> /U <"+strings.Repeat("42", 32)+"> >>"), 1)
	}},
	{"zip within zip", "zip", func(rng *rand.Rand) []byte {
		b := newPicture(8, 8, 1, 9).png(72)
		name := "deep.png"
		for range 3 + rng.IntN(40) {
			b, name = zipOf([]member{{name, b}, {"again-" + name, b}}), "deep.zip"
			if len(b) > 1<<20 {
				break
			}
		}
		return b
	}},
	{"zip that swells", "zip", func(*rand.Rand) []byte { return zipOf([]member{{"big.bmp", make([]byte, 64<<20)}}) }},
	{"zip of many files", "zip", func(*rand.Rand) []byte {
		var all []member
		for i := range 5000 {
			all = append(all, member{fmt.Sprintf("%d.txt", i), []byte("x")})
		}
		return zipOf(all)
	}},
	{"zip with names that climb", "zip", func(*rand.Rand) []byte { return zipOf(climbers()) }},
	{"mail with names that climb", "eml", func(*rand.Rand) []byte { return mailOf(climbers()) }},
	{"mail within mail", "eml", func(rng *rand.Rand) []byte {
		b := mailOf([]member{{"a.png", newPicture(8, 8, 1, 9).png(72)}})
		for range 3 + rng.IntN(12) {
			b = mailOf([]member{{"forwarded.eml", b}})
		}
		return b
	}},
	{"mail of endless parts", "eml", func(*rand.Rand) []byte {
		return []byte("From: a@example.com\r\nSubject: POD\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat("--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n", 5000))
	}},
}

// Climber is in every name that tries to leave its folder, so that what came of it can be found.
const Climber = "climbed-out"

func climbers() []member {
	paper := newPicture(8, 8, 1, 9).png(72)
	var all []member
	for _, name := range []string{"../../../" + Climber + ".png", "/tmp/" + Climber + ".png", `..\..\` + Climber + ".png", `C:\Windows\` + Climber + ".png", "a/../../" + Climber + ".png",
		"~/" + Climber + ".png", "....//....//" + Climber + ".png", Climber + ".png\x00.txt", "CON", strings.Repeat("d/", 500) + Climber + ".png"} {
		all = append(all, member{name, paper})
	}
	return all
}

// side is the length of a side that no page has.
func side(rng *rand.Rand) int { return []int{50_000, 65_535, 200_000, 1 << 30, 1<<31 - 1}[rng.IntN(5)] }

func (f *pdfFile) page(content string) int {
	c := f.stream("", []byte(content))
	return f.add(fmt.Appendf(nil, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R >>", c))
}

func pngChunk(kind string, data []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, kind...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

func pngOf(w, h int, data []byte) []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(w)), uint32(h))
	b := append([]byte("\x89PNG\r\n\x1a\n"), pngChunk("IHDR", append(head, 8, 0, 0, 0, 0))...)
	b = append(b, pngChunk("IDAT", data)...)
	return append(b, pngChunk("IEND", nil)...)
}

func pngHead(w, h int) []byte { return pngOf(w, h, deflated(make([]byte, 4096))) }

func pngZeros(w, h int) []byte { return pngOf(w, h, deflated(make([]byte, (w+1)*h))) }

// setTIFF overwrites a number of the first page of a TIFF that tiffFile wrote.
func setTIFF(b []byte, tag, value uint32) {
	at := int(binary.LittleEndian.Uint32(b[4:]))
	for i := range int(binary.LittleEndian.Uint16(b[at:])) {
		entry := b[at+2+12*i:]
		if uint32(binary.LittleEndian.Uint16(entry)) == tag {
			binary.LittleEndian.PutUint32(entry[8:], value)
		}
	}
}

// member is a file in an archive or a mail.
type member struct {
	name  string
	bytes []byte
}

func zipOf(members []member) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, m := range members {
		w, err := z.Create(m.name)
		if err != nil {
			panic(err) // a buffer takes everything
		}
		w.Write(m.bytes)
	}
	z.Close()
	return b.Bytes()
}

func mailOf(members []member) []byte {
	var b bytes.Buffer
	b.WriteString("From: driver@example.com\r\nTo: desk@example.com\r\nSubject: paperwork\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=edge\r\n\r\n")
	for _, m := range members {
		fmt.Fprintf(&b, "--edge\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=%q\r\nContent-Transfer-Encoding: base64\r\n\r\n", m.name)
		text := base64.StdEncoding.EncodeToString(m.bytes)
		for len(text) > 76 {
			b.WriteString(text[:76] + "\r\n")
			text = text[76:]
		}
		b.WriteString(text + "\r\n")
	}
	b.WriteString("--edge--\r\n")
	return b.Bytes()
}
