// Package platforms puts the stand-ins of all three visibility platforms over one simulated world, with one clock, one inbox and
// the settings by which a desk reaches them.
package platforms

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/sim/standin"
	"tracedesk/backend/sim/standin/fourkites"
	"tracedesk/backend/sim/standin/macropoint"
	"tracedesk/backend/sim/standin/project44"
)

// Hosts under which Transport answers.
const (
	Project44Host  = "project44.sim"
	FourKitesHost  = "fourkites.sim"
	MacroPointHost = "macropoint.sim"
)

// Config is which world, and how it behaves.
type Config struct {
	Seed         uint64
	Start        time.Time
	Loads, Hours int
	Facts        *standin.Clock   // of the world; nil stands still at Start
	Wire         func() time.Time // of the transport; nil goes by Facts
	Faults       float64          // share of requests that meet a fault, all kinds alike
	Inbox        string           // folder for MacroPoint's callbacks; empty for none
	Hooks        string           // folder in which project44 and FourKites write their webhook calls, each into one of its own; empty for none
	Shared       int              // one load in so many is known to project44 and FourKites before the desk does anything; 0 none
	KeepHistory  bool             // platforms tell what happened before a load was created with them
	Limits       int              // requests a minute at project44 and MacroPoint, which publish none; 0 none
	// Change may alter the stand-ins' settings before they are made; nil for none.
	Change func(*project44.Config, *fourkites.Config, *macropoint.Config)
}

// Platforms are the three over one world.
type Platforms struct {
	World      *standin.World
	Clock      *standin.Clock
	Project44  *project44.Server
	FourKites  *fourkites.Server
	MacroPoint *macropoint.Server
	inbox      string
	open       []*standin.Listening
}

// The accounts of every simulated platform. They open nothing else.
const (
	Account = "desk"
	Secret  = "desk-secret"
	APIKey  = "fk-key"
	MPID    = "SIM-MPID"
)

// New makes world and stand-ins.
func New(cfg Config) *Platforms {
	p := &Platforms{World: standin.NewWorld(cfg.Seed, cfg.Start, cfg.Loads, cfg.Hours), Clock: cfg.Facts, inbox: cfg.Inbox}
	if p.Clock == nil {
		p.Clock = standin.NewClock(p.World.Start)
	}
	wire := cfg.Wire
	if wire == nil {
		wire = p.Clock.Now
	}
	faults := func(n uint64) *standin.Faults {
		f := standin.NewFaults(cfg.Seed*3 + n)
		f.All(cfg.Faults)
		return f
	}
	w := p.World
	p44 := project44.Config{World: w.Of(standin.Project44), Step: w.Step, Wire: wire, Facts: p.Clock.Now, Faults: faults(0), Seed: cfg.Seed,
		Clients: map[string]string{Account: Secret}, KeepHistory: cfg.KeepHistory, PerMinute: cfg.Limits, Shuffled: true}
	fk := fourkites.Config{World: w.Of(standin.FourKites), Step: w.Step, Wire: wire, Facts: p.Clock.Now, Faults: faults(1), Seed: cfg.Seed,
		Keys: map[string]string{APIKey: Secret}, Users: map[string]string{Account: Secret}, SinceCreation: !cfg.KeepHistory}
	mp := macropoint.Config{World: w.Of(standin.MacroPoint), Step: w.Step, Wire: wire, Facts: p.Clock.Now, Faults: faults(2), Seed: cfg.Seed,
		Users: map[string]string{Account: Secret}, MPID: MPID, KeepHistory: cfg.KeepHistory, PerMinute: cfg.Limits, Twice: 0.05, Swap: 0.05}
	if cfg.Inbox != "" {
		mp.Push = &standin.Folder{Dir: cfg.Inbox}
	}
	if cfg.Hooks != "" {
		p44.Push, p44.Twice = &standin.Folder{Dir: filepath.Join(cfg.Hooks, string(standin.Project44))}, 0.05
		fk.Push, fk.Twice, fk.Swap = &standin.Folder{Dir: filepath.Join(cfg.Hooks, string(standin.FourKites))}, 0.05, 0.05
	}
	if cfg.Change != nil {
		cfg.Change(&p44, &fk, &mp)
	}
	p.Project44, p.FourKites, p.MacroPoint = project44.New(p44), fourkites.New(fk), macropoint.New(mp)
	for i, l := range w.Loads {
		if cfg.Shared == 0 || i%cfg.Shared != 0 {
			continue
		}
		switch l.System {
		case standin.Project44:
			p.Project44.Share(l)
		case standin.FourKites:
			p.FourKites.Share(l)
		}
	}
	return p
}

// Transport answers the three hosts without a socket.
func (p *Platforms) Transport() standin.Direct {
	return standin.Direct{Project44Host: p.Project44, FourKitesHost: p.FourKites, MacroPointHost: p.MacroPoint}
}

