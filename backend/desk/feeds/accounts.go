package feeds

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"tracedesk/backend/connect"
	"tracedesk/backend/desk"
	"tracedesk/backend/feeds"
	"tracedesk/backend/secrets"
)

// Area is the accounts at outside systems.
type Area struct {
	desk *desk.Desk

	mu    sync.Mutex
	gone  map[string]map[string]string    // the secrets of what was removed since the desk was opened, for undo; in memory alone
	turns map[int]context.CancelCauseFunc // what goes on now
	next  int

	counting sync.Mutex
	bodies   keptBodies

	sweep func(context.Context) (map[string]int, error) // takes what other programs recorded of callbacks; nil none
}

// New is the area over an open desk.
func New(d *desk.Desk) *Area {
	return &Area{desk: d, gone: map[string]map[string]string{}, turns: map[int]context.CancelCauseFunc{}}
}

// codesKey is the setting with the codes that an account reads otherwise.
const codesKey = "codes"

// Kinds is what can be added.
func (a *Area) Kinds(context.Context) (FeedKinds, error) {
	var out FeedKinds
	for _, k := range a.desk.Feeds.Kinds() {
		kind := FeedKind{Kind: k.Name, Title: k.Title}
		for _, s := range settingsOf(k) {
			kind.Settings = append(kind.Settings, FeedSetting{Key: s.Key, Label: s.Label, Help: s.Help, Secret: s.Secret, Needed: s.Needed, Default: s.Default, Choices: s.Choices})
		}
		out.Kinds = append(out.Kinds, kind)
	}
	return out, nil
}

// settingsOf are the settings of a kind with those that every account has; the kind's own word on one of these comes first.
func settingsOf(k connect.Kind) []connect.Setting {
	all := slices.Clone(k.Settings)
	for _, common := range feeds.Common {
		if !slices.ContainsFunc(all, func(s connect.Setting) bool { return s.Key == common.Key }) {
			all = append(all, common)
		}
	}
	return all
}

func (a *Area) kind(name string) (connect.Kind, error) {
	var known []string
	for _, k := range a.desk.Feeds.Kinds() {
		if k.Name == name {
			return k, nil
		}
		known = append(known, k.Name)
	}
	return connect.Kind{}, desk.Invalid("%q is no system that the desk knows: %s.", name, strings.Join(known, ", "))
}

// Add files a new account, its secrets in the key store. It is enabled at once.
func (a *Area) Add(ctx context.Context, add FeedAdd) (Feed, error) {
	kind, err := a.kind(add.Kind)
	if err != nil {
		return Feed{}, err
	}
	acc := feeds.Account{Name: strings.TrimSpace(add.Name), Kind: kind.Name, Enabled: true, Values: map[string]string{}}
	if acc.Name == "" {
		if acc.Name, err = a.freeName(ctx, kind.Name); err != nil {
			return Feed{}, err
		}
	}
	if _, err := a.find(ctx, acc.Name); err == nil {
		return Feed{}, desk.Conflict("There is a source %s already; give this one another name.", acc.Name)
	}
	fresh, err := filled(kind, &acc, add.Values, add.Secrets)
	if err != nil {
		return Feed{}, err
	}
	for _, s := range kind.Settings {
		if s.Needed && acc.Values[s.Key] == "" && fresh[s.Key] == "" && s.Default == "" {
			return Feed{}, lacks(s)
		}
	}
	if err := a.keep(ctx, acc.Name, fresh); err != nil {
		return Feed{}, err
	}
	if _, err := a.desk.Feeds.Add(ctx, acc, a.desk.Person(add.As)); err != nil {
		return Feed{}, errors.Join(told(err), a.forget(ctx, acc.Name, slices.Collect(maps.Keys(fresh))))
	}
	a.mu.Lock()
	delete(a.gone, acc.Name) // one of that name that was removed gives way to it
	a.mu.Unlock()
	return a.one(ctx, acc.Name)
}

func lacks(s connect.Setting) error {
	if s.Secret {
		return &desk.Fault{Kind: "invalid", Message: fmt.Sprintf("%s (%s) is missing.", s.Label, s.Key), Do: fmt.Sprintf("It is a secret: on the command line --secret %s=ENVVAR takes it from the environment.", s.Key)}
	}
	return desk.Invalid("%s (%s) is missing.", s.Label, s.Key)
}

// freeName is the name, with a number where it is taken.
func (a *Area) freeName(ctx context.Context, want string) (string, error) {
	all, err := a.desk.Feeds.Accounts(ctx)
	if err != nil {
		return "", err
	}
	name := want
	for n := 2; slices.ContainsFunc(all, func(acc feeds.Account) bool { return strings.EqualFold(acc.Name, name) }); n++ {
		name = fmt.Sprintf("%s-%d", want, n)
	}
	return name, nil
}

// filled takes settings into an account; what is a secret, or was given as one, comes back apart. One that is "" is taken out.
func filled(kind connect.Kind, acc *feeds.Account, values, given []FeedPair) (map[string]string, error) {
	apart := map[string]string{}
	all := settingsOf(kind)
	for i, p := range slices.Concat(values, given) {
		key, value := strings.TrimSpace(p.Key), strings.TrimSpace(p.Value)
		at := slices.IndexFunc(all, func(s connect.Setting) bool { return s.Key == key })
		if at < 0 {
			return nil, desk.Invalid("%s has no setting %q; it has %s.", kind.Title, key, settingNames(all))
		}
		hidden := all[at].Secret || i >= len(values)
		switch {
		case hidden && all[at].Secret:
			apart[key] = value
		case hidden && value != "": // no secret by itself, and yet given as one
			apart[key], acc.Values[key] = value, desk.InKeyStore
		case value == "":
			delete(acc.Values, key)
		case value != desk.InKeyStore:
			acc.Values[key] = value
		}
	}
	return apart, nil
}

