package webhook

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/netip"
	"strings"
	"syscall"
	"time"
)

// errKept is a name that leads into a network that nobody outside names.
var errKept = errors.New("its name leads to a private or reserved address")

// secured asks for TLS 1.2 at least and for a certificate that the system trusts.
func secured() *tls.Config { return &tls.Config{MinVersion: tls.VersionTLS12} }

// isLoopback says whether a host is written as this computer itself: what resolves to it by another name is not.
func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

// dial connects only where the address may lead. The number is looked at that is really called, after every look-up, so
// that a name which changes its mind in between gains nothing.
func dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, errors.New("the address has no port")
	}
	own := isLoopback(host)
	d := net.Dialer{Timeout: patience, KeepAlive: -time.Second, Control: func(_, called string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(called)
		if err != nil || !mayCall(at.Addr().Unmap(), own) {
			return errKept
		}
		return nil
	}}
	return d.DialContext(ctx, network, address)
}

// reserved are networks that are neither private, loopback, link-local nor multicast by name, and not public either.
// Source: IANA special-purpose address registries, 2025-10.
func reserved() []netip.Prefix {
	return []netip.Prefix{
		netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
		netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("192.88.99.0/24"), netip.MustParsePrefix("198.18.0.0/15"),
		netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"),
		netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("100::/64"),
		netip.MustParsePrefix("2001::/23"), netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("2002::/16"),
	}
}

func mayCall(ip netip.Addr, own bool) bool {
	if own {
		return ip.IsLoopback()
	}
	if !ip.IsGlobalUnicast() || ip.IsPrivate() {
		return false
	}
	for _, p := range reserved() {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}
