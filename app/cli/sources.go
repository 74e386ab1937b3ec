package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/desk/feeds"
	"tracedesk/backend/freight"
)

const sourcesUse = "[add KIND [--name N] [--set key=value]... [--secret key=ENVVAR]... | set NAME [--set key=value]... [--secret key=ENVVAR]... | test NAME | pause NAME | resume NAME | remove NAME | calls NAME | codes NAME [ROW] | replay NAME | keep DAYS | kinds]"

var sourcesFlags = []string{"name=", "set=", "secret="}

// showSources lists the accounts at outside systems, or does something about one.
func showSources(c *call) error {
	if len(c.args) == 0 {
		return c.listSources()
	}
	word, rest := c.args[0], c.args[1:]
	switch {
	case word == "list" && len(rest) == 0:
		return c.listSources()
	case word == "kinds" && len(rest) == 0:
		return c.sourceKinds()
	case word == "codes" && len(rest) > 0:
		return c.sourceCodes(rest[0], strings.Join(rest[1:], " "))
	case len(rest) != 1:
		return wrong("use: tracedesk sources %s", sourcesUse)
	}
	name := rest[0]
	switch word {
	case "add":
		return c.addSource(name)
	case "set":
		return c.changeSource(name)
	case "pause", "resume":
		on := word == "resume"
		return c.tellSource(name, feeds.FeedChange{Enabled: &on, As: c.as}, map[bool]string{true: "is asked again", false: "is paused: it is not asked, and nothing is sent to it"}[on])
	case "test":
		return c.testSource(name)
	case "remove":
		var out feeds.FeedRemoved
		return c.said(sourcePath(name, "remove"), feeds.FeedBy{As: c.as}, &out, func(w io.Writer) { fmt.Fprintln(w, out.Says) })
	case "replay":
		var out feeds.FeedReplayed
		return c.said(sourcePath(name, "replay"), feeds.FeedBy{As: c.as}, &out, func(w io.Writer) { fmt.Fprintln(w, out.Says) })
	case "keep":
		return c.keepBodies(name)
	case "calls":
		return c.sourceCalls(name)
	}
	return wrong("%q is nothing to do with sources; use: tracedesk sources %s", word, sourcesUse)
}

// keepBodies says how long what sources said is kept.
func (c *call) keepBodies(text string) error {
	days, err := strconv.Atoi(text)
	if err != nil {
		return wrong("sources keep takes a number of days, 0 for ever; not %q", text)
	}
	var out feeds.FeedKeep
	return c.said("/api/keeping", feeds.FeedKeep{Days: days, As: c.as}, &out, func(w io.Writer) {
		if out.Days == 0 {
			fmt.Fprintln(w, "What sources say is kept for ever.")
			return
		}
		fmt.Fprintf(w, "What sources say is kept %d days, byte for byte; what was drawn from it stays.\n", out.Days)
	})
}

func sourcePath(name, act string) string {
	return "/api/feeds/" + url.PathEscape(name) + map[bool]string{true: "/"}[act != ""] + act
}

// said sends a command and prints what came of it.
func (c *call) said(path string, body, out any, words func(io.Writer)) error {
	if err := c.tell(path, body, out); err != nil {
		return err
	}
	return c.print(out, words)
}

func (c *call) listSources() error {
	if err := c.onlyNow("sources"); err != nil {
		return err
	}
	var out feeds.FeedList
	if err := c.ask("/api/feeds", nil, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) {
		if len(out.Sources) == 0 {
			fmt.Fprintln(w, "No source is set up. tracedesk sources kinds tells what there is, tracedesk sources add KIND adds the first.")
		}
		for i := range out.Sources {
			saySource(w, &out.Sources[i])
		}
		if out.Keyless != "" {
			fmt.Fprintln(w, out.Keyless)
		}
	})
}

func saySource(w io.Writer, f *feeds.Feed) {
	fmt.Fprintf(w, "%s  %s  %s", f.Name, f.Title, f.State)
	for _, at := range []struct {
		what string
		at   *time.Time
	}{{"answered", f.LastAnswered}, {"news", f.LastNews}} {
		if at.at != nil {
			fmt.Fprintf(w, ", %s %s", at.what, at.at.Format("Mon 2 Jan 15:04 MST"))
		}
	}
	if f.Waiting > 0 {
		fmt.Fprintf(w, ", %d to send", f.Waiting)
	}
	if f.Parked > 0 {
		fmt.Fprintf(w, ", %d parked", f.Parked)
	}
	fmt.Fprintln(w)
	if f.Reason != "" {
		fmt.Fprintln(w, "    "+f.Reason)
	}
}

func (c *call) sourceKinds() error {
	var out feeds.FeedKinds
	if err := c.ask("/api/feeds/kinds", nil, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) {
		for _, k := range out.Kinds {
			fmt.Fprintf(w, "%s (%s)\n", k.Kind, k.Title)
			for _, s := range k.Settings {
				how := "--set " + s.Key + "=" + cmp.Or(s.Default, "VALUE")
				if s.Secret {
					how = "--secret " + s.Key + "=ENVVAR"
				}
				fmt.Fprintf(w, "    %s  %s: %s%s\n", how, s.Label, s.Help, map[bool]string{true: " (needed)"}[s.Needed])
			}
		}
	})
}

