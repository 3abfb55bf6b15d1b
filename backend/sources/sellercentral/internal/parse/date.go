package parse

import (
	"time"
	"unicode"
	"unicode/utf8"

	"purser/backend/core"
)

// Stamp is a date, and a time if it has one, as written.
type Stamp struct {
	Day     core.Day // calendar day as written
	Second  int      // seconds of the day as written
	HasTime bool
	Offset  int // seconds east of UTC, if HasZone
	HasZone bool
}

// Unix is the instant of the stamp; zone is used where the stamp names none.
func (s Stamp) Unix(zone *time.Location) int64 {
	if s.HasZone {
		return int64(s.Day)*86400 + int64(s.Second-s.Offset)
	}
	y, m, d := s.Day.Time().Date()
	return time.Date(y, m, d, 0, 0, s.Second, 0, zone).Unix()
}

// Date reads a date with or without a time. order ("mdy", "dmy", "ymd") decides where
// only digits are given and the year is not first; serial allows the day numbers of spreadsheets.
func Date(b []byte, order string, serial bool) (Stamp, bool) {
	if s, ok, is := iso(b); is {
		return s, ok
	}
	if serial {
		if s, ok := serialDate(b); ok {
			return s, true
		}
	}
	return written(b, order)
}

// iso reads YYYY-MM-DD, alone or followed by T or a space, a time and a zone. The
// last result says whether the text has that shape at all.
func iso(b []byte) (Stamp, bool, bool) {
	if len(b) < 10 || b[4] != '-' || b[7] != '-' {
		return Stamp{}, false, false
	}
	y, ok1 := digits(b[0:4])
	m, ok2 := digits(b[5:7])
	d, ok3 := digits(b[8:10])
	if !ok1 || !ok2 || !ok3 {
		return Stamp{}, false, false
	}
	day, ok := civil(y, m, d)
	s := Stamp{Day: day}
	if !ok || len(b) == 10 {
		return s, ok, true
	}
	if b[10] != 'T' && b[10] != ' ' {
		return s, false, true
	}
	rest, ok := s.clock(b[11:])
	if !ok {
		return s, false, true
	}
	return s, s.zone(rest), true
}

// Clock reads exactly HH:MM:SS as seconds of the day.
func Clock(b []byte) (int, bool) {
	if len(b) != 8 || b[2] != ':' || b[5] != ':' {
		return 0, false
	}
	d := [6]byte{b[0] - '0', b[1] - '0', b[3] - '0', b[4] - '0', b[6] - '0', b[7] - '0'}
	for _, c := range d {
		if c > 9 {
			return 0, false
		}
	}
	h, m, s := int(d[0])*10+int(d[1]), int(d[2])*10+int(d[3]), int(d[4])*10+int(d[5])
	return h*3600 + m*60 + s, h < 24 && m < 60 && s < 61
}

// clock reads HH:MM[:SS[.fff]] and gives back the rest.
func (s *Stamp) clock(b []byte) ([]byte, bool) {
	if len(b) < 5 || b[2] != ':' {
		return b, false
	}
	h, ok1 := digits(b[0:2])
	m, ok2 := digits(b[3:5])
	if !ok1 || !ok2 || h > 23 || m > 59 {
		return b, false
	}
	s.HasTime, s.Second = true, h*3600+m*60
	b = b[5:]
	if len(b) < 3 || b[0] != ':' {
		return b, true
	}
	sec, ok := digits(b[1:3])
	if !ok || sec > 60 {
		return b, false
	}
	s.Second += sec
	b = b[3:]
	if len(b) > 1 && b[0] == '.' {
		b = b[1:]
		for len(b) > 0 && b[0] >= '0' && b[0] <= '9' {
			b = b[1:]
		}
	}
	return b, true
}

