package daypack

import (
	"encoding/binary"
	"fmt"

	"purser/backend/core"
)

// EncodeOrders packs the numbers of a day's orders, which are sorted and differ from each other.
func EncodeOrders(ids []int64) []byte {
	buf := make([]byte, 0, 1+len(ids)*6)
	buf = append(buf, formatPlain)
	last := int64(0)
	for _, id := range ids {
		buf = binary.AppendVarint(buf, id-last)
		last = id
	}
	return buf
}

// FindOrders calls yield for each of ask, which is sorted, that a packed day holds.
func FindOrders(day core.Day, blob []byte, ask []int64, yield func(id int64)) error {
	if len(blob) == 0 || blob[0] != formatPlain {
		return fmt.Errorf("orders of %s: %w", day, ErrFormat)
	}
	blob = blob[1:]
	for id := int64(0); len(blob) > 0 && len(ask) > 0; {
		d, w := binary.Varint(blob)
		if w <= 0 {
			return fmt.Errorf("orders of %s: %w", day, ErrFormat)
		}
		id, blob = id+d, blob[w:]
		for len(ask) > 0 && ask[0] < id {
			ask = ask[1:]
		}
		if len(ask) > 0 && ask[0] == id {
			yield(id)
			ask = ask[1:]
		}
	}
	return nil
}
