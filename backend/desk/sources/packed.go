package sources

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/desk"
)

// Limits of what is unpacked: beyond them a small file was made to fill a disk.
const (
	mostUnpacked = 4 << 30
	mostMembers  = 10_000
)

// unpacked replaces compressed files (gzip, ZIP) by what is in them, written out beside each other; clean removes that again.
// Workbooks are ZIPs too and stay as they are. What is compressed within a compressed file is left to the next reader.
func unpacked(files []pathName) (out []pathName, clean func(), err error) {
	u := &unpacking{}
	for _, f := range files {
		members, err := u.open(f)
		if err != nil {
			u.clean()
			return nil, func() {}, err
		}
		if members == nil {
			members = []pathName{f}
		}
		out = append(out, members...)
	}
	return out, u.clean, nil
}

type unpacking struct {
	dir     string
	members int
	bytes   int64
}

func (u *unpacking) clean() {
	if u.dir != "" {
		os.RemoveAll(u.dir)
	}
}

// open is what a compressed file holds, nil when it is none.
func (u *unpacking) open(f pathName) ([]pathName, error) {
	src, err := os.Open(f.path)
	if err != nil {
		return nil, nil // told when it is read
	}
	defer src.Close()
	head := make([]byte, 4)
	n, err := io.ReadFull(src, head)
	if err != nil {
		return nil, nil
	}
	info, err := src.Stat()
	if err != nil {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(head[:n], []byte{0x1f, 0x8b}):
		return u.gzip(f, src, info.ModTime())
	case string(head[:n]) == "PK\x03\x04":
		return u.zip(f, src, info)
	}
	return nil, nil
}

func (u *unpacking) gzip(f pathName, src *os.File, mod time.Time) ([]pathName, error) {
	if _, err := src.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	z, err := gzip.NewReader(src)
	if err != nil {
		return nil, nil // it only begins like one; read as it is, and told
	}
	name := strings.TrimSuffix(strings.TrimSuffix(f.name, ".gz"), ".GZ")
	m, err := u.write(f, name, z, mod)
	if err != nil {
		return nil, err
	}
	m.shown = f.shown
	return []pathName{m}, nil
}

func (u *unpacking) zip(f pathName, src *os.File, info os.FileInfo) ([]pathName, error) {
	z, err := zip.NewReader(src, info.Size())
	if err != nil || slices.ContainsFunc(z.File, func(m *zip.File) bool { return m.Name == "[Content_Types].xml" || m.Name == "mimetype" }) {
		return nil, nil // damaged, or a workbook or another document
	}
	out := []pathName{}
	for _, m := range z.File {
		if !m.Mode().IsRegular() || path.Base(m.Name)[0] == '.' {
			continue
		}
		body, err := m.Open()
		if err != nil {
			return nil, desk.Invalid("%s in %s cannot be unpacked: %s.", m.Name, f.name, err)
		}
		mod := m.Modified
		if mod.IsZero() || mod.Year() <= 1980 {
			mod = info.ModTime()
		}
		one, err := u.write(f, path.Base(m.Name), body, mod)
		if err = errors.Join(err, body.Close()); err != nil {
			return nil, err
		}
		one.shown = f.shown + ": " + m.Name
		out = append(out, one)
	}
	return out, nil
}

// write puts a member into a folder of its own, so that its name is its own, with the time at which it was written.
func (u *unpacking) write(f pathName, name string, body io.Reader, mod time.Time) (pathName, error) {
	if u.members++; u.members > mostMembers {
		return pathName{}, desk.Invalid("%s holds more than %d files.", f.name, mostMembers)
	}
	var err error
	if u.dir == "" {
		if u.dir, err = os.MkdirTemp("", "tracedesk-packed-*"); err != nil {
			return pathName{}, err
		}
	}
	to, err := os.CreateTemp(u.dir, "member-*"+safeExt(name))
	if err != nil {
		return pathName{}, err
	}
	n, err := io.Copy(to, io.LimitReader(body, mostUnpacked-u.bytes+1))
	u.bytes += n
	if err = errors.Join(err, to.Close()); err != nil {
		return pathName{}, desk.Invalid("%s in %s cannot be unpacked: %s.", name, f.name, err)
	}
	if u.bytes > mostUnpacked {
		return pathName{}, desk.Invalid("%s unpacks to more than 4 GB.", f.name)
	}
	return pathName{path: to.Name(), name: filepath.Base(name), shown: name}, os.Chtimes(to.Name(), mod, mod)
}
