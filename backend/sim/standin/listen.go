package standin

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"time"
)

// Listening is a stand-in behind a loopback socket.
type Listening struct {
	URL    string // http://127.0.0.1:41234
	Cert   []byte // PEM of the authority that a client must trust; nil without TLS
	server *http.Server
	done   chan error
}

// Listen serves a stand-in on loopback. With secure it speaks TLS 1.2 and up under an authority of its own, and the fault TLS
// breaks handshakes: a certificate that has ended, of an authority that nobody knows.
func Listen(addr string, g *Gate, secure bool) (*Listening, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	s := &Listening{URL: "http://" + l.Addr().String(), done: make(chan error, 1),
		server: &http.Server{Handler: g, ReadHeaderTimeout: 10 * time.Second, ErrorLog: log.New(io.Discard, "", 0)}}
	if secure {
		good, ca, err := certificate(time.Now().Add(24 * 365 * time.Hour))
		if err != nil {
			return nil, errors.Join(err, l.Close())
		}
		bad, _, err := certificate(time.Now().Add(-time.Hour))
		if err != nil {
			return nil, errors.Join(err, l.Close())
		}
		s.URL, s.Cert = "https://"+l.Addr().String(), ca
		l = tls.NewListener(l, &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"},
			GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
				if g.Faults.handshake(g.Facts()) {
					return bad, nil
				}
				return good, nil
			}})
	}
	go func() { s.done <- s.server.Serve(l) }()
	return s, nil
}

// Close ends the listening and waits for the requests that are being answered.
func (s *Listening) Close(ctx context.Context) error {
	err := s.server.Shutdown(ctx)
	if served := <-s.done; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// handshake draws whether a handshake fails.
func (f *Faults) handshake(facts time.Time) bool {
	f.mu.Lock()
	share := f.share[TLS]
	f.mu.Unlock()
	if share == 0 {
		return false
	}
	kind, _ := f.draw("handshake", facts)
	return kind == TLS
}

// certificate makes an authority and a certificate of loopback that it signed.
func certificate(until time.Time) (*tls.Certificate, []byte, error) {
	caKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	from := until.Add(-2 * 24 * 365 * time.Hour)
	ca := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Simulated authority"}, NotBefore: from, NotAfter: until,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	caBytes, err := x509.CreateCertificate(rand.Reader, ca, ca, &caKey.PublicKey, caKey)
	if err != nil {
		return nil, nil, err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	leaf := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "localhost"}, NotBefore: from, NotAfter: until,
		DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	leafBytes, err := x509.CreateCertificate(rand.Reader, leaf, ca, &key.PublicKey, caKey)
	if err != nil {
		return nil, nil, err
	}
	return &tls.Certificate{Certificate: [][]byte{leafBytes}, PrivateKey: key}, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: caBytes}), nil
}
