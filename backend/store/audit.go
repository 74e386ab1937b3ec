package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"
	"time"
)

// Act is one line of the audit chain: what a person did, or what left the desk. Detail is what a person reads; Digest is
// the digest of the payload, which itself may be erased later.
type Act struct {
	Seq     int64
	At      time.Time
	Who     string
	Act     string
	Subject string
	Detail  string
	Digest  [32]byte
}

// Audit appends to the chain: each hash covers the line and the hash before it.
func (t *Tx) Audit(a *Act) error {
	var last []byte
	var seq int64
	err := t.row("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").Scan(&seq, &last)
	if err == sql.ErrNoRows {
		last = make([]byte, 32)
	} else if err != nil {
		return err
	}
	a.Seq = seq + 1
	hash := chain(last, a)
	_, err = t.exec("INSERT INTO audit (seq, at, who, act, subject, detail, digest, hash) VALUES (?,?,?,?,?,?,?,?)",
		a.Seq, nanos(a.At), a.Who, a.Act, a.Subject, a.Detail, a.Digest[:], hash)
	return err
}

func chain(before []byte, a *Act) []byte {
	h := sha256.New()
	h.Write(before)
	var n [8]byte
	for _, v := range []int64{a.Seq, nanos(a.At)} {
		binary.BigEndian.PutUint64(n[:], uint64(v))
		h.Write(n[:])
	}
	for _, s := range []string{a.Who, a.Act, a.Subject, a.Detail} {
		binary.BigEndian.PutUint64(n[:], uint64(len(s)))
		h.Write(n[:])
		h.Write([]byte(s))
	}
	h.Write(a.Digest[:])
	return h.Sum(nil)
}

// VerifyAudit walks the chain and names the first broken link; broken 0 means that all n lines hold.
func (s *Store) VerifyAudit(ctx context.Context) (n int, broken int64, why string, err error) {
	rows, err := s.reader(ctx).query("SELECT seq, at, who, act, subject, detail, digest, hash FROM audit ORDER BY seq")
	if err != nil {
		return 0, 0, "", err
	}
	defer rows.Close()
	before := make([]byte, 32)
	for rows.Next() {
		var a Act
		var at int64
		var digest, hash []byte
		if err := rows.Scan(&a.Seq, &at, &a.Who, &a.Act, &a.Subject, &a.Detail, &digest, &hash); err != nil {
			return n, 0, "", err
		}
		a.At = instant(at)
		copy(a.Digest[:], digest)
		if a.Seq != int64(n+1) {
			return n, int64(n + 1), fmt.Sprintf("line %d of the audit chain is missing", n+1), nil
		}
		if !bytes.Equal(chain(before, &a), hash) {
			return n, a.Seq, fmt.Sprintf("line %d (%s by %s at %s) was changed after it was written", a.Seq, a.Act, a.Who, a.At.Format(time.RFC3339)), nil
		}
		before = hash
		n++
	}
	return n, 0, "", rows.Err()
}

// Acts are the newest lines of the chain about a subject ("" any), newest first.
func (s *Store) Acts(ctx context.Context, subject string, limit int) ([]Act, error) {
	return s.acts(ctx, "?1 = '' OR subject = ?1", subject, limit)
}

// ActsUnder are the newest lines of the chain about subjects of one kind, such as "intent", newest first.
func (s *Store) ActsUnder(ctx context.Context, kind string, limit int) ([]Act, error) {
	return s.acts(ctx, "substr(subject, 1, length(?1)) = ?1", kind+":", limit)
}

func (s *Store) acts(ctx context.Context, which, subject string, limit int) ([]Act, error) {
	rows, err := s.reader(ctx).query("SELECT seq, at, who, act, subject, detail, digest FROM audit WHERE "+which+" ORDER BY seq DESC LIMIT ?2", subject, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Act
	for rows.Next() {
		var a Act
		var at int64
		var digest []byte
		if err := rows.Scan(&a.Seq, &at, &a.Who, &a.Act, &a.Subject, &a.Detail, &digest); err != nil {
			return nil, err
		}
		a.At = instant(at)
		copy(a.Digest[:], digest)
		out = append(out, a)
	}
	return out, rows.Err()
}
