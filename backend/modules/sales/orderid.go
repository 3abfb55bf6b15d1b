package sales

import "fmt"

// packOrderID turns Amazon's 3-7-7 digit form into one number; any other form is not packed.
func packOrderID(id string) (int64, bool) {
	const digits = 3 + 7 + 7
	if len(id) != digits+2 || id[3] != '-' || id[11] != '-' {
		return 0, false
	}
	var n int64
	for i := range len(id) {
		if i == 3 || i == 11 {
			continue
		}
		c := id[i]
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, true
}

// unpackOrderID writes the number of an id in Amazon's form: three, seven and seven digits.
func unpackOrderID(n int64) string {
	const seven = 10_000_000
	return fmt.Sprintf("%03d-%07d-%07d", n/(seven*seven), n/seven%seven, n%seven)
}
