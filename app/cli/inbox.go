package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"

	"tracedesk/app/start"
	"tracedesk/backend/desk"
	"tracedesk/backend/desk/inbox"
)

const (
	inboxUse = "[--addr 127.0.0.1:8377] [--key VARIABLE] [--host NAMES] [--cert FILE --cert-key FILE]"
	inboxKey = "TRACEDESK_INBOX_KEY"
)

var inboxFlags = []string{"addr=", "key=", "host=", "cert=", "cert-key="}

// listenForCallbacks takes callbacks over HTTP until it is stopped. A desk that runs already is given them; else the desk is
// opened and run here.
func listenForCallbacks(c *call) error {
	l := inbox.Listening{Addr: c.flags["addr"], Cert: c.flags["cert"], Own: c.flags["cert-key"]}
	if l.Addr == "" {
		l.Addr = "127.0.0.1:8377"
	}
	if (l.Cert == "") != (l.Own == "") {
		return wrong("--cert and --cert-key go together")
	}
	variable := c.flags["key"]
	if l.Key = os.Getenv(inboxKey); variable != "" {
		if l.Key = os.Getenv(variable); l.Key == "" {
			return wrong("--key names an environment variable that holds the shared secret; %s is empty", variable)
		}
	}
	for name := range strings.SplitSeq(c.flags["host"], ",") {
		if name = strings.TrimSpace(name); name != "" {
			l.Hosts = append(l.Hosts, name)
		}
	}
	var lines sync.Mutex
	say := func(to io.Writer, text string) {
		lines.Lock()
		defer lines.Unlock()
		fmt.Fprintln(to, text)
	}
	l.Tell = func(text string) { say(c.stderr, text) }
	l.Ready = func(url string) {
		for _, w := range l.Warnings() {
			say(c.stderr, "Warning: "+w)
		}
		if c.json {
			text, _ := json.Marshal(map[string]string{"listening": url}) // a map of strings
			say(c.stdout, string(text))
			return
		}
		say(c.stdout, "Callbacks go to "+url+"\nStop with Ctrl+C.")
	}
	return c.listen(l)
}

// listen has a desk behind the listener: the one that runs on the data folder, else one of this process.
func (c *call) listen(l inbox.Listening) error {
	dir, err := c.dir()
	if err != nil {
		return err
	}
	l.Door = func(ctx context.Context, cb inbox.Callback) (inbox.Kept, error) { return c.forward(ctx, dir, cb) }
	if running, ok := desk.Find(dir); ok && running.Addr != "" {
		return l.Serve(c.ctx)
	}
	ctx, stop := context.WithCancel(c.ctx)
	defer stop()
	opened := make(chan *areas, 1)
	ended := make(chan error, 1)
	go func() {
		ended <- start.Browser(ctx, func(ctx context.Context) (start.Desk, error) {
			a, err := c.open(ctx, desk.Options{})
			if err != nil {
				return start.Desk{}, err
			}
			if err := a.start(ctx); err != nil {
				return start.Desk{}, err
			}
			d, err := a.shown()
			publish := d.Publish
			d.Publish = func(addr, token string) error { // who listens next finds this desk
				defer func() { opened <- a }()
				return publish(addr, token)
			}
			return d, err
		}, "127.0.0.1:0", start.Terminal{Out: io.Discard, Browse: func(string) error { return nil }})
		stop()
	}()
	select {
	case a := <-opened:
		l.Door = a.inbox.Receive
	case err := <-ended:
		if err == nil && c.ctx.Err() == nil { // a desk was opened here meanwhile
			return l.Serve(c.ctx)
		}
		return err
	}
	err = l.Serve(ctx)
	stop()
	if fault := <-ended; err == nil {
		err = fault
	}
	return err
}

// forward gives a callback to the desk that runs, wherever it now is: it may have been started anew.
func (c *call) forward(ctx context.Context, dir string, cb inbox.Callback) (kept inbox.Kept, err error) {
	running, ok := desk.Find(dir)
	if !ok || running.Addr == "" {
		return kept, fmt.Errorf("no desk runs on %s any more; start it, or stop and start this", dir)
	}
	q := url.Values{"method": {cb.Method}, "path": {cb.Path}, "query": {cb.Query}, "media": {cb.Media}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+running.Addr+"/api/inbox/"+url.PathEscape(cb.Account)+"?"+q.Encode(), bytes.NewReader(cb.Body))
	if err != nil {
		return kept, err
	}
	req.Header.Set("Content-Type", "application/octet-stream")
	req.Header.Set(tokenHeader, running.Token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return kept, fmt.Errorf("the running desk does not answer: %w", err)
	}
	defer resp.Body.Close()
	out, err := io.ReadAll(resp.Body)
	if err != nil {
		return kept, err
	}
	if resp.StatusCode != http.StatusOK {
		return kept, refusal(resp.StatusCode, out)
	}
	return kept, json.Unmarshal(out, &kept)
}
