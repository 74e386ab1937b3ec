package secrets

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"
)

// sealed keeps secrets in one file: a JSON object of names and secrets under XChaCha20-Poly1305, its key drawn from the
// passphrase by Argon2id. The file is written whole and atomically, readable by its owner alone.
type sealed struct {
	path, passphrase string
	memory           uint32 // KiB that a new file costs at each try of a passphrase

	mu   sync.Mutex
	salt []byte // the salt for which key was drawn
	key  []byte
}

var _ keeper = (*sealed)(nil)

// The cost of one try at the passphrase: the second recommended set of RFC 9106, section 4 (64 MiB, three passes).
const (
	passes     = 3
	fullMemory = 64 * 1024 // KiB
	mostMemory = 1024 * 1024
	threads    = 4
)

// envelope is the file as it stands on disk.
type envelope struct {
	About  string `json:"about"`
	Memory uint32 `json:"memory"` // KiB
	Salt   []byte `json:"salt"`
	Nonce  []byte `json:"nonce"`
	Box    []byte `json:"box"`
}

const about = "secrets of TraceDesk: argon2id (3 passes, 4 lanes), XChaCha20-Poly1305"

func (s *sealed) where() string { return "a sealed file in the data folder" }

func (s *sealed) read(name string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all, err := s.open()
	if err != nil {
		return "", err
	}
	secret, ok := all[name]
	if !ok {
		return "", ErrNone
	}
	return secret, nil
}

func (s *sealed) keep(name, secret string) error {
	return s.change(func(all map[string]string) { all[name] = secret })
}

func (s *sealed) forget(name string) error {
	return s.change(func(all map[string]string) { delete(all, name) })
}

func (s *sealed) change(how func(map[string]string)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	all, err := s.open()
	if err != nil {
		return err
	}
	how(all)
	return s.seal(all)
}

// open reads the file; no file is no secrets.
func (s *sealed) open() (map[string]string, error) {
	all := map[string]string{}
	body, err := os.ReadFile(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return all, nil
	}
	if err != nil {
		return nil, err
	}
	var e envelope
	if err := json.Unmarshal(body, &e); err != nil || len(e.Nonce) != chacha20poly1305.NonceSizeX || e.Memory == 0 || e.Memory > mostMemory {
		return nil, fmt.Errorf("%s is damaged; remove it and enter the secrets again", s.path)
	}
	s.draw(e.Salt, e.Memory)
	box, err := chacha20poly1305.NewX(s.key)
	if err != nil {
		return nil, err
	}
	plain, err := box.Open(nil, e.Nonce, e.Box, []byte(about))
	if err != nil {
		s.salt = nil
		return nil, ErrPassphrase
	}
	return all, json.Unmarshal(plain, &all)
}

// draw makes the key of a salt, once.
func (s *sealed) draw(salt []byte, memory uint32) {
	if s.salt != nil && string(s.salt) == string(salt) {
		return
	}
	s.key = argon2.IDKey([]byte(s.passphrase), salt, passes, memory, threads, chacha20poly1305.KeySize)
	s.salt, s.memory = salt, memory
}

func (s *sealed) seal(all map[string]string) error {
	plain, err := json.Marshal(all)
	if err != nil {
		return err
	}
	if s.salt == nil {
		salt := make([]byte, 16)
		rand.Read(salt)
		s.draw(salt, s.memory)
	}
	e := envelope{About: about, Memory: s.memory, Salt: s.salt, Nonce: make([]byte, chacha20poly1305.NonceSizeX)}
	rand.Read(e.Nonce)
	box, err := chacha20poly1305.NewX(s.key)
	if err != nil {
		return err
	}
	e.Box = box.Seal(nil, e.Nonce, plain, []byte(about))
	body, err := json.Marshal(e)
	if err != nil {
		return err
	}
	return write(s.path, body)
}

// write puts the file in its place whole or not at all; a temporary file of os.CreateTemp is its owner's alone.
func write(path string, body []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".sealing-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(body)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