// zone reads a zone: nothing, Z, +01:00, +0100, UTC, PST, GMT-7.
func (s *Stamp) zone(b []byte) bool {
	for len(b) > 0 && b[0] == ' ' {
		b = b[1:]
	}
	if len(b) == 0 {
		return true
	}
	if b[0] == '+' || b[0] == '-' {
		off, ok := offset(b)
		s.Offset, s.HasZone = off, ok
		return ok
	}
	n := word(b)
	off, ok := zoneWord(string(b[:n]))
	if !ok {
		return false
	}
	s.Offset, s.HasZone = off, true
	if n == len(b) {
		return true
	}
	more, ok := offset(b[n:])
	s.Offset += more
	return ok
}

// offset reads +H, +HH, +HHMM or +HH:MM as seconds.
func offset(b []byte) (int, bool) {
	sign := 1
	if b[0] == '-' {
		sign = -1
	} else if b[0] != '+' {
		return 0, false
	}
	b = b[1:]
	var d [4]int
	n := 0
	for i, c := range b {
		if c == ':' && n > 0 && i < len(b)-1 {
			continue
		}
		if c < '0' || c > '9' || n == 4 {
			return 0, false
		}
		d[n] = int(c - '0')
		n++
	}
	switch n {
	case 1:
		return sign * d[0] * 3600, true
	case 2:
		return sign * (d[0]*10 + d[1]) * 3600, true
	case 4:
		return sign * ((d[0]*10+d[1])*3600 + (d[2]*10+d[3])*60), true
	}
	return 0, false
}

// zoneWord knows the zone abbreviations Amazon's reports use, as seconds east of UTC.
func zoneWord(w string) (int, bool) {
	hours := 0
	switch w {
	case "Z", "z", "UTC", "GMT", "utc", "gmt", "WET":
	case "PST", "pst":
		hours = -8
	case "PDT", "pdt", "MST", "mst":
		hours = -7
	case "CST", "cst", "MDT", "mdt":
		hours = -6
	case "EST", "est", "CDT", "cdt":
		hours = -5
	case "EDT", "edt":
		hours = -4
	case "BRT", "brt":
		hours = -3
	case "BST", "bst", "CET", "cet", "MEZ", "mez", "MET", "met", "WEST", "west":
		hours = 1
	case "CEST", "cest", "MESZ", "mesz", "MEST", "mest", "EET", "eet", "SAST", "sast":
		hours = 2
	case "EEST", "eest", "TRT", "trt":
		hours = 3
	case "GST", "gst":
		hours = 4
	case "IST", "ist":
		return 19800, true
	case "SGT", "sgt":
		hours = 8
	case "JST", "jst":
		hours = 9
	case "AEST", "aest":
		hours = 10
	case "AEDT", "aedt":
		hours = 11
	default:
		return 0, false
	}
	return hours * 3600, true
}

// serialDate reads a spreadsheet's day number (days since 1899-12-30, with a fraction for the time).
func serialDate(b []byte) (Stamp, bool) {
	n, ok := scan(b, false)
	if !ok || n.neg || n.exp != 0 || n.point != 5 {
		return Stamp{}, false
	}
	v, _ := n.float()
	day := int(v)
	if day < 32874 || day > 73050 { // 1990 to 2099
		return Stamp{}, false
	}
	s := Stamp{Day: core.Day(day - 25569)}
	if sec := int((v-float64(day))*86400 + 0.5); sec > 0 {
		s.Second, s.HasTime = sec, true
	}
	return s, true
}

// digits reads up to four decimal digits.
func digits(b []byte) (int, bool) {
	v := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		v = v*10 + int(c-'0')
	}
	return v, len(b) > 0
}

// civil is the day of a calendar date; false if there is no such date between 1990 and 2099.
func civil(y, m, d int) (core.Day, bool) {
	if y < 1990 || y > 2099 || m < 1 || m > 12 || d < 1 || d > 31 {
		return 0, false
	}
	if d > 28 && d > monthDays(y, m) {
		return 0, false
	}
	if m <= 2 {
		y--
		m += 12
	}
	era := y / 400
	yoe := y - era*400
	doy := (153*(m-3)+2)/5 + d - 1
	return core.Day(era*146097 + yoe*365 + yoe/4 - yoe/100 + doy - 719468), true
}

