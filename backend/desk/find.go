package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// FindLoad finds a load by its id (32 hex digits), its load number, or a reference, "BOL:123" where only one type is meant.
// Several loads that go by the same number are a conflict that names them.
func (d *Desk) FindLoad(ctx context.Context, ref string) (store.Load, error) {
	ref = strings.TrimSpace(ref)
	if b, err := hex.DecodeString(ref); err == nil && len(b) == 16 {
		l, err := d.Store.LoadByUID(ctx, freight.LoadID(b))
		if err == nil {
			return d.became(ctx, l)
		}
		if !errors.Is(err, store.ErrNotFound) {
			return l, err
		}
	}
	number, only := ref, freight.RefType("")
	if typ, rest, ok := strings.Cut(ref, ":"); ok {
		if t, known := freight.ParseRefType(typ); known {
			number, only = rest, t
		}
	}
	hits, err := d.Store.RefHits(ctx, number, 64)
	if err != nil {
		return store.Load{}, err
	}
	loads := chooseHits(hits, only)
	switch len(loads) {
	case 0:
		return store.Load{}, NotFound("No load goes by %q.", ref)
	case 1:
		return d.Store.Load(ctx, loads[0])
	}
	return store.Load{}, d.ambiguous(ctx, ref, loads)
}

// chooseHits are the loads behind the hits; a load number beats every other sort of number.
func chooseHits(hits []store.RefHit, only freight.RefType) []int64 {
	var byNumber, byOther []int64
	for _, h := range hits {
		switch {
		case only != "" && h.Ref.Type != only:
		case h.Ref.Type == freight.RefLoad:
			byNumber = append(byNumber, h.Load)
		default:
			byOther = append(byOther, h.Load)
		}
	}
	chosen := byNumber
	if len(chosen) == 0 {
		chosen = byOther
	}
	slices.Sort(chosen)
	return slices.Compact(chosen)
}

func (d *Desk) became(ctx context.Context, l store.Load) (store.Load, error) {
	id, err := d.Store.Became(ctx, l.ID)
	if err != nil || id == l.ID {
		return l, err
	}
	return d.Store.Load(ctx, id)
}

func (d *Desk) ambiguous(ctx context.Context, ref string, loads []int64) error {
	var names []string
	for _, id := range loads[:min(8, len(loads))] {
		l, err := d.Store.Load(ctx, id)
		if err != nil {
			return err
		}
		name := l.Number
		if line, err := d.Store.Line(ctx, id); err == nil {
			name = fmt.Sprintf("%s (%s, %s to %s)", l.Number, line.Row.Customer, line.Row.Origin, line.Row.Dest)
		}
		names = append(names, name)
	}
	return &Fault{Kind: "conflict", Message: fmt.Sprintf("%q names %d loads: %s.", ref, len(loads), strings.Join(names, "; ")), Do: "Use the load number."}
}

// RawPart reads a piece of a stored raw file.
func (d *Desk) RawPart(hash string, offset int64, length int) ([]byte, error) {
	body, err := d.Raw.OpenCompressed(hash)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	if _, err := io.CopyN(io.Discard, body, offset); err != nil {
		return nil, err
	}
	part := make([]byte, length)
	n, err := io.ReadFull(body, part)
	if err == io.ErrUnexpectedEOF || err == io.EOF {
		err = nil
	}
	return part[:n], err
}

// Digest is the digest of what was done, for the audit chain.
func Digest(parts ...string) [32]byte {
	return sha256.Sum256([]byte(strings.Join(parts, "\x00")))
}
