package httpx_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"purser/backend/platform/httpx"
)

// certificate makes one that signs itself, for 127.0.0.1 unless another name is given.
func certificate(t *testing.T, name string, until time.Time) (tls.Certificate, *x509.Certificate) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"},
		NotBefore: until.Add(-48 * time.Hour), NotAfter: until, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	if name == "" {
		c.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)}
	} else {
		c.DNSNames = []string{name}
	}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, parsed
}

// Servers that cannot prove who they are, or speak only what is too old, are not talked to.
func TestUnsafeServersAreRefused(t *testing.T) {
	t.Parallel()
	soon, past := time.Now().Add(24*time.Hour), time.Now().Add(-time.Hour)
	for name, c := range map[string]struct {
		low, high uint16
		trusted   bool
		host      string
		until     time.Time
		ok        bool
	}{
		"TLS 1.3":     {tls.VersionTLS13, tls.VersionTLS13, true, "", soon, true},
		"TLS 1.2":     {tls.VersionTLS12, tls.VersionTLS12, true, "", soon, true},
		"TLS 1.1":     {tls.VersionTLS10, tls.VersionTLS11, true, "", soon, false},
		"TLS 1.0":     {tls.VersionTLS10, tls.VersionTLS10, true, "", soon, false},
		"self-signed": {tls.VersionTLS12, tls.VersionTLS13, false, "", soon, false},
		"wrong host":  {tls.VersionTLS12, tls.VersionTLS13, true, "other.example", soon, false},
		"expired":     {tls.VersionTLS12, tls.VersionTLS13, true, "", past, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			asked := false
			s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
			cert, parsed := certificate(t, c.host, c.until)
			s.TLS = &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: c.low, MaxVersion: c.high}
			s.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
			s.StartTLS()
			t.Cleanup(s.Close)
			var o httpx.Options
			if c.trusted {
				pool := x509.NewCertPool()
				pool.AddCert(parsed)
				// Whoever hands in a transport that takes anything gets the policy all the same.
				o.Transport = &http.Transport{TLSClientConfig: &tls.Config{
					RootCAs: pool, MinVersion: tls.VersionTLS10, InsecureSkipVerify: true,
				}}
			}
			res, err := httpx.New(o).Do(t.Context(), httpx.Request{URL: s.URL, Loopback: true})
			if c.ok {
				if err != nil || res.Status != 200 || !asked {
					t.Fatalf("%v, %v", res, err)
				}
				return
			}
			var off *httpx.OfflineError
			if !errors.As(err, &off) || !off.Unsafe || off.Sent || asked {
				t.Fatalf("%v, asked: %v, %#v", err, asked, off)
			}
		})
	}
}
