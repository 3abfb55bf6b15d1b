package spapi

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"purser/backend/core"
)

// mostBatch is how many products one request may name. Source: models of Product Fees v0 and Product Pricing 2022-05-01.
const mostBatch = 20

// FeeQuery asks what Amazon takes of one sale.
type FeeQuery struct {
	Marketplace string // code
	SKU         string
	Price       core.Money // what the buyer pays, without shipping
	FBA         bool
}

// FeeAmount is an amount of the Product Fees API as it stands there.
type FeeAmount struct {
	Currency text `json:"CurrencyCode"`
	Amount   text `json:"Amount"`
}

// Money gives the amount in minor units; an empty one has no currency. An amount finer than its currency is an error.
func (a FeeAmount) Money() (core.Money, error) { return money(a.Amount, a.Currency) }

// Fee is one fee of an estimate.
type Fee struct {
	Type      text      `json:"FeeType"`
	Amount    FeeAmount `json:"FeeAmount"`
	Promotion FeeAmount `json:"FeePromotion"`
	Tax       FeeAmount `json:"TaxAmount"`
	Final     FeeAmount `json:"FinalFee"`
	Included  []Fee     `json:"IncludedFeeDetailList"`
}

// FeeEstimate is the answer to one question of a batch: each has a status of its own.
type FeeEstimate struct {
	Status     text `json:"Status"` // "Success", "ClientError", "ServiceError"
	Identifier struct {
		SKU  text `json:"IdValue"`
		Seen text `json:"SellerInputIdentifier"` // as asked: the number of the question
	} `json:"FeesEstimateIdentifier"`
	Estimate struct {
		At    text      `json:"TimeOfFeesEstimation"`
		Total FeeAmount `json:"TotalFeesEstimate"`
		Fees  []Fee     `json:"FeeDetailList"`
	} `json:"FeesEstimate"`
	Error struct {
		Code    text `json:"Code"`
		Message text `json:"Message"`
	} `json:"Error"`
}

type feeAsk struct {
	Request feeRequest `json:"FeesEstimateRequest"`
	IDType  string     `json:"IdType"`
	ID      string     `json:"IdValue"`
}

type feeRequest struct {
	Marketplace string   `json:"MarketplaceId"`
	FBA         bool     `json:"IsAmazonFulfilled"`
	Price       feePrice `json:"PriceToEstimateFees"`
	Identifier  string   `json:"Identifier"`
}

type feePrice struct {
	Listing feeMoney `json:"ListingPrice"`
}

type feeMoney struct {
	Currency string      `json:"CurrencyCode"`
	Amount   json.Number `json:"Amount"`
}

func feesEstimates(all []FeeQuery) (call, error) {
	q := call{operation: "getMyFeesEstimates", method: http.MethodPost, path: "/products/fees/v0/feesEstimate"}
	if len(all) == 0 || len(all) > mostBatch {
		return q, core.Invalid(Name, fmt.Sprintf("Fees of 1 to %d offers can be asked for at once, not of %d.", mostBatch, len(all)), "")
	}
	var body []feeAsk
	for i, f := range all {
		m, err := market(f.Marketplace)
		if err != nil {
			return q, err
		}
		if q.region != "" && m.Region != q.region {
			return q, core.Invalid(Name, "Fees of offers in two regions cannot be asked for at once.", "")
		}
		q.region = m.Region
		body = append(body, feeAsk{
			Request: feeRequest{
				Marketplace: string(m.ID), FBA: f.FBA, Identifier: fmt.Sprint(i + 1),
				Price: feePrice{feeMoney{string(f.Price.Currency), json.Number(f.Price.Decimal())}},
			},
			IDType: "SellerSKU", ID: f.SKU,
		})
	}
	q.body = body
	return q, nil
}

// Fees estimates what Amazon takes of sales: at most 20 at a time, of one region. The answers come in any order.
func (c *Client) Fees(ctx context.Context, all []FeeQuery) ([]FeeEstimate, error) {
	q, err := feesEstimates(all)
	if err != nil {
		return nil, err
	}
	out, _, err := ask[[]FeeEstimate](ctx, c, q)
	return out, plain(err)
}

// PlainAmount is an amount of the Product Pricing API as it stands there.
type PlainAmount = Amount

