package archive

import (
	"archive/zip"
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/fxamacker/cbor/v2"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
	"tracedesk/backend/ledger"
	"tracedesk/backend/store"
	"tracedesk/backend/watch"
)

// table is one CSV of an export; all are written side by side, so that a load is read once.
type table struct {
	name  string
	heads []string
	rows  [][]string
}

// Export writes everything of one customer as a zip: CSVs of its loads, stops, every word with who said it when, exceptions and
// outgoing messages; and its papers as they came. Cells from outside that a spreadsheet would take for a formula are text.
func (a *Area) Export(ctx context.Context, customer string, out io.Writer) error {
	loads, err := a.desk.Store.LoadsOfCustomer(ctx, customer)
	if err != nil {
		return err
	}
	if len(loads) == 0 {
		return desk.NotFound("No load on file has the customer %q.", customer)
	}
	z := zip.NewWriter(out)
	e := exporting{area: a, zip: z, papers: map[string]string{}}
	e.loads = table{name: "loads.csv", heads: []string{"load", "account", "customer", "carrier", "scac", "mode", "state", "references", "first_heard"}}
	e.stops = table{name: "stops.csv", heads: []string{"load", "stop", "kind", "place", "zone", "window_start", "window_end", "original_start", "original_end", "arrived", "loaded", "unloaded", "departed"}}
	e.words = table{name: "words.csv", heads: []string{"load", "id", "received", "stated", "source", "by", "channel", "stop", "fact", "type", "when", "value", "note", "takes_back", "text"}}
	e.exceptions = table{name: "exceptions.csv", heads: []string{"load", "id", "kind", "stop", "severity", "detected", "resolved", "state", "owner", "responsible", "why"}}
	e.messages = table{name: "messages.csv", heads: []string{"load", "kind", "to", "text", "state", "created", "by", "settled", "settled_by"}}
	e.documents = table{name: "papers.csv", heads: []string{"load", "file", "name", "kind", "type", "state", "received", "decided", "by", "note"}}
	for _, id := range loads {
		if err := e.load(ctx, id); err != nil {
			return err
		}
	}
	for _, t := range []*table{&e.loads, &e.stops, &e.words, &e.exceptions, &e.messages, &e.documents} {
		if err := t.write(z); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return err
	}
	return a.desk.Left(ctx, "exported", "customer:"+customer, fmt.Sprintf("%d loads, %d words, %d papers", len(e.loads.rows), len(e.words.rows), len(e.papers)), nil)
}

func (t *table) write(z *zip.Writer) error {
	f, err := z.Create(t.name)
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	return errors.Join(w.Write(t.heads), w.WriteAll(t.rows))
}

// add puts a row of texts, made harmless.
func (t *table) add(cells ...string) {
	for i := range cells {
		cells[i] = desk.Harmless(cells[i])
	}
	t.rows = append(t.rows, cells)
}

type exporting struct {
	area                                                 *Area
	zip                                                  *zip.Writer
	loads, stops, words, exceptions, messages, documents table
	papers                                               map[string]string // hash -> name in the zip
}

func (e *exporting) load(ctx context.Context, id int64) error {
	s, d := e.area.desk.Store, e.area.desk
	v, err := d.Ledger.View(ctx, id, time.Time{}, d.Now())
	if err != nil || v.Timeline.Count == 0 {
		return err
	}
	t := &v.Timeline
	refs := make([]string, 0, len(t.Refs))
	for i := range t.Refs {
		refs = append(refs, string(t.Refs[i].Type)+":"+t.Refs[i].Value)
	}
	l, err := s.Load(ctx, id)
	if err != nil {
		return err
	}
	number := l.Number
	e.loads.add(number, l.Account, t.Customer.Value, t.Carrier.Value, t.SCAC.Value, t.Mode.Value, string(t.State), strings.Join(refs, "; "), stamp(l.First))
	log, err := s.Observations(ctx, id, time.Time{})
	if err != nil {
		return err
	}
	facts, err := ledger.Facts(t, func() ([]freight.Observation, error) { return log, nil })
	if err != nil {
		return err
	}
	for i := range facts.Stops {
		f := &facts.Stops[i]
		e.stops.add(number, strconv.Itoa(f.Seq), f.Kind, f.Place, f.Zone, local(f.Window.Start, f.Zone), local(f.Window.End, f.Zone), local(f.Original.Start, f.Zone), local(f.Original.End, f.Zone),
			actual(f.Arrived, f.Zone), actual(f.Loaded, f.Zone), actual(f.Unloaded, f.Zone), actual(f.Departed, f.Zone))
	}
	e.said(log, number)
	return e.rest(ctx, id, number)
}

