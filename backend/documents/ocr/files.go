package ocr

import (
	"bytes"
	"io"
	"strings"
)

// files is the file system that the core sees: what it was given, in memory. It cannot make files.
type files struct {
	named map[string][]byte
	open  map[uint32]*bytes.Reader
	next  uint32
	log   strings.Builder // what the core wrote to its standard streams, for the words of an error
}

// The numbers of errors (WASI).
const (
	errBadFile  = 8
	errInvalid  = 28
	errNotFound = 44
)

const mostLog = 4 << 10

func newFiles() *files {
	return &files{named: map[string][]byte{}, open: map[uint32]*bytes.Reader{}, next: 3}
}

func (f *files) openFile(name string) (fd uint32, ok bool) {
	data, ok := f.named[strings.TrimLeft(name, "./")]
	if !ok {
		return 0, false
	}
	fd = f.next
	f.next++
	f.open[fd] = bytes.NewReader(data)
	return fd, true
}

func (f *files) read(fd uint32, p []byte) (int, bool) {
	file, ok := f.open[fd]
	if !ok {
		return 0, false
	}
	n, _ := io.ReadFull(file, p)
	return n, true
}

// write keeps what goes to the standard streams and refuses the rest.
func (f *files) write(fd uint32, p []byte) bool {
	if fd > 2 {
		return false
	}
	if room := mostLog - f.log.Len(); room > 0 {
		f.log.Write(p[:min(room, len(p))])
	}
	return true
}

// said hands out what the core wrote since the last time.
func (f *files) said() string {
	text := strings.TrimSpace(f.log.String())
	f.log.Reset()
	return text
}
