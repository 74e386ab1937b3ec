package ledger

import (
	"encoding/binary"
	"hash/fnv"
	"time"

	"tracedesk/backend/freight"
)

// A TMS export says the same rows every half hour. What a source last said in a row is kept as one small digest a claim:
// four bytes for what is spoken of, four for what is said. Only claims whose digest changed become an observation.
//
// Thirty-two bits suffice: a digest is compared only with the same row's last one, some thirty at a time.

const digestSize = 8

// digest is the row's claims in order.
func digest(claims []freight.Claim) []byte {
	out := make([]byte, 0, len(claims)*digestSize)
	var buf []byte
	for i := range claims {
		what, said := claimDigest(&claims[i], &buf)
		out = binary.LittleEndian.AppendUint32(out, what)
		out = binary.LittleEndian.AppendUint32(out, said)
	}
	return out
}

func claimDigest(c *freight.Claim, buf *[]byte) (what, said uint32) {
	key := *c
	key.At, key.Value = freight.When{}, freight.Value{}
	if hasMany(c.Fact) {
		key.Value.Type, key.Value.Text = c.Value.Type, c.Value.Text
	} else {
		key.Value.Type = keyType(c)
	}
	*buf = key.AppendIdentity((*buf)[:0])
	what = fold32(*buf)
	*buf = c.AppendIdentity((*buf)[:0])
	return what, fold32(*buf)
}

// hasMany: a row may carry many of these, each by itself.
func hasMany(f freight.Fact) bool {
	switch f {
	case freight.FactReference, freight.FactFlag, freight.FactNote:
		return true
	}
	return false
}

// keyType is the part of a claim's type that says what is spoken of, not what is said.
func keyType(c *freight.Claim) string {
	switch c.Fact {
	case freight.FactEquipment, freight.FactDriver, freight.FactPaper, freight.FactPhone, freight.FactOther:
		return c.Value.Type
	}
	return ""
}

func fold32(b []byte) uint32 {
	h := fnv.New64a()
	h.Write(b)
	n := h.Sum64()
	return uint32(n) ^ uint32(n>>32)
}

// changed are the claims of a row that differ from what its source last said, and the claims that it took away (by their
// digest), both in order.
func changed(claims []freight.Claim, now, before []byte) (news []freight.Claim, gone []uint32) {
	had := digests(before)
	for i := range claims {
		what, said := binary.LittleEndian.Uint32(now[i*digestSize:]), binary.LittleEndian.Uint32(now[i*digestSize+4:])
		if old, ok := had[what]; !ok || old != said {
			news = append(news, claims[i])
		}
		delete(had, what)
	}
	for b := before; len(b) >= digestSize; b = b[digestSize:] {
		if what := binary.LittleEndian.Uint32(b); containsKey(had, what) {
			gone = append(gone, what)
			delete(had, what)
		}
	}
	return news, gone
}

// digests are the claims of rows by what they speak of.
func digests(rows ...[]byte) map[uint32]uint32 {
	out := map[uint32]uint32{}
	for _, b := range rows {
		for ; len(b) >= digestSize; b = b[digestSize:] {
			out[binary.LittleEndian.Uint32(b)] = binary.LittleEndian.Uint32(b[4:])
		}
	}
	return out
}

func containsKey(m map[uint32]uint32, k uint32) bool { _, ok := m[k]; return ok }

// takenAway are claims that say None for what the source no longer says. The digest names them; the words are in the log.
func (r *run) takenAway(load int64, src freight.Source, gone []uint32) ([]freight.Claim, error) {
	if len(gone) == 0 {
		return nil, nil
	}
	log, err := r.log(load)
	if err != nil {
		return nil, err
	}
	left := map[uint32]bool{}
	for _, what := range gone {
		left[what] = true
	}
	var out []freight.Claim
	var buf []byte
	for i := range log {
		if log[i].Source != src || !log[i].Snapshot {
			continue
		}
		for j := range log[i].Claims {
			c := &log[i].Claims[j]
			what, _ := claimDigest(c, &buf)
			if !left[what] || c.Value.None {
				continue
			}
			left[what] = false
			out = append(out, noneOf(c))
		}
	}
	return out, nil
}

// inBetween places a row that comes late (said is its digest) between what its source said before it and after it. news are
// its claims that changed something in their day; again are the claims of the newest row that the log holds only from
// before the late one, and None for what the late row says and the newest does not.
func inBetween(log []freight.Observation, late *freight.Observation, newest, said []byte) (news, again []freight.Claim) {
	now := digests(newest)
	around := wordsAround(log, late)
	for i := range late.Claims {
		what, says := binary.LittleEndian.Uint32(said[i*digestSize:]), binary.LittleEndian.Uint32(said[i*digestSize+4:])
		w := around[what]
		if w.was != nil && !w.was.Value.None && w.says == says {
			continue
		}
		news = append(news, late.Claims[i])
		word, still := now[what]
		if w.later || still && word == says {
			continue
		}
		reminder := noneOf(&late.Claims[i])
		if w.was != nil && still {
			reminder = *w.was
		}
		again = append(again, reminder)
	}
	return news, again
}

// around is what a source had last said of a matter up to a row's time, and whether it spoke of it later.
type around struct {
	was   *freight.Claim
	at    time.Time
	says  uint32
	later bool
}

func wordsAround(log []freight.Observation, row *freight.Observation) map[uint32]around {
	out := map[uint32]around{}
	var buf []byte
	for i := range log {
		o := &log[i]
		if o.Source != row.Source || !o.Snapshot {
			continue
		}
		for j := range o.Claims {
			what, says := claimDigest(&o.Claims[j], &buf)
			w := out[what]
			switch {
			case o.StatedAt.After(row.StatedAt):
				w.later = true
			case w.was == nil || !o.StatedAt.Before(w.at):
				w.was, w.at, w.says = &o.Claims[j], o.StatedAt, says
			}
			out[what] = w
		}
	}
	return out
}

// noneOf takes a claim back without saying anything new.
func noneOf(c *freight.Claim) freight.Claim {
	n := freight.Claim{Subject: c.Subject, Fact: c.Fact, Value: freight.Value{None: true, Type: keyType(c)}}
	if hasMany(c.Fact) {
		n.Value.Type, n.Value.Text = c.Value.Type, c.Value.Text
	}
	return n
}
