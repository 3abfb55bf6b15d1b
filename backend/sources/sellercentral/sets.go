package sellercentral

import (
	"hash/maphash"
	"strings"
)

// Bounds of what a wordSet keeps.
const (
	maxWords   = 1 << 17
	maxWordLen = 1 << 10
)

// wordSet keeps one string for equal cells. It is a plain open table: looking a cell up needs
// no allocation and less than half of the time of a map.
type wordSet struct {
	slots []string
	used  int
	seed  maphash.Seed
}

func newWordSet() wordSet {
	return wordSet{slots: make([]string, 1<<12), seed: maphash.MakeSeed()}
}

// get gives the string equal to b. Bytes that are no UTF-8 become the replacement character.
func (w *wordSet) get(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	mask := uint64(len(w.slots) - 1)
	i := maphash.Bytes(w.seed, b) & mask
	for ; w.slots[i] != ""; i = (i + 1) & mask {
		if w.slots[i] == string(b) {
			return w.slots[i]
		}
	}
	s := string(b)
	if clean := strings.ToValidUTF8(s, "\ufffd"); clean != s || len(b) > maxWordLen || w.used >= maxWords {
		return clean
	}
	w.slots[i] = s
	if w.used++; w.used*2 > len(w.slots) {
		w.grow()
	}
	return s
}

func (w *wordSet) grow() {
	old := w.slots
	w.slots = make([]string, 2*len(old))
	mask := uint64(len(w.slots) - 1)
	for _, s := range old {
		if s == "" {
			continue
		}
		i := maphash.String(w.seed, s) & mask
		for w.slots[i] != "" {
			i = (i + 1) & mask
		}
		w.slots[i] = s
	}
}

// keySet counts how often keys occur. It keeps 64-bit hashes in one open table, so that
// millions of keys stay small; with two random seeds a clash is as good as impossible.
type keySet struct {
	slots  []uint64
	used   int
	more   map[uint64]int32 // keys that occurred more than once
	s1, s2 maphash.Seed
}

func newKeySet() *keySet {
	return &keySet{slots: make([]uint64, 1<<12), more: map[uint64]int32{}, s1: maphash.MakeSeed(), s2: maphash.MakeSeed()}
}

// reserve makes room for n keys, so that a large file does not pay for growing step by step.
func (k *keySet) reserve(n int64) {
	size := len(k.slots)
	for int64(size) < 2*n && size < 1<<21 {
		size *= 2
	}
	if k.used == 0 {
		k.slots = make([]uint64, size)
	}
}

func (k *keySet) hash(a, b, c string) uint64 {
	h := maphash.String(k.s1, a)*0x9E3779B97F4A7C15 ^ maphash.String(k.s2, b)
	if c != "" {
		h = h*0xD6E8FEB86659FD93 ^ maphash.String(k.s1, c)
	}
	return max(h, 1) // 0 marks a free slot
}

// add gives how often the key occurred before.
func (k *keySet) add(h uint64) int32 {
	mask := uint64(len(k.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		switch k.slots[i] {
		case 0:
			k.slots[i] = h
			if k.used++; k.used*4 > len(k.slots)*3 {
				k.grow()
			}
			return 0
		case h:
			k.more[h]++
			return k.more[h]
		}
	}
}

func (k *keySet) grow() {
	old := k.slots
	k.slots = make([]uint64, 2*len(old))
	mask := uint64(len(k.slots) - 1)
	for _, h := range old {
		if h == 0 {
			continue
		}
		i := h & mask
		for k.slots[i] != 0 {
			i = (i + 1) & mask
		}
		k.slots[i] = h
	}
}
