package sellercentral

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"purser/backend/core"
	"purser/backend/core/source"
)

// apiTransactions is a page of listTransactions (Finances 2024-06-19): one record for each item of each transaction,
// and one for what is of no item.
//
// Its rule: rows of this kind are in the stream source.TransactionsByAPI and in no other; see source.Transaction. Within
// the stream a transaction counts once, on the day it was posted: money that Amazon keeps back is posted as DEFERRED, and the same
// transaction is DEFERRED_RELEASED once it is paid; both give the same record. A transaction that names another as the
// one it releases (DEFERRED_TRANSACTION_ID) is only the release: it is no record, and the document says how many there
// were. A document that has a transaction twice, in both states, gives it once. So pages may come in any order, and
// again: a record is the same whichever page tells it. The last page of a window covers the whole days in it, any other
// page covers none.
func apiTransactions() document {
	return apiDocument(apiKind{
		info: source.Kind{
			Name: "api_transactions", Title: "Transactions (live)", Streams: []source.Stream{source.TransactionsByAPI},
			Where:    "Comes by itself from the connected account: Finances API, listTransactions",
			Unlocks:  "Fees and refunds some days before the settlement has them",
			StaleAge: 7 * 24 * time.Hour, Settles: 48 * time.Hour, // Amazon's own delay (model of 2024-06-19)
		},
		operations: []string{"listTransactions"}, list: "transactions", whole: true,
		open: func(a *apiRows) apiReader {
			return &moneyReader{apiRows: a, told: map[string]bool{}, to: sender[source.Transaction]{stream: source.TransactionsByAPI, out: a.out}}
		},
	})
}

type moneyReader struct {
	*apiRows
	to   sender[source.Transaction]
	told map[string]bool // ids of transactions of the document
}

func (r *moneyReader) close() error {
	if r.skipped > 0 {
		r.out.problems = append(r.out.problems, source.Problem{
			Code:    ProblemReleases,
			Message: fmt.Sprintf("%d entries only say that money kept back earlier was released. It was counted on the day it was posted, so they were left out.", r.skipped),
		})
	}
	return r.to.close()
}

// ProblemReleases is the code of the note that entries were left out because they only release money.
const ProblemReleases = "releases_left_out"

type jsonTransaction struct {
	ID      loose      `json:"transactionId"`
	Type    loose      `json:"transactionType"`
	Status  loose      `json:"transactionStatus"`
	Text    loose      `json:"description"`
	Posted  loose      `json:"postedDate"`
	Total   looseMoney `json:"totalAmount"`
	Partner struct {
		Marketplace loose `json:"marketplaceId"`
	} `json:"sellingPartnerMetadata"`
	Marketplace struct {
		ID   loose `json:"marketplaceId"`
		Name loose `json:"marketplaceName"`
	} `json:"marketplaceDetails"`
	Related []struct {
		Name  loose `json:"relatedIdentifierName"`
		Value loose `json:"relatedIdentifierValue"`
	} `json:"relatedIdentifiers"`
	Items      []json.RawMessage `json:"items"`
	Contexts   []jsonContext     `json:"contexts"`
	Breakdowns []jsonBreakdown   `json:"breakdowns"`
}

type jsonTransactionItem struct {
	Text       loose           `json:"description"`
	Total      looseMoney      `json:"totalAmount"`
	Contexts   []jsonContext   `json:"contexts"`
	Breakdowns []jsonBreakdown `json:"breakdowns"`
}

type jsonContext struct {
	SKU      loose `json:"sku"`
	Quantity loose `json:"quantityShipped"`
}

type jsonBreakdown struct {
	Type   loose           `json:"breakdownType"`
	Amount looseMoney      `json:"breakdownAmount"`
	Parts  []jsonBreakdown `json:"breakdowns"`
}

// related gives what a transaction is related to.
func (t *jsonTransaction) related(name string) string {
	for i := range t.Related {
		if strings.EqualFold(t.Related[i].Name.text, name) {
			return t.Related[i].Value.text
		}
	}
	return ""
}

