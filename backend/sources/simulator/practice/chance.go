package practice

import (
	"fmt"
	"hash/fnv"
	"strings"
)

// hash turns words into a number that is the same every time.
func hash(seed uint64, words ...string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(strings.Join(words, "\x00"))) // a hash never fails
	x := (seed ^ h.Sum64()) + 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// fraction is a hash as a number in [0,1).
func fraction(h uint64) float64 { return float64(h>>11) / (1 << 53) }

// uuid names something.
func (s *Server) uuid(what string, n int64) string {
	a, b := hash(s.o.Seed, what, fmt.Sprint(n)), hash(s.o.Seed, "rest", what, fmt.Sprint(n))
	return fmt.Sprintf("%08x-%04x-4%03x-%04x-%012x", a>>32, a>>16&0xffff, a&0xfff, b>>48&0x3fff|0x8000, b&0xffffffffffff)
}

// digits names something with so many digits, the first of them not 0.
func (s *Server) digits(n int, words ...string) string {
	low := uint64(1)
	for range n - 1 {
		low *= 10
	}
	return fmt.Sprint(low + hash(s.o.Seed, words...)%(9*low))
}
