package documents

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// Kind is what a file is, by its bytes.
type Kind string

// The closed list of kinds.
const (
	PDF     Kind = "pdf"
	JPEG    Kind = "jpeg"
	PNG     Kind = "png"
	TIFF    Kind = "tiff"
	WebP    Kind = "webp"
	BMP     Kind = "bmp"
	GIF     Kind = "gif"
	HEIC    Kind = "heic"
	AVIF    Kind = "avif"
	EML     Kind = "eml"
	ZIP     Kind = "zip"
	Office  Kind = "office"  // Word, Excel, OpenDocument: a ZIP of their own
	Outlook Kind = "outlook" // .msg, .doc, .xls: Microsoft's compound file
	Text    Kind = "text"
	Nothing Kind = "empty"
	Unknown Kind = "unknown"
)

// SniffSize is how many bytes of a file's beginning Sniff wants.
const SniffSize = 4096

var media = map[Kind]string{PDF: "application/pdf", JPEG: "image/jpeg", PNG: "image/png", TIFF: "image/tiff", WebP: "image/webp",
	BMP: "image/bmp", GIF: "image/gif", HEIC: "image/heic", AVIF: "image/avif", EML: "message/rfc822", ZIP: "application/zip",
	Text: "text/plain; charset=utf-8"}

// MIME is the media type for the kind.
func (k Kind) MIME() string {
	if m, ok := media[k]; ok {
		return m
	}
	return "application/octet-stream"
}

// Picture reports whether the kind is a picture, shown or not.
func (k Kind) Picture() bool {
	switch k {
	case JPEG, PNG, TIFF, WebP, BMP, GIF, HEIC, AVIF:
		return true
	}
	return false
}

// Paper reports whether a file of the kind can be a document of a load by itself.
func (k Kind) Paper() bool { return k == PDF || k.Picture() }

// Why says, for a kind that cannot be shown, why; nil for one that can.
func (k Kind) Why() error {
	const kept = "the original is kept"
	switch k {
	case PDF, JPEG, PNG, TIFF, WebP, BMP, GIF, HEIC, Text:
		return nil
	case AVIF:
		return fault(NotShown, "AVIF pictures cannot be shown yet; %s", kept)
	case EML:
		return fault(NotShown, "this is an e-mail: its attachments are the papers; %s", kept)
	case ZIP:
		return fault(NotShown, "this is a ZIP: the files in it are the papers; %s", kept)
	case Office, Outlook:
		return fault(NotShown, "Word, Excel and Outlook files cannot be shown; %s; print it as PDF to file it", kept)
	case Nothing:
		return fault(Empty, "the file is empty: ask for it again")
	}
	return fault(NotShown, "this is no kind of file that TraceDesk knows; %s", kept)
}

// Sniff says what a file is from its first bytes (SniffSize or the whole file). A name is never asked: a text renamed
// to .pdf is a text.
func Sniff(head []byte) Kind {
	if len(head) == 0 {
		return Nothing
	}
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.begins)) {
			return m.kind
		}
	}
	// A PDF may have rubbish before its mark (ISO 32000-1, Annex H: within the first 1024 bytes), a mail header for one.
	if at := bytes.Index(head[:min(len(head), 1024)], []byte("%PDF-")); at >= 0 {
		return PDF
	}
	switch {
	case bytes.HasPrefix(head, []byte("RIFF")) && len(head) >= 12 && string(head[8:12]) == "WEBP":
		return WebP
	case len(head) >= 12 && string(head[4:8]) == "ftyp":
		return isoPicture(head)
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return zipKind(head)
	case bytes.HasPrefix(head, []byte("BM")) && isBMP(head):
		return BMP
	case looksLikeMail(head):
		return EML
	case looksLikeText(head):
		return Text
	}
	return Unknown
}

var magics = []struct {
	begins string
	kind   Kind
}{
	{"%PDF-", PDF}, {"\xff\xd8\xff", JPEG}, {"\x89PNG\r\n\x1a\n", PNG}, {"GIF87a", GIF}, {"GIF89a", GIF},
	{"II*\x00", TIFF}, {"MM\x00*", TIFF}, {"PK\x05\x06", ZIP}, {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Outlook},
}

// isoPicture reads the brands of an ISO base media file: ISO/IEC 23008-12 (heic, heix, mif1, msf1, ...), AVIF (avif, avis).
func isoPicture(head []byte) Kind {
	size := int(head[0])<<24 | int(head[1])<<16 | int(head[2])<<8 | int(head[3])
	size = max(min(size, len(head), 256), 12)
	generic := false
	for at := 8; at+4 <= size; at += 4 {
		if at == 12 {
			continue // the minor version, not a brand
		}
		switch string(head[at : at+4]) {
		case "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs":
			return HEIC
		case "avif", "avis":
			return AVIF
		case "mif1", "msf1":
			generic = true
		}
	}
	if generic {
		return HEIC
	}
	return Unknown
}

// zipKind tells office files from plain archives by their first entries.
func zipKind(head []byte) Kind {
	for _, name := range []string{"[Content_Types].xml", "_rels/.rels", "docProps/", "mimetypeapplication/vnd.oasis"} {
		if bytes.Contains(head, []byte(name)) {
			return Office
		}
	}
	return ZIP
}

// isBMP asks for a header size that Windows bitmaps have: BM alone begins many a text.
func isBMP(head []byte) bool {
	return len(head) >= 18 && head[15] == 0 && head[16] == 0 && head[17] == 0 && (head[14] == 12 || head[14] >= 40 && head[14] <= 124)
}

var mailFields = []string{"received", "from", "to", "subject", "date", "message-id", "mime-version", "return-path",
	"delivered-to", "content-type", "reply-to", "cc", "dkim-signature", "authentication-results", "x-mailer"}

// looksLikeMail asks for at least three header lines that every mail has, before anything that is no header line.
func looksLikeMail(head []byte) bool {
	found := 0
	for line := range strings.Lines(string(head)) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" {
			break
		}
		if line[0] == ' ' || line[0] == '\t' {
			continue // goes on from the line before
		}
		name, _, ok := strings.Cut(line, ":")
		if !ok || strings.ContainsAny(name, " \t") {
			return false
		}
		for _, f := range mailFields {
			if strings.EqualFold(name, f) {
				found++
			}
		}
	}
	return found >= 3
}

// JSON reports whether a text from its beginning on is JSON: data, and no paper.
func JSON(head []byte) bool {
	head = bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff")))
	if len(head) == 0 || head[0] != '{' && head[0] != '[' {
		return false
	}
	after := bytes.TrimSpace(head[1:])
	return len(after) == 0 || bytes.IndexByte([]byte(`"{[]}-0123456789tfn`), after[0]) >= 0
}

// looksLikeText accepts UTF-8, UTF-16 with its mark, and the Latin code pages: anything without control characters.
func looksLikeText(head []byte) bool {
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return true
	}
	odd := 0
	for _, c := range head {
		if c < 32 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b {
			return false
		}
		if c >= 0x80 {
			odd++
		}
	}
	if len(head) == SniffSize { // the last letter may be cut
		head = bytes.TrimRightFunc(head, func(r rune) bool { return r == utf8.RuneError })
	}
	return utf8.Valid(head) || odd*3 < len(head)
}
