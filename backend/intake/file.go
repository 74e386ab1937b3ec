package intake

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"tracedesk/backend/freight"
)

// File is a whole file that came to rest in a watched folder.
type File struct {
	Folder  string // the watched folder, absolute
	Rel     string // path inside it, with slashes
	Name    string // its last part
	Size    int64
	ModTime time.Time
	Hash    string // SHA-256 of the content, hex
	Kind    freight.FileKind
	// Seen: the same bytes were delivered before, under this or another name. The file is delivered all the same, since
	// an export that says the same again is news of its own kind (it confirms); the receiver decides.
	Seen bool
	// Doubt says in words why the file may not be whole; empty for nearly all.
	Doubt string
}

// Path is where the file lies.
func (f File) Path() string { return filepath.Join(f.Folder, filepath.FromSlash(f.Rel)) }

// Open opens the file as it was delivered: it fails when the file has changed or gone since. The caller closes it.
func (f File) Open() (*os.File, error) {
	root, err := os.OpenRoot(f.Folder)
	if err != nil {
		return nil, fmt.Errorf("the folder %s cannot be read: %w", f.Folder, err)
	}
	defer root.Close()
	file, info, err := openRegular(root, f.Rel)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be opened: %w", f.Name, err)
	}
	if info.Size() != f.Size || !info.ModTime().Equal(f.ModTime) {
		file.Close()
		return nil, fmt.Errorf("%s has changed since it was found; it will be delivered again", f.Name)
	}
	return file, nil
}

// openRegular opens a regular file below root and nothing else: no link, no device, no pipe that would block.
func openRegular(root *os.Root, rel string) (*os.File, os.FileInfo, error) {
	before, err := root.Lstat(filepath.FromSlash(rel))
	if err != nil {
		return nil, nil, err
	}
	if !before.Mode().IsRegular() {
		return nil, nil, fmt.Errorf("%s is not a plain file", rel)
	}
	file, err := root.OpenFile(filepath.FromSlash(rel), os.O_RDONLY|openFlags, 0)
	if err != nil {
		return nil, nil, err
	}
	info, err := file.Stat()
	if err == nil && !os.SameFile(before, info) {
		err = fmt.Errorf("%s was exchanged while it was opened", rel)
	}
	if err != nil {
		file.Close()
		return nil, nil, err
	}
	return file, info, nil
}
