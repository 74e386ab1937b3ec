package desk

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"tracedesk/backend/store"
)

// closedCard notes how the desk file looked when it was last closed in order. A file that still looks so needs no check at
// the next start, which matters with millions of observations.
type closedCard struct {
	Size     int64 `json:"size"`
	Modified int64 `json:"modified"`
}

// checkedAtOnce is the size up to which a desk file that was not closed in order is checked before it is used; a larger
// one is checked while the desk works already.
const checkedAtOnce = 256 << 20

func (d *Desk) cardPath() string { return filepath.Join(d.Dir, "closed.json") }

func (d *Desk) fileCard() (c closedCard, err error) {
	info, err := os.Stat(filepath.Join(d.Dir, store.FileName))
	if err == nil {
		c = closedCard{info.Size(), info.ModTime().UnixNano()}
	}
	return c, err
}

// inOrder reports whether the file is as the last orderly close left it.
func (d *Desk) inOrder() bool {
	b, err := os.ReadFile(d.cardPath())
	if err != nil {
		return false
	}
	var kept closedCard
	now, err := d.fileCard()
	return err == nil && json.Unmarshal(b, &kept) == nil && kept == now
}

func (d *Desk) noteClosed() error {
	c, err := d.fileCard()
	if err != nil {
		return err
	}
	b, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return WriteFile(d.cardPath(), b, 0o600)
}

// checkSound checks a file that was not closed in order; damage is a *store.DamagedError.
func (d *Desk) checkSound(ctx context.Context, inOrder bool) error {
	os.Remove(d.cardPath())
	if inOrder {
		return nil
	}
	if c, err := d.fileCard(); err != nil || c.Size <= checkedAtOnce {
		return errors.Join(err, d.Store.QuickCheck(ctx))
	}
	d.unchecked = true
	return nil
}