// said is every word of the load, one row a claim.
func (e *exporting) said(log []freight.Observation, number string) {
	for i := range log {
		o := &log[i]
		back := ""
		if !o.Retracts.IsZero() {
			back = o.Retracts.String()
		}
		head := []string{number, o.ID.String(), stamp(o.ReceivedAt), stamp(o.StatedAt), o.Source.String(), o.By, string(o.Channel)}
		if len(o.Claims) == 0 {
			e.words.add(append(head, "", "", "", "", "", "", back, o.Text)...)
		}
		for k := range o.Claims {
			c := &o.Claims[k]
			stop := ""
			if c.Subject.Stop.Seq > 0 {
				stop = strconv.Itoa(c.Subject.Stop.Seq)
			}
			e.words.add(append(append([]string{}, head...), stop, string(c.Fact), c.Value.Type, c.At.String(), c.ValueText(), c.Value.Note, back, o.Text)...)
		}
	}
}

// rest is what the rules found, what was to be told, and the papers.
func (e *exporting) rest(ctx context.Context, id int64, number string) error {
	s := e.area.desk.Store
	found, err := s.ExceptionsOn(ctx, []int64{id})
	if err != nil {
		return err
	}
	for i := range found {
		var x watch.Exception
		if err := cbor.Unmarshal(found[i].Body, &x); err != nil {
			return err
		}
		e.exceptions.add(number, x.ID, x.Kind, strconv.Itoa(x.Stop), string(x.Severity), stamp(x.DetectedAt), stamp(x.ResolvedAt), string(x.State), x.Owner, x.Party, x.Why)
	}
	told, err := s.IntentsOf(ctx, id)
	if err != nil {
		return err
	}
	for i := range told {
		m := &told[i]
		e.messages.add(number, m.Kind, m.Target, m.Body, m.State, stamp(m.CreatedAt), m.By, stamp(m.SettledAt), m.SettledBy)
	}
	docs, err := s.Documents(ctx, id, "", 10_000)
	if err != nil {
		return err
	}
	for i := range docs {
		name, err := e.paper(number, &docs[i])
		if err != nil {
			return err
		}
		d := &docs[i]
		e.documents.add(number, name, d.Name, d.Kind, d.Type, d.State, stamp(d.ReceivedAt), stamp(d.DecidedAt), d.By, cmp.Or(d.Note, d.Why))
	}
	return nil
}

// paper writes the bytes of a paper once, as they came, under the load's number.
func (e *exporting) paper(number string, d *store.Document) (string, error) {
	if name := e.papers[d.File]; name != "" {
		return name, nil
	}
	f, err := e.area.desk.Papers.Open(d.File)
	if err != nil {
		return "", fmt.Errorf("the paper %s of load %s cannot be read: %w", d.Name, number, err)
	}
	defer f.Close()
	name := "papers/" + plain(number) + "/" + d.File[:8] + " " + plain(filepath.Base(d.Name))
	w, err := e.zip.Create(name)
	if err == nil {
		_, err = io.Copy(w, f)
	}
	e.papers[d.File] = name
	return name, err
}

// plain is a name that every file system takes.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '_'
		}
		return r
	}, s)
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// local is an instant on the stop's clock with its offset.
func local(t time.Time, zone string) string {
	if t.IsZero() {
		return ""
	}
	if loc, err := freight.Location(zone); err == nil {
		t = t.In(loc)
	}
	return t.Format(time.RFC3339)
}

func actual(t freight.TimeFacts, zone string) string {
	if t.At.IsZero() && t.Day != 0 {
		return time.Unix(int64(t.Day)*86400, 0).UTC().Format(time.DateOnly)
	}
	return local(t.At, zone)
}

// ExportTo writes everything of one customer into a file, under another name until it is whole.
func (a *Area) ExportTo(ctx context.Context, r ExportRequest) (ExportDone, error) {
	if !filepath.IsAbs(r.Out) {
		return ExportDone{}, desk.Invalid("%q is no whole path of a file on this computer.", r.Out)
	}
	if _, err := os.Stat(r.Out); err == nil {
		return ExportDone{}, desk.Invalid("%s exists already; choose another name.", r.Out)
	}
	part := r.Out + ".part"
	f, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return ExportDone{}, fmt.Errorf("the export cannot be written: %w", err)
	}
	defer os.Remove(part)
	if err := errors.Join(a.Export(ctx, r.Customer, f), f.Sync(), f.Close()); err != nil {
		return ExportDone{}, err
	}
	if err := os.Rename(part, r.Out); err != nil {
		return ExportDone{}, err
	}
	digest, size, err := digestOf(r.Out)
	return ExportDone{Customer: r.Customer, File: r.Out, Size: size, Digest: digest}, err
}
