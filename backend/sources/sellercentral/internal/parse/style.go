package parse

import "bytes"

// Decimal gathers what the amounts of a file say about its decimal sign.
type Decimal struct {
	strongPoint, strongComma bool
	weakPoint, weakComma     bool
}

// Add looks at one amount. Bytes other than digits and separators are ignored, so that
// it works before the encoding is known.
func (d *Decimal) Add(b []byte) {
	last, lastAt, dots, commas, digits, lead, leadZero := byte(0), 0, 0, 0, 0, 0, false
	for _, c := range b {
		switch {
		case c >= '0' && c <= '9':
			if digits == 0 {
				leadZero = c == '0'
			}
			digits++
			if last == 0 {
				lead++
			}
		case c == '.':
			last, lastAt = c, digits
			dots++
		case c == ',':
			last, lastAt = c, digits
			commas++
		}
	}
	if last == 0 || lastAt == 0 || lastAt == digits {
		return
	}
	d.judge(last, digits-lastAt, dots, commas, lead > 3 || (leadZero && lead == 1))
}

// judge weighs one amount: two kinds of separator, or other than three digits after the
// only one, are proof; one separator before three digits most likely groups thousands.
func (d *Decimal) judge(last byte, after, dots, commas int, cannotGroup bool) {
	comma := last == ','
	switch {
	case dots > 0 && commas > 0:
	case dots+commas > 1:
		comma = !comma
	case after != 3 || cannotGroup:
	default:
		d.weakPoint = d.weakPoint || comma
		d.weakComma = d.weakComma || !comma
		return
	}
	d.strongPoint = d.strongPoint || !comma
	d.strongComma = d.strongComma || comma
}

// Sure says whether the file has given proof.
func (d *Decimal) Sure() bool { return d.strongPoint != d.strongComma }

// Comma says whether the file writes a decimal comma; without any sign of it, it does not.
func (d *Decimal) Comma() bool {
	if d.strongPoint || d.strongComma {
		return d.strongComma && !d.strongPoint
	}
	return d.weakComma && !d.weakPoint
}

// Orders in which a date may be written.
const (
	MonthFirst = "mdy"
	DayFirst   = "dmy"
	YearFirst  = "ymd"
)

// Dates gathers what the dates of a file say about the order of day and month.
type Dates struct {
	notMDY, notDMY, notYMD bool
	seen                   bool
}

// Add looks at one date. Dates with a month name or in ISO form say nothing about the others.
func (d *Dates) Add(b []byte) {
	var n [3]int
	var width [3]int
	k, sep := 0, byte(0)
	for _, c := range b {
		if c >= '0' && c <= '9' {
			n[k] = n[k]*10 + int(c-'0')
			if width[k]++; width[k] > 4 {
				return
			}
			continue
		}
		if (c != '/' && c != '.' && c != '-') || width[k] == 0 {
			break
		}
		if k == 2 {
			break
		}
		sep = c
		k++
	}
	if k != 2 || width[2] == 0 || (sep == '-' && width[0] == 4) {
		return
	}
	d.seen = true
	if width[0] == 4 {
		d.notMDY, d.notDMY = true, true
		return
	}
	four := width[2] == 4
	d.notMDY = d.notMDY || n[0] > 12 || n[1] > 31 || sep == '.'
	d.notDMY = d.notDMY || n[1] > 12 || n[0] > 31
	d.notYMD = d.notYMD || four || n[1] > 12 || n[2] > 31 || n[0] < 10
}

// Order is the only order that all dates allow: "" if several do, "?" if none does.
func (d *Dates) Order() string {
	left := d.Left()
	switch len(left) {
	case 0:
		return "?"
	case 1:
		return left[0]
	}
	return ""
}

// Left lists the orders all dates allow.
func (d *Dates) Left() []string {
	var left []string
	if !d.notMDY {
		left = append(left, MonthFirst)
	}
	if !d.notDMY {
		left = append(left, DayFirst)
	}
	if !d.notYMD {
		left = append(left, YearFirst)
	}
	return left
}

// Seen says whether any date was of a kind whose order matters.
func (d *Dates) Seen() bool { return d.seen }

// Trim cuts spaces, no-break spaces and the ="…" shell that spreadsheets put around identifiers.
func Trim(b []byte) []byte {
	if len(b) == 0 {
		return b
	}
	first, last := b[0], b[len(b)-1]
	if first > ' ' && first < 0x80 && first != '=' && last > ' ' && last < 0x80 {
		return b
	}
	b = bytes.TrimSpace(b)
	if len(b) >= 3 && b[0] == '=' && b[1] == '"' && b[len(b)-1] == '"' {
		b = b[2 : len(b)-1]
	}
	return b
}
