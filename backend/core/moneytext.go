package core

import "strings"

// Symbol is how people write the currency before an amount: "€", "CA$", else the code and a space.
func (c Currency) Symbol() string {
	switch c {
	case "":
		return ""
	case "EUR":
		return "€"
	case "USD":
		return "$"
	case "GBP":
		return "£"
	case "JPY":
		return "¥"
	case "INR":
		return "₹"
	case "CAD":
		return "CA$"
	case "AUD":
		return "A$"
	case "MXN":
		return "MX$"
	case "BRL":
		return "R$"
	case "SGD":
		return "S$"
	}
	return string(c) + " "
}

// Text writes the amount for people, with the minus before the symbol and commas between thousands: "−€1,234.50".
func (m Money) Text() string {
	sign, digits := "", m.Decimal()
	if rest, negative := strings.CutPrefix(digits, "-"); negative {
		sign, digits = "−", rest
	}
	whole, frac, _ := strings.Cut(digits, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if frac != "" {
		whole += "." + frac
	}
	return sign + m.Currency.Symbol() + whole
}
