package feeds

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// Account is an account as a person fills it in. Secrets are no part of it: they go straight into the key store.
type Account struct {
	Name    string            `json:"name"`
	Kind    string            `json:"kind"`
	Enabled bool              `json:"enabled"`
	Values  map[string]string `json:"values"`
}

// Common are the settings that every account has beside those of its kind.
var Common = []connect.Setting{
	{Key: "pollMinutes", Label: "Ask every", Help: "Minutes between two questions; empty takes what suits the system."},
	{Key: "inboxDir", Label: "Folder of callbacks", Help: "A folder into which a relay puts recorded callbacks, one a line or one a file; empty for none."},
	{Key: "caFile", Label: "Certificate authority", Help: "A PEM file of a certificate authority to trust beside the system's own, where a proxy or a private server needs one."},
}

// Kinds are the systems that an account can be at.
func (e *Engine) Kinds() []connect.Kind { return e.opt.Kinds }

// Accounts are all accounts by name.
func (e *Engine) Accounts(ctx context.Context) (freight.List[Account], error) {
	feeds, err := e.opt.Store.Feeds(ctx)
	out := make(freight.List[Account], 0, len(feeds))
	for _, f := range feeds {
		out = append(out, Account{Name: f.Name, Kind: f.Kind, Enabled: f.Enabled, Values: f.Settings})
	}
	return out, err
}

// Add files an account. Its name must be new; an empty one takes the kind's.
func (e *Engine) Add(ctx context.Context, a Account, by string) (Account, error) {
	if a.Name == "" {
		a.Name = a.Kind
	}
	f := store.Feed{Name: a.Name, Kind: a.Kind, Enabled: a.Enabled, Settings: a.Values, AddedAt: e.opt.Now().UTC(), By: by}
	if err := errors.Join(e.check(&f), trusted(f.Settings["caFile"])); err != nil {
		return a, err
	}
	if _, err := e.opt.Store.Feed(ctx, f.Name); err == nil {
		return a, invalid("There is a source %s already; give this one another name.", f.Name)
	} else if !errors.Is(err, store.ErrNotFound) {
		return a, err
	}
	err := e.opt.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.AddFeed(&f); err != nil {
			return err
		}
		last, err := tx.LastIntent() // what was decided before it was added is not told it
		if err != nil {
			return err
		}
		if err := tx.SetMeta(routed(f.ID), strconv.FormatInt(last, 10)); err != nil {
			return err
		}
		return tx.Audit(&store.Act{At: f.AddedAt, Who: by, Act: "source added", Subject: "source:" + f.Name, Detail: said(&f)})
	})
	if err == nil {
		e.Changed()
	}
	return a, err
}

// Change stores what a person changed; the kind stays. What was refused is tried again.
func (e *Engine) Change(ctx context.Context, name string, a Account, by string) error {
	f, err := e.feed(ctx, name)
	if err != nil {
		return err
	}
	if a.Kind != "" && a.Kind != f.Kind {
		return invalid("The source %s is at %s; add another one for %s.", name, f.Kind, a.Kind)
	}
	if a.Name != "" && a.Name != f.Name {
		return invalid("A source keeps its name: what it said is filed under it.")
	}
	before := f.Settings["caFile"]
	f.Enabled, f.Settings, f.By = a.Enabled, a.Values, by
	if err := e.check(&f); err != nil {
		return err
	}
	if file := f.Settings["caFile"]; file != before { // a source can be paused whatever became of the file
		if err := trusted(file); err != nil {
			return err
		}
	}
	err = e.opt.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.ChangeFeed(&f); err != nil {
			return err
		}
		return tx.Audit(&store.Act{At: e.opt.Now().UTC(), Who: by, Act: "source changed", Subject: "source:" + f.Name, Detail: said(&f)})
	})
	if err == nil {
		e.Changed()
	}
	return err
}

// Remove takes an account away with what waits for it; what it said stays, and so does where it stood, for Restore. Its secrets are the
// caller's to erase. What is being sent at this moment may still arrive.
func (e *Engine) Remove(ctx context.Context, name, by string) error {
	f, err := e.feed(ctx, name)
	if err != nil {
		return err
	}
	now := e.opt.Now().UTC()
	err = e.opt.Store.Write(ctx, func(tx *store.Tx) error {
		dropped, err := tx.RemoveFeed(f.ID, now, by)
		if err != nil {
			return err
		}
		return tx.Audit(&store.Act{At: now, Who: by, Act: "source removed", Subject: "source:" + f.Name, Detail: fmt.Sprintf("%d errands dropped", dropped)})
	})
	if err == nil {
		e.Changed()
	}
	return err
}

