package serve

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"
)

// Screens is what a host of the desk shows.
type Screens struct {
	API    http.Handler // everything below /api/
	Assets fs.FS        // the built screens, index.html at the root

	// Raise brings the desk's window to the front and hands it the arguments of
	// a second start. It is nil, or returns false, where there is no window.
	Raise func(Start) bool
}

// Start is how somebody started TraceDesk a second time.
type Start struct {
	Args []string `json:"args"` // as typed, without the program's name
	Dir  string   `json:"dir"`  // the folder it was started in
}

// Server is a bound loopback server. Bind with Listen, then call Serve once.
type Server struct {
	screens  Screens
	listener net.Listener
	hosts    map[string]bool
	token    string

	mu       sync.Mutex
	tickets  map[string]bool // links that still work
	sessions map[string]bool
}

// Listen binds addr, for example 127.0.0.1:0 (any free port). An address that
// other machines could reach is refused.
func Listen(addr string, screens Screens) (*Server, error) {
	addr, err := loopback(addr)
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("cannot serve on %s (is another program using this port? try 127.0.0.1:0): %w", addr, err)
	}
	return &Server{
		screens:  screens,
		listener: listener,
		hosts:    ownNames(listener.Addr()),
		token:    secret(),
		tickets:  map[string]bool{},
		sessions: map[string]bool{},
	}, nil
}

// Addr is the bound address, for example 127.0.0.1:41873.
func (s *Server) Addr() string { return s.listener.Addr().String() }

// Token lets the command line of the same account in, by TokenHeader.
func (s *Server) Token() string { return s.token }

// Link makes an address that lets one browser in, once.
func (s *Server) Link() string {
	ticket := secret()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tickets[ticket] = true
	return "http://" + s.Addr() + enterPath + "?ticket=" + ticket
}

// Serve answers until ctx ends, then lets requests under way finish for a few
// seconds. Open event streams end at once: their context is cancelled.
func (s *Server) Serve(ctx context.Context) error {
	requests, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	server := &http.Server{
		Handler:           s.Handler(),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		BaseContext:       func(net.Listener) context.Context { return requests },
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(s.listener) }()

	select {
	case err := <-failed:
		return fmt.Errorf("the loopback server stopped: %w", err)
	case <-ctx.Done():
	}
	stop()
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	err := server.Shutdown(grace)
	if errors.Is(err, context.DeadlineExceeded) {
		return server.Close()
	}
	return err
}

// Close releases the port of a server that was never served.
func (s *Server) Close() error { return s.listener.Close() }

// loopback resolves addr to a numeric loopback address or says why it will not.
func loopback(addr string) (string, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", fmt.Errorf("%q is not an address with a port, such as 127.0.0.1:0", addr)
	}
	if host == "localhost" {
		host = "127.0.0.1"
	}
	ip, err := netip.ParseAddr(host)
	if err != nil || !ip.IsLoopback() {
		return "", fmt.Errorf("TraceDesk serves this machine only; %q would let others in: use 127.0.0.1:%s", addr, port)
	}
	return net.JoinHostPort(host, port), nil
}

// ownNames are the Host headers under which a browser may call us.
func ownNames(addr net.Addr) map[string]bool {
	port := strconv.Itoa(addr.(*net.TCPAddr).Port)
	names := map[string]bool{addr.String(): true}
	for _, name := range []string{"127.0.0.1", "localhost", "::1"} {
		names[net.JoinHostPort(name, port)] = true
	}
	return names
}

// secret is 192 random bits, safe in an address.
func secret() string {
	var bits [24]byte
	rand.Read(bits[:]) // never fails (crypto/rand, Go 1.24)
	return base64.RawURLEncoding.EncodeToString(bits[:])
}
