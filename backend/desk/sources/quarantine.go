package sources

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/documents"
	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/store"
)

// Quarantine is what waits for a person, oldest first.
func (s *Area) Quarantine(ctx context.Context, limit int) (Quarantine, error) {
	return s.QuarantineAt(ctx, s.desk.Now(), limit)
}

// QuarantineAt is what waited, of what had been received by asOf.
func (s *Area) QuarantineAt(ctx context.Context, asOf time.Time, limit int) (Quarantine, error) {
	items, err := s.desk.Store.Quarantined(ctx, "open", asOf, limit)
	if err != nil {
		return Quarantine{}, err
	}
	total, err := s.desk.Store.QuarantineCount(ctx)
	if err != nil {
		return Quarantine{}, err
	}
	out := Quarantine{Total: total}
	names := map[int64]string{}
	for i := range items {
		line, err := s.item(ctx, &items[i], names)
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, line)
	}
	return out, nil
}

func (s *Area) item(ctx context.Context, it *store.Item, names map[int64]string) (QuarantineItem, error) {
	name, ok := names[it.Run]
	if !ok && it.Run != 0 {
		run, err := s.desk.Store.Run(ctx, it.Run)
		if err != nil {
			return QuarantineItem{}, err
		}
		name = run.Name
		names[it.Run] = name
	}
	out := QuarantineItem{ID: strconv.FormatInt(it.ID, 10), Where: it.Where, Source: it.Source.String(), Reason: it.Reason, ReceivedAt: it.ReceivedAt,
		Text: strings.ToValidUTF8(string(it.Raw), "\uFFFD"), Fixable: it.Obs == nil && it.Run != 0 && len(it.Raw) > 0,
		Assignable: it.Obs != nil}
	if name != "" && !strings.Contains(it.Where, name) {
		out.Where = it.Where + " of " + name
	}
	if it.Obs != nil && it.Obs.Text != "" {
		out.Text = it.Obs.Text
	}
	if hash, whole := strings.CutPrefix(string(it.Raw), wholeFile); whole && it.Obs == nil && it.Run == 0 {
		out.Text = s.beginning(hash)
	}
	for _, c := range it.Candidates {
		cand := Candidate{Load: c.Number, Why: c.Why}
		if l, err := s.desk.FindLoad(ctx, c.Number); err == nil {
			cand.LoadID = l.UID.String()
			if line, err := s.desk.Store.Line(ctx, l.ID); err == nil {
				cand.Customer = line.Row.Customer
			}
		}
		out.Candidates = append(out.Candidates, cand)
	}
	return out, nil
}

// wholeFile is what stands before the hash of a file that is kept whole.
const wholeFile = "file "

// shownOfFile is how much of a file that is kept whole is shown, in bytes.
const shownOfFile = 1 << 10

// beginning is how a file that is kept whole begins, where that is text.
func (s *Area) beginning(hash string) string {
	body, err := s.desk.Raw.OpenCompressed(hash)
	if err != nil {
		return "" // the item waits all the same
	}
	defer body.Close()
	head := make([]byte, shownOfFile+1)
	n, _ := io.ReadFull(body, head)
	if documents.Sniff(head[:n]) != documents.Text {
		return ""
	}
	if n <= shownOfFile {
		return strings.ToValidUTF8(string(head[:n]), "\uFFFD")
	}
	return strings.ToValidUTF8(string(head[:shownOfFile]), "") + " …"
}

// Decide is a person's answer to an item: it belongs to a load, it reads so, or it is not needed. The item and its bytes stay on file.
func (s *Area) Decide(ctx context.Context, id string, d Decision) (Decided, error) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return Decided{}, desk.Invalid("%q is not the number of an item.", id)
	}
	it, err := s.desk.Store.QuarantineItem(ctx, n)
	if errors.Is(err, store.ErrNotFound) {
		return Decided{}, desk.NotFound("There is no item %s in quarantine.", id)
	}
	if err != nil {
		return Decided{}, err
	}
	if d.Action == Wait {
		return s.waitAgain(ctx, &it, d)
	}
	if it.State != "open" {
		return Decided{}, desk.Conflict("Item %s was settled already (%s by %s).", id, it.State, it.By)
	}
	switch d.Action {
	case Assign:
		return s.assign(ctx, &it, d)
	case Fix:
		return s.fix(ctx, &it, d)
	case Drop:
		err := s.settle(ctx, &it, "dropped", d)
		return Decided{Says: "Kept on file, but no longer waiting."}, err
	}
	return Decided{}, desk.Invalid("%q is no decision: assign, fix, drop or wait.", string(d.Action))
}