// Competition is who offers a product, and for how much.
type Competition struct {
	Status struct {
		Code text `json:"statusCode"`
	} `json:"status"`
	Body struct {
		ASIN        text `json:"asin"`
		Marketplace text `json:"marketplaceId"`
		Featured    []struct {
			Type   text         `json:"buyingOptionType"`
			Offers []RivalOffer `json:"segmentedFeaturedOffers"`
		} `json:"featuredBuyingOptions"`
		Lowest []struct {
			Offers []RivalOffer `json:"offers"`
		} `json:"lowestPricedOffers"`
		Reference []struct {
			Name  text        `json:"name"`
			Price PlainAmount `json:"price"`
		} `json:"referencePrices"`
		Errors []told `json:"errors"`
	} `json:"body"`
}

// RivalOffer is one offer for a product, of whoever makes it.
type RivalOffer struct {
	Seller      text        `json:"sellerId"`
	Condition   text        `json:"condition"`
	Fulfillment text        `json:"fulfillmentType"` // "AFN", "MFN"
	Price       PlainAmount `json:"listingPrice"`
	Shipping    []struct {
		Type  text        `json:"shippingOptionType"`
		Price PlainAmount `json:"price"`
	} `json:"shippingOptions"`
}

type competitionAsk struct {
	Requests []competitionRequest `json:"requests"`
}

type competitionRequest struct {
	ASIN        string   `json:"asin"`
	Marketplace string   `json:"marketplaceId"`
	Included    []string `json:"includedData"`
	Method      string   `json:"method"`
	URI         string   `json:"uri"`
}

func competitiveSummary(marketplace string, asins []string) (call, error) {
	q := call{operation: "getCompetitiveSummary", method: http.MethodPost, path: "/batches/products/pricing/2022-05-01/items/competitiveSummary"}
	m, err := market(marketplace)
	if err != nil {
		return q, err
	}
	if len(asins) == 0 || len(asins) > mostBatch {
		return q, core.Invalid(Name, fmt.Sprintf("Offers of 1 to %d products can be asked for at once, not of %d.", mostBatch, len(asins)), "")
	}
	var body competitionAsk
	for _, asin := range asins {
		body.Requests = append(body.Requests, competitionRequest{
			ASIN: asin, Marketplace: string(m.ID), Included: []string{"featuredBuyingOptions", "referencePrices", "lowestPricedOffers"},
			Method: http.MethodGet, URI: "/products/pricing/2022-05-01/items/competitiveSummary",
		})
	}
	q.region, q.body = m.Region, body
	return q, nil
}

// Competitions reads who offers products, at most 20 at a time; marketplace is a code.
func (c *Client) Competitions(ctx context.Context, marketplace string, asins []string) ([]Competition, error) {
	q, err := competitiveSummary(marketplace, asins)
	if err != nil {
		return nil, err
	}
	out, _, err := ask[struct {
		Responses []Competition `json:"responses"`
	}](ctx, c, q)
	return out.Responses, plain(err)
}

// ReviewTopics is what reviews of a product speak of. There is no operation that gives reviews or ratings themselves.
type ReviewTopics struct {
	ASIN  text `json:"asin"`
	Range struct {
		From text `json:"startDate"`
		To   text `json:"endDate"`
	} `json:"dateRange"`
	Topics struct {
		Positive []ReviewTopic `json:"positiveTopics"`
		Negative []ReviewTopic `json:"negativeTopics"`
	} `json:"topics"`
}

// ReviewTopic is one thing that reviews speak of. Shares are percentages, impacts are stars.
type ReviewTopic struct {
	Topic   text        `json:"topic"`
	Metrics TopicFigure `json:"asinMetrics"`
}

// TopicFigure is how often reviews speak of something and what it does to the rating.
type TopicFigure struct {
	Mentions text `json:"numberOfMentions"`
	Share    text `json:"occurrencePercentage"`
	Impact   text `json:"starRatingImpact"`
}

func reviewTopics(marketplace, asin string) (call, error) {
	m, err := market(marketplace)
	if err != nil {
		return call{}, err
	}
	q := url.Values{"marketplaceId": {string(m.ID)}, "sortBy": {"MENTIONS"}}
	return get("getItemReviewTopics", m.Region, "/customerFeedback/2024-06-01/items/"+part(asin)+"/reviews/topics", q), nil
}

// ReviewTopics reads what reviews of a child ASIN speak of; false where there are too few reviews.
func (c *Client) ReviewTopics(ctx context.Context, marketplace, asin string) (ReviewTopics, bool, error) {
	q, err := reviewTopics(marketplace, asin)
	if err != nil {
		return ReviewTopics{}, false, err
	}
	out, _, err := ask[ReviewTopics](ctx, c, q)
	return out, len(out.Topics.Positive)+len(out.Topics.Negative) > 0, plain(err)
}
