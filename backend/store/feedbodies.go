package store

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"database/sql"
	"io"
	"sync"
	"time"
)

// RawBody is what an account said about something, byte for byte.
type RawBody struct {
	Seq        int64
	Feed, Load int64
	About      string
	Media      string
	Hash       [32]byte
	ReceivedAt time.Time
	Run        int64 // that drew observations from it: 0 none yet, BodyUnreadable
	Bytes      []byte
}

// BodyUnreadable stands in for a run where a body could not be read at all.
const BodyUnreadable = -1

// PackedBody is a body made ready off the writer's thread: hashed and compressed.
type PackedBody struct {
	RawBody
	packed []byte
	size   int
}

var packers = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level is a constant that it knows
	return z
}}

// PackBody hashes and compresses a body.
func PackBody(b RawBody) (PackedBody, error) {
	b.Hash = sha256.Sum256(b.Bytes)
	var out bytes.Buffer
	out.Grow(len(b.Bytes)/4 + 64)
	z := packers.Get().(*gzip.Writer)
	defer packers.Put(z)
	z.Reset(&out)
	if _, err := z.Write(b.Bytes); err != nil {
		return PackedBody{}, err
	}
	if err := z.Close(); err != nil {
		return PackedBody{}, err
	}
	p := PackedBody{RawBody: b, packed: out.Bytes(), size: len(b.Bytes)}
	p.Bytes = nil
	return p, nil
}

// KeepBody files a body. One that says byte for byte what the account last said about the same is not filed again; fresh is
// false then. A content that was said at another time is stored once.
func (t *Tx) KeepBody(b *PackedBody) (fresh bool, err error) {
	var last []byte
	err = t.row("SELECT hash FROM feedbody WHERE feed = ? AND about = ? ORDER BY seq DESC LIMIT 1", b.Feed, b.About).Scan(&last)
	if err != nil && err != sql.ErrNoRows {
		return false, err
	}
	if bytes.Equal(last, b.Hash[:]) {
		return false, nil
	}
	return true, t.file(b)
}

// KeepCallback files a body that a system sent of its own accord. One that came before, byte for byte, is not filed again: systems
// repeat their calls.
func (t *Tx) KeepCallback(b *PackedBody) (fresh bool, err error) {
	var known bool
	err = t.row("SELECT EXISTS (SELECT 1 FROM feedbody WHERE hash = ? AND feed = ? AND about = ?)", b.Hash[:], b.Feed, b.About).Scan(&known)
	if err != nil || known {
		return false, err
	}
	return true, t.file(b)
}

func (t *Tx) file(b *PackedBody) error {
	// One whose bytes were erased is to be read once more.
	if _, err := t.exec("INSERT INTO rawbody (hash, size, body) VALUES (?,?,?) ON CONFLICT (hash) DO UPDATE SET body = excluded.body WHERE length(body) = 0", b.Hash[:], b.size, b.packed); err != nil {
		return err
	}
	res, err := t.exec("INSERT INTO feedbody (feed, load, about, media, hash, received, run) VALUES (?,?,?,?,?,?,0)", b.Feed, b.Load, b.About, b.Media, b.Hash[:], nanos(b.ReceivedAt))
	if err != nil {
		return err
	}
	b.Seq, err = res.LastInsertId()
	return err
}

// BodiesWaiting are the bodies of an account from which nothing was drawn yet, in the order in which they came, until about
// so many bytes are together.
func (s *Store) BodiesWaiting(ctx context.Context, feed, after int64, most, size int) ([]RawBody, error) {
	return s.bodies(ctx, most, size, "b.feed = ? AND b.seq > ? AND b.run = 0", feed, after)
}

// BodiesSince are the bodies that an account (0: any) said since an instant, after a place, whatever was drawn from them.
func (s *Store) BodiesSince(ctx context.Context, feed, after int64, since time.Time, most, size int) ([]RawBody, error) {
	return s.bodies(ctx, most, size, "(?1 = 0 OR b.feed = ?1) AND b.seq > ?2 AND b.received >= ?3 AND length(r.body) > 0", feed, after, nanos(since))
}

// BodyBefore is what the account said last about the same thing before a body; nil where nothing of it is kept.
func (s *Store) BodyBefore(ctx context.Context, b *RawBody) (*RawBody, error) {
	got, err := s.bodies(ctx, 1, 1<<30, "b.seq = (SELECT max(seq) FROM feedbody WHERE feed = ? AND about = ? AND seq < ?) AND length(r.body) > 0", b.Feed, b.About, b.Seq)
	if err != nil || len(got) == 0 {
		return nil, err
	}
	return &got[0], nil
}

