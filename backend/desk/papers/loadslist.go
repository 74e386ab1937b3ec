package papers

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/documents/paper"
	"tracedesk/backend/documents/whose"
	"tracedesk/backend/format/sheet"
	"tracedesk/backend/freight"
	"tracedesk/backend/place"
	"tracedesk/backend/store"
	"tracedesk/backend/timeline"
)

// largestList is the most bytes of a list of loads.
const largestList = 1 << 30

// LoadsList reads a list of loads to hold papers against: a sheet of loads (ours, or one whose columns can be told), or a
// JSON list as whose.ParseList takes it.
func LoadsList(path string, now time.Time) ([]whose.Listing, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, desk.Invalid("The loads cannot be read: %s.", err)
	}
	if info.IsDir() || info.Size() > largestList {
		return nil, desk.Invalid("%s is no list of loads.", path)
	}
	body, err := os.ReadFile(path)
	if err != nil {
		return nil, desk.Invalid("The loads cannot be read: %s.", err)
	}
	list, err := parseLoads(filepath.Base(path), body, now)
	if err != nil {
		return nil, desk.Invalid("%s: %s.", path, err)
	}
	return list, nil
}

func parseLoads(name string, body []byte, now time.Time) ([]whose.Listing, error) {
	if begin := bytes.TrimLeft(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")), " \t\r\n"); len(begin) > 0 && (begin[0] == '[' || begin[0] == '{') {
		return whose.ParseList(body)
	}
	book, err := sheet.Open(name, bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return nil, err
	}
	profile, err := loadsProfile(book, now)
	if err != nil {
		return nil, err
	}
	of := map[string][]freight.Observation{}
	var order []string
	for record, err := range sheet.Read(book, profile, sheet.Options{ReceivedAt: now}) {
		if err != nil {
			return nil, err
		}
		for _, o := range record.Observations {
			if len(o.Names) == 0 {
				continue
			}
			number := o.Names[0].Value
			if of[number] == nil {
				order = append(order, number)
			}
			o.ReceivedAt = now
			o.ID = o.Identify()
			of[number] = append(of[number], o)
		}
	}
	if len(order) == 0 {
		return nil, fmt.Errorf("there is no load in it")
	}
	resolver := place.New()
	var out []whose.Listing
	for _, number := range order {
		t := timeline.Fold(of[number], resolver, timeline.DefaultConfig())
		e := expectedOf(&t, store.Load{Number: number})
		out = append(out, whose.Listing{Expected: *e})
	}
	return out, nil
}

// loadsProfile is how a sheet's columns are read: nil for our own sheet of loads.
func loadsProfile(book *sheet.Book, now time.Time) (*sheet.Profile, error) {
	switch kind := book.Kind(); kind {
	case freight.LoadsFile:
		return nil, nil
	case freight.UnknownFile:
	default:
		return nil, fmt.Errorf("this is a sheet of %s, not of loads", kind)
	}
	guess, err := sheet.GuessProfile(book, now)
	if err != nil {
		return nil, err
	}
	if !guess.Usable {
		return nil, fmt.Errorf("its columns could not be told apart; give a sheet of loads with the columns of tracedesk template loads")
	}
	return &guess.Profile, nil
}

// Known are listed loads to hold papers against.
func Known(list []whose.Listing) func() whose.Known {
	loads := make([]paper.Expected, len(list))
	for i := range list {
		loads[i] = list[i].Expected
	}
	known := whose.NewLoads(loads)
	return func() whose.Known { return known }
}
