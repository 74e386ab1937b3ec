package papers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/documents"
	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/store"
)

// Area keeps the documents of the desk.
type Area struct {
	desk *desk.Desk
	idle *time.Timer // gives the PDF engine's memory back once nobody looks at papers
}

// restAfter is how long the PDF engine is kept after the last page.
const restAfter = time.Minute

// New is the area over an open desk.
func New(d *desk.Desk) *Area { return &Area{d, time.AfterFunc(restAfter, d.Reader.Rest)} }

// Add files an upload on load; "" finds the load by the references in it.
func (a *Area) Add(ctx context.Context, name string, body io.Reader, load string) (Document, error) {
	return a.Take(ctx, Arrival{Name: name, Body: body, Load: load, From: "dropped"})
}

// AddPaths is Add for files on this computer.
func (a *Area) AddPaths(ctx context.Context, f Filing) (Documents, error) {
	var out Documents
	for _, path := range f.Paths {
		d, err := a.addPath(ctx, path, f)
		if err != nil {
			return out, err
		}
		out.Documents = append(out.Documents, d)
	}
	counts, err := a.counts(ctx)
	out.Counts = counts
	return out, err
}

func (a *Area) addPath(ctx context.Context, path string, f Filing) (Document, error) {
	src, err := os.Open(path)
	if err != nil {
		return Document{}, desk.Invalid("%s cannot be read: %s.", path, err)
	}
	defer src.Close()
	return a.Take(ctx, Arrival{Name: filepath.Base(path), Body: src, Load: f.Load, From: "from " + filepath.Dir(path), As: f.As, Now: f.Now})
}

// Take stores a paper, reads it, finds its load and files it there. The same bytes again are recognised; they may be
// filed on another load by naming it.
func (a *Area) Take(ctx context.Context, in Arrival) (Document, error) {
	var load store.Load
	if in.Load != "" {
		found, err := a.desk.FindLoad(ctx, in.Load)
		if err != nil {
			return Document{}, err
		}
		load = found
	}
	stored, err := a.desk.Papers.Put(ctx, in.Name, in.Body)
	if err != nil {
		return Document{}, asFault(err)
	}
	had, err := a.desk.Store.Document(ctx, stored.Hash)
	if err == nil && (load.ID == 0 || load.ID == had.Load) {
		out, err := a.document(ctx, &had)
		out.Known = true
		return out, err
	}
	known := err == nil
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return Document{}, err
	}
	d, err := a.read(ctx, stored, in)
	if err != nil {
		return Document{}, err
	}
	if load.ID != 0 {
		d.Load, d.Why = load.ID, "filed by "+a.desk.Person(in.As)
	}
	if err := a.file(ctx, &d, in, had.Load); err != nil {
		return Document{}, err
	}
	out, err := a.document(ctx, &d)
	out.Known = known
	return out, err
}

func asFault(err error) error {
	var f *documents.Fault
	if errors.As(err, &f) {
		return &desk.Fault{Kind: "invalid", Message: f.Reason, Cause: err}
	}
	return err
}

// read takes the text out of a paper and sees whose it is. What cannot be read is kept all the same, with the reason.
func (a *Area) read(ctx context.Context, stored documents.Stored, in Arrival) (store.Document, error) {
	d := store.Document{Hash: stored.Hash, Name: stored.Name, Media: stored.MIME, Size: stored.Size, By: a.desk.Person(in.As),
		ReceivedAt: a.desk.LedgerAt(in.Now).Now().UTC(), State: string(Unmatched)}
	body, err := a.desk.Papers.Open(stored.Hash)
	if err != nil {
		return d, err
	}
	defer body.Close()
	a.idle.Reset(restAfter)
	reading, err := a.desk.Reader.Read(ctx, body)
	var unreadable *documents.Fault
	if err != nil && !errors.As(err, &unreadable) {
		return d, err
	}
	if unreadable != nil {
		d.Why = unreadable.Reason
	}
	d.Pages, d.Text = reading.Total, reading.Text()
	guess := documents.GuessKind(d.Text, d.Name)
	d.Kind = guess.Kind
	return d, a.match(ctx, &d)
}

