package papers

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/documents/score"
	"tracedesk/backend/documents/whose"
)

// Measured is how well papers were read.
type Measured = score.Score

// Measure reads a folder and holds what was read against its truth. List are the loads, by whose ids the truth names them.
// PeakMB is asked for the most memory that the program had.
func (o *Offhand) Measure(ctx context.Context, truthFile string, list []whose.Listing, peakMB func() float64) (Measured, error) {
	body, err := os.ReadFile(truthFile)
	if err != nil {
		return Measured{}, desk.Invalid("The truth cannot be read: %s.", err)
	}
	truth, err := score.ParseTruth(body)
	if err != nil {
		return Measured{}, desk.Invalid("%s: %s.", filepath.Base(truthFile), err)
	}
	ids := map[string]string{}
	for _, l := range list {
		if l.ID != "" {
			ids[l.ID] = l.Load
		}
		ids[l.Load] = l.Load
	}
	begun := time.Now()
	read, err := o.Read(ctx)
	if err != nil {
		return Measured{}, err
	}
	took := time.Since(begun)
	s := score.Of(truth, read.Files, ids)
	s.Took(took, peakMB())
	return s, nil
}

// MeasuredCount counts what was given and what was right.
type MeasuredCount = score.Count

// SayReason is a reason of a verdict in words.
func SayReason(reason string) string { return saysReason(reason) }
