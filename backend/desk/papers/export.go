package papers

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/documents/paper"
	"tracedesk/backend/freight"
	"tracedesk/backend/store"
)

// usualRule is how exported papers are called where nobody said otherwise.
const usualRule = "{load}_{type}_{date}"

// Export writes papers into a folder under names made by a rule. A name that is taken by other content gets a number behind
// it; the same file again is left as it is.
func (a *Area) Export(ctx context.Context, e PaperExport) (PaperExported, error) {
	if e.Folder == "" {
		return PaperExported{}, desk.Invalid("Say into which folder.")
	}
	if !filepath.IsAbs(e.Folder) { // the desk's own place is nobody's folder
		return PaperExported{}, desk.Invalid("Write the whole path of the folder, as the computer shows it: %s is only a part of one.", e.Folder)
	}
	folder := filepath.Clean(e.Folder)
	docs, err := a.exported(ctx, &e)
	if err != nil {
		return PaperExported{}, err
	}
	rule := cmp.Or(strings.TrimSpace(e.Rule), usualRule)
	if err := soundRule(rule); err != nil {
		return PaperExported{}, err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return PaperExported{}, desk.Invalid("%s cannot be made: %s.", folder, err)
	}
	out := PaperExported{Folder: folder}
	for i := range docs {
		name, err := a.exportOne(ctx, folder, rule, &docs[i], e.Copies)
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		if err != nil {
			out.Left = append(out.Left, docs[i].Name+": "+err.Error())
			continue
		}
		out.Files = append(out.Files, name)
	}
	return out, a.desk.Left(ctx, "papers exported", "papers", fmt.Sprintf("%d papers to %s", len(out.Files), folder), []byte(folder))
}

// exported are the documents that an export asks for.
func (a *Area) exported(ctx context.Context, e *PaperExport) ([]store.Document, error) {
	state := cmp.Or(e.State, string(Verified))
	query := store.DocumentQuery{Customer: e.Customer, Limit: -1}
	if e.Load != "" {
		load, err := a.desk.FindLoad(ctx, e.Load)
		if err != nil {
			return nil, err
		}
		query.Load = load.ID
	}
	list, _, err := a.desk.Store.Queue(ctx, query, "")
	if err != nil {
		return nil, err
	}
	var out []store.Document
	for i := range list {
		d := &list[i]
		if d.Load != 0 && d.Stage != string(InReading) && (state == "any" || d.State == state) {
			out = append(out, *d)
		}
	}
	return out, nil
}

func (a *Area) exportOne(ctx context.Context, folder, rule string, d *store.Document, copies bool) (PaperFileName, error) {
	out := PaperFileName{ID: d.ID}
	if load, err := a.desk.Store.Load(ctx, d.Load); err == nil {
		out.Load = load.Number
	}
	stem, err := a.nameBy(ctx, rule, d)
	if err != nil {
		return out, err
	}
	same, err := a.desk.Store.DocumentsOf(ctx, d.File)
	if err != nil {
		return out, err
	}
	ext, body := extension(d.Name), []byte(nil)
	if copies || len(same) > 1 { // a part of a file has no file of its own: it goes out as a copy of its pages
		ext = ".pdf"
		if body, err = a.copyOf(ctx, d.Name, []store.Document{*d}); err != nil {
			return out, err
		}
	} else if body, err = a.original(d.File); err != nil {
		return out, err
	}
	sum := sha256.Sum256(body)
	out.Name = freeName(stem, ext, func(name string) bool {
		there, err := hashOf(filepath.Join(folder, name))
		out.Known = err == nil && there == hex.EncodeToString(sum[:])
		return err == nil && !out.Known
	})
	if out.Known {
		return out, nil
	}
	return out, desk.WriteFile(filepath.Join(folder, out.Name), body, 0o644)
}

func (a *Area) original(file string) ([]byte, error) {
	src, err := a.desk.Papers.Open(file)
	if err != nil {
		return nil, err
	}
	var body bytes.Buffer
	_, err = io.Copy(&body, src)
	return body.Bytes(), errors.Join(err, src.Close())
}

func hashOf(path string) (string, error) {
	src, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer src.Close()
	sum := sha256.New()
	_, err = io.Copy(sum, src)
	return hex.EncodeToString(sum.Sum(nil)), err
}

