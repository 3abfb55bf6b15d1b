package sellercentral

import (
	"regexp"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
	"purser/backend/sources/sellercentral/internal/parse"
)

// sellerFeedback is the seller feedback file. Its header is in the language of the store, but the
// order of its columns never changes; so where the names are not known, the cells tell.
func sellerFeedback() tableKind {
	type line = source.Feedback
	return definition[line]{
		info: source.Kind{
			Name: "seller_feedback", Title: "Seller feedback", Streams: []source.Stream{source.SellerFeedback},
			Where:    "Seller Central › Performance › Feedback › Download feedback",
			Unlocks:  "The share of negative feedback and its trend, answers that are due",
			StaleAge: 7 * 24 * time.Hour,
		},
		columns: []column[line]{
			day("date", func(r *line) *core.Day { return &r.Day }).full().as("datum", "fecha", "data", "日付", "tarih"),
			custom("rating", counts, func(x *cells, b []byte, r *line) {
				if r.Rating = x.count(b); r.Rating < 1 || r.Rating > 5 {
					x.reject(b, "a rating from 1 to 5")
				}
			}).full().as("bewertung", "évaluation", "note", "valoración", "calificación", "valutazione", "評価", "beoordeling", "betyg", "ocena", "avaliação"),
			text("comments", func(r *line) *string { return &r.Comment }).must().
				as("comment", "kommentare", "commentaires", "comentarios", "commenti", "コメント", "opmerkingen", "kommentarer", "komentarze", "comentários"),
			text("response", func(r *line) *string { return &r.Response }).
				as("your-response", "antwort", "ihre antwort", "votre réponse", "réponse", "respuesta", "su respuesta", "risposta", "la tua risposta", "返答", "回答", "antwoord", "svar", "odpowiedź", "resposta"),
			ident("order-id", func(r *line) *string { return &r.OrderID }).full().
				as("bestellnummer", "numéro de commande", "número de pedido", "numero ordine", "注文番号", "bestelnummer", "ordernummer", "numer zamówienia", "número do pedido"),
			buyer[line]("rater-email").as("rater-e-mail", "email", "e-mail", "e-mail des bewertenden", "評価者のeメール"),
		},
		known:  []string{"arrived-on-time", "item-as-described", "customer-service", "rater-role"},
		placed: true, dated: true,
		row:    func(r *line) *int32 { return &r.Row },
		market: func(r *line) *string { return &r.Marketplace },
		days:   func(r *line) (core.Day, core.Day) { return r.Day, r.Day },
		seen:   func(x *cells, r *line) bool { return x.before(r.OrderID, r.Day.String(), "") },
		shape:  feedbackShape,
	}
}

// feedbackShape finds the six columns by what the first rows hold: a date, a rating, an order number.
func feedbackShape(records [][]string) []int {
	order := regexp.MustCompile(`^\d{3}-\d{7}-\d{7}$`)
	good := 0
	for _, rec := range records[1:] {
		if len(rec) == 1 && strings.TrimSpace(rec[0]) == "" {
			continue
		}
		if len(rec) < 5 || len(rec) > 8 {
			return nil
		}
		rating, ok := parse.Int(parse.Trim([]byte(rec[1])), false)
		date := strings.TrimSpace(rec[0])
		if !ok || rating < 1 || rating > 5 || date == "" || date[0] < '0' || date[0] > '9' || !order.MatchString(strings.TrimSpace(rec[4])) {
			return nil
		}
		good++
	}
	if good == 0 {
		return nil
	}
	at := []int{0, 1, 2, 3, 4, -1}
	if len(records[0]) > 5 {
		at[5] = 5
	}
	return at
}
