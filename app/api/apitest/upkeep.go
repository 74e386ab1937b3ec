package apitest

import (
	"context"
	"time"

	"tracedesk/app/api"
	"tracedesk/backend/desk/board"
	"tracedesk/backend/desk/sources"
	"tracedesk/backend/freight"
)

// Upkeep keeps settings for as long as the desk in memory lives.
type Upkeep struct {
	*Sources
	folders []sources.Folder
}

// Rebuild has nothing to draw anew.
func (*Upkeep) Rebuild(context.Context) (api.Rebuilt, error) { return api.Rebuilt{}, nil }

// QuarantineAt is the quarantine of now.
func (u *Upkeep) QuarantineAt(ctx context.Context, _ time.Time, limit int) (sources.Quarantine, error) {
	return u.Quarantine(ctx, limit)
}

// Retry matches nothing.
func (*Upkeep) Retry(context.Context) (int, error) { return 0, nil }

// Folders lists the desk's own and those added.
func (u *Upkeep) Folders(context.Context) (sources.Folders, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	return sources.Folders{Folders: append(freight.List[sources.Folder]{{Path: "/desk/drop", Own: true}}, u.folders...)}, nil
}

// ChangeFolder adds or removes.
func (u *Upkeep) ChangeFolder(ctx context.Context, c sources.FolderChange) (sources.Folders, error) {
	u.mu.Lock()
	kept := u.folders[:0]
	for _, f := range u.folders {
		if f.Path != c.Path {
			kept = append(kept, f)
		}
	}
	if u.folders = kept; !c.Remove {
		u.folders = append(kept, sources.Folder{Path: c.Path, After: c.After})
	}
	u.mu.Unlock()
	return u.Folders(ctx)
}

// SetZone accepts any zone.
func (*Upkeep) SetZone(context.Context, string, string, string) error { return nil }

// SetX12 accepts any ids.
func (*Upkeep) SetX12(context.Context, string, string, string) error { return nil }

// SetPerson accepts any name.
func (*Upkeep) SetPerson(context.Context, string) error { return nil }

// At is the board of now.
func (b *Board) At(_ context.Context, m board.Moment) (board.Snapshot, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := len(b.rows)
	if m.Limit > 0 {
		n = min(n, m.Limit)
	}
	return board.Snapshot{AsOf: Now, Rows: append(freight.List[board.Row]{}, b.rows[:n]...)}, nil
}