// ruleWords are what may stand in braces in a naming rule.
var ruleWords = []string{"load", "type", "date", "customer", "bol", "pro", "po", "name", "n"}

func soundRule(rule string) error {
	rest := rule
	for _, w := range ruleWords {
		rest = strings.ReplaceAll(rest, "{"+w+"}", "")
	}
	if strings.ContainsAny(rest, "{}") || !strings.Contains(rule, "{") {
		return desk.Invalid("%q is no naming rule: use {%s}.", rule, strings.Join(ruleWords, "}, {"))
	}
	if strings.ContainsAny(rest, `/\`) {
		return desk.Invalid("A naming rule names files, not folders: take the slashes out of %q.", rule)
	}
	return nil
}

// nameBy is a document's name by a rule, without an ending. The date is that of the proof, else of its arrival.
func (a *Area) nameBy(ctx context.Context, rule string, d *store.Document) (string, error) {
	read, err := readingOf(d)
	if err != nil {
		return "", err
	}
	e, err := (&holders{area: a}).expected(ctx, d.Load)
	if err != nil {
		return "", err
	}
	field := paper.DeliveryDate
	if d.Kind == string(POP) {
		field = paper.PickupDate
	}
	date := read.Fields.First(field)
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		date = d.ReceivedAt.Format(time.DateOnly)
	}
	kind := strings.ToUpper(d.Kind)
	if d.Kind == "" || d.Kind == string(Other) {
		kind = cmp.Or(string(read.Type), "PAPER")
	}
	number := "1"
	if _, n, ok := strings.Cut(d.ID, "."); ok {
		number = n
	}
	name := strings.NewReplacer("{load}", e.Load, "{type}", kind, "{date}", date, "{customer}", e.Customer, "{bol}", e.Values[paper.Bill], "{pro}", e.Values[paper.PRO],
		"{po}", e.Values[paper.PO], "{name}", bare(d.Name), "{n}", number).Replace(rule)
	return safeName(name), nil
}

// bare is a file's name without its ending; extension is the ending with its dot.
func bare(name string) string { return strings.TrimSuffix(name, extension(name)) }

func extension(name string) string { return strings.ToLower(filepath.Ext(name)) }

// mostName is how long a name may be, in bytes: shells and archives of all systems take it.
const mostName = 120

// safeName is a name that every system can hold: learn.microsoft.com/windows/win32/fileio/naming-a-file.
func safeName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '-'
		}
		return r
	}, name)
	for len(name) > mostName {
		runes := []rune(name)
		name = string(runes[:len(runes)-1])
	}
	name = strings.Trim(name, " .")
	stem, _, _ := strings.Cut(strings.ToUpper(name), ".")
	switch {
	case name == "":
		return "paper"
	case stem == "CON" || stem == "PRN" || stem == "AUX" || stem == "NUL" || len(stem) == 4 && (strings.HasPrefix(stem, "COM") || strings.HasPrefix(stem, "LPT")):
		return "_" + name
	}
	return name
}

// Outgoing is the paper that an entry of the outgoing work asks to be put into another system: the file as it came, or, of a
// part of a file, a PDF of its pages. The key is that of the entry.
func (a *Area) Outgoing(ctx context.Context, key string) (File, error) {
	text, ok := strings.CutPrefix(key, "paper ")
	id, valid := freight.ParseObservationID(text)
	if !ok || !valid {
		return File{}, desk.Invalid("%q is no entry about a paper.", key)
	}
	said, _, err := a.desk.Store.ObservationByID(ctx, id)
	if err != nil {
		return File{}, desk.NotFound("What the entry %q was made of is not on file.", key)
	}
	for _, c := range said.Claims {
		if c.Fact != freight.FactDocument || c.Value.None {
			continue
		}
		d, err := a.known(ctx, c.Value.Text)
		if err != nil {
			return File{}, err
		}
		same, err := a.desk.Store.DocumentsOf(ctx, d.File)
		if err != nil || len(same) == 1 {
			file, opened := a.File(ctx, d.ID)
			return file, errors.Join(err, opened)
		}
		body, err := a.copyOf(ctx, d.Name, []store.Document{d})
		return File{Name: bare(d.Name) + ".pdf", MIME: "application/pdf", Modified: d.ReceivedAt, Body: inMemory{bytes.NewReader(body)}}, err
	}
	return File{}, desk.NotFound("The entry %q names no paper.", key)
}