func monthDays(y, m int) int {
	switch m {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// written reads what people's locales write: "Sep 4, 2026 1:05:07 AM PDT",
// "15.03.2026 07:49:55 UTC", "15 mars 2026", "2026/03/15 15:22:08JST", "8/3/26".
func written(b []byte, order string) (Stamp, bool) {
	var n, width [3]int
	k, month := 0, 0
	for len(b) > 0 {
		c := b[0]
		switch {
		case c >= '0' && c <= '9':
			w := 1
			for w < len(b) && b[w] >= '0' && b[w] <= '9' {
				w++
			}
			if w < len(b) && b[w] == ':' {
				return timed(b, n, width, k, month, order)
			}
			if k == 3 || w > 4 {
				return Stamp{}, false
			}
			n[k], _ = digits(b[:w])
			width[k] = w
			k++
			b = b[w:]
		case c == ' ' || c == '/' || c == '.' || c == ',' || c == '-' || c == '\'':
			b = b[1:]
		default:
			w := word(b)
			if w == 0 {
				r, size := utf8.DecodeRune(b)
				if r != '\u00a0' && r != '\u202f' {
					return Stamp{}, false
				}
				b = b[size:]
				continue
			}
			m, ok := monthWord(b[:w])
			if !ok || (m > 0 && month > 0) {
				return Stamp{}, false
			}
			month = max(month, m)
			b = b[w:]
		}
	}
	day, ok := arrange(n, width, k, month, order)
	return Stamp{Day: day}, ok
}

// arrange puts the numbers of a date in their places.
func arrange(n, width [3]int, k, month int, order string) (core.Day, bool) {
	y, m, d := 0, month, 0
	switch {
	case month > 0 && k == 2 && width[0] == 4:
		y, d = n[0], n[1]
	case month > 0 && k == 2:
		y, d = year(n[1], width[1]), n[0]
	case month > 0 || k != 3:
		return 0, false
	case width[0] == 4 || order == YearFirst:
		y, m, d = year(n[0], width[0]), n[1], n[2]
	case order == DayFirst:
		d, m, y = n[0], n[1], year(n[2], width[2])
	case order == MonthFirst:
		m, d, y = n[0], n[1], year(n[2], width[2])
	default:
		return 0, false
	}
	return civil(y, m, d)
}

func year(v, width int) int {
	if width == 2 {
		return 2000 + v
	}
	return v
}

// timed reads the time that follows a date: "1:05:07 AM PDT", "15:22:08 GMT+00:00", "3:22:08 p. m. UTC".
func timed(b []byte, n, width [3]int, k, month int, order string) (Stamp, bool) {
	day, ok := arrange(n, width, k, month, order)
	if !ok {
		return Stamp{}, false
	}
	if b[1] == ':' {
		b = append([]byte{'0'}, b...)
	}
	s := Stamp{Day: day}
	b, ok = s.clock(b)
	if !ok {
		return s, false
	}
	b, ok = s.halfDay(b)
	return s, ok && s.zone(b)
}

// halfDay applies AM or PM in the spellings "AM", "a.m.", "a. m.".
func (s *Stamp) halfDay(b []byte) ([]byte, bool) {
	i := 0
	for i < len(b) {
		r, size := utf8.DecodeRune(b[i:])
		if r != ' ' && r != '\u00a0' && r != '\u202f' {
			break
		}
		i += size
	}
	b = b[i:]
	if len(b) < 2 {
		return b, true
	}
	half := unicode.ToLower(rune(b[0]))
	if half != 'a' && half != 'p' {
		return b, true
	}
	j := 1
	for j < len(b) && (b[j] == '.' || b[j] == ' ') {
		j++
	}
	if j == len(b) || (b[j] != 'm' && b[j] != 'M') || (j+1 < len(b) && isLetter(b[j+1])) {
		return b, true
	}
	j++
	if j < len(b) && b[j] == '.' {
		j++
	}
	hour := s.Second / 3600
	if hour == 0 || hour > 12 {
		return b, false
	}
	s.Second -= hour * 3600
	if hour == 12 {
		hour = 0
	}
	if half == 'p' {
		hour += 12
	}
	s.Second += hour * 3600
	return b[j:], true
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
