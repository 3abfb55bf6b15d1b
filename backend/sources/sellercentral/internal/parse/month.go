package parse

import "bytes"

// monthWord reads a month's name in the languages of Amazon's stores; words such as
// "de" that stand in dates give 0.
func monthWord(b []byte) (int, bool) {
	switch string(bytes.ToLower(b)) {
	case "de", "del", "年", "月", "日":
		return 0, true
	case "jan", "january", "januar", "januari", "janv", "janvier", "ene", "enero", "gen", "gennaio", "janeiro", "sty", "stycznia", "oca", "ocak":
		return 1, true
	case "feb", "february", "februar", "februari", "fév", "févr", "février", "febrero", "febbraio", "fev", "fevereiro", "lut", "lutego", "şub", "şubat":
		return 2, true
	case "mar", "march", "märz", "mär", "mrz", "mars", "maart", "mrt", "marzo", "março", "marca", "mart":
		return 3, true
	case "apr", "april", "avr", "avril", "abr", "abril", "aprile", "kwi", "kwietnia", "nis", "nisan":
		return 4, true
	case "may", "mai", "mei", "maj", "mayo", "mag", "maggio", "maio", "maja", "mayıs":
		return 5, true
	case "jun", "june", "juni", "juin", "junio", "giu", "giugno", "junho", "cze", "czerwca", "haz", "haziran":
		return 6, true
	case "jul", "july", "juli", "juil", "juillet", "julio", "lug", "luglio", "julho", "lip", "lipca", "tem", "temmuz":
		return 7, true
	case "aug", "august", "augustus", "augusti", "août", "aoû", "ago", "agosto", "sie", "sierpnia", "ağu", "ağustos":
		return 8, true
	case "sep", "sept", "september", "septembre", "septiembre", "set", "settembre", "setembro", "wrz", "września", "eyl", "eylül":
		return 9, true
	case "oct", "october", "okt", "oktober", "octobre", "octubre", "ott", "ottobre", "out", "outubro", "paź", "października", "eki", "ekim":
		return 10, true
	case "nov", "november", "novembre", "noviembre", "novembro", "lis", "listopada", "kas", "kasım":
		return 11, true
	case "dec", "december", "dez", "dezember", "déc", "décembre", "dic", "diciembre", "dicembre", "dezembro", "gru", "grudnia", "ara", "aralık":
		return 12, true
	}
	return 0, false
}
