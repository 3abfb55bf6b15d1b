//nolint:misspell // names as Amazon's reports spell them
package sellercentral

import (
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// transactions is the date-range (payments) report, in the languages of Amazon's stores. Above
// its header stand seven to nine lines, one of which names the currency.
func transactions() tableKind {
	type line = source.Transaction
	return definition[line]{
		info: source.Kind{
			Name: "transactions", Title: "Payments transactions (date range)", Streams: []source.Stream{source.Transactions},
			Where:    "Seller Central › Payments › Reports repository › Transaction › date range, CSV",
			Unlocks:  "Fees, refunds, advertising and payouts day by day",
			StaleAge: 7 * 24 * time.Hour,
		},
		columns: []column[line]{
			channel[line]("marketplace").as("web de Amazon", "Amazon 出品サービス"),
			instant("date-time", func(r *line) *int64 { return &r.At }).full().
				as("Datum/Uhrzeit", "date/heure", "Data/Ora:", "fecha y hora", "fecha/hora", "日付/時間"),
			text("settlement-id", func(r *line) *string { return &r.SettlementID }).
				as("Abrechnungsnummer", "numéro de versement", "Numero pagamento", "identificador de pago", "Id. de liquidación", "決済番号"),
			text("type", func(r *line) *string { return &r.Type }).must().as("Typ", "Tipo", "トランザクションの種類"),
			ident("order-id", func(r *line) *string { return &r.OrderID }).
				as("Bestellnummer", "numéro de la commande", "Numero ordine", "número de pedido", "Id. del pedido", "注文番号"),
			text("sku", func(r *line) *core.SKU { return &r.SKU }),
			text("description", func(r *line) *string { return &r.Description }).as("Beschreibung", "Descrizione", "descripción", "説明").must(),
			count("quantity", func(r *line) *int32 { return &r.Quantity }).as("Menge", "quantité", "Quantità", "cantidad", "数量"),
			buyer[line]("order-city").as("Ort der Bestellung", "ville d'où provient la commande", "Città di provenienza dell'ordine",
				"ciudad de procedencia del pedido", "ciudad del pedido", "市町村"),
			buyer[line]("order-state").as("Bundesland", "Région d'où provient la commande", "Provincia di provenienza dell'ordine",
				"comunidad autónoma de procedencia del pedido", "estado del pedido", "都道府県"),
			buyer[line]("order-postal").as("Postleitzahl", "code postal de la commande", "CAP dell'ordine",
				"código postal de procedencia del pedido", "código postal del pedido", "郵便番号", "order-postcode"),
			amount("product-sales", func(r *line) *int64 { return &r.ProductSales }).must().
				as("Umsätze", "Umsätze (net of VAT)", "ventes de produits", "Vendite", "ventas de productos", "商品売上"),
			amount("selling-fees", func(r *line) *int64 { return &r.SellingFees }).must().
				as("Verkaufsgebühren", "frais de vente", "Commissioni di vendita", "tarifas de venta", "手数料"),
			amount("fba-fees", func(r *line) *int64 { return &r.FBAFees }).
				as("Gebühren zu Versand durch Amazon", "frais Expédié par Amazon", "Costi del servizio Logistica di Amazon",
					"tarifas de Logística de Amazon", "tarifas fba", "FBA 手数料"),
			amount("other-transaction-fees", func(r *line) *int64 { return &r.OtherFees }).
				as("Andere Transaktionsgebühren", "autres frais de transaction", "Altri costi relativi alle transazioni",
					"tarifas de otras transacciones", "tarifas de otra transacción", "トランザクションに関するその他の手数料"),
			amount("promotional-rebates", func(r *line) *int64 { return &r.Promotions }).
				as("Rabatte aus Werbeaktionen", "Rabais promotionnels", "Sconti promozionali", "devoluciones promocionales",
					"descuentos promocionales", "プロモーション割引額"),
			amount("total", func(r *line) *int64 { return &r.Total }).full().as("Gesamt", "totale", "合計"),
		},
		known:  transactionsKnown(),
		placed: true, dated: true,
		row:      func(r *line) *int32 { return &r.Row },
		market:   func(r *line) *string { return &r.Marketplace },
		currency: func(r *line) *core.Currency { return &r.Currency },
		days:     func(r *line) (core.Day, core.Day) { return r.Day, r.Day },
		seen: func(x *cells, r *line) bool {
			return x.before(r.SettlementID+"\x00"+r.OrderID+"\x00"+r.Type, string(r.SKU)+"\x00"+r.Description,
				time.Unix(r.At, 0).UTC().Format(time.RFC3339)+core.Money{Minor: r.Total}.Decimal())
		},
		finish: func(x *cells, r *line) verdict {
			r.Day = x.at.day(r.At)
			r.Class = transactionClass(r.Type, r.Description)
			r.Other = r.Total - r.ProductSales - r.SellingFees - r.FBAFees - r.OtherFees - r.Promotions
			return keep
		},
	}
}

// transactionsKnown lists the other columns; their money is in Transaction.Other.
func transactionsKnown() []string {
	return []string{
		"account-type", "kontotyp", "type-de-compte", "tipo-di-account", "tipo-de-cuenta", "fulfillment", "fulfilment", "versand", "traitement", "gestione",
		"gestión-logística", "cumplimiento", "フルフィルメント", "tax-collection-model", "steuererhebungsmodell", "modèle-de-perception-des-taxes",
		"modello-di-riscossione-delle-imposte", "formulario-de-recaudación-de-impuestos", "modelo-de-recaudación-de-impuestos", "税金徴収型",
		"postage-credits-tax", "product-sales-tax", "produktumsatzsteuer", "taxes-sur-la-vente-des-produits", "imposta-sulle-vendite-dei-prodotti",
		"impuesto-de-ventas-de-productos", "商品の売上税", "shipping-credits", "postage-credits", "gutschrift-für-versandkosten", "crédits-d'expédition",
		"accrediti-per-le-spedizioni", "abonos-de-envío", "créditos-de-envío", "配送料", "shipping-credits-tax", "steuer-auf-versandgutschrift",
		"taxe-sur-les-crédits-d'expédition", "imposta-accrediti-per-le-spedizioni", "impuestos-por-abonos-de-envío", "impuesto-de-abono-de-envío",
		"配送料の税金", "gift-wrap-credits", "gutschrift-für-geschenkverpackung", "crédits-sur-l'emballage-cadeau", "accrediti-per-confezioni-regalo",
		"abonos-de-envoltorio-para-regalo", "créditos-por-envoltorio-de-regalo", "ギフト包装手数料", "giftwrap-credits-tax", "gift-wrap-credits-tax",
		"steuer-auf-geschenkverpackungsgutschriften", "taxes-sur-les-crédits-cadeaux", "imposta-sui-crediti-confezione-regalo",
		"impuesto-de-créditos-de-envoltura", "ギフト包装クレジットの税金", "regulatory-fee", "tax-on-regulatory-fee", "promotional-rebates-tax",
		"steuer-auf-aktionsrabatte", "taxes-sur-les-remises-promotionnelles", "imposta-sugli-sconti-promozionali",
		"impuestos-de-descuentos-por-promociones", "impuesto-de-reembolsos-promocionales", "プロモーション割引の税金", "marketplace-withheld-tax",
		"einbehaltene-steuer-auf-marketplace", "taxes-retenues-sur-le-site-de-vente", "trattenuta-iva-del-marketplace",
		"impuesto-retenido-en-el-sitio-web", "impuesto-de-retenciones-en-la-plataforma", "源泉徴収税を伴うマーケットプレイス", "amazonポイントの費用",
		"other", "andere", "autre", "altro", "otro", "その他", "sales-tax-collected", "marketplace-facilitator-tax", "transaktionsstatus",
		"freigabedatum-der-transaktion", "transaction-status", "transaction-release-date", "low-value-goods", "tcs-cgst", "tcs-sgst", "tcs-igst",
	}
}

// transactionClass sorts a row by its type, in whatever language it is written, and by its
// description where the type says only that it is a fee. The description of a sale is the
// product's title, which says nothing.
func transactionClass(kind, description string) string {
	class := typeClass(strings.ToLower(kind))
	if class == "order" || class == "refund" || class == "transfer" {
		return class
	}
	if containsAny(strings.ToLower(description), "advertis", "werbekosten", "publicit", "pubblicit", "publicidad", "広告", "sponsored products") {
		return "ads"
	}
	return class
}

func typeClass(kind string) string {
	switch {
	case containsAny(kind, "transfer", "übertrag", "transfert", "trasferi", "振込", "overboeking", "överföring", "debt"):
		return "transfer"
	case containsAny(kind, "fee", "gebühr", "frais", "commission", "costi", "tarifa", "手数料", "料金", "サービス料", "shipping services", "kosten", "avgift", "opłat", "ücret"):
		return "fee"
	case containsAny(kind, "refund", "erstattung", "rembours", "rimborso", "reembolso", "返金", "terugbetaling", "återbetalning", "zwrot", "a-to-z", "a-bis-z", "chargeback"):
		return "refund"
	case containsAny(kind, "adjust", "anpassung", "ajust", "rettific", "modific", "調整", "aanpassing", "justering", "korekta", "safe-t"):
		return "adjustment"
	case containsAny(kind, "order", "bestell", "commande", "ordine", "pedido", "注文", "beställning", "zamówienie", "sipariş"):
		return "order"
	}
	return "other"
}

func containsAny(s string, parts ...string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}
