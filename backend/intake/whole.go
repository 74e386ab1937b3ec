package intake

import (
	"bytes"
	"io"
)

// tailSize is how much of a file's end is looked at: a ZIP's directory end may be followed by a comment of 64 KiB.
const tailSize = 64<<10 + 22

// ending is how files of one sort begin and what their last bytes must contain.
type ending struct {
	begins, ends string
	within       int // how far from the end
	doubt        string
}

// endings of the sorts whose end can be told. %%EOF may be followed by blanks and by a signature's padding; a JPEG by
// a phone's own blocks, so only its presence near the end is asked for.
var endings = []ending{
	{"%PDF-", "%%EOF", 4096, "the PDF has no end mark: it may have been cut off"},
	{"PK\x03\x04", "PK\x05\x06", tailSize, "the ZIP or Excel file has no directory at its end: it may have been cut off"},
	{"\xff\xd8\xff", "\xff\xd9", tailSize, "the JPEG picture has no end mark: it may have been cut off"},
	{"\x89PNG", "IEND", 512, "the PNG picture has no end mark: it may have been cut off"},
	{"ISA", "IEA", 1024, "the EDI file does not end with an IEA segment: it may have been cut off"},
}

// unfinished says in words why a file that begins with head does not look whole; empty when it does or none can tell.
func unfinished(file io.ReaderAt, size int64, head []byte) string {
	if size == 0 {
		return "the file is empty"
	}
	for _, e := range endings {
		if !bytes.HasPrefix(head, []byte(e.begins)) {
			continue
		}
		n := min(size, int64(e.within))
		tail := make([]byte, n)
		if _, err := file.ReadAt(tail, size-n); err != nil && err != io.EOF {
			return "its end cannot be read: " + err.Error()
		}
		if !bytes.Contains(tail, []byte(e.ends)) {
			return e.doubt
		}
	}
	return ""
}
