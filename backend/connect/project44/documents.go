package project44

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strings"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/wire"
)

// Papers: sent with a form of two parts, searched by the load's number, fetched from the address that the search tells
// (developers.project44.com/guides/shippers/initiate/documents).

const submitPath = "/services/document/v1/documents"

type paperHead struct {
	Name        string   `json:"name"`
	Type        string   `json:"type"`
	Identifiers []wireID `json:"identifiers"`
}

// paperTypes is how a paper of the desk is called there.
func (c *Connector) paperType(kind string) string {
	switch kind {
	case "pod":
		return "PROOF_OF_DELIVERY"
	case "pop":
		return "BILL_OF_LADING"
	}
	return "OTHER"
}

// sendPaper submits a paper of the load.
func (c *Connector) sendPaper(ctx context.Context, e connect.Errand) (connect.Receipt, error) {
	if len(e.Paper) == 0 {
		return connect.Receipt{}, fmt.Errorf("%w: the paper is empty", connect.ErrRefused)
	}
	body, media, err := c.paperForm(e)
	if err != nil {
		return connect.Receipt{}, err
	}
	a, err := c.ask(ctx, wire.Question{Method: http.MethodPost, Path: submitPath, Body: body, Media: media})
	if err != nil {
		return connect.Receipt{}, err
	}
	var made paper
	if err := wire.Whole(a.Body).Into(&made); err != nil {
		return connect.Receipt{}, fmt.Errorf("project44 took the paper, and its answer cannot be read: %w", err)
	}
	return connect.Receipt{Remote: made.ID.String(), Says: "paper filed at project44"}, nil
}

