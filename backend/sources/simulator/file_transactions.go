package simulator

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"purser/backend/core"
)

// transactionDays is how far back the transactions file goes.
const transactionDays = 60

// transactionFiles are the transactions of the last 60 days, downloaded today.
func (s *Seller) transactionFiles(m *store) []document {
	return []document{{fileName("transactions", m, s.asOf, "csv"), download(s.asOf), func() []byte { return s.transactions(m) }}}
}

// words of the transactions file in the store's language.
type words struct {
	preamble, columns            []string
	order, refund, service, move string
	adCost, toBank, storageFee   string
	seller, amazon, taxModel     string
}

func wordsOf(m *store) words {
	if m.germany() {
		return words{
			preamble: []string{
				"Umfasst Transaktionen auf dem Amazon Marketplace und mit Versand durch Amazon", "Alle Beträge in Euro, sofern nicht anders gekennzeichnet",
				"Begriffserklärung:", "Verkaufsgebühren: umfassen Abschlussgebühren und Empfehlungsgebühren.",
				"Andere Transaktionsgebühren: umfassen Rückbelastungen und Werbekosten.",
				"Andere: umfasst Beträge, die zu keiner Bestellung gehören.", "Gebühren zu Versand durch Amazon: Pick, Pack und Lagerung.",
			},
			columns: []string{
				"Datum/Uhrzeit", "Abrechnungsnummer", "Typ", "Bestellnummer", "SKU", "Beschreibung", "Menge", "Marketplace", "Versand",
				"Ort der Bestellung", "Bundesland", "Postleitzahl", "Steuererhebungsmodell", "Umsätze", "Produktumsatzsteuer",
				"Gutschrift für Versandkosten", "Steuer auf Versandgutschrift", "Gutschrift für Geschenkverpackung",
				"Steuer auf Geschenkverpackungsgutschriften", "Rabatte aus Werbeaktionen", "Steuer auf Aktionsrabatte",
				"Einbehaltene Steuer auf Marketplace", "Verkaufsgebühren", "Gebühren zu Versand durch Amazon",
				"Andere Transaktionsgebühren", "Andere", "Gesamt",
			},
			order: "Bestellung", refund: "Erstattung", service: "Servicegebühr", move: "Übertrag", adCost: "Werbekosten",
			toBank: "Auf Ihr Konto mit der Endung: 204", storageFee: "Versand durch Amazon Lagergebühr", seller: "Verkäufer", amazon: "Amazon",
		}
	}
	return words{
		preamble: []string{
			"Includes Amazon Marketplace, Fulfillment by Amazon (FBA), and Amazon Webstore transactions", "All amounts in USD, unless specified",
			"Definitions:", "Sales tax collected: sales tax collected from buyers for products, shipping and gift wrap.",
			"Selling fees: variable closing fees and referral fees.", "Other transaction fees: chargebacks, holdbacks and advertising.",
			"Other: amounts that belong to no order.",
		},
		columns: []string{
			"date/time", "settlement id", "type", "order id", "sku", "description", "quantity", "marketplace", "account type",
			"fulfillment", "order city", "order state", "order postal", "tax collection model", "product sales", "product sales tax",
			"shipping credits", "shipping credits tax", "gift wrap credits", "giftwrap credits tax", "Regulatory Fee",
			"Tax On Regulatory Fee", "promotional rebates", "promotional rebates tax", "marketplace withheld tax", "selling fees",
			"fba fees", "other transaction fees", "other", "total",
		},
		order: "Order", refund: "Refund", service: "Service Fee", move: "Transfer", adCost: "Cost of Advertising",
		toBank: "To your account ending in: 204", storageFee: "FBA Inventory Storage Fee", seller: "Seller", amazon: "Amazon",
		taxModel: "MarketplaceFacilitator",
	}
}

// transactions is the date range report: the postings of 60 days, and the payouts.
func (s *Seller) transactions(m *store) []byte {
	w := wordsOf(m)
	t := &table{sep: ',', quoteAll: true, comma: m.germany(), buf: []byte("\xef\xbb\xbf")}
	for _, p := range w.preamble {
		t.text(p)
		t.end()
	}
	t.header(w.columns)
	list := s.postings(m, core.Period{From: s.asOf - transactionDays, To: s.asOf - 1})
	for end := settlementEnd(m, s.asOf-2); end > s.asOf-transactionDays+14; end -= 14 {
		var total int64
		for _, p := range s.postings(m, core.Period{From: end - 14, To: end - 1}) {
			total += p.total()
		}
		list = append(list, posting{at: end.Time().Unix() + 7*3600, kind: "Transfer", other: -total})
	}
	slices.SortStableFunc(list, func(a, b posting) int { return cmp.Compare(a.at, b.at) })
	for _, p := range list {
		t.transaction(m, w, p)
	}
	return t.buf
}

func (t *table) transaction(m *store, w words, p posting) {
	posted := core.DayOf(time.Unix(p.at, 0), time.UTC)
	t.texts(localTime(m, p.at), settlementID(m, settlementEnd(m, posted)+14), w.kind(p))
	if p.line == nil {
		t.texts("", "", w.about(p), "", "")
	} else {
		t.texts(p.line.order, string(p.line.offer.sku), p.line.offer.name(), fmt.Sprint(p.quantity), strings.ToLower(m.Domain))
	}
	if !m.germany() {
		t.text("Standard Orders")
	}
	t.whereTo(m, w, p)
	net, tax := p.sales, p.tax
	if m.germany() {
		net -= tax
	}
	t.money(net)
	t.money(tax)
	t.zeros(4)
	if !m.germany() {
		t.zeros(2)
	}
	t.money(p.promo)
	t.money(0)
	if m.germany() {
		t.money(0)
	} else {
		t.money(-tax)
	}
	t.money(p.selling)
	t.money(p.fba)
	fees, other := p.other, int64(0)
	if p.kind == "other-transaction" || p.kind == "Transfer" {
		fees, other = 0, p.other
	}
	t.money(fees)
	t.money(other)
	t.money(p.total())
	t.end()
}

func (t *table) zeros(n int) {
	for range n {
		t.money(0)
	}
}

// whereTo writes fulfilment, the place and the tax model; empty for what is no order.
func (t *table) whereTo(m *store, w words, p posting) {
	if p.line == nil {
		t.blanks(5)
		return
	}
	by := w.amazon
	if p.line.offer.fbm {
		by = w.seller
	}
	t.text(by)
	if m.germany() {
		t.texts("Hamburg", "", "20095", w.taxModel)
		return
	}
	t.texts("AUSTIN", "TX", "78701", w.taxModel)
}

func (w words) kind(p posting) string {
	switch p.kind {
	case "Order":
		return w.order
	case "Refund":
		return w.refund
	case "Transfer":
		return w.move
	}
	return w.service
}

func (w words) about(p posting) string {
	switch {
	case p.kind == "Transfer":
		return w.toBank
	case p.kind == "ServiceFee":
		return w.adCost
	case p.text == "Storage Fee":
		return w.storageFee
	}
	return p.text
}

// localTime is an instant as the transactions file of the store writes it.
func localTime(m *store, unix int64) string {
	t := time.Unix(unix, 0)
	if m.germany() {
		return t.UTC().Format("02.01.2006 15:04:05 UTC")
	}
	return t.In(m.loc).Format("Jan 2, 2006 3:04:05 PM MST")
}