// match finds the paper's load by the numbers in it.
func (a *Area) match(ctx context.Context, d *store.Document) error {
	mentions := documents.Mentions(d.Text, d.Name)
	hits, known, ids, err := a.hits(ctx, d, mentions)
	if err != nil {
		return err
	}
	m := documents.Decide(mentions, hits, known)
	if m.Load != "" {
		d.Load = ids[m.Load]
	}
	why := m.Why
	if d.Why != "" {
		why = d.Why + "; " + why
	}
	d.Why = why
	for _, c := range m.Candidates {
		d.Candidates = append(d.Candidates, store.Candidate{Load: ids[c.Load], Number: c.Load, Why: fmt.Sprintf("%.0f %% · %s", c.Score*100, c.Why)})
	}
	return nil
}

// hits looks every number of the paper up in the desk's index of references.
func (a *Area) hits(ctx context.Context, d *store.Document, mentions []documents.Mention) ([]documents.Hit, map[string][]freight.Reference, map[string]int64, error) {
	inName, given := documents.NameTokens(d.Name)
	tokens := append(documents.Tokens(d.Text), inName...)
	for _, m := range mentions {
		if _, ok := freight.ParseRefType(m.Type); ok {
			tokens = append(tokens, m.Key())
		}
	}
	var hits []documents.Hit
	known := map[string][]freight.Reference{}
	ids := map[string]int64{}
	seen := map[string]bool{}
	for _, tok := range tokens {
		if seen[tok] || tok == "" {
			continue
		}
		seen[tok] = true
		found, err := a.desk.Store.RefHits(ctx, tok, 50)
		if err != nil {
			return nil, nil, nil, err
		}
		for _, h := range found {
			l, err := a.desk.Store.Load(ctx, h.Load)
			if err != nil {
				return nil, nil, nil, err
			}
			hits = append(hits, documents.Hit{Load: l.Number, Type: h.Ref.Type, Value: tok, Named: given && slices.Contains(inName, tok)})
			if _, ok := ids[l.Number]; ok {
				continue
			}
			ids[l.Number] = l.ID
			if line, err := a.desk.Store.Line(ctx, l.ID); err == nil {
				known[l.Number] = append([]freight.Reference{{Type: freight.RefLoad, Value: l.Number}}, line.Row.Refs...)
			}
		}
	}
	return hits, known, ids, nil
}

// file writes the paper's row and, when its load is known, the claim that the load has it. A paper that moves to another
// load is taken off the one before.
func (a *Area) file(ctx context.Context, d *store.Document, in Arrival, before int64) error {
	l := a.desk.LedgerAt(in.Now)
	also := func(tx *store.Tx, p ledger.Posted) error {
		if err := tx.PutDocument(d); err != nil {
			return err
		}
		return tx.Audit(&store.Act{At: d.ReceivedAt, Who: d.By, Act: "paper received", Subject: d.Hash, Detail: d.Name + " " + in.From, Digest: desk.Digest(d.Hash)})
	}
	if before != 0 && before != d.Load {
		old := a.claim(d, freight.Source{Kind: freight.User, Account: d.By}, string(Received), "", d.By)
		old.Claims[0].Value.None = true
		if _, err := l.Post(ctx, before, []freight.Observation{old}, nil); err != nil {
			return err
		}
	}
	if d.Load == 0 {
		_, err := l.Post(ctx, 0, nil, also)
		l.News().Announce(nil)
		return err
	}
	d.State = string(Received)
	o := a.claim(d, freight.Source{Kind: freight.Paper}, string(Received), "", "")
	_, err := l.Post(ctx, d.Load, []freight.Observation{o}, also)
	return err
}

// claim is "the load has this paper, and it stands so".
func (a *Area) claim(d *store.Document, src freight.Source, state, note, by string) freight.Observation {
	kind := d.Kind
	if kind == "" {
		kind = string(Other)
	}
	return freight.Observation{Source: src, Channel: freight.ByFile, By: by, Text: d.Name, EventID: d.Hash,
		Claims: []freight.Claim{{Fact: freight.FactDocument, Value: freight.Value{Type: kind, Text: d.Hash, Note: state, Scope: note}}}}
}

