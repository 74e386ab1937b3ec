package inbox

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"tracedesk/backend/desk"
	"tracedesk/backend/inbox"
)

// Listening is how callbacks are taken over HTTP.
type Listening struct {
	Addr      string       // 127.0.0.1:8377
	Key       string       // the shared secret; "" on loopback only
	Hosts     []string     // names by which a relay calls this computer
	Cert, Own string       // files of a certificate and its key; "" plain HTTP
	Tell      func(string) // one sentence for a person at a time
	// Door takes each callback.
	Door func(ctx context.Context, c Callback) (Kept, error)
	// Ready is told the address that is listened on. May be nil.
	Ready func(url string)
}

// Warnings are what a person should know before others can reach the address, in sentences.
func (l Listening) Warnings() (says []string) {
	if l.Key == "" {
		says = append(says, "No shared secret is set: every program on this computer can send callbacks.")
	}
	if inbox.Loopback(l.Addr) {
		return says
	}
	says = append(says, "Other computers can reach "+l.Addr+": let only your relay through, in the firewall too.")
	if l.Cert == "" {
		says = append(says, "Callbacks and the shared secret cross the network in the clear; give a certificate (--cert, --cert-key), or let the relay come through a tunnel.")
	}
	return says
}

// Serve takes callbacks until ctx ends; those under way are finished.
func (l Listening) Serve(ctx context.Context) error {
	if l.Key == "" && !inbox.Loopback(l.Addr) {
		return desk.Invalid("Without a shared secret only this computer may be listened to (127.0.0.1): anybody could send callbacks to %s.", l.Addr)
	}
	listener := inbox.Listener{Key: l.Key, Hosts: l.Hosts, Tell: l.Tell, Door: func(ctx context.Context, c Callback) error {
		kept, err := l.Door(ctx, c)
		return errors.Join(err, kept.Error())
	}}
	server := listener.Server()
	ln, scheme, err := l.listen()
	if err != nil {
		return err
	}
	if l.Ready != nil {
		l.Ready(fmt.Sprintf("%s://%s%sACCOUNT", scheme, ln.Addr(), inbox.Prefix))
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(ln) }()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	last, stop := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer stop()
	if err := server.Shutdown(last); err != nil {
		return errors.Join(err, server.Close())
	}
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func (l Listening) listen() (net.Listener, string, error) {
	var certificate []tls.Certificate
	scheme := "http"
	if l.Cert != "" {
		c, err := tls.LoadX509KeyPair(l.Cert, l.Own)
		if err != nil {
			return nil, "", desk.Invalid("The certificate %s with its key %s cannot be used: %s.", l.Cert, l.Own, err)
		}
		certificate, scheme = append(certificate, c), "https"
	}
	ln, err := net.Listen("tcp", l.Addr)
	if err != nil {
		return nil, "", desk.Invalid("%s cannot be listened on: %s.", l.Addr, err)
	}
	if certificate != nil {
		ln = tls.NewListener(ln, &tls.Config{Certificates: certificate, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}})
	}
	return ln, scheme, nil
}
