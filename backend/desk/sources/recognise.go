package sources

import (
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/documents"
	"tracedesk/backend/format/dcsa"
	"tracedesk/backend/format/edifact"
	"tracedesk/backend/format/epcis"
	"tracedesk/backend/format/sheet"
	"tracedesk/backend/format/x12"
	"tracedesk/backend/freight"
	"tracedesk/backend/place"
)

// headSize is how much of a file is looked at to tell what it is.
const headSize = 64 << 10

// file is an input that was recognised and can be read.
type file struct {
	name string // what the person calls it
	path string
	src  *os.File
	size int64
	mod  time.Time
	kind freight.FileKind
	book *sheet.Book // sheets only

	profile *sheet.Profile // foreign sheets only: how its columns are read
	known   bool           // the profile was confirmed before
	guess   *sheet.Guess   // when no profile was known
	notes   []string

	headless *sheet.HeadlessError // a table whose columns nothing names
}

// Detect tells what a file is from its name and beginning; for watched folders as for drops.
func Detect(name string, head []byte) freight.FileKind {
	switch {
	case documents.Sniff(head).Paper():
		return freight.DocumentFile
	case x12.Detect(head):
		return x12.Kind(head)
	case edifact.Detect(head):
		return edifact.Kind(head)
	case epcis.Detect(head):
		return freight.EPCISFile
	case dcsa.Detect(head):
		return freight.DCSAFile
	case sheet.Sniff(name, head):
		return freight.LoadsFile
	}
	switch documents.Sniff(head) {
	case documents.Unknown:
		return freight.UnknownFile
	case documents.Text:
		if !documents.Named(name) { // one that is named like a paper is told as such where papers are read
			return freight.UnknownFile
		}
	}
	return freight.DocumentFile
}

// textAdvice says of a text that is neither data we read nor a paper what to do about it; nothing of other files.
func textAdvice(head []byte) string {
	switch {
	case documents.Sniff(head) != documents.Text:
		return ""
	case documents.JSON(head):
		return "this is JSON, but neither DCSA nor EPCIS, and no paper: save what it lists as CSV or XLSX and import that"
	}
	return "this is plain text, neither a table nor a message that is known, and no paper: save what it lists as CSV or XLSX and import that; a paper comes as PDF or picture"
}

// open recognises a file by its content. The caller closes it.
func open(path, name string) (*file, error) {
	src, err := os.Open(path)
	if err != nil {
		return nil, desk.Invalid("%s cannot be read: %s.", name, plainPathError(err))
	}
	f := &file{name: name, path: path, src: src}
	if err := f.recognise(); err != nil {
		src.Close()
		return nil, err
	}
	return f, nil
}

func plainPathError(err error) string {
	if os.IsNotExist(err) {
		return "there is no such file"
	}
	if os.IsPermission(err) {
		return "permission is missing"
	}
	return err.Error()
}

func (f *file) close() { f.src.Close() }

func (f *file) recognise() error {
	info, err := f.src.Stat()
	if err != nil {
		return err
	}
	if info.IsDir() {
		return desk.Invalid("%s is a folder; name the files in it, or watch it.", f.name)
	}
	f.size, f.mod = info.Size(), info.ModTime()
	head := make([]byte, headSize)
	n, err := io.ReadFull(f.src, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return desk.Invalid("%s cannot be read: %s.", f.name, err)
	}
	if f.kind = Detect(f.name, head[:n]); f.kind == freight.UnknownFile {
		if advice := textAdvice(head[:n]); advice != "" {
			f.notes = append(f.notes, advice)
		}
	}
	if f.kind != freight.LoadsFile {
		return nil
	}
	if f.book, err = sheet.Open(f.name, f.src, f.size); err != nil {
		f.kind, f.notes = freight.UnknownFile, append(f.notes, err.Error())
		errors.As(err, &f.headless)
		return nil
	}
	if own := f.book.Kind(); own != freight.UnknownFile {
		f.kind = own
	}
	return nil
}

// foreign reports whether the sheet is not one of our own and so is read by a profile.
func (f *file) foreign() bool { return f.book != nil && f.book.Kind() == freight.UnknownFile }

// layout names the set of columns: a source takes a value away only within one layout.
func (f *file) layout() string {
	if f.book == nil {
		return ""
	}
	return f.book.Fingerprint() + " "
}

// records reads the file from its beginning.
func (f *file) records(s *Area, account string, receivedAt time.Time, replayed bool, told *aside) (iter.Seq2[freight.Record, error], error) {
	if strings.HasPrefix(string(f.kind), "x12") || strings.HasPrefix(string(f.kind), "edifact") || f.kind == freight.DCSAFile || f.kind == freight.EPCISFile {
		if _, err := f.src.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
	}
	switch {
	case strings.HasPrefix(string(f.kind), "x12"):
		return x12.Read(f.src, x12.Options{TMSAccount: account, Partner: s.desk.PartnerOf(context.Background()), Notes: told.note, Interchange: told.numbers.Hear}), nil
	case strings.HasPrefix(string(f.kind), "edifact"):
		return edifact.Read(f.src, edifact.Options{TMSAccount: account, Partner: s.desk.EdifactPartnerOf(context.Background()), Locode: place.Locode, Notes: told.note, Interchange: told.numbers.Hear}), nil
	case f.kind == freight.DCSAFile:
		return dcsa.Read(f.src, dcsa.Options{Locode: place.Locode, Notes: told.note}), nil
	case f.kind == freight.EPCISFile:
		return epcis.Read(f.src, epcis.Options{Notes: told.note}), nil
	}
	if f.book == nil {
		return nil, desk.Invalid("%s is nothing this desk can read: neither a table (CSV, XLSX) nor X12, EDIFACT, EPCIS or DCSA.", f.name)
	}
	if f.foreign() && f.profile == nil {
		return nil, desk.Invalid("%s needs a mapping: %s.", f.name, f.wants())
	}
	return sheet.Read(f.book, f.profile, sheet.Options{TMSAccount: account, ReceivedAt: receivedAt, TakeReceived: replayed, Resolver: s.desk.Places}), nil
}

// wants says what a guess could not find.
func (f *file) wants() string {
	if f.guess == nil || len(f.guess.Missing) == 0 {
		return "its columns are not known"
	}
	return "no column was found for " + strings.Join(f.guess.Missing, ", ")
}

// map chooses how a foreign sheet is read: the mapping given, the profile named, the one confirmed for this layout before,
// else the best guess.
func (f *file) mapWith(ctx context.Context, s *Area, req ImportRequest) error {
	if !f.foreign() {
		return nil
	}
	if req.Mapping != nil {
		p, err := fromProfile(*req.Mapping, f.book, s)
		f.profile = &p
		return err
	}
	if req.Profile != "" {
		p, err := s.profileNamed(ctx, req.Profile)
		f.profile, f.known = p, true
		return err
	}
	p, err := s.profileFor(ctx, f.book.Fingerprint())
	if err != nil || p != nil {
		f.profile, f.known = p, p != nil
		return err
	}
	g, err := sheet.GuessProfile(f.book, s.desk.LedgerAt(req.Now).Now())
	if err != nil {
		return desk.Invalid("%s cannot be read: %s.", f.name, err)
	}
	f.guess = &g
	f.notes = append(f.notes, g.Notes...)
	if g.Usable {
		f.profile = &g.Profile
	}
	return nil
}

func displayName(path string) string { return filepath.Base(path) }