// Judge is a person's verdict on a paper: whose it is, what it proves, and whether it holds.
func (a *Area) Judge(ctx context.Context, hash string, v Verdict) (Judged, error) {
	d, err := a.desk.Store.Document(ctx, hash)
	if errors.Is(err, store.ErrNotFound) {
		return Judged{}, desk.NotFound("There is no such paper.")
	}
	if err != nil {
		return Judged{}, err
	}
	before := d.Load
	if err := a.decide(ctx, &d, v); err != nil {
		return Judged{}, err
	}
	who := a.desk.Person(v.As)
	l := a.desk.LedgerAt(v.Now)
	now := l.Now().UTC()
	load, err := a.desk.Store.Load(ctx, d.Load)
	if err != nil {
		return Judged{}, err
	}
	if before != 0 && before != d.Load {
		old := a.claim(&d, freight.Source{Kind: freight.User, Account: who}, "", "moved to "+load.Number, who)
		old.Claims[0].Value.None = true
		if _, err := l.Post(ctx, before, []freight.Observation{old}, nil); err != nil {
			return Judged{}, err
		}
	}
	says := fmt.Sprintf("%s %s as %s of load %s", d.Name, d.State, strings.ToUpper(d.Kind), load.Number)
	o := a.claim(&d, freight.Source{Kind: freight.User, Account: who}, d.State, v.Note, who)
	o.StatedAt = now
	o.EventID = load.UID.String()
	posted, err := l.Post(ctx, d.Load, []freight.Observation{o}, func(tx *store.Tx, p ledger.Posted) error {
		if err := tx.PutDocument(&d); err != nil || len(p.IDs) == 0 {
			return err
		}
		if d.State == string(Verified) {
			if err := tx.AddIntent(&store.Intent{Key: "paper " + p.IDs[0].String(), Load: d.Load, Kind: "document", Target: "tms", Body: says, CreatedAt: now, By: who}); err != nil {
				return err
			}
		}
		return tx.Audit(&store.Act{At: now, Who: who, Act: "paper " + d.State, Subject: d.Hash, Detail: says, Digest: desk.Digest(p.IDs[0].String(), d.Hash)})
	})
	if err != nil {
		return Judged{}, err
	}
	out := Judged{Says: says}
	if len(posted.IDs) > 0 {
		out.Observation = posted.IDs[0].String()
	}
	out.Document, err = a.document(ctx, &d)
	return out, err
}

func (a *Area) decide(ctx context.Context, d *store.Document, v Verdict) error {
	if v.Load != "" {
		found, err := a.desk.FindLoad(ctx, v.Load)
		if err != nil {
			return err
		}
		d.Load = found.ID
	}
	if d.Load == 0 {
		return desk.Invalid("Say which load the paper belongs to.")
	}
	if v.Kind != "" {
		d.Kind = string(v.Kind)
	}
	switch v.Verdict {
	case "", Received:
		d.State = string(Received)
	case Verified, Rejected:
		d.State = string(v.Verdict)
	default:
		return desk.Invalid("%q is no verdict: verified, rejected or received.", string(v.Verdict))
	}
	if d.State == string(Verified) && d.Kind != string(POP) && d.Kind != string(POD) {
		return desk.Invalid("Say what the paper proves: pickup (pop) or delivery (pod).")
	}
	return nil
}

// File is the original, unaltered.
func (a *Area) File(ctx context.Context, hash string) (File, error) {
	d, err := a.desk.Store.Document(ctx, hash)
	if err != nil {
		return File{}, desk.NotFound("There is no such paper.")
	}
	body, err := a.desk.Papers.Open(hash)
	if err != nil {
		return File{}, err
	}
	return File{Name: d.Name, MIME: d.Media, Modified: d.ReceivedAt, Body: body}, nil
}

type inMemory struct{ *bytes.Reader }

func (inMemory) Close() error { return nil }

// Page is page n (from 1) as a PNG.
func (a *Area) Page(ctx context.Context, hash string, n int) (File, error) {
	d, err := a.desk.Store.Document(ctx, hash)
	if err != nil {
		return File{}, desk.NotFound("There is no such paper.")
	}
	body, err := a.desk.Papers.Open(hash)
	if err != nil {
		return File{}, err
	}
	defer body.Close()
	a.idle.Reset(restAfter)
	var png bytes.Buffer
	if err := a.desk.Reader.PNG(ctx, &png, body, n, documents.View{Within: 2200}); err != nil {
		return File{}, asFault(err)
	}
	return File{Name: fmt.Sprintf("%s-%d.png", d.Name, n), MIME: "image/png", Modified: d.ReceivedAt, Body: inMemory{bytes.NewReader(png.Bytes())}}, nil
}
