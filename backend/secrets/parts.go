package secrets

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// Key stores take short secrets: Windows Credential Manager 2,560 bytes, macOS by its security command some 3,000. A longer one, such as the
// JSON of a service account, is kept in parts, each an entry of its own; the entry under its name says how many there are and what they
// add up to.

// partSize fits everywhere: on macOS a part goes as base64 into a command of at most 4,096 bytes, with the names.
const partSize = 1800

// mostParts bounds a secret: 100 of them are 180 KB.
const mostParts = 100

// inParts begins an entry that stands for parts. A secret that begins so itself is kept in parts too.
const inParts = "tracedesk-parts "

func partName(name string, n int) string { return fmt.Sprintf("%s, part %d", name, n) }

// keepParts keeps a secret whole where it is short. Of a long one the parts are written first: until the last entry is, what was kept
// before is either whole or known to be broken.
func (s *system) keepParts(name, secret string) error {
	if len(secret) <= partSize && !strings.HasPrefix(secret, inParts) {
		return s.set(name, secret)
	}
	n := (len(secret) + partSize - 1) / partSize
	if n > mostParts {
		return fmt.Errorf("a secret of %d KB is longer than the %d KB that are kept; is it the right file?", len(secret)>>10, mostParts*partSize>>10)
	}
	for i := range n {
		if err := s.set(partName(name, i+1), secret[i*partSize:min(len(secret), (i+1)*partSize)]); err != nil {
			return err
		}
	}
	return s.set(name, fmt.Sprintf("%s%d %s", inParts, n, sumOf(secret)))
}

// sumOf tells whether parts belong together. It is kept beside them and says nothing that they do not.
func sumOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:8])
}

// partsOf is of how many parts an entry is; 0 for a whole secret, or none.
func partsOf(entry string, err error) (n int) {
	if rest, ok := strings.CutPrefix(entry, inParts); ok && err == nil {
		fmt.Sscan(rest, &n)
	}
	return min(n, mostParts)
}

// joined is the secret for which an entry stands.
func (s *system) joined(name, entry string) (string, error) {
	n := partsOf(entry, nil)
	if n == 0 {
		return entry, nil
	}
	var whole strings.Builder
	for i := range n {
		part, err := s.get(partName(name, i+1))
		if err != nil && !errors.Is(err, ErrNone) {
			return "", err
		}
		whole.WriteString(part)
	}
	if !strings.HasSuffix(entry, " "+sumOf(whole.String())) {
		return "", errors.New("this secret is kept in parts that do not belong together; enter it again")
	}
	return whole.String(), nil
}

// forgetParts removes the parts above a number up to another one.
func (s *system) forgetParts(name string, above, upTo int) (err error) {
	for n := above + 1; n <= upTo; n++ {
		err = errors.Join(err, s.remove(partName(name, n)))
	}
	return err
}
