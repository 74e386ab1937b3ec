package archive

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// Area archives closed periods and exports customers.
type Area struct {
	desk *desk.Desk
	mu   sync.Mutex // one archive at a time
}

// New is the area over an open desk.
func New(d *desk.Desk) *Area { return &Area{desk: d} }

// kept is how long a US broker keeps the record of a transaction at hand (49 CFR 371.3).
const keptYears = 3

// List are all archives written from this desk; with a number those that hold a load of that number.
func (a *Area) List(ctx context.Context, number string) (Archives, error) {
	var list []store.Archive
	var err error
	if number == "" {
		list, err = a.desk.Store.Archives(ctx)
	} else {
		list, err = a.desk.Store.ArchivesOf(ctx, number)
	}
	out := Archives{Archives: freight.List[Archived]{}}
	for i := range list {
		out.Archives = append(out.Archives, Archived{At: list[i].At, By: list[i].By, Until: list[i].Until.UTC().Format(time.DateOnly), File: list[i].File, Digest: list[i].Digest, Size: list[i].Size, Loads: list[i].Loads})
	}
	return out, err
}

// Archive writes what ended before a day into one file, reads it back, and only then takes it out of the desk file. Without a
// file to write it only tells what would go.
func (a *Area) Archive(ctx context.Context, r ArchiveRequest) (ArchiveDone, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	until, err := time.Parse(time.DateOnly, r.Until)
	if err != nil {
		return ArchiveDone{}, desk.Invalid("%q is not a day such as 2023-01-01.", r.Until)
	}
	now := a.desk.LedgerAt(r.Now).Now().UTC()
	if until.After(now) {
		return ArchiveDone{}, desk.Invalid("%s lies ahead: only what is over is archived.", r.Until)
	}
	every, err := a.desk.Store.Archivable(ctx, until, true)
	if err != nil {
		return ArchiveDone{}, err
	}
	loads := every
	if !r.Unsettled {
		if loads, err = a.desk.Store.Archivable(ctx, until, false); err != nil {
			return ArchiveDone{}, err
		}
	}
	tally, err := a.desk.Store.Tally(ctx, loads)
	if err != nil {
		return ArchiveDone{}, err
	}
	done := ArchiveDone{Until: r.Until, Unsettled: len(every) - len(loads), Loads: tally.Loads, Observations: tally.Observations, Positions: tally.Positions, Documents: tally.Documents, Young: until.AddDate(keptYears, 0, 0).After(now)}
	if r.Out == "" || len(loads) == 0 {
		return done, nil
	}
	if !filepath.IsAbs(r.Out) {
		return done, desk.Invalid("%q is no whole path of a file on this computer.", r.Out)
	}
	if _, err := os.Stat(r.Out); err == nil {
		return done, desk.Invalid("%s exists already; choose another name.", r.Out)
	}
	who := a.desk.Person(r.As)
	m := Manifest{Format: format, At: now, By: who, Until: r.Until, Loads: tally.Loads, Observations: tally.Observations, Positions: tally.Positions, Documents: tally.Documents}
	if err := a.write(ctx, r.Out, loads, &m); err != nil {
		return done, err
	}
	if err := a.verify(ctx, r.Out, loads, tally); err != nil {
		return done, errors.Join(fmt.Errorf("the archive was not verified, so nothing left the desk: %w", err), os.Rename(r.Out, r.Out+".unverified"))
	}
	if done.Digest, done.Size, err = digestOf(r.Out); err != nil {
		return done, err
	}
	done.File = r.Out
	rec := store.Archive{At: now, By: who, Until: until, File: r.Out, Digest: done.Digest, Size: done.Size, Loads: tally.Loads}
	err = a.desk.Store.Write(ctx, func(tx *store.Tx) error {
		if !r.Keep {
			if err := tx.Leave(&rec, loads, tally); err != nil {
				return err
			}
		}
		return tx.Audit(&store.Act{At: now, Who: who, Act: "archived", Subject: "until:" + r.Until, Detail: fmt.Sprintf("%d loads into %s, sha256 %s", tally.Loads, r.Out, done.Digest), Digest: desk.Digest(done.Digest)})
	})
	if errors.Is(err, store.ErrChanged) {
		return done, &desk.Fault{Kind: "conflict", Message: "Something was heard of these loads while the archive was written, so nothing left the desk.", Do: "Delete the file and archive again."}
	}
	if err != nil {
		return done, err
	}
	done.Left = !r.Keep
	a.desk.Ledger.News().Announce(loads)
	return done, nil
}

// write copies the desk file, takes everything but the loads out of the copy, and packs it with the files they rest on.
func (a *Area) write(ctx context.Context, out string, loads []int64, m *Manifest) error {
	work, err := os.MkdirTemp(filepath.Dir(out), ".archive-*")
	if err != nil {
		return fmt.Errorf("the archive cannot be written: %w", err)
	}
	defer os.RemoveAll(work)
	copied, small := filepath.Join(work, store.FileName), filepath.Join(work, "small.db")
	if err := a.desk.Store.Backup(ctx, copied); err != nil {
		return err
	}
	papers, raw, err := keepOnly(ctx, work, small, loads)
	if err != nil {
		return err
	}
	files, order := map[string]string{store.FileName: small}, []string{store.FileName}
	for shelf, hashes := range map[string][]string{"documents": papers, "raw": raw} {
		for _, hash := range hashes {
			found, err := filepath.Glob(filepath.Join(a.desk.Dir, shelf, hash[:2], hash+".*"))
			if err != nil {
				return err
			}
			for _, path := range found {
				name := shelf + "/" + hash[:2] + "/" + filepath.Base(path)
				files[name], order = path, append(order, name)
			}
		}
	}
	slices.Sort(order[1:])
	return pack(ctx, out, m, files, order)
}

// keepOnly leaves only some loads in a copied desk file and writes it compact beside.
func keepOnly(ctx context.Context, dir, small string, loads []int64) (papers, raw []string, err error) {
	st, err := store.Open(ctx, dir, store.Scratch)
	if err != nil {
		return nil, nil, err
	}
	defer st.Close()
	if err := st.Write(ctx, func(tx *store.Tx) error { return tx.KeepOnly(loads) }); err != nil {
		return nil, nil, err
	}
	if papers, raw, err = st.Shelved(ctx); err != nil {
		return nil, nil, err
	}
	return papers, raw, st.Backup(ctx, small)
}

// verify lays the archive out anew, checks all of it, and counts that it holds as much of the loads as the desk does.
func (a *Area) verify(ctx context.Context, path string, loads []int64, want store.Tally) error {
	dir, err := os.MkdirTemp(filepath.Dir(path), ".verify-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if _, err := Unpack(ctx, path, dir); err != nil {
		return err
	}
	st, err := store.Open(ctx, dir, store.ReadOnly)
	if err != nil {
		return err
	}
	defer st.Close()
	got, err := st.Tally(ctx, loads)
	if err == nil && got != want {
		err = fmt.Errorf("it holds %+v, the desk %+v", got, want)
	}
	return err
}

func digestOf(path string) (string, int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	return fmt.Sprintf("%x", h.Sum(nil)), n, err
}
