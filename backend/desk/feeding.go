package desk

import (
	"context"
	"io"
	"maps"
	"os"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/all"
	"tracedesk/backend/feeds"
	"tracedesk/backend/secrets"
)

// InKeyStore stands among an account's open settings where a person gave one as a secret.
const InKeyStore = "(in the key store)"

// keyStoreAnswers is how long the desk waits for a key store, which may be waiting for a person's password itself.
const keyStoreAnswers = time.Minute

// openFeeds makes the engine of the accounts at outside systems. It does nothing until it is asked to sync or run.
func (d *Desk) openFeeds() {
	d.Secrets = secrets.Open(d.Dir, os.Getenv)
	kinds := all.Kinds()
	for i := range kinds {
		kinds[i] = revealing(kinds[i])
	}
	d.Feeds = feeds.New(feeds.Options{Kinds: kinds, Store: d.Store, Poster: d.FeedPoster(), Secret: d.secret, Paper: d.paperBytes, Now: d.now})
}

func (d *Desk) secret(account, key string) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), keyStoreAnswers)
	defer cancel()
	return d.Secrets.Read(ctx, account, key)
}

// revealing fills in the open settings that a person gave as secrets, for the connector alone.
func revealing(k connect.Kind) connect.Kind {
	make := k.New
	k.New = func(a connect.Account) (connect.Connector, error) {
		a.Values = maps.Clone(a.Values)
		for key, v := range a.Values {
			if v != InKeyStore {
				continue
			}
			secret, err := a.Secret(key)
			if err != nil {
				return nil, err
			}
			a.Values[key] = secret
		}
		return make(a)
	}
	return k
}

// Cutting has the pages of a document cut out of a file that holds others too, as a PDF of them: id is the document's. Call it
// before the engine syncs or runs; until then such a document is not sent.
func (d *Desk) Cutting(cut func(ctx context.Context, id string) ([]byte, error)) { d.cut = cut }

// paperBytes is a document as it is sent to a system: the file as it came, or, of a part of a file, a PDF of its own pages alone.
// The other pages are of other loads, whose papers are none of that system's business.
func (d *Desk) paperBytes(ctx context.Context, id string) ([]byte, string, error) {
	doc, err := d.Store.Document(ctx, id)
	if err != nil {
		return nil, "", err
	}
	same, err := d.Store.DocumentsOf(ctx, doc.File)
	if err != nil {
		return nil, "", err
	}
	if len(same) > 1 {
		if d.cut == nil {
			return nil, "", Invalid("%s is a part of a file with other papers, and its pages cannot be cut out here.", doc.Name)
		}
		body, err := d.cut(ctx, id)
		return body, "application/pdf", err
	}
	f, err := d.Papers.Open(doc.File)
	if err != nil {
		return nil, "", err
	}
	defer f.Close()
	body, err := io.ReadAll(f)
	return body, doc.Media, err
}
