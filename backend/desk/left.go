package desk

import (
	"context"

	"tracedesk/backend/store"
)

// Left notes in the audit chain what left the desk: a digest of it, not its content. A desk that is open for reading only
// notes nothing; whoever wants the note opens it for writing.
func (d *Desk) Left(ctx context.Context, what, subject, detail string, body []byte) error {
	if d.lock == nil {
		return nil
	}
	act := store.Act{At: d.now().UTC(), Who: d.Person(""), Act: what, Subject: subject, Detail: detail, Digest: Digest(string(body))}
	return d.Store.Write(ctx, func(tx *store.Tx) error { return tx.Audit(&act) })
}