func settingNames(all []connect.Setting) string {
	names := make([]string, len(all))
	for i, s := range all {
		names[i] = s.Key
	}
	return strings.Join(names, ", ")
}

func (a *Area) keep(ctx context.Context, name string, fresh map[string]string) error {
	for key, secret := range fresh {
		if err := a.desk.Secrets.Keep(ctx, name, key, secret); err != nil {
			return &desk.Fault{Kind: "conflict", Message: "The secret could not be kept, and the source was left as it was: " + err.Error() + ".", Cause: err}
		}
	}
	return nil
}

func (a *Area) forget(ctx context.Context, name string, keys []string) (err error) {
	for _, key := range keys {
		err = errors.Join(err, a.desk.Secrets.Forget(ctx, name, key))
	}
	return err
}

// told gives an error of the engine its kind.
func told(err error) error {
	var wrong *feeds.InvalidError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &wrong):
		return &desk.Fault{Kind: "invalid", Message: wrong.Says, Cause: err}
	case errors.Is(err, feeds.ErrUnknown):
		return &desk.Fault{Kind: "not_found", Message: err.Error(), Cause: err}
	}
	return err
}

// find is one account by its name, without case.
func (a *Area) find(ctx context.Context, name string) (feeds.Account, error) {
	all, err := a.desk.Feeds.Accounts(ctx)
	if err != nil {
		return feeds.Account{}, err
	}
	var names []string
	for _, acc := range all {
		if strings.EqualFold(acc.Name, name) {
			return acc, nil
		}
		names = append(names, acc.Name)
	}
	if len(names) == 0 {
		return feeds.Account{}, desk.NotFound("There is no source %q; none is set up yet.", name)
	}
	return feeds.Account{}, desk.NotFound("There is no source %q; there are %s.", name, strings.Join(names, ", "))
}

// Change changes an account. What was refused before is tried again.
func (a *Area) Change(ctx context.Context, name string, c FeedChange) (Feed, error) {
	acc, err := a.find(ctx, name)
	if err != nil {
		return Feed{}, err
	}
	kind, err := a.kind(acc.Kind)
	if err != nil {
		return Feed{}, err
	}
	if c.Enabled != nil {
		acc.Enabled = *c.Enabled
	}
	fresh, err := filled(kind, &acc, c.Values, c.Secrets)
	if err != nil {
		return Feed{}, err
	}
	if err := a.keep(ctx, acc.Name, fresh); err != nil {
		return Feed{}, err
	}
	if err := a.desk.Feeds.Change(ctx, acc.Name, acc, a.desk.Person(c.As)); err != nil {
		return Feed{}, told(err)
	}
	return a.one(ctx, acc.Name)
}

// Remove takes an account away, its secrets too. What it told stays, and so does where it stood. Restore brings it back.
func (a *Area) Remove(ctx context.Context, name string, by FeedBy) (FeedRemoved, error) {
	acc, err := a.find(ctx, name)
	if err != nil {
		return FeedRemoved{}, err
	}
	kept, keys := map[string]string{}, a.secretsOf(&acc)
	for _, key := range keys {
		secret, err := a.desk.Secrets.Read(ctx, acc.Name, key)
		if err == nil {
			kept[key] = secret
		} else if !errors.Is(err, secrets.ErrNone) {
			return FeedRemoved{}, fmt.Errorf("%s was not removed, for its secrets could not be: %w", acc.Name, err)
		}
	}
	if err := a.desk.Feeds.Remove(ctx, acc.Name, a.desk.Person(by.As)); err != nil {
		return FeedRemoved{}, told(err)
	}
	a.mu.Lock()
	a.gone[acc.Name] = kept
	a.mu.Unlock()
	a.stop() // what is asked of it at this moment
	if err := a.forget(ctx, acc.Name, keys); err != nil {
		return FeedRemoved{}, fmt.Errorf("%s is removed, but its secrets still lie in the key store: %w", acc.Name, err)
	}
	return FeedRemoved{Says: acc.Name + " is removed, with its secrets. What it told stays."}, nil
}

// secretsOf are the keys under which an account may have secrets.
func (a *Area) secretsOf(acc *feeds.Account) (keys []string) {
	kind, err := a.kind(acc.Kind)
	if err != nil {
		return nil // made by another release: nothing is known of its settings
	}
	for _, s := range kind.Settings {
		if s.Secret || acc.Values[s.Key] == desk.InKeyStore {
			keys = append(keys, s.Key)
		}
	}
	return keys
}

// Restore brings back an account that was removed, as it stood. Its secrets come back where it was removed since the desk was opened;
// else a person fills them in again.
func (a *Area) Restore(ctx context.Context, name string, by FeedBy) (Feed, error) {
	a.mu.Lock()
	kept := a.gone[name]
	a.mu.Unlock()
	if err := a.keep(ctx, name, kept); err != nil {
		return Feed{}, err
	}
	if err := a.desk.Feeds.Restore(ctx, name, a.desk.Person(by.As)); err != nil {
		if errors.Is(err, feeds.ErrUnknown) {
			err = desk.NotFound("There is no source %s that was removed and could be brought back; add it again.", name)
		}
		return Feed{}, errors.Join(told(err), a.forget(ctx, name, slices.Collect(maps.Keys(kept))))
	}
	a.mu.Lock()
	delete(a.gone, name)
	a.mu.Unlock()
	return a.one(ctx, name)
}
