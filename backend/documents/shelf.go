package documents

import (
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
)

// DefaultLimit is the largest original a Shelf takes when it is not told otherwise: 512 MiB.
const DefaultLimit = 512 << 20

// incoming is the folder on the shelf where originals lie while they are written.
const incoming = ".incoming"

// Shelf keeps files by their content: each lies under its SHA-256 and is written once, never altered. Safe for use by
// several goroutines and, since files only ever appear whole, by several processes.
type Shelf struct {
	dir     string
	limit   int64
	scratch bool
}

// Scratch is the same shelf without waiting for the disk: for what is thrown away.
func (s *Shelf) Scratch() *Shelf { return &Shelf{s.dir, s.limit, true} }

// NewShelf opens or makes the shelf in dir. A limit of 0 takes DefaultLimit.
func NewShelf(dir string, limit int64) (*Shelf, error) {
	if limit <= 0 {
		limit = DefaultLimit
	}
	if err := os.MkdirAll(filepath.Join(dir, incoming), 0o700); err != nil {
		return nil, fmt.Errorf("the documents folder %s cannot be made: %w", dir, err)
	}
	return &Shelf{dir: dir, limit: limit}, nil
}

// Stored is a file on the shelf.
type Stored struct {
	Hash    string // SHA-256 of the content, 64 hex digits
	Name    string // the name under which it came, last part only
	Size    int64
	Kind    Kind
	MIME    string
	Existed bool // the same content was on the shelf already
}

// Put stores what r gives. When it returns without error the content is on disk, whole. A file over the limit is a
// Fault (TooLarge) and leaves nothing behind, and so does an end of ctx.
func (s *Shelf) Put(ctx context.Context, name string, r io.Reader) (Stored, error) {
	return s.put(ctx, name, r, ".bin", func(w io.Writer) io.WriteCloser { return plain{w} })
}

// PutCompressed stores what r gives compressed (gzip); Hash, Size and Kind are those of the content itself. A file put
// so is opened by OpenCompressed only.
func (s *Shelf) PutCompressed(ctx context.Context, name string, r io.Reader) (Stored, error) {
	return s.put(ctx, name, r, ".gz", func(w io.Writer) io.WriteCloser {
		z, _ := gzip.NewWriterLevel(w, gzip.BestSpeed) // the level is valid
		return z
	})
}

type plain struct{ io.Writer }

func (plain) Close() error { return nil }

func (s *Shelf) put(ctx context.Context, name string, r io.Reader, ext string, wrap func(io.Writer) io.WriteCloser) (Stored, error) {
	stored := Stored{Name: baseName(name)}
	file, err := os.CreateTemp(filepath.Join(s.dir, incoming), "*"+ext)
	if err != nil {
		return stored, fmt.Errorf("%s cannot be stored: %w", stored.Name, err)
	}
	defer os.Remove(file.Name()) // gone already when all went well
	err = s.copy(ctx, &stored, wrap(file), r)
	if err == nil && !s.scratch {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return stored, fmt.Errorf("%s cannot be stored: %w", stored.Name, err)
	}
	if err := s.settle(&stored, file.Name(), ext); err != nil {
		return stored, fmt.Errorf("%s cannot be stored: %w", stored.Name, err)
	}
	return stored, nil
}

// copy writes r to w, and notes size, hash and kind on the way.
func (s *Shelf) copy(ctx context.Context, stored *Stored, w io.WriteCloser, r io.Reader) error {
	sum := sha256.New()
	head := make([]byte, 0, SniffSize)
	buf := make([]byte, 128<<10)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := r.Read(buf)
		stored.Size += int64(n)
		if stored.Size > s.limit {
			return fault(TooLarge, "the file is larger than %d MB, the most the desk takes", s.limit>>20)
		}
		head = append(head, buf[:min(n, SniffSize-len(head))]...)
		sum.Write(buf[:n])
		if _, werr := w.Write(buf[:n]); werr != nil {
			return werr
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
	}
	stored.Hash = hex.EncodeToString(sum.Sum(nil))
	stored.Kind = Sniff(head)
	stored.MIME = stored.Kind.MIME()
	return w.Close()
}