// waitAgain takes a drop back.
func (s *Area) waitAgain(ctx context.Context, it *store.Item, d Decision) (Decided, error) {
	who, now := s.desk.Person(d.As), s.desk.LedgerAt(d.Now).Now().UTC()
	err := s.desk.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.Undrop(it.ID); err != nil {
			return err
		}
		return tx.Audit(&store.Act{At: now, Who: who, Act: "quarantine waits", Subject: fmt.Sprintf("quarantine:%d", it.ID), Detail: it.Where, Digest: desk.Digest(string(it.Raw))})
	})
	if errors.Is(err, store.ErrNotFound) {
		return Decided{}, desk.Conflict("Item %d was not dropped, so it cannot wait again.", it.ID)
	}
	if err == nil {
		s.desk.Ledger.News().Announce(nil)
	}
	return Decided{Says: "It waits again."}, err
}

func (s *Area) settle(ctx context.Context, it *store.Item, state string, d Decision) error {
	err := s.desk.Store.Write(ctx, func(tx *store.Tx) error { return s.settleIn(tx, it, state, d) })
	if err == nil {
		s.desk.Ledger.News().Announce(nil)
	}
	return err
}

func (s *Area) settleIn(tx *store.Tx, it *store.Item, state string, d Decision) error {
	who, now := s.desk.Person(d.As), s.desk.LedgerAt(d.Now).Now().UTC()
	if err := tx.Settle(it.ID, state, now, who); err != nil {
		return err
	}
	return tx.Audit(&store.Act{At: now, Who: who, Act: "quarantine " + state, Subject: fmt.Sprintf("quarantine:%d", it.ID), Detail: it.Where, Digest: desk.Digest(string(it.Raw))})
}

// assign says which load a message speaks of. The answer teaches: the number that named nothing is from now on an alias of
// that load, so that the next message finds it.
func (s *Area) assign(ctx context.Context, it *store.Item, d Decision) (Decided, error) {
	if it.Obs == nil {
		return Decided{}, desk.Invalid("This could not be read; correct its text instead.")
	}
	load, err := s.desk.FindLoad(ctx, d.Load)
	if err != nil {
		return Decided{}, err
	}
	who := s.desk.Person(d.As)
	l := s.desk.LedgerAt(d.Now)
	err = l.Assign(ctx, it, load.ID, who, func(tx *store.Tx) error {
		return tx.Audit(&store.Act{At: l.Now().UTC(), Who: who, Act: "quarantine assigned", Subject: load.UID.String(), Detail: it.Where, Digest: desk.Digest(it.Obs.ID.String())})
	})
	if err != nil {
		return Decided{}, err
	}
	return Decided{Says: "It now speaks of load " + load.Number + "."}, nil
}

// fix reads the corrected text in place of what could not be read, with the reader and the mapping of the file it came in.
func (s *Area) fix(ctx context.Context, it *store.Item, d Decision) (Decided, error) {
	if it.Run == 0 || it.Obs != nil {
		return Decided{}, desk.Invalid("This cannot be corrected as text.")
	}
	run, err := s.desk.Store.Run(ctx, it.Run)
	if err != nil {
		return Decided{}, err
	}
	records, err := s.reread(ctx, &run, it, d.Text)
	if err != nil {
		return Decided{}, err
	}
	var obs []freight.Observation
	for _, rec := range records {
		for _, f := range rec.Faults {
			return Decided{}, desk.Invalid("It still cannot be read: %s.", f.Reason)
		}
		obs = append(obs, rec.Observations...)
	}
	if len(obs) == 0 {
		return Decided{}, desk.Invalid("Nothing can be read in it.")
	}
	for i := range obs {
		obs[i].Raw = freight.Raw{Where: it.Where + ", corrected"}
	}
	posted, err := s.desk.LedgerAt(d.Now).Post(ctx, 0, obs, func(tx *store.Tx, _ ledger.Posted) error { return s.settleIn(tx, it, "fixed", d) })
	if err != nil {
		return Decided{}, err
	}
	out := Decided{Says: fmt.Sprintf("Read: %d facts on %d loads.", len(posted.IDs), len(posted.Loads))}
	if len(posted.IDs) == 1 {
		out.Observation = posted.IDs[0].String()
	}
	return out, nil
}

