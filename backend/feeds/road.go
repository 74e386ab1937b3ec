package feeds

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"tracedesk/backend/store"
)

// NewTransport is the road to an account: the system's proxy, TLS 1.2 or newer, the account's own certificate authority beside
// the system's.
func NewTransport(f store.Feed) (http.RoundTripper, error) {
	t := &http.Transport{
		Proxy:                 proxy,
		DialContext:           (&net.Dialer{Timeout: 15 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSHandshakeTimeout:   15 * time.Second,
		ResponseHeaderTimeout: 60 * time.Second,
		IdleConnTimeout:       90 * time.Second,
		MaxIdleConnsPerHost:   4,
		ForceAttemptHTTP2:     true,
		TLSClientConfig:       &tls.Config{MinVersion: tls.VersionTLS12},
	}
	var err error
	if file := f.Settings["caFile"]; file != "" {
		t.TLSClientConfig.RootCAs, err = trusting(file)
	}
	return t, err
}

// proxy is what HTTPS_PROXY, HTTP_PROXY and NO_PROXY say of an address. What cannot be read of them is not repeated: it may hold a password.
func proxy(req *http.Request) (*url.URL, error) {
	u, err := http.ProxyFromEnvironment(req)
	if err != nil {
		return nil, errors.New("the proxy that HTTPS_PROXY or HTTP_PROXY names is no address such as http://proxy.example.com:3128; correct it and start again")
	}
	return u, nil
}

// through is the proxy on the road to an address, as host:port without its user and password; empty where the road leads there directly.
func through(road http.RoundTripper, to *url.URL) string {
	t, ok := road.(*http.Transport)
	if !ok || t.Proxy == nil {
		return ""
	}
	u, err := t.Proxy(&http.Request{URL: to})
	if err != nil || u == nil {
		return ""
	}
	return u.Host
}

// trusting is the system's certificate authorities and those of a PEM file.
func trusting(file string) (*x509.CertPool, error) {
	pem, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("there is no file %s with a certificate authority; correct its path", file)
	case err != nil:
		return nil, fmt.Errorf("the file %s with a certificate authority cannot be read: %w", file, err)
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)", file)
	}
	return pool, nil
}

// safeURL refuses an address whose requests could be read on their way. This machine itself may be spoken to in the clear.
func safeURL(text string) error {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return fmt.Errorf("%q is no address such as https://api.example.com", text)
	}
	if u.User != nil {
		return errors.New("an address must not hold a user or password: they go to the key store")
	}
	if u.Scheme == "https" || u.Scheme == "http" && loopback(u.Hostname()) {
		return nil
	}
	return fmt.Errorf("%s is not asked: only https is, or http on this machine", u.Redacted())
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// sameHost refuses redirects that lead elsewhere: the sign-in would go with them.
func sameHost(req *http.Request, via []*http.Request) error {
	if len(via) >= 5 {
		return errors.New("the system sends us in circles")
	}
	if first := via[0].URL; req.URL.Host != first.Host || req.URL.Scheme != first.Scheme {
		return fmt.Errorf("%s sends us to %s, which is another host: not followed", first.Host, req.URL.Host)
	}
	return nil
}