// settle gives the finished file its place, read-only.
func (s *Shelf) settle(stored *Stored, temp, ext string) error {
	target := s.path(stored.Hash, ext)
	if _, err := os.Stat(target); err == nil {
		stored.Existed = true
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		return err
	}
	if err := os.Chmod(temp, 0o400); err != nil {
		return err
	}
	if err := os.Rename(temp, target); err != nil {
		if _, there := os.Stat(target); there == nil { // another process was quicker
			stored.Existed = true
			return nil
		}
		return err
	}
	if s.scratch {
		return nil
	}
	return syncDir(filepath.Dir(target))
}

// syncDir makes a new name in a folder last through a power cut. Windows keeps names by itself and cannot sync folders.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// ErrNoDocument is the error for a hash that is not on the shelf.
var ErrNoDocument = errors.New("there is no such document on the shelf")

// Open opens an original that Put stored. The caller closes it.
func (s *Shelf) Open(hash string) (*os.File, error) { return s.open(hash, ".bin") }

// OpenCompressed opens the content of what PutCompressed stored. The caller closes it.
func (s *Shelf) OpenCompressed(hash string) (io.ReadCloser, error) {
	file, err := s.open(hash, ".gz")
	if err != nil {
		return nil, err
	}
	z, err := gzip.NewReader(file)
	if err != nil {
		file.Close()
		return nil, fmt.Errorf("the stored file %s is damaged: %w", hash, err)
	}
	return &unpacked{z, file}, nil
}

type unpacked struct {
	*gzip.Reader
	file *os.File
}

func (u *unpacked) Close() error { return errors.Join(u.Reader.Close(), u.file.Close()) }

func (s *Shelf) open(hash, ext string) (*os.File, error) {
	if !validHash(hash) {
		return nil, fmt.Errorf("%q is not a document's hash: %w", hash, ErrNoDocument)
	}
	file, err := os.Open(s.path(hash, ext))
	if errors.Is(err, os.ErrNotExist) {
		return nil, ErrNoDocument
	}
	return file, err
}

// Verify reads a file through and reports whether it still is what it was when it was stored. ErrNoDocument when it is
// gone.
func (s *Shelf) Verify(ctx context.Context, hash string) error {
	var content io.ReadCloser
	content, err := s.Open(hash)
	if errors.Is(err, ErrNoDocument) {
		content, err = s.OpenCompressed(hash)
	}
	if err != nil {
		return err
	}
	defer content.Close()
	check := Shelf{limit: 1 << 62}
	var found Stored
	if err := check.copy(ctx, &found, plain{io.Discard}, content); err != nil {
		return fmt.Errorf("the stored file %s cannot be read: %w", hash, err)
	}
	if found.Hash != hash {
		return fmt.Errorf("the stored file %s is damaged: its content is now %s", hash, found.Hash)
	}
	return nil
}

// Erase takes a file off the shelf for good, in both forms. No error when it is not there.
func (s *Shelf) Erase(hash string) error {
	if !validHash(hash) {
		return fmt.Errorf("%q is not a document's hash: %w", hash, ErrNoDocument)
	}
	for _, ext := range []string{".bin", ".gz"} {
		if err := os.Remove(s.path(hash, ext)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("the stored file %s cannot be erased: %w", hash, err)
		}
	}
	return nil
}

// Sweep removes what a crash left half-written. Only for the owner of the data folder, while nothing is being stored.
func (s *Shelf) Sweep() error {
	entries, err := os.ReadDir(filepath.Join(s.dir, incoming))
	for _, e := range entries {
		err = errors.Join(err, os.Remove(filepath.Join(s.dir, incoming, e.Name())))
	}
	return err
}

func (s *Shelf) path(hash, ext string) string { return filepath.Join(s.dir, hash[:2], hash+ext) }

func validHash(hash string) bool {
	if len(hash) != 2*sha256.Size {
		return false
	}
	for _, c := range hash {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// baseName is the last part of a name with slashes of either sort.
func baseName(name string) string {
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '/' || name[i] == '\\' {
			return name[i+1:]
		}
	}
	return name
}