// paperForm is the form with the parts "document" and "upload_file". Its boundary is the errand's key, so that the same errand is
// the same bytes.
func (c *Connector) paperForm(e connect.Errand) (body []byte, media string, err error) {
	head, err := wire.Encode(paperHead{e.Says.Name, c.paperType(e.Says.Paper), []wireID{number(e.Load)}})
	if err != nil {
		return nil, "", err
	}
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	if err := form.SetBoundary("tracedesk-" + e.Key[:min(len(e.Key), 50)]); err != nil {
		return nil, "", err
	}
	write := func(disposition, media string, content []byte) error {
		part, err := form.CreatePart(textproto.MIMEHeader{"Content-Disposition": {disposition}, "Content-Type": {media}})
		if err == nil {
			_, err = part.Write(content)
		}
		return err
	}
	file := `form-data; name="upload_file"; filename="` + strings.NewReplacer(`"`, "'", "\r", " ", "\n", " ", `\`, "/").Replace(e.Says.Name) + `"`
	err = errors.Join(write(`form-data; name="document"`, "application/json", head), write(file, e.Media, e.Paper), form.Close())
	return b.Bytes(), form.FormDataContentType(), err
}

// searchPapers asks for the papers of a load.
func (c *Connector) searchPapers(ctx context.Context, l connect.Tracked) (*wire.Answer, []paper, error) {
	body, err := wire.Encode(struct {
		Identifiers []wireID `json:"identifiers"`
	}{[]wireID{number(l)}})
	if err != nil {
		return nil, nil, err
	}
	a, err := c.askJSON(ctx, wire.Question{Method: http.MethodPost, Path: c.config.values["documentSearchPath"], Body: body, Media: "application/json"})
	if err != nil {
		return nil, nil, err
	}
	list, err := papersIn(wire.Whole(a.Body))
	return a, list, err
}

// papersIn are the papers of a list, bare or under one of the names that lists go by.
func papersIn(p wire.Piece) (list []paper, err error) {
	if p.IsObject() {
		var s parts
		if err := wire.Fields(p, func(name string, v wire.Piece) bool {
			if field := s.of(name); field != nil {
				*field = v
			}
			return true
		}); err != nil {
			return nil, err
		}
		p = s.papers
	}
	if p.IsNull() {
		return nil, nil
	}
	return list, p.Into(&list)
}

// findPaper looks a paper up that may have arrived: one of the same name and length.
func (c *Connector) findPaper(ctx context.Context, e connect.Errand) (r connect.Receipt, there bool, err error) {
	_, list, err := c.searchPapers(ctx, e.Load)
	if err != nil && !errors.Is(err, connect.ErrGone) {
		return r, false, err
	}
	for _, p := range list {
		if p.Name.String() == e.Says.Name && p.Deleted == "" && slices.ContainsFunc(p.Files, func(f paperFile) bool { return !f.Size.Given || int(f.Size.Value) == len(e.Paper) }) {
			return connect.Receipt{Remote: p.ID.String(), Says: "project44 has the paper already", Twice: true}, true, nil
		}
	}
	return r, false, nil
}

// followPapers looks for papers of a delivered load and fetches those that are new.
func (c *Connector) followPapers(ctx context.Context, l connect.Tracked, at *place, page *connect.Page) error {
	a, list, err := c.searchPapers(ctx, l)
	if err != nil && !errors.Is(err, connect.ErrGone) {
		return err
	}
	at.Searches, at.Searched = at.Searches+1, c.account.Now().UTC()
	if len(list) == 0 {
		return nil
	}
	page.Bodies = append(page.Bodies, bodyOf(a, "documents/"+idsOf(l).master))
	for _, p := range list {
		if p.Deleted != "" || slices.Contains(at.Papers, p.ID.String()) {
			continue
		}
		for _, f := range p.Files {
			b, err := c.fetchWhole(ctx, &f)
			if errors.Is(err, connect.ErrGone) || errors.Is(err, connect.ErrRefused) {
				continue // the list tells of it; asking again would not bring it
			}
			if err != nil {
				return err
			}
			b.About = connect.AboutPaper + p.ID.String() + "/" + p.Name.String()
			page.Bodies = append(page.Bodies, b)
		}
		at.Papers = append(at.Papers, p.ID.String())
	}
	return nil
}

// fetchWhole downloads a file. What does not look whole, as a broken connection or a proxy leaves it, is fetched once more; the same
// twice is what there is.
func (c *Connector) fetchWhole(ctx context.Context, f *paperFile) (connect.Body, error) {
	first, err := c.fetchPaper(ctx, f.URL.String())
	if err != nil || f.looksWhole(&first) {
		return first, err
	}
	again, err := c.fetchPaper(ctx, f.URL.String())
	if err == nil && !f.looksWhole(&again) && !bytes.Equal(first.Bytes, again.Bytes) {
		err = fmt.Errorf("a paper of %.0f bytes came broken twice, with %d and %d bytes", f.Size.Value, len(first.Bytes), len(again.Bytes))
	}
	return again, err
}

// looksWhole holds a download against the length that the list tells, or, where it tells none, against how its kind of file ends.
func (f *paperFile) looksWhole(b *connect.Body) bool {
	switch {
	case f.Size.Given:
		return int(f.Size.Value) == len(b.Bytes)
	case bytes.HasPrefix(b.Bytes, []byte("%PDF-")):
		return bytes.Contains(b.Bytes[max(0, len(b.Bytes)-1024):], []byte("%%EOF"))
	}
	return !strings.HasPrefix(b.Media, "text/html")
}

// fetchPaper downloads a file. The token goes to project44's own host only: whether files need it is not told, and another
// host must not learn it.
func (c *Connector) fetchPaper(ctx context.Context, address string) (connect.Body, error) {
	u, err := url.Parse(address)
	if err != nil || address == "" {
		return connect.Body{}, fmt.Errorf("%w: the paper's address %q is none", connect.ErrRefused, address)
	}
	q := wire.Question{Method: http.MethodGet, Path: address, Accept: "*/*"}
	var a *wire.Answer
	if u.Host == "" || u.Host == c.config.base.Host && u.Scheme == c.config.base.Scheme {
		a, err = c.ask(ctx, q)
	} else {
		a, err = wire.Ask(ctx, c.account.HTTP, c.account.Now, c.config.base, q, nil, reasonOf)
	}
	if err != nil {
		return connect.Body{}, err
	}
	return connect.Body{Media: a.Media, Bytes: a.Body, At: a.At}, nil
}
