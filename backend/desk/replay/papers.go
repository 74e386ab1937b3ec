package replay

import "tracedesk/backend/sim/scans"

// PapersMade is what a pile of made papers holds.
type PapersMade struct {
	Dir       string         `json:"dir"`
	Seed      uint64         `json:"seed"`
	Files     int            `json:"files"`
	Pages     int            `json:"pages"`
	Loads     int            `json:"loads"`
	Verdicts  map[string]int `json:"verdicts"`
	Layouts   map[string]int `json:"layouts"`
	Truth     string         `json:"truth"`
	Shipments string         `json:"shipments"`
}

// MakePapers writes count made papers of a house (first or second) into dir, with their truth and the loads list they
// belong to. No layouts: all of the house.
func MakePapers(dir string, seed uint64, count int, house string, layouts []string) (PapersMade, error) {
	set, err := scans.Write(dir, seed, count, scans.Options{House: house, Layouts: layouts})
	made := PapersMade{Dir: dir, Seed: seed, Files: len(set.Truth.Files), Loads: len(set.Shipments), Verdicts: map[string]int{}, Layouts: map[string]int{},
		Truth: scans.TruthFile, Shipments: scans.ShipmentsFile}
	for _, f := range set.Truth.Files {
		made.Verdicts[f.Verdict]++
		made.Pages += len(f.Pages)
		for _, p := range f.Pages {
			made.Layouts[p.Layout]++
		}
	}
	return made, err
}
