package archive

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"tracedesk/backend/store"
)

const (
	format       = "tracedesk-archive-1"
	manifestName = "manifest.json"
)

// pack writes a zip of files of a folder with a manifest; the file is under another name until it is whole.
func pack(ctx context.Context, out string, m *Manifest, files map[string]string, order []string) (err error) {
	part := out + ".part"
	f, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("the archive cannot be written: %w", err)
	}
	defer os.Remove(part)
	z := zip.NewWriter(f)
	for _, name := range order {
		if err := ctx.Err(); err != nil {
			return errors.Join(err, f.Close())
		}
		entry, err := add(z, name, files[name])
		if err != nil {
			return errors.Join(err, f.Close())
		}
		m.Files = append(m.Files, entry)
	}
	body, err := json.MarshalIndent(m, "", "  ")
	if err == nil {
		var w io.Writer
		if w, err = z.Create(manifestName); err == nil {
			_, err = w.Write(body)
		}
	}
	if err = errors.Join(err, z.Close(), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(part, out)
}

func add(z *zip.Writer, name, path string) (ArchiveEntry, error) {
	in, err := os.Open(path)
	if err != nil {
		return ArchiveEntry{}, fmt.Errorf("a file of the archive cannot be read: %w", err)
	}
	defer in.Close()
	w, err := z.Create(name)
	if err != nil {
		return ArchiveEntry{}, err
	}
	h := sha256.New()
	n, err := io.Copy(io.MultiWriter(w, h), in)
	return ArchiveEntry{Name: name, Size: n, Digest: fmt.Sprintf("%x", h.Sum(nil))}, err
}

// Read is the manifest of an archive.
func Read(path string) (Manifest, error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return Manifest{}, fmt.Errorf("%s is no archive of TraceDesk, or is damaged: %w", path, err)
	}
	defer z.Close()
	return manifestOf(&z.Reader, path)
}

func manifestOf(z *zip.Reader, path string) (m Manifest, err error) {
	f, err := z.Open(manifestName)
	if err != nil {
		return m, fmt.Errorf("%s is no archive of TraceDesk: it has no %s", path, manifestName)
	}
	defer f.Close()
	if err := json.NewDecoder(f).Decode(&m); err != nil {
		return m, fmt.Errorf("the manifest of %s cannot be read: %w", path, err)
	}
	if m.Format != format {
		return m, fmt.Errorf("%s is of a form that this TraceDesk does not know (%q); install a newer one", path, m.Format)
	}
	return m, nil
}

// Unpack lays an archive out in an empty folder and checks every entry against the manifest, and the desk file as doctor does.
// The folder is then a data folder, for reading.
func Unpack(ctx context.Context, path, dir string) (Manifest, error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return Manifest{}, fmt.Errorf("%s is no archive of TraceDesk, or is damaged: %w", path, err)
	}
	defer z.Close()
	m, err := manifestOf(&z.Reader, path)
	if err != nil {
		return m, err
	}
	if had, err := os.ReadDir(dir); err == nil && len(had) > 0 {
		return m, fmt.Errorf("the folder %s is not empty", dir)
	}
	for _, f := range m.Files {
		if err := ctx.Err(); err != nil {
			return m, err
		}
		if err := lay(&z.Reader, f, dir); err != nil {
			return m, fmt.Errorf("%s is damaged: %w", path, err)
		}
	}
	return m, sound(ctx, dir, &m)
}

// lay writes one entry and holds it against its digest. A name that leads out of the folder is refused.
func lay(z *zip.Reader, f ArchiveEntry, dir string) (err error) {
	if !filepath.IsLocal(f.Name) || strings.Contains(f.Name, `\`) {
		return fmt.Errorf("the entry %q leads out of the archive", f.Name)
	}
	in, err := z.Open(f.Name)
	if err != nil {
		return err
	}
	defer in.Close()
	to := filepath.Join(dir, filepath.FromSlash(f.Name))
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	h := sha256.New()
	n, err := io.Copy(io.MultiWriter(out, h), io.LimitReader(in, f.Size+1))
	if err = errors.Join(err, out.Close()); err != nil {
		return err
	}
	if digest := fmt.Sprintf("%x", h.Sum(nil)); n != f.Size || digest != f.Digest {
		return fmt.Errorf("the entry %s is not as it was written", f.Name)
	}
	return nil
}

// sound checks the desk file of an archive: its pages, references and audit chain, and that it holds what the manifest says.
func sound(ctx context.Context, dir string, m *Manifest) error {
	st, err := store.Open(ctx, dir, store.ReadOnly)
	if err != nil {
		return err
	}
	defer st.Close()
	problems, err := st.Check(ctx)
	if err != nil {
		return err
	}
	_, broken, why, err := st.VerifyAudit(ctx)
	if err != nil {
		return err
	}
	if broken > 0 {
		problems = append(problems, why)
	}
	loads, _, err := st.Counts(ctx)
	if err != nil {
		return err
	}
	if loads != m.Loads {
		problems = append(problems, fmt.Sprintf("%d loads instead of %d", loads, m.Loads))
	}
	if len(problems) > 0 {
		return fmt.Errorf("the desk file in the archive is not sound: %s", strings.Join(problems, "; "))
	}
	return nil
}
