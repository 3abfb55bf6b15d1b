package httpx

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
)

// errStill says that nothing came for too long.
var errStill = errors.New("nothing came for too long")

// panicked is a panic below a request, without its words.
type panicked struct{ value any }

// Error implements error.
func (e *panicked) Error() string { return fmt.Sprintf("what carries requests failed (%T)", e.value) }

// Format implements fmt.Formatter, for every verb: the value is not for print.
func (e *panicked) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, e.Error()) // a printer has nowhere to report to
}

// RefusedError is a request that is not made: its address is not one to send anything to.
type RefusedError struct {
	Host   string
	Reason string // completes "it was not sent because …"
}

// Error implements error.
func (e *RefusedError) Error() string {
	return fmt.Sprintf("the request to %q was not sent because %s", e.Host, e.Reason)
}

// OfflineError says that there was no answer.
type OfflineError struct {
	Host    string
	Sent    bool // the request had gone out, so that what it asks for may have been done
	Timeout bool
	Unsafe  bool // something answered that could not prove to be the host, or only with an encryption that is too old
	Err     error
}

// Error implements error.
func (e *OfflineError) Error() string {
	switch {
	case e.Unsafe:
		return fmt.Sprintf("there is no safe connection to %s: %v", e.Host, e.Err)
	case e.Timeout:
		return fmt.Sprintf("%s did not answer in time", e.Host)
	}
	return fmt.Sprintf("%s could not be reached: %v", e.Host, e.Err)
}

// Unwrap gives the cause.
func (e *OfflineError) Unwrap() error { return e.Err }

// offline makes the error of a request without an answer. The address is left out: it may be a secret itself.
func offline(host string, err error, sent, late bool) *OfflineError {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	var n net.Error
	e := &OfflineError{Host: host, Sent: sent, Timeout: late || errors.As(err, &n) && n.Timeout(), Err: err}
	if late {
		e.Err = errStill
	}
	var (
		cert    *tls.CertificateVerificationError
		op      *net.OpError
		record  tls.RecordHeaderError
		unknown x509.UnknownAuthorityError
		name    x509.HostnameError
		invalid x509.CertificateInvalidError
	)
	// "remote error" and "local error" are how crypto/tls names the alerts that end a handshake.
	e.Unsafe = errors.As(err, &cert) || errors.As(err, &op) && strings.HasSuffix(op.Op, "error") || errors.As(err, &record) ||
		errors.As(err, &unknown) || errors.As(err, &name) || errors.As(err, &invalid)
	return e
}

// BodyError is an answer that was not whole, could not be unpacked or was too large. What was asked for was done, or
// was refused, as Status says.
type BodyError struct {
	Host     string
	Status   int
	Read     int64 // bytes that had come, unpacked
	TooLarge bool
	Err      error
}

// Error implements error.
func (e *BodyError) Error() string {
	if e.TooLarge {
		return fmt.Sprintf("the answer of %s is too large: more than %d bytes", e.Host, e.Read)
	}
	return fmt.Sprintf("the answer of %s was cut or damaged after %d bytes: %v", e.Host, e.Read, e.Err)
}

// Unwrap gives the cause.
func (e *BodyError) Unwrap() error { return e.Err }