// settings are the values and secrets of the line. A secret is named by the variable of the environment that holds it: what
// stands in a command line can be read by every process of the machine.
func (c *call) settings() (values, secrets freight.List[feeds.FeedPair], err error) {
	for _, text := range c.many["set"] {
		key, value, ok := strings.Cut(text, "=")
		if !ok {
			return nil, nil, wrong("--set is key=value, not %q", text)
		}
		values = append(values, feeds.FeedPair{Key: key, Value: value})
	}
	for _, text := range c.many["secret"] {
		key, env, ok := strings.Cut(text, "=")
		if !ok || env == "" {
			return nil, nil, wrong("--secret is key=ENVVAR, the name of a variable of the environment, not the secret itself")
		}
		value, set := os.LookupEnv(env)
		if !set || value == "" {
			return nil, nil, fmt.Errorf("the environment has no %s, from which the secret %s should come", env, key)
		}
		secrets = append(secrets, feeds.FeedPair{Key: key, Value: value})
	}
	return values, secrets, nil
}

func (c *call) addSource(kind string) error {
	values, secrets, err := c.settings()
	if err != nil {
		return err
	}
	var out feeds.Feed
	return c.said("/api/feeds", feeds.FeedAdd{Kind: kind, Name: c.flags["name"], Values: values, Secrets: secrets, As: c.as}, &out, func(w io.Writer) {
		fmt.Fprintf(w, "%s is added. tracedesk sources test %s tests the connection, tracedesk sync brings in what there is.\n", out.Name, out.Name)
	})
}

func (c *call) changeSource(name string) error {
	values, secrets, err := c.settings()
	if err != nil {
		return err
	}
	if len(values)+len(secrets) == 0 {
		return wrong("sources set needs --set key=value or --secret key=ENVVAR")
	}
	return c.tellSource(name, feeds.FeedChange{Values: values, Secrets: secrets, As: c.as}, "is changed")
}

func (c *call) tellSource(name string, change feeds.FeedChange, says string) error {
	var out feeds.Feed
	return c.said(sourcePath(name, ""), change, &out, func(w io.Writer) { fmt.Fprintf(w, "%s %s.\n", out.Name, says) })
}

// testSource exits 1 when the system does not answer as it should: it is what was asked.
func (c *call) testSource(name string) error {
	var out feeds.FeedTest
	if err := c.tell(sourcePath(name, "test"), feeds.FeedBy{As: c.as}, &out); err != nil {
		return err
	}
	way := "directly"
	if out.Proxy != "" {
		way = "through proxy " + out.Proxy
	}
	if !out.OK && !c.json {
		if out.Host == "" {
			return errors.New(out.Says)
		}
		return fmt.Errorf("%s (%s was asked %s)", out.Says, out.Host, way)
	}
	err := c.print(out, func(w io.Writer) {
		fmt.Fprintf(w, "%s answers, asked %s. It takes us for %s.\n", out.Host, way, cmp.Or(out.Identity, "somebody it does not name"))
		if len(out.May) > 0 {
			fmt.Fprintf(w, "We may: %s.\n", strings.Join(out.May, ", "))
		}
		if out.SkewSeconds != 0 {
			off, side := time.Duration(out.SkewSeconds*float64(time.Second)), "ahead of"
			if off < 0 {
				off, side = -off, "behind"
			}
			fmt.Fprintf(w, "Its clock is %s %s ours.\n", off, side)
		}
		for _, n := range out.Notes {
			fmt.Fprintln(w, n)
		}
	})
	if err == nil && !out.OK {
		err = errors.New(out.Says)
	}
	return err
}

func (c *call) sourceCalls(name string) error {
	var out feeds.FeedCalls
	if err := c.ask(sourcePath(name, "calls"), nil, &out); err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) {
		if len(out.Calls) == 0 {
			fmt.Fprintln(w, "Nothing has been asked of it yet.")
		}
		for i := range out.Calls {
			call := &out.Calls[i]
			fmt.Fprintf(w, "%s  %s %s  %d  %d ms  %d bytes  %s\n", call.At.Format(time.RFC3339), call.Method, call.URL, call.Status, call.Millis, call.Bytes, call.Error)
		}
	})
}

// sourceCodes lists what a system's codes mean, or says one otherwise.
func (c *call) sourceCodes(name, row string) error {
	var out feeds.FeedCodes
	var err error
	if row == "" {
		err = c.ask(sourcePath(name, "codes"), nil, &out)
	} else {
		list, code, _ := strings.Cut(row, " ")
		code, _, _ = strings.Cut(code, " ")
		err = c.tell(sourcePath(name, "codes"), feeds.FeedMeaning{List: list, Code: code, Row: row, As: c.as}, &out)
	}
	if err != nil {
		return err
	}
	return c.print(out, func(w io.Writer) {
		for _, code := range out.Codes {
			fmt.Fprintf(w, "%s%s\n", code.Row, map[bool]string{true: "   (said by this account)"}[code.Own])
		}
	})
}
