package sim

import (
	"slices"
	"time"

	"tracedesk/backend/freight"
)

// File is a file as a desk receives it, at an instant of the world.
type File struct {
	Name  string
	At    time.Time
	Kind  freight.FileKind // what it is; LoadsFile for the TMS's exports
	Bytes []byte
}

// Player hands out the world's files in the order in which a desk receives them. Not safe for concurrent use.
type Player struct {
	World *World
	Speed float64       // seconds of the world for one of the wall clock
	Every time.Duration // how often the TMS is exported; carriers' files come every 15 minutes of the world
	begun time.Time     // of the wall clock, when the world stood at World.Now
	upTo  time.Time     // files up to here have been handed out
}

// NewPlayer plays a world from an instant of its history on. The wall clock reads wall when the world reaches its Now.
func NewPlayer(w *World, from, wall time.Time, speed float64) *Player {
	return &Player{World: w, Speed: speed, Every: 30 * time.Minute, begun: wall, upTo: from}
}

// Time is the world's clock when the wall clock reads wall.
func (p *Player) Time(wall time.Time) time.Time {
	return p.World.Now.Add(time.Duration(float64(wall.Sub(p.begun)) * p.Speed))
}

// step is how often carriers and platforms send what they have.
const step = 15 * time.Minute

// Next hands out the files of the next step, when it lies at or before until; ok is false when it does not. A step may have no files.
func (p *Player) Next(until time.Time) (at time.Time, files []File, ok bool) {
	at = p.upTo.Truncate(step).Add(step)
	if at.After(until) {
		return time.Time{}, nil, false
	}
	files = p.World.Files(p.upTo, at, p.upTo.Truncate(p.Every) != at.Truncate(p.Every))
	p.upTo = at
	return at, files, true
}

// Files are the files that a desk receives after from and not after to, in order; with the TMS's exports as of to, when asked.
func (w *World) Files(from, to time.Time, exports bool) []File {
	var files []File
	stamp := to.Format("20060102_1504")
	if tender := w.X12Tender(from, to); tender != nil {
		files = append(files, File{Name: "tenders_" + stamp + ".edi", At: to, Kind: freight.X12Tender, Bytes: tender})
	}
	if exports {
		files = append(files,
			File{Name: "TMS loads " + stamp + ".csv", At: to, Kind: freight.LoadsFile, Bytes: w.TMSExport(to)},
			File{Name: "TMS multi-stop " + stamp + ".csv", At: to, Kind: freight.LoadsFile, Bytes: w.MultiStopSheet(to)})
	}
	files = append(files, w.X12Status(from, to)...)
	if events := w.EventsSheet(from, to); slices.Contains(events[:len(events)-1], '\n') {
		files = append(files, File{Name: "events_" + stamp + ".csv", At: to, Kind: freight.EventsFile, Bytes: events})
	}
	return append(files, w.PODs(from, to)...)
}
