// Package desk opens a data folder and hands it out as a value: the lock, the store, the ledger, the shelves of papers and
// raw files, the clock and the person. It is where one-method interfaces meet what implements them.
//
// What can be done with an open desk lies in the packages below this one, an area each; areas never import each other.
package desk

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"tracedesk/backend/documents"
	"tracedesk/backend/feeds"
	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/place"
	"tracedesk/backend/secrets"
	"tracedesk/backend/store"
	"tracedesk/backend/timeline"
)

// Options say which desk is opened and how.
type Options struct {
	Dir      string           // data folder; empty: DefaultDir
	ReadOnly bool             // no lock, no writes
	Now      func() time.Time // the desk's clock; nil: the computer's
	Person   string           // who acts; empty: the name kept in the desk, else the OS account
	Demo     bool             // a simulated desk, marked as such
	Scratch  bool             // thrown away after use: nothing waits for the disk
}

// Desk is an open data folder. Safe for concurrent use.
type Desk struct {
	Dir     string
	Demo    bool
	Store   *store.Store
	Ledger  *ledger.Ledger
	Places  freight.Resolver
	Papers  *documents.Shelf // originals of papers
	Raw     *documents.Shelf // files as they were imported, compressed
	Reader  *documents.Reader
	Secrets *secrets.Store // passwords and keys of outside systems
	Feeds   *feeds.Engine  // accounts at outside systems
	Version string

	now     func() time.Time
	person  string
	lock    *folderLock
	mu      sync.Mutex
	notices []string
	work    sync.WaitGroup
	stop    context.CancelCauseFunc

	running   context.Context // ends when the desk is closed
	unchecked bool            // a large file that was not closed in order: checked once the desk works

	cut func(ctx context.Context, id string) ([]byte, error) // see Cutting
}

// DefaultDir is where a person's desk lies unless TRACEDESK_HOME or --home says otherwise: the application data folder
// on Windows and macOS, the XDG data folder elsewhere.
func DefaultDir() (string, error) {
	if dir := os.Getenv("TRACEDESK_HOME"); dir != "" {
		return dir, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("no home folder is known; say --home DIR: %w", err)
	}
	switch runtime.GOOS {
	case "windows":
		// Local, not roaming: the desk file must not travel over the network at every logon.
		if local := os.Getenv("LOCALAPPDATA"); local != "" {
			return filepath.Join(local, "TraceDesk"), nil
		}
		return filepath.Join(home, "AppData", "Local", "TraceDesk"), nil
	case "darwin":
		return filepath.Join(home, "Library", "Application Support", "TraceDesk"), nil
	}
	if data := os.Getenv("XDG_DATA_HOME"); data != "" {
		return filepath.Join(data, "tracedesk"), nil
	}
	return filepath.Join(home, ".local", "share", "tracedesk"), nil
}

// Open opens the desk. A damaged file is kept aside and what can be read of it is salvaged, with a notice.
func Open(ctx context.Context, opt Options) (d *Desk, err error) {
	d = &Desk{Dir: opt.Dir, Demo: opt.Demo, now: opt.Now}
	if d.now == nil {
		d.now = time.Now
	}
	if d.Dir == "" {
		if d.Dir, err = DefaultDir(); err != nil {
			return nil, err
		}
	}
	if d.Dir, err = filepath.Abs(d.Dir); err != nil {
		return nil, err
	}
	opened := d // a failing return leaves d nil
	defer func() {
		if err != nil {
			opened.Close()
		}
	}()
	if !opt.ReadOnly {
		if d.lock, err = lockFolder(d.Dir); err != nil {
			return nil, err
		}
	}
	if err = d.openStore(ctx, opt); err != nil {
		return nil, err
	}
	if err = d.openShelves(); err != nil {
		return nil, err
	}
	d.Places = place.New()
	d.Ledger = ledger.New(d.Store, d.Places, timeline.DefaultConfig(), d.now)
	if opt.Scratch {
		d.Papers, d.Raw, d.Ledger = d.Papers.Scratch(), d.Raw.Scratch(), d.Ledger.RowsOnly()
	}
	d.openFeeds()
	d.person, err = d.whoActs(ctx, opt.Person)
	return d, err
}

func (d *Desk) openStore(ctx context.Context, opt Options) (err error) {
	if opt.Scratch {
		d.Store, err = store.Open(ctx, d.Dir, store.Scratch)
		return err
	}
	if opt.ReadOnly {
		d.Store, err = store.Open(ctx, d.Dir, store.ReadOnly)
		return err
	}
	_, statErr := os.Stat(filepath.Join(d.Dir, store.FileName))
	inOrder := statErr != nil || d.inOrder()
	if d.Store, err = store.Open(ctx, d.Dir, store.ReadWrite); err == nil {
		err = d.checkSound(ctx, inOrder)
	}
	var damaged *store.DamagedError
	if !errors.As(err, &damaged) {
		return err
	}
	if d.Store != nil {
		d.Store.Close()
	}
	report, err := store.Salvage(ctx, d.Dir, d.now())
	if err != nil {
		return errors.Join(damaged, err)
	}
	d.Notice(report.String())
	if err := WriteFile(filepath.Join(d.Dir, "salvage.txt"), []byte(report.String()+"\n"), 0o600); err != nil {
		return err
	}
	d.Store, err = store.Open(ctx, d.Dir, store.ReadWrite)
	return err
}