func (r *moneyReader) take(ctx context.Context, raw json.RawMessage, path string) error {
	var t jsonTransaction
	if err := json.Unmarshal(raw, &t); err != nil {
		return r.bad(path, raw, "transactions", "the transaction has an unexpected form: "+err.Error())
	}
	if held := t.related("DEFERRED_TRANSACTION_ID"); held != "" && held != t.ID.text {
		return r.released(ctx, &t, raw, path)
	}
	if id := t.ID.text; id != "" {
		if r.told[id] {
			return nil
		}
		r.told[id] = true
	}
	items, parts, err := t.items()
	if err != nil {
		return r.bad(path, raw, "items", "an item has an unexpected form: "+err.Error())
	}
	over := [][2]string{
		{"transactionId", t.ID.text},
		{"transactionType", t.Type.text},
		{"transactionStatus", t.Status.text},
		{"postedDate", t.Posted.text},
		{"description", t.Text.text},
		{"ORDER_ID", t.related("ORDER_ID")},
	}
	if err := r.to.together(len(items) + 1); err != nil {
		return err
	}
	for i := range items {
		e := tracedEntry{path: path, raw: raw}
		if len(items) > 1 || len(parts) > 0 {
			e.path, e.raw, e.over = path+".items["+strconv.Itoa(i)+"]", parts[i], over
		}
		err := addRow(ctx, r.apiRows, e, &r.to, func(row int32) source.Transaction { return r.record(&t, &items[i], row, i) })
		if err != nil {
			return err
		}
	}
	return r.rest(ctx, &t, items, len(parts) > 0, raw, path)
}

// released says of an entry that it only releases money: its amounts are those of the transaction that was deferred.
func (r *moneyReader) released(ctx context.Context, t *jsonTransaction, raw json.RawMessage, path string) error {
	r.skipped++
	if t.ID.text == "" || r.told[t.ID.text] {
		return nil
	}
	r.told[t.ID.text] = true
	return addRow(ctx, r.apiRows, tracedEntry{path: path, raw: raw}, &r.to, func(row int32) source.Transaction {
		r.where(t)
		return source.Transaction{Row: row, ID: r.plain("transactionId", t.ID), Marketplace: r.at.code, Class: source.ClassReleased}
	})
}

// items are what a transaction is made of; one without items is an item of itself.
func (t *jsonTransaction) items() (items []jsonTransactionItem, raw []json.RawMessage, err error) {
	for _, part := range t.Items {
		var it jsonTransactionItem
		if err := json.Unmarshal(part, &it); err != nil {
			return nil, nil, err
		}
		if it.Total.Finance.text == "" && it.Total.Amount.text == "" {
			return []jsonTransactionItem{t.itself()}, nil, nil // only the whole says what it is worth
		}
		items, raw = append(items, it), append(raw, part)
	}
	if len(items) == 0 {
		items = append(items, t.itself())
	}
	return items, raw, nil
}

func (t *jsonTransaction) itself() jsonTransactionItem {
	return jsonTransactionItem{Text: t.Text, Total: t.Total, Contexts: t.Contexts, Breakdowns: t.Breakdowns}
}

// rest makes a record of what the items of a transaction do not add up to.
func (r *moneyReader) rest(ctx context.Context, t *jsonTransaction, items []jsonTransactionItem, split bool, raw json.RawMessage, path string) error {
	if !split || t.Total.Finance.text == "" && t.Total.Amount.text == "" {
		return nil
	}
	r.begin()
	left := r.pay("totalAmount", t.Total)
	for i := range items {
		left -= r.pay("items.totalAmount", items[i].Total)
	}
	if r.faulty {
		return r.bad(path, raw, r.column, r.fault)
	}
	if left == 0 {
		return nil
	}
	return addRow(ctx, r.apiRows, tracedEntry{path: path, raw: raw}, &r.to, func(row int32) source.Transaction {
		tr := r.record(t, &jsonTransactionItem{Text: t.Text, Total: t.Total}, row, len(items))
		tr.Total, tr.Other = left, left
		return tr
	})
}

