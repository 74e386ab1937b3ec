package apitest

import (
	"context"
	"io"

	"tracedesk/backend/desk/archive"
	"tracedesk/backend/freight"
)

// Archive has one archive.
type Archive struct{}

// List lists it.
func (Archive) List(context.Context, string) (archive.Archives, error) {
	return archive.Archives{Archives: freight.List[archive.Archived]{{At: Now, By: "Ana Ruiz", Until: "2023-01-01", File: "/home/ana/2022.tracedesk", Digest: "5e1f", Size: 120_400_000, Loads: 18_400}}}, nil
}

// Archive tells what would go.
func (Archive) Archive(_ context.Context, r archive.ArchiveRequest) (archive.ArchiveDone, error) {
	return archive.ArchiveDone{Until: r.Until, Loads: 120, Observations: 9400, Positions: 11_000, Documents: 230}, nil
}

// Export writes an empty zip.
func (Archive) Export(_ context.Context, _ string, out io.Writer) error {
	_, err := out.Write([]byte("PK\x05\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	return err
}

// ExportTo writes nothing.
func (Archive) ExportTo(_ context.Context, r archive.ExportRequest) (archive.ExportDone, error) {
	return archive.ExportDone{Customer: r.Customer, File: r.Out}, nil
}
