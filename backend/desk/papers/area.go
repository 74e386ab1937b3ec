package papers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/documents"
	"tracedesk/backend/store"
)

// Area keeps the documents of the desk. Files are read in the background once Work was called; without it whoever brings a
// file waits until it is read.
type Area struct {
	desk *desk.Desk
	idle *time.Timer // gives the PDF engine's memory back once nobody looks at papers
	read examiner

	shown   gallery
	bell    chan struct{} // a file waits; holds one ring a worker
	filing  sync.Mutex
	thrift  thrift
	mu      sync.Mutex
	working bool
	jobs    map[string]*job // files being read
	ended   chan struct{}   // closed and made anew when a file was read
	told    time.Time       // when the last progress was announced
}

// restAfter is how long the engines are kept after the last page.
const restAfter = time.Minute

// New is the area over an open desk.
func New(d *desk.Desk) *Area {
	a := &Area{desk: d, read: examine, bell: make(chan struct{}, workers), jobs: map[string]*job{}, ended: make(chan struct{})}
	reader := d.Reader // a desk that is closed has none any more, and a rest may come later
	a.idle = time.AfterFunc(restAfter, func() { a.rest(reader) })
	return a
}

// rest makes the desk small again when no page was read or shown for a while.
func (a *Area) rest(reader *documents.Reader) {
	reader.Rest()
	a.mu.Lock()
	reading := len(a.jobs) > 0
	a.mu.Unlock()
	if !reading {
		a.thrift.end()
	}
}

// fileOf is the hash of the file that a document is part of.
func fileOf(id string) string {
	file, _, _ := strings.Cut(id, ".")
	return file
}

func (a *Area) known(ctx context.Context, id string) (store.Document, error) {
	d, err := a.desk.Store.Document(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return d, desk.NotFound("There is no such paper.")
	}
	return d, err
}

func asFault(err error) error {
	var f *documents.Fault
	if errors.As(err, &f) {
		return &desk.Fault{Kind: "invalid", Message: f.Reason, Cause: err}
	}
	return err
}

// File is the original, unaltered.
func (a *Area) File(ctx context.Context, id string) (File, error) {
	p, err := a.desk.Store.Paper(ctx, fileOf(id))
	if err != nil {
		return File{}, desk.NotFound("There is no such paper.")
	}
	body, err := a.desk.Papers.Open(p.Hash)
	if err != nil {
		return File{}, err
	}
	return File{Name: p.Name, MIME: p.Media, Modified: p.ReceivedAt, Body: body}, nil
}

type inMemory struct{ *bytes.Reader }

func (inMemory) Close() error { return nil }

// Page is a page of a document's file as a picture: PNG, or JPEG where it is a photo.
func (a *Area) Page(ctx context.Context, id string, look PageLook) (File, error) {
	p, err := a.desk.Store.Paper(ctx, fileOf(id))
	if err != nil {
		return File{}, desk.NotFound("There is no such paper.")
	}
	body, err := a.picture(ctx, p.Hash, look)
	if err != nil {
		return File{}, err
	}
	media, ending := mediaOf(body)
	return File{Name: fmt.Sprintf("%s-%d.%s", p.Name, look.Page, ending), MIME: media, Modified: p.ReceivedAt, Body: inMemory{bytes.NewReader(body)}}, nil
}
