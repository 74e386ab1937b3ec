package store

import (
	"fmt"
	"testing"
)

// TestCheckedAgain: a desk that was checked, and written to since, is sound when it is checked again.
func TestCheckedAgain(t *testing.T) {
	s := openStore(t, t.TempDir())
	for round := range 3 {
		for i := range 30 {
			write(t, s, func(tx *Tx) error {
				id := fmt.Sprintf("%064x", round*100+i)
				if _, err := tx.AddPaper(&Paper{Hash: id, Name: "scan.pdf", ReceivedAt: noon, State: PaperWaiting}); err != nil {
					return err
				}
				if err := tx.PutDocument(&Document{ID: id, File: id, State: "unmatched", Stage: "eyes", ReceivedAt: noon}); err != nil {
					return err
				}
				return tx.SetDocumentWords(id, fmt.Sprint("bill of lading ", i*7919, " store ", i%9))
			})
		}
		if found, err := s.Check(t.Context()); err != nil || found != nil {
			t.Fatalf("round %d: %v, %v", round, found, err)
		}
	}
	list, total, err := s.Queue(t.Context(), DocumentQuery{Match: `"lading" "store"*`, Limit: 5}, "lading store")
	if err != nil || total != 90 || len(list) != 5 {
		t.Errorf("found %d, %d in all, %v", len(list), total, err)
	}
}

// TestDeedsComeBackAsTheyWere: a deed holds the documents before and after, whole.
func TestDeedsComeBackAsTheyWere(t *testing.T) {
	s := openStore(t, t.TempDir())
	id := fmt.Sprintf("%064x", 7)
	before := Document{ID: id, File: id, Pages: []int{1, 2}, State: "received", Stage: "clean", Load: 3, Kind: "pod", Turns: map[int]int{2: 90}, Crops: map[int][]float64{1: {0, 0, 1, .5}},
		Alike: []Likeness{{ID: "x", Part: .9}}, Reading: []byte(`{"type":"POD"}`), ReceivedAt: noon}
	after := before
	after.State, after.Stage, after.DecidedAt, after.By = "verified", "filed", noon, "Ida"
	deed := Deed{At: noon, Who: "Ida", Does: "verified", Before: []Document{before}, After: []Document{after}, Observations: []string{"ab"}}
	write(t, s, func(tx *Tx) error {
		if _, err := tx.AddPaper(&Paper{Hash: id, Name: "scan.pdf", ReceivedAt: noon, State: PaperRead}); err != nil {
			return err
		}
		if err := tx.Restate(nil, deed.After); err != nil {
			return err
		}
		return tx.AddDeed(&deed)
	})
	kept, err := s.DeedsOf(t.Context(), id, 10)
	if err != nil || len(kept) != 1 || kept[0].Does != "verified" || kept[0].Observations[0] != "ab" {
		t.Fatalf("kept %+v, %v", kept, err)
	}
	write(t, s, func(tx *Tx) error { return tx.Restate(kept[0].After, kept[0].Before) })
	got, err := s.Document(t.Context(), id)
	if err != nil || got.State != "received" || got.Turns[2] != 90 || len(got.Crops[1]) != 4 || string(got.Reading) != `{"type":"POD"}` || got.Alike[0].ID != "x" || !got.DecidedAt.IsZero() {
		t.Errorf("as it was: %+v, %v", got, err)
	}
	write(t, s, func(tx *Tx) error { return tx.Restate(kept[0].Before, nil) })
	if _, err := s.Document(t.Context(), id); err != ErrNotFound {
		t.Errorf("a document that was taken off the list: %v", err)
	}
}
