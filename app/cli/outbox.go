package cli

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"tracedesk/backend/desk/feeds"
	"tracedesk/backend/desk/work"
)

const outboxUse = "[done ID | drop ID | retry ID | edit ID JSON] [--csv | --x12]"

// outbox lists, exports or settles what should be written elsewhere.
func outbox(c *call) error {
	if err := c.onlyNow("outbox"); err != nil {
		return err
	}
	if len(c.args) > 0 {
		return c.settleEntry(c.args[0], c.args[1:])
	}
	switch {
	case c.has("csv"):
		return c.exportOutbox()
	case c.has("x12"):
		return c.exportX12()
	}
	var out work.Intents
	if err := c.ask("/api/intents", nil, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) {
		if len(out.Intents) == 0 {
			fmt.Fprintln(w, "Nothing waits to be written elsewhere.")
		}
		for _, in := range out.Intents {
			fmt.Fprintf(w, "%s  %s  to %s  %s\n", in.ID, in.State, in.Target, in.Text)
			if s := in.Sending; s != nil && s.Reason != "" {
				fmt.Fprintf(w, "      %s after %d tries: %s\n", s.State, s.Tries, s.Reason)
			}
		}
	})
}

// settleEntry marks an entry done or dropped by hand, or has one for a source sent again, changed or as it is.
func (c *call) settleEntry(word string, rest []string) error {
	states := map[string]work.IntentState{"done": work.IntentDone, "drop": work.IntentDropped}
	switch {
	case len(rest) == 1 && states[word] != "":
		var out work.Intent
		return c.said("/api/intents/"+url.PathEscape(rest[0]), work.IntentChange{State: states[word], As: c.as, Now: c.now()}, &out, func(w io.Writer) { fmt.Fprintf(w, "%s: %s\n", out.State, out.Text) })
	case len(rest) == 1 && word == "retry":
		var out feeds.Sent
		return c.said("/api/intents/"+url.PathEscape(rest[0])+"/retry", feeds.FeedBy{As: c.as}, &out, func(w io.Writer) { fmt.Fprintln(w, out.Says) })
	case len(rest) == 2 && word == "edit":
		var out feeds.Sent
		return c.said("/api/intents/"+url.PathEscape(rest[0])+"/edit", feeds.SentEdit{Says: rest[1], As: c.as}, &out, func(w io.Writer) { fmt.Fprintln(w, out.Says) })
	}
	return wrong("use: tracedesk outbox %s", outboxUse)
}

func (c *call) exportOutbox() error {
	cl, err := c.reading()
	if err != nil {
		return err
	}
	body, err := cl.raw(c.ctx, http.MethodGet, "/api/intents/export.csv", nil, nil)
	if err = errors.Join(err, cl.close()); err != nil {
		return err
	}
	_, err = c.stdout.Write(body)
	return err
}

// exportX12 writes the 214 on stdout and what it leaves out on stderr. It needs the desk for writing: each export takes a
// control number.
func (c *call) exportX12() error {
	cl, err := c.writing()
	if err != nil {
		return err
	}
	var out work.Outgoing214
	var body []byte
	if err = cl.get("/api/intents/x12", nil, &out); err == nil {
		body, err = cl.raw(c.ctx, http.MethodGet, "/api/intents/export.edi", nil, nil)
	}
	for _, left := range out.LeftOut {
		fmt.Fprintf(c.stderr, "left out: %s (%s): %s\n", left.ID, left.Text, left.Why)
	}
	if err = errors.Join(err, cl.close()); err != nil {
		return err
	}
	_, err = c.stdout.Write(body)
	return err
}