// reread reads a corrected piece as if it had stood in its file: with the file's header or envelope.
func (s *Area) reread(ctx context.Context, run *store.Run, it *store.Item, text string) ([]freight.Record, error) {
	path, err := s.unpack(run.Raw, run.Name)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(filepath.Dir(path))
	whole, err := open(path, run.Name)
	if err != nil {
		return nil, err
	}
	defer whole.close()
	piece, err := whole.around(it, text)
	if err != nil {
		return nil, err
	}
	tmp, err := os.CreateTemp("", "tracedesk-fix-*")
	if err != nil {
		return nil, err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(piece)
	if err = errors.Join(err, tmp.Close()); err != nil {
		return nil, err
	}
	f, err := open(tmp.Name(), fixedName(run.Name))
	if err != nil {
		return nil, err
	}
	defer f.close()
	var opt runOptions
	if err := json.Unmarshal([]byte(run.Options), &opt); err != nil {
		return nil, err
	}
	if len(opt.Profile) > 0 {
		if f.profile, err = decodeProfile(opt.Profile); err != nil {
			return nil, err
		}
	}
	seq, err := f.records(s, opt.Account, run.ReceivedAt, false, f.aside())
	if err != nil {
		return nil, err
	}
	var out []freight.Record
	for rec, err := range seq {
		if err != nil {
			return nil, desk.Invalid("It still cannot be read: %s.", err)
		}
		out = append(out, rec)
	}
	return out, nil
}

// fixedName: a corrected row of a workbook is read as CSV.
func fixedName(name string) string {
	if strings.HasSuffix(strings.ToLower(name), ".xlsx") {
		return name + ".csv"
	}
	return name
}

// around puts a corrected piece back into what it needs to be read: a sheet's header row, an interchange's envelope.
func (f *file) around(it *store.Item, text string) ([]byte, error) {
	if f.book != nil {
		return []byte(f.book.HeaderText() + "\n" + strings.TrimRight(text, "\r\n") + "\n"), nil
	}
	head := make([]byte, headSize)
	n, _ := f.src.ReadAt(head, 0)
	if strings.HasPrefix(string(f.kind), "edifact") {
		return f.edifactWith(head[:n], it, text), nil
	}
	return envelope(head[:n], f.setWith(it, text)), nil
}

// envelope is the interchange's own first ISA and GS around one transaction, closed by trailers of its own.
func envelope(head, set []byte) []byte {
	at := bytes.Index(head, []byte("ISA"))
	if at < 0 || at+3 >= len(head) {
		return set
	}
	st := bytes.Index(head[at:], []byte("ST"+string(head[at+3])))
	if st < 0 {
		return set
	}
	return append(append([]byte{}, head[at:at+st]...), set...)
}

// setReach is how far around a faulty segment its transaction set is looked for.
const setReach = 256 << 10

// setWith is the transaction set of an item with its corrected text in place: of a fault within a set only a segment or two
// are shown, and corrected, but the set is what is read.
func (f *file) setWith(it *store.Item, text string) []byte {
	corrected := []byte(text)
	if strings.HasPrefix(strings.TrimSpace(text), "ST") || len(it.Raw) == 0 {
		return corrected
	}
	from := max(it.Offset-setReach, 0)
	around := make([]byte, 2*setReach)
	n, _ := f.src.ReadAt(around, from)
	around = around[:n]
	at := int(it.Offset - from)
	if at > len(around) || !bytes.HasPrefix(around[at:], it.Raw) {
		return corrected
	}
	start := max(bytes.LastIndex(around[:at], []byte("~ST*")), bytes.LastIndex(around[:at], []byte("\nST*"))) // the usual signs; others need the whole set
	end := bytes.Index(around[at:], []byte("SE*"))
	if start < 0 || end < 0 {
		return corrected
	}
	stop := bytes.IndexByte(around[at+end:], '~')
	if stop < 0 {
		return corrected
	}
	return slices.Concat(around[start+1:at], corrected, around[at+len(it.Raw):at+end+stop+1])
}

// Retry matches again what was read but named no load: a tender may have come since. It returns how many found theirs.
func (s *Area) Retry(ctx context.Context) (int, error) {
	items, err := s.desk.Store.Quarantined(ctx, "open", s.desk.Now(), 10000)
	if err != nil {
		return 0, err
	}
	items = slices.DeleteFunc(items, func(it store.Item) bool { return it.State != "open" })
	return s.desk.Ledger.Retry(ctx, items)
}
