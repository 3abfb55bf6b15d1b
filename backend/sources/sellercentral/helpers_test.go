package sellercentral_test

import (
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"purser/backend/core"
)

// periodOf makes a period of two ISO days.
func periodOf(from, to string) core.Period {
	a, err := core.ParseDay(from)
	if err != nil {
		return core.Period{}
	}
	b, err := core.ParseDay(to)
	if err != nil {
		return core.Period{}
	}
	return core.Period{From: a, To: b}
}

// encodings are those of the samples, by the names inspections give.
func encodings() map[string]encoding.Encoding {
	return map[string]encoding.Encoding{
		"shift_jis": japanese.ShiftJIS, "gbk": simplifiedchinese.GBK, "windows-1252": charmap.Windows1252,
		"utf-16le": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
	}
}
