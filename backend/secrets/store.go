package secrets

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
)

// The environment's words.
const (
	WhereEnv      = "TRACEDESK_KEYSTORE"   // "os", "file", or unset: the system's where it answers
	PassphraseEnv = "TRACEDESK_PASSPHRASE" // opens the file
)

// FileName is the sealed file's name in the data folder.
const FileName = "secrets.sealed"

var (
	// ErrNone says that nothing is kept under a name.
	ErrNone = errors.New("nothing is kept under this name")
	// ErrNowhere says that there is no place for secrets on this machine yet.
	ErrNowhere = errors.New("no key store of the system answers here; set TRACEDESK_KEYSTORE=file and a TRACEDESK_PASSPHRASE, and the secrets are kept in a sealed file in the data folder")
	// ErrPassphrase says that the sealed file cannot be opened with the passphrase given.
	ErrPassphrase = errors.New("the sealed file of secrets does not open with this TRACEDESK_PASSPHRASE")
)

// keeper is one place for secrets. Names are "account/key".
type keeper interface {
	read(name string) (string, error) // ErrNone
	keep(name, secret string) error
	forget(name string) error // nothing there is no error
	where() string            // in words
}

// Store keeps the secrets of one desk. Safe for concurrent use.
type Store struct {
	env    func(string) string
	path   string
	desk   string
	memory uint32 // what opening a sealed file costs

	mu     sync.Mutex
	keeper keeper
	seen   map[string]struct{} // forms of secrets, to be hidden
	kept   map[string]bool     // of which names it is known whether there is a secret
}

// Open is the store of the desk in a data folder; env reads the environment. The key store is asked for the first time when
// a secret is.
func Open(dir string, env func(string) string) *Store {
	return &Store{env: env, path: filepath.Join(dir, FileName), desk: dir, memory: fullMemory, seen: map[string]struct{}{}, kept: map[string]bool{}}
}

// Where says in words where secrets are kept, or why they cannot be.
func (s *Store) Where(ctx context.Context) (string, error) {
	k, err := s.place(ctx)
	if err != nil {
		return "", err
	}
	return k.where(), nil
}

// Read is the secret of an account; ErrNone if none was kept.
func (s *Store) Read(ctx context.Context, account, key string) (string, error) {
	k, err := s.place(ctx)
	if err != nil {
		return "", err
	}
	secret, err := waited(ctx, func() (string, error) { return k.read(named(account, key)) })
	switch {
	case err == nil:
		s.saw(secret)
		s.note(named(account, key), true)
	case errors.Is(err, ErrNone):
		s.note(named(account, key), false)
	}
	return secret, err
}

// Keep stores a secret, in an older one's place.
func (s *Store) Keep(ctx context.Context, account, key, secret string) error {
	if secret == "" {
		return s.Forget(ctx, account, key)
	}
	k, err := s.place(ctx)
	if err != nil {
		return err
	}
	s.saw(secret)
	if _, err = waited(ctx, func() (string, error) { return "", k.keep(named(account, key), secret) }); err == nil {
		s.note(named(account, key), true)
	}
	return err
}

// Forget removes a secret; none there is no error.
func (s *Store) Forget(ctx context.Context, account, key string) error {
	k, err := s.place(ctx)
	if err != nil {
		return err
	}
	if _, err = waited(ctx, func() (string, error) { return "", k.forget(named(account, key)) }); err == nil {
		s.note(named(account, key), false)
	}
	return err
}

func named(account, key string) string { return account + "/" + key }

// place finds out once where secrets are kept.
func (s *Store) place(ctx context.Context) (keeper, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.keeper != nil {
		return s.keeper, nil
	}
	k, err := s.choose(ctx)
	if err == nil {
		s.keeper = k
	}
	return k, err
}

func (s *Store) choose(ctx context.Context) (keeper, error) {
	os, file := &system{desk: s.desk}, &sealed{path: s.path, passphrase: s.env(PassphraseEnv), memory: s.memory}
	switch strings.ToLower(s.env(WhereEnv)) {
	case "file":
		if file.passphrase == "" {
			return nil, errors.New("TRACEDESK_KEYSTORE=file needs a TRACEDESK_PASSPHRASE")
		}
		return file, nil
	case "os":
		if _, err := waited(ctx, os.answers); err != nil {
			return nil, fmt.Errorf("the key store of the system does not answer: %w", err)
		}
		return os, nil
	case "":
	default:
		return nil, fmt.Errorf("TRACEDESK_KEYSTORE is %q; it can be os or file", s.env(WhereEnv))
	}
	if _, err := waited(ctx, os.answers); err == nil {
		return os, nil
	}
	if file.passphrase != "" {
		return file, nil
	}
	return nil, ErrNowhere
}

// waited runs what may wait for a person (the system's key store may ask for its password) until ctx ends.
func waited(ctx context.Context, ask func() (string, error)) (string, error) {
	type answer struct {
		secret string
		err    error
	}
	done := make(chan answer, 1)
	go func() {
		secret, err := ask()
		done <- answer{secret, err}
	}()
	select {
	case a := <-done:
		return a.secret, a.err
	case <-ctx.Done():
		return "", fmt.Errorf("the key store did not answer; does it wait for its password? %w", ctx.Err())
	}
}

// Has reports whether a secret is kept. The key store is asked once for each: it may show a person that it is.
func (s *Store) Has(ctx context.Context, account, key string) bool {
	s.mu.Lock()
	kept, known := s.kept[named(account, key)]
	s.mu.Unlock()
	if known {
		return kept
	}
	_, err := s.Read(ctx, account, key)
	return err == nil
}

func (s *Store) note(name string, kept bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept[name] = kept
}