// Restore brings an account back that was removed, as it stood: how far it was read, the loads it has, what waited for it. It is gone for
// good once another one of its name was added. Its secrets are the caller's to bring back.
func (e *Engine) Restore(ctx context.Context, name, by string) error {
	f, err := e.opt.Store.RemovedFeed(ctx, name)
	if errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("%w: %s", ErrUnknown, name)
	}
	if err != nil {
		return err
	}
	err = e.opt.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.RestoreFeed(f.ID); err != nil {
			return err
		}
		return tx.Audit(&store.Act{At: e.opt.Now().UTC(), Who: by, Act: "source brought back", Subject: "source:" + f.Name, Detail: said(&f)})
	})
	if err == nil {
		e.Changed()
	}
	return err
}

// Probe signs in at an account and asks its cheapest question. It is given the account as filled in, so that it can be tried
// before it is stored; secret gives its secrets, nil takes the key store's.
func (e *Engine) Probe(ctx context.Context, a Account, secret func(key string) (string, error)) (connect.Probe, error) {
	f := store.Feed{Name: a.Name, Kind: a.Kind, Enabled: true, Settings: a.Values}
	if err := e.check(&f); err != nil {
		return connect.Probe{}, err
	}
	if secret == nil {
		secret = func(key string) (string, error) { return e.opt.Secret(f.Name, key) }
	}
	acc, err := e.connect(f, secret)
	if err != nil {
		return connect.Probe{}, err
	}
	p, err := acc.conn.Probe(ctx)
	if skew, ok := acc.line.skew(); ok && p.Skew == 0 {
		p.Skew = skew
	}
	host, proxy := acc.line.way()
	p.Proxy = proxy
	if p.Host == "" {
		p.Host = host
	}
	return p, err
}

// feed is the stored account of a name.
func (e *Engine) feed(ctx context.Context, name string) (store.Feed, error) {
	f, err := e.opt.Store.Feed(ctx, name)
	if errors.Is(err, store.ErrNotFound) {
		err = fmt.Errorf("%w: %s", ErrUnknown, name)
	}
	return f, err
}

// trusted refuses a certificate authority that cannot be trusted, when it is said.
func trusted(file string) error {
	if file == "" || strings.HasPrefix(file, "(") { // "(in the key store)" is filled in later
		return nil
	}
	if _, err := trusting(file); err != nil {
		return invalid("%s", sentence(err.Error()))
	}
	return nil
}

// check refuses what cannot work, in words.
func (e *Engine) check(f *store.Feed) error {
	kind, ok := e.kinds[f.Kind]
	if !ok {
		return invalid("There is no connector %q; there are %s.", f.Kind, strings.Join(slices.Sorted(maps.Keys(e.kinds)), ", "))
	}
	if strings.ContainsAny(f.Name, "/\\\t\r\n") || len(f.Name) > 60 || f.Name != strings.TrimSpace(f.Name) {
		return invalid("A source's name has at most 60 letters and no slash: %q is none.", f.Name)
	}
	all := append(slices.Clone(kind.Settings), Common...)
	for key := range f.Settings {
		at := slices.IndexFunc(all, func(s connect.Setting) bool { return s.Key == key })
		if at < 0 && key != "customers" {
			return invalid("%s has no setting %q.", kind.Title, key)
		}
		if at >= 0 && all[at].Secret {
			return invalid("%q is a secret: it goes to the key store, not among the settings.", key)
		}
	}
	for _, s := range kind.Settings {
		v := f.Settings[s.Key]
		if s.Needed && !s.Secret && v == "" && s.Default == "" {
			return invalid("%s needs the setting %q: %s", kind.Title, s.Key, s.Help)
		}
		if len(s.Choices) > 0 && v != "" && !slices.Contains(s.Choices, v) {
			return invalid("%q is no %s of %s; choose one of %s.", v, s.Key, kind.Title, strings.Join(s.Choices, ", "))
		}
	}
	if v := f.Settings["pollMinutes"]; v != "" {
		if d, err := time.ParseDuration(v + "m"); err != nil || d < time.Minute || d > 24*time.Hour {
			return invalid("pollMinutes is a number from 1 to 1440, not %q.", v)
		}
	}
	if _, err := connect.ParseCustomers(f.Settings["customers"]); err != nil {
		return &InvalidError{err.Error()}
	}
	if base := f.Settings["baseUrl"]; base != "" {
		if err := safeURL(base); err != nil {
			return &InvalidError{err.Error()}
		}
	}
	return nil
}

// said is an account's settings for the audit chain.
func said(f *store.Feed) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, enabled %t", f.Kind, f.Enabled)
	for _, key := range slices.Sorted(maps.Keys(f.Settings)) {
		fmt.Fprintf(&b, ", %s=%s", key, f.Settings[key])
	}
	return b.String()
}