func (d *Desk) openShelves() (err error) {
	if d.Papers, err = documents.NewShelf(filepath.Join(d.Dir, "documents"), 0); err == nil {
		d.Raw, err = documents.NewShelf(filepath.Join(d.Dir, "raw"), 0)
	}
	d.Reader = documents.NewReader(CacheDir(d.Dir), documents.Limits{Behind: true})
	return err
}

// CacheDir is where compiled code of the PDF engine is kept: with the account's other caches, since all its desks share it;
// in the data folder where the account has none.
func CacheDir(dir string) string {
	if cache, err := os.UserCacheDir(); err == nil {
		return filepath.Join(cache, "TraceDesk", "engine")
	}
	return filepath.Join(dir, "cache")
}

// whoActs: the given name, else the one kept in the desk, else the OS account.
func (d *Desk) whoActs(ctx context.Context, given string) (string, error) {
	if given != "" {
		return given, nil
	}
	kept, err := d.Store.Meta(ctx, "person")
	if kept != "" || err != nil {
		return kept, err
	}
	if u, err := user.Current(); err == nil {
		if u.Name != "" {
			return u.Name, nil
		}
		return u.Username, nil
	}
	return "desk", nil
}

// Now is the desk's clock.
func (d *Desk) Now() time.Time { return d.now() }

// Person is who acts when nobody else is named.
func (d *Desk) Person(as string) string {
	if as != "" {
		return as
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.person
}

// SetPerson keeps the display name of who works here.
func (d *Desk) SetPerson(ctx context.Context, name string) error {
	before := d.Person("")
	err := d.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SetMeta("person", name); err != nil {
			return err
		}
		return tx.Audit(&store.Act{At: d.now(), Who: before, Act: "setting", Subject: "person", Detail: name})
	})
	if err == nil {
		d.mu.Lock()
		d.person = name
		d.mu.Unlock()
	}
	return err
}

// LedgerAt is the ledger with its clock at t; nil is the desk's own clock.
func (d *Desk) LedgerAt(t *time.Time) *ledger.Ledger {
	if t == nil {
		return d.Ledger
	}
	return d.Ledger.At(*t)
}

// Notice keeps a sentence that the screens show until the desk is closed: a salvaged file, a folder that cannot be watched.
func (d *Desk) Notice(text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.notices = append(d.notices, text)
}

// Notices are the sentences kept.
func (d *Desk) Notices() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]string{}, d.notices...)
}

// Say tells other processes where this desk can be asked.
func (d *Desk) Say(addr, token string) error {
	if d.lock == nil {
		return errors.New("a desk open for reading cannot be asked")
	}
	return d.lock.say(Running{PID: os.Getpid(), Addr: addr, Token: token})
}

// Start catches up what was left undone (folds that are behind, projections of older code) and sets the clock's work
// going. It returns at once; Close ends it.
func (d *Desk) Start(ctx context.Context) {
	ctx, d.stop = context.WithCancelCause(context.WithoutCancel(ctx))
	d.running = ctx
	d.Go(ctx, "the board cannot be brought up to date", d.catchUp)
	d.work.Add(1)
	go func() {
		defer d.work.Done()
		d.Ledger.Run(ctx, func(err error) { d.Notice("the clock's work failed: " + err.Error()) })
	}()
}

// Go runs work that ends with the desk; its error becomes a notice.
func (d *Desk) Go(ctx context.Context, failing string, fn func(context.Context) error) {
	d.work.Add(1)
	go func() {
		defer d.work.Done()
		if err := fn(ctx); err != nil && ctx.Err() == nil {
			d.Notice(failing + ": " + err.Error())
		}
	}()
}

// Work runs fn until the desk is closed; it must end soon after its context does. Only between Start and Close.
func (d *Desk) Work(fn func(context.Context)) {
	d.work.Add(1)
	go func() {
		defer d.work.Done()
		fn(d.running)
	}()
}

func (d *Desk) catchUp(ctx context.Context) error {
	if err := CatchUp(ctx, d); err != nil || !d.unchecked {
		return err
	}
	err := d.Store.QuickCheck(ctx)
	var damaged *store.DamagedError
	if errors.As(err, &damaged) {
		d.Notice("The desk file is damaged. Close TraceDesk and start it again: what can be read is salvaged then.")
		return nil
	}
	return err
}

// CatchUp folds what is behind the log, and draws everything anew when the program that drew it was another.
func CatchUp(ctx context.Context, d *Desk) error {
	old, err := d.Ledger.Outdated(ctx)
	if err != nil {
		return err
	}
	if old {
		return d.Ledger.Upgrade(ctx, nil)
	}
	if err := d.Ledger.MarkVersion(ctx); err != nil {
		return err
	}
	return d.Ledger.FoldDirty(ctx, nil)
}

// Close ends the desk's work and frees the folder. May be called on a desk that did not open fully.
func (d *Desk) Close() error {
	if d.stop != nil {
		d.stop(ledger.ErrClosing)
	}
	d.work.Wait()
	var errs []error
	if d.Reader != nil {
		d.Reader.Close()
		d.Reader = nil // a desk may be closed twice
	}
	if d.Store != nil {
		errs = append(errs, d.Store.Close())
	}
	if d.lock != nil {
		if d.Store != nil && errors.Join(errs...) == nil {
			errs = append(errs, d.noteClosed())
		}
		errs = append(errs, d.lock.free())
		d.lock = nil
	}
	return errors.Join(errs...)
}
