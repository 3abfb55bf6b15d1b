package httpx_test

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"

	"purser/backend/platform/httpx"
)

// failing is a network in which nothing is reached.
type failing struct{ err error }

// RoundTrip implements http.RoundTripper.
func (f failing) RoundTrip(*http.Request) (*http.Response, error) { return nil, f.err }

// Fault 18: a name that is not found, a dead proxy, a certificate that proves nothing: each is no answer, is not taken for
// another, and nothing was sent.
func TestFault18_Unreachable(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err    error
		unsafe bool
		says   string
	}{
		"name":        {&net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: "amazon.example", IsNotFound: true}}, false, "no such host"},
		"proxy":       {&net.OpError{Op: "proxyconnect", Net: "tcp", Err: syscall.ECONNREFUSED}, false, "could not be reached"},
		"proxy wants": {errors.New("Proxy Authentication Required"), false, "Proxy Authentication Required"},
		"certificate": {&tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}, true, "no safe connection"},
		"other name":  {x509.HostnameError{Certificate: &x509.Certificate{}, Host: "amazon.example"}, true, "no safe connection"},
		"no TLS":      {tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}, true, "no safe connection"},
		"reset":       {&net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}, false, "could not be reached"},
	} {
		client := httpx.New(httpx.Options{Transport: failing{c.err}})
		res, err := client.Do(t.Context(), httpx.Request{URL: "https://amazon.example/x"})
		var off *httpx.OfflineError
		if !errors.As(err, &off) || res != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if off.Unsafe != c.unsafe || off.Sent || !strings.Contains(err.Error(), c.says) || off.Host != "amazon.example" {
			t.Errorf("%s: %+v: %v", name, off, err)
		}
	}
}