// BodiesAbout are the bodies about a load, oldest first.
func (s *Store) BodiesAbout(ctx context.Context, load int64, most int) ([]RawBody, error) {
	return s.bodies(ctx, most, 1<<30, "b.load = ? AND length(r.body) > 0", load)
}

// CountBodies is how many bodies BodiesSince would give.
func (s *Store) CountBodies(ctx context.Context, feed int64, since time.Time) (n int, err error) {
	err = s.reader(ctx).row("SELECT count(*) FROM feedbody WHERE (?1 = 0 OR feed = ?1) AND received >= ?2", feed, nanos(since)).Scan(&n)
	return n, err
}

func (s *Store) bodies(ctx context.Context, most, size int, which string, args ...any) (out []RawBody, err error) {
	rows, err := s.reader(ctx).query("SELECT b.seq, b.feed, b.load, b.about, b.media, b.hash, b.received, b.run, r.size, r.body FROM feedbody b JOIN rawbody r ON r.hash = b.hash WHERE "+which+" ORDER BY b.seq", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	unpack := new(gzip.Reader)
	for got := 0; len(out) < most && (got == 0 || got < size) && rows.Next(); {
		var b RawBody
		var hash, packed sql.RawBytes
		var received int64
		var whole int
		if err := rows.Scan(&b.Seq, &b.Feed, &b.Load, &b.About, &b.Media, &hash, &received, &b.Run, &whole, &packed); err != nil {
			return nil, err
		}
		copy(b.Hash[:], hash)
		b.ReceivedAt = instant(received)
		if len(packed) > 0 {
			if err := unpack.Reset(bytes.NewReader(packed)); err != nil {
				return nil, err
			}
			b.Bytes = make([]byte, whole)
			if _, err := io.ReadFull(unpack, b.Bytes); err != nil {
				return nil, err
			}
		}
		got += whole
		out = append(out, b)
	}
	return out, rows.Err()
}

// BodiesRead notes that a run drew what there is from waiting bodies of an account, up to and with one.
func (t *Tx) BodiesRead(feed, from, upTo, run int64) error {
	_, err := t.exec("UPDATE feedbody SET run = ? WHERE feed = ? AND seq >= ? AND seq <= ? AND run = 0", run, feed, from, upTo)
	return err
}

// EraseBodies lets go of the bytes of bodies that were read and were received before an instant; that they were said, and their digest,
// stays. A content that was said again later, or waits to be read, is left. It looks at some most bodies received from an instant on, and
// tells how many contents it erased and from where to go on: zero when it is through.
func (t *Tx) EraseBodies(from, before time.Time, most int) (erased int64, next time.Time, err error) {
	last, until := int64(0), nanos(before)
	err = t.row("SELECT received FROM feedbody WHERE received >= ? AND received < ? ORDER BY received LIMIT 1 OFFSET ?", nanos(from), until, most).Scan(&last)
	switch {
	case err == sql.ErrNoRows:
		last = until - 1
	case err != nil:
		return 0, next, err
	default:
		next = instant(last + 1)
	}
	erased, err = t.changed(`UPDATE rawbody SET body = x'' WHERE length(body) > 0
		AND hash IN (SELECT hash FROM feedbody WHERE received >= ?1 AND received <= ?2)
		AND NOT EXISTS (SELECT 1 FROM feedbody x WHERE x.hash = rawbody.hash AND (x.received >= ?3 OR x.run = 0))`, nanos(from), last, until)
	return erased, next, err
}

// KeptBodies is what is kept of what an account said.
type KeptBodies struct {
	Feed   int64
	Bodies int
	Bytes  int64     // as they lie on the disk
	Since  time.Time // the oldest was received
}

// KeptBodies counts what is kept, by account. It looks at every body: some seconds where there are millions.
func (s *Store) KeptBodies(ctx context.Context) (out []KeptBodies, err error) {
	err = each(s.reader(ctx), func(rows *sql.Rows) error {
		var k KeptBodies
		var since int64
		err := rows.Scan(&k.Feed, &k.Bodies, &k.Bytes, &since)
		k.Since = instant(since)
		out = append(out, k)
		return err
	}, "SELECT b.feed, count(*), sum(length(r.body)), min(b.received) FROM feedbody b JOIN rawbody r ON r.hash = b.hash WHERE length(r.body) > 0 GROUP BY b.feed")
	return out, err
}
