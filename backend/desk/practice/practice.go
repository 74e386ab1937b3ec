// Package practice opens simulated visibility platforms on this machine, so that a desk can be tried against them.
package practice

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"tracedesk/backend/sim/standin"
	"tracedesk/backend/sim/standin/platforms"
)

// Options say which world, and how it behaves.
type Options struct {
	Seed         uint64
	Start        time.Time // the world's clock when it is opened
	Speed        float64   // seconds of the world for one of ours
	Loads, Hours int
	Faults       float64 // share of requests that meet a fault, from 0 to 1
	Host         string
	Port         int  // of the first platform, the others follow; 0 any
	TLS          bool // https under an authority of its own
	Dir          string
	Hooks        bool      // project44's and FourKites' webhook calls are written, too
	Log          io.Writer // takes a line of JSON for each request; nil for none
}

// Platform is one simulated platform that is open.
type Platform struct {
	Kind    string            `json:"kind"`
	Name    string            `json:"name"`
	Set     map[string]string `json:"set"`
	Secrets map[string]string `json:"secrets"` // key -> name of the environment's variable
	Env     map[string]string `json:"env"`     // the variables and their values; simulated accounts open nothing else
	Command string            `json:"command"` // adds it as a source
}

// Count is what one platform was asked.
type Count struct {
	Kind      string `json:"kind"`
	Requests  int    `json:"requests"`
	OverLimit int    `json:"overLimit"`
	Early     int    `json:"early"` // before a Retry-After was over
	Errands   int    `json:"errands"`
	Doubled   int    `json:"doubled"` // deliveries beyond the first of an errand
	Excused   int    `json:"excused"` // of these, those whose earlier answer did not arrive whole
}

// Open is what is open, until Close.
type Open struct {
	Platforms []Platform `json:"platforms"`
	Files     []string   `json:"files"` // what to import first
	Inbox     string     `json:"inbox"` // where callbacks are written
	Hooks     string     `json:"hooks,omitempty"`
	CA        string     `json:"ca,omitempty"`

	all *platforms.Platforms
}

// Serve opens the three platforms and writes the sheets to import into the options' folder.
func Serve(o Options) (*Open, error) {
	open := &Open{Inbox: filepath.Join(o.Dir, "inbox")}
	if o.Hooks {
		open.Hooks = filepath.Join(o.Dir, "hooks")
	}
	open.all = platforms.New(platforms.Config{Seed: o.Seed, Start: o.Start, Loads: o.Loads, Hours: o.Hours, Facts: standin.RunningClock(o.Start, o.Speed),
		Wire: time.Now, Faults: o.Faults, Inbox: open.Inbox, Hooks: open.Hooks, Shared: 4, Limits: 300})
	if o.Log != nil {
		open.logTo(o.Log)
	}
	err := os.MkdirAll(open.Inbox, 0o755) // a source's folder must be there before the first callback is
	if err != nil {
		return nil, err
	}
	if open.Files, err = open.all.WriteFiles(filepath.Join(o.Dir, "import"), o.Start); err != nil {
		return nil, err
	}
	if open.CA, err = open.all.Listen(o.Host, o.Port, o.TLS, o.Dir); err != nil {
		return nil, err
	}
	for _, s := range open.all.Sources() {
		p := Platform{Kind: s.Kind, Name: s.Name, Command: s.Line(), Set: map[string]string{}, Secrets: map[string]string{}, Env: map[string]string{}}
		for _, kv := range s.Set {
			p.Set[kv[0]] = kv[1]
		}
		for _, x := range s.Secrets {
			p.Secrets[x[0]], p.Env[x[1]] = x[1], x[2]
		}
		open.Platforms = append(open.Platforms, p)
	}
	return open, nil
}

// logTo writes each request as a line.
func (o *Open) logTo(w io.Writer) {
	var mu sync.Mutex
	for name, g := range o.all.Gates() {
		g.Log.Show = func(e *standin.Entry) {
			line, err := json.Marshal(struct {
				System standin.System `json:"system"`
				*standin.Entry
			}{name, e})
			if err != nil {
				return
			}
			mu.Lock()
			defer mu.Unlock()
			w.Write(append(line, '\n'))
		}
	}
}

// Run sends callbacks as they fall due, until the context ends; then it closes the platforms.
func (o *Open) Run(ctx context.Context) error {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		o.all.Tick(ctx)
		select {
		case <-tick.C:
		case <-ctx.Done():
			late, stop := context.WithTimeout(context.Background(), 3*time.Second)
			defer stop()
			return o.all.Close(late)
		}
	}
}

// Counts are what the platforms were asked so far.
func (o *Open) Counts() []Count {
	var list []Count
	gates := o.all.Gates()
	for _, p := range o.Platforms {
		s := gates[standin.System(p.Kind)].Log.Sum()
		list = append(list, Count{p.Kind, s.Requests, s.OverLimit, s.Early, s.Errands, s.Doubled, s.Excused})
	}
	return list
}