// Gates are the three by name: their logs and faults.
func (p *Platforms) Gates() map[standin.System]*standin.Gate {
	return map[standin.System]*standin.Gate{standin.Project44: p.Project44.Gate, standin.FourKites: p.FourKites.Gate, standin.MacroPoint: p.MacroPoint.Gate}
}

// Tick sends the callbacks that are due and answers how many were taken.
func (p *Platforms) Tick(ctx context.Context) int {
	return p.Project44.Tick(ctx) + p.FourKites.Tick(ctx) + p.MacroPoint.Tick(ctx)
}

// Advance moves the world's clock on, in its steps, and sends what falls due on the way.
func (p *Platforms) Advance(ctx context.Context, d time.Duration) {
	for d > 0 {
		step := min(d, p.World.Step)
		p.Clock.Advance(step)
		p.Tick(ctx)
		d -= step
	}
}

// Listen serves the three on loopback, at a port and the two after it, or anywhere where that is 0. With secure it speaks
// TLS, writes what a client must trust into the folder, and answers that file's path.
func (p *Platforms) Listen(host string, port int, secure bool, dir string) (ca string, err error) {
	var trusted []byte
	for _, g := range []*standin.Gate{p.Project44.Gate, p.FourKites.Gate, p.MacroPoint.Gate} {
		l, err := standin.Listen(net.JoinHostPort(host, strconv.Itoa(port)), g, secure)
		if err != nil {
			return "", err
		}
		p.open = append(p.open, l)
		trusted = append(trusted, l.Cert...)
		if port > 0 {
			port++
		}
	}
	if !secure {
		return "", nil
	}
	ca = filepath.Join(dir, "simulated-ca.pem")
	return ca, os.WriteFile(ca, trusted, 0o644)
}

// Close ends what Listen began.
func (p *Platforms) Close(ctx context.Context) error {
	var err error
	for _, l := range p.open {
		err = errors.Join(err, l.Close(ctx))
	}
	p.open = nil
	return err
}

// Source is how a desk reaches one platform.
type Source struct {
	Kind, Name string      // the name is one word
	Set        [][2]string // key, value
	Secrets    [][3]string // key, name of the environment's variable, value
}

// Sources are the settings of the three, in the keys that a desk knows. Listen comes first; without it the hosts of Transport are named.
func (p *Platforms) Sources() []Source {
	base := []string{"http://" + Project44Host, "http://" + FourKitesHost, "http://" + MacroPointHost}
	for i, l := range p.open {
		base[i] = l.URL
	}
	list := []Source{
		{Kind: "project44", Name: "project44-sim", Set: [][2]string{{"baseUrl", base[0]}, {"clientId", Account}, {"customers", p.customers(standin.Project44, "BILL_OF_LADING", false)}},
			Secrets: [][3]string{{"clientSecret", "SIM_P44_SECRET", Secret}}},
		{Kind: "fourkites", Name: "fourkites-sim", Set: [][2]string{{"baseUrl", base[1]}, {"generation", "gateway"}, {"customers", p.customers(standin.FourKites, "ORDER", true)}},
			Secrets: [][3]string{{"apiKey", "SIM_FK_KEY", APIKey}}},
		{Kind: "macropoint", Name: "macropoint-sim", Set: [][2]string{{"baseUrl", base[2] + macropoint.Base}, {"user", Account}, {"mpid", MPID}, {"customers", p.customers(standin.MacroPoint, "ORDER", false)}},
			Secrets: [][3]string{{"password", "SIM_MP_PASSWORD", Secret}}},
	}
	if p.inbox != "" {
		list[2].Set = append(list[2].Set, [2]string{"inboxDir", p.inbox})
	}
	return list
}

func (p *Platforms) customers(s standin.System, identifier string, bill bool) string {
	names, codes := p.World.Customers(s)
	var parts []string
	for i, n := range names {
		part := n + "=" + identifier
		if bill {
			part += ":" + codes[i]
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ";")
}

// Line is the command that adds a source; its secrets are taken from the environment.
func (s *Source) Line() string {
	var b strings.Builder
	fmt.Fprintf(&b, "tracedesk sources add %s --name %s", s.Kind, s.Name)
	for _, kv := range s.Set {
		fmt.Fprintf(&b, " --set %s=%s", kv[0], quoted(kv[1]))
	}
	for _, x := range s.Secrets {
		fmt.Fprintf(&b, " --secret %s=%s", x[0], x[1])
	}
	return b.String()
}

func quoted(s string) string {
	if strings.ContainsAny(s, " ;&'$\\") {
		return `"` + strings.NewReplacer(`\`, `\\`, `$`, `\$`).Replace(s) + `"`
	}
	return s
}

// WriteFiles writes the sheets that a desk imports first, as of an instant, and answers their paths.
func (p *Platforms) WriteFiles(dir string, at time.Time) (paths []string, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	for _, f := range p.World.Files(at) {
		path := filepath.Join(dir, f.Name)
		if err := os.WriteFile(path, f.Bytes, 0o644); err != nil {
			return nil, err
		}
		paths = append(paths, path)
	}
	return paths, nil
}
