package inbox

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// serve runs a listener and gives its address; it is stopped, and waited for, when the test ends.
func serve(t *testing.T, l Listening) string {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	ready, ended := make(chan string, 1), make(chan error, 1)
	l.Ready = func(url string) { ready <- url }
	go func() { ended <- l.Serve(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	select {
	case url := <-ready:
		return strings.TrimSuffix(url, "ACCOUNT")
	case err := <-ended:
		ended <- err
		t.Fatal(err)
	}
	return ""
}

// certificate writes a certificate of this computer with its key.
func certificate(t *testing.T) (cert, key string, roots *x509.CertPool) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	made, err := x509.CreateCertificate(rand.Reader, &about, &about, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	hidden, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(t.TempDir(), "cert.pem"), filepath.Join(t.TempDir(), "key.pem")
	roots = x509.NewCertPool()
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: made})
	roots.AppendCertsFromPEM(text)
	for path, body := range map[string][]byte{cert: text, key: pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: hidden})} {
		if err := os.WriteFile(path, body, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return cert, key, roots
}

// TestServe: callbacks over HTTP and over TLS, from the socket to the desk.
func TestServe(t *testing.T) {
	b := newBench(t)
	cert, key, roots := certificate(t)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}}
	for _, l := range []Listening{{}, {Cert: cert, Own: key, Key: "sesame"}} {
		l.Addr, l.Door = "127.0.0.1:0", b.area.Receive
		base := serve(t, l)
		for target, want := range map[string]int{"mp/x?key=sesame&" + status(1021): 200, "nobody?key=sesame&" + status(1021): 404, "mp?key=sesame": 400} {
			resp, err := client.Get(base + target)
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			if resp.StatusCode != want {
				t.Errorf("%s%s: %s, want %d", base, target, resp.Status, want)
			}
		}
	}
	client.CloseIdleConnections()
	if res := b.read(); res.New != 1 {
		t.Errorf("%+v", res)
	}
}

// TestCareful: what is not safe is refused or said.
func TestCareful(t *testing.T) {
	open := Listening{Addr: "0.0.0.0:0"}
	if err := open.Serve(t.Context()); err == nil || !strings.Contains(err.Error(), "shared secret") {
		t.Errorf("everybody is let in: %v", err)
	}
	if err := (Listening{Addr: "127.0.0.1:0", Cert: "none", Own: "none"}).Serve(t.Context()); err == nil {
		t.Error("a certificate that is not there was used")
	}
	for want, l := range map[int]Listening{0: {Addr: "127.0.0.1:1", Key: "k"}, 1: {Addr: "127.0.0.1:1"}, 2: {Addr: ":1", Key: "k"}} {
		if got := l.Warnings(); len(got) != want {
			t.Errorf("%+v: %q", l, got)
		}
	}
}