// record makes the record of one item, the part of its transaction given by its place.
func (r *moneyReader) record(t *jsonTransaction, it *jsonTransactionItem, row int32, part int) source.Transaction {
	r.where(t)
	kind := r.must("transactionType", t.Type)
	tr := source.Transaction{
		Row: row, ID: r.plain("transactionId", t.ID), Part: int32(part), Marketplace: r.at.code, At: r.when("postedDate", t.Posted), Type: kind, OrderID: t.related("ORDER_ID"),
		Description: r.plain("description", t.Text),
	}
	if tr.Description == "" {
		tr.Description = r.plain("items.description", it.Text)
	}
	tr.Class, tr.Day = classOf(kind, tr.Description), r.at.day(tr.At)
	for _, c := range it.Contexts {
		if c.SKU.text != "" {
			tr.SKU, tr.Quantity = core.SKU(r.plain("contexts.sku", c.SKU)), r.tally("contexts.quantityShipped", c.Quantity)
			break
		}
	}
	if it.Total.Finance.text == "" && it.Total.Amount.text == "" {
		r.fail("totalAmount", "it is missing")
		return tr
	}
	tr.Total = r.pay("totalAmount", it.Total)
	tr.Currency = r.cur
	r.sort(&tr, it.Breakdowns, "")
	tr.Other = tr.Total - tr.ProductSales - tr.SellingFees - tr.FBAFees - tr.OtherFees - tr.Promotions
	if r.out.emit == nil && !r.faulty {
		r.out.period = r.out.period.Include(tr.Day)
	}
	return tr
}

// where takes the marketplace of a transaction: the one where it occurred.
func (r *moneyReader) where(t *jsonTransaction) {
	switch {
	case t.Marketplace.ID.text != "":
		r.name = "marketplaceDetails.marketplaceId"
		r.place([]byte(t.Marketplace.ID.text))
	case t.Marketplace.Name.text != "":
		r.name = "marketplaceDetails.marketplaceName"
		r.place([]byte(t.Marketplace.Name.text))
	case t.Partner.Marketplace.text != "":
		r.name = "sellingPartnerMetadata.marketplaceId"
		r.place([]byte(t.Partner.Marketplace.text))
	}
}

// sort puts the parts of an amount into the columns of the date-range report. A part takes the column of the nearest
// name above it that has one; what has none stays in Other.
func (r *moneyReader) sort(tr *source.Transaction, parts []jsonBreakdown, column string) {
	for i := range parts {
		p := &parts[i]
		at := columnOf(r.plain("breakdowns.breakdownType", p.Type), column)
		amount := r.pay("breakdowns.breakdownAmount", p.Amount)
		if len(p.Parts) > 0 && r.sumOf(p.Parts) == amount {
			r.sort(tr, p.Parts, at)
			continue
		}
		switch at {
		case "sales":
			tr.ProductSales += amount
		case "selling":
			tr.SellingFees += amount
		case "fba":
			tr.FBAFees += amount
		case "fees":
			tr.OtherFees += amount
		case "promotions":
			tr.Promotions += amount
		}
	}
}

func (r *moneyReader) sumOf(parts []jsonBreakdown) int64 {
	sum := int64(0)
	for i := range parts {
		sum += r.pay("breakdowns.breakdownAmount", parts[i].Amount)
	}
	return sum
}

// columnOf is the column of a part by its name.
func columnOf(name, above string) string {
	low := strings.ToLower(name)
	switch {
	case above == "fba" || above == "selling": // their taxes and discounts belong to them
		return above
	case containsAny(low, "tax"):
		return "other"
	case containsAny(low, "promo", "discount", "rebate"):
		return "promotions"
	case containsAny(low, "fba", "fulfillmentfee", "fulfilmentfee"):
		return "fba"
	case containsAny(low, "commission", "referral", "closingfee"):
		return "selling"
	case containsAny(low, "fee", "expense"):
		return "fees"
	case containsAny(low, "productcharges", "principal"):
		return "sales"
	case containsAny(low, "shipping", "giftwrap"):
		return "other"
	}
	return above
}

// classOf sorts a transaction by the API's own type; where it says nothing, by the words of the date-range report.
func classOf(kind, description string) string {
	low := strings.ToLower(strings.NewReplacer(" ", "", "_", "", "-", "").Replace(kind))
	switch {
	case containsAny(low, "productads", "advertising"):
		return "ads"
	case low == "shipment", low == "order":
		return "order"
	case containsAny(low, "refund", "chargeback", "guaranteeclaim"):
		return "refund"
	case containsAny(low, "transfer", "disbursement", "debtrecovery"):
		return "transfer"
	}
	return transactionClass(kind, description)
}
