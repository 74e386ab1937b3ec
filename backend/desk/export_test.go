package desk

import "context"

// Sent is a document as the engine of the feeds is given it.
func (d *Desk) Sent(ctx context.Context, id string) ([]byte, string, error) {
	return d.paperBytes(ctx, id)
}
