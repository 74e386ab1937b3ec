package secrets

import (
	"errors"
	"runtime"

	"github.com/zalando/go-keyring"
)

// service is the name under which the system shows our entries.
const service = "TraceDesk"

// system is the operating system's key store. Entries of several desks of one person stand apart by data folder.
type system struct{ desk string }

var _ keeper = (*system)(nil)

// answers asks for an entry that is not there: whoever says so works.
func (s *system) answers() (string, error) {
	_, err := s.read("is anybody there")
	if errors.Is(err, ErrNone) {
		return "", nil
	}
	return "", err
}

func (s *system) user(name string) string { return s.desk + " " + name }

func (s *system) read(name string) (string, error) {
	secret, err := s.get(name)
	if err != nil {
		return "", err
	}
	return s.joined(name, secret)
}

func (s *system) keep(name, secret string) error {
	before := partsOf(s.get(name))
	if err := s.keepParts(name, secret); err != nil {
		return err
	}
	return s.forgetParts(name, partsOf(s.get(name)), before)
}

func (s *system) forget(name string) error {
	before := partsOf(s.get(name))
	return errors.Join(s.remove(name), s.forgetParts(name, 0, before))
}

func (s *system) get(name string) (string, error) {
	secret, err := keyring.Get(service, s.user(name))
	if errors.Is(err, keyring.ErrNotFound) {
		return "", ErrNone
	}
	return secret, err
}

func (s *system) set(name, secret string) error {
	err := keyring.Set(service, s.user(name), secret)
	if errors.Is(err, keyring.ErrSetDataTooBig) {
		return errors.New("the system's key store does not take a secret of this length; TRACEDESK_KEYSTORE=file keeps it in a sealed file")
	}
	return err
}

func (s *system) remove(name string) error {
	err := keyring.Delete(service, s.user(name))
	if errors.Is(err, keyring.ErrNotFound) {
		return nil
	}
	return err
}

func (s *system) where() string {
	switch runtime.GOOS {
	case "windows":
		return "Windows Credential Manager"
	case "darwin":
		return "macOS Keychain"
	}
	return "the Secret Service of this system"
}
