package adstest

import "net/http"

// resource is one kind of thing of Sponsored Products: how it is listed, and what of it is ever set.
type resource struct {
	plural  string // of the operation
	path    string
	media   string
	key     string
	id      string // field of its id in answers to writes
	filters []string
	row     shape
	change  *shape // an item of PUT; nil: never changed
	add     *shape // an item of POST; nil: never added
}

// settable are the states that are ever set: what is for good is not among them.
func settable() shape { return enum("ENABLED", "PAUSED") }

func resources() []resource {
	state := enum("ENABLED", "PAUSED", "ARCHIVED", "ENABLING", "OTHER", "USER_DELETED", "PROPOSED")
	match := enum("BROAD", "PHRASE", "EXACT", "OTHER")
	negative := enum("NEGATIVE_EXACT", "NEGATIVE_PHRASE", "NEGATIVE_BROAD", "OTHER")
	addable := enum("NEGATIVE_EXACT", "NEGATIVE_PHRASE")
	id, bid := a(anID), a(aNumber)
	budget := func(more map[string]shape) shape {
		more["budget"], more["budgetType"] = a(aNumber), enum("DAILY")
		return object([]string{"budget", "budgetType"}, more)
	}
	campaign := object([]string{"campaignId", "name", "state", "budget"}, map[string]shape{
		"campaignId": id, "name": text(128), "state": state, "startDate": a(aDay), "endDate": a(aDay).orNull(), "targetingType": enum("AUTO", "MANUAL"),
		"portfolioId": id, "budget": budget(map[string]shape{"effectiveBudget": a(aNumber)}), "dynamicBidding": object(nil, nil).andMore(),
		"tags": mapOf(text(0)), "extendedData": object(nil, nil).andMore(),
	})
	return []resource{
		{
			"Campaigns", "/sp/campaigns", "application/vnd.spCampaign.v3+json", "campaigns", "campaignId",
			[]string{"campaignIdFilter", "portfolioIdFilter"},
			campaign,
			ptr(object([]string{"campaignId"}, map[string]shape{"campaignId": id, "state": settable(), "budget": budget(map[string]shape{})})), nil,
		},
		{
			"AdGroups", "/sp/adGroups", "application/vnd.spAdGroup.v3+json", "adGroups", "adGroupId",
			[]string{"campaignIdFilter", "adGroupIdFilter"},
			object([]string{"adGroupId", "campaignId", "name", "state"}, map[string]shape{
				"adGroupId": id, "campaignId": id, "name": text(255), "state": state, "defaultBid": bid, "extendedData": object(nil, nil).andMore(),
			}), nil, nil,
		},
		{
			"Keywords", "/sp/keywords", "application/vnd.spKeyword.v3+json", "keywords", "keywordId",
			[]string{"campaignIdFilter", "adGroupIdFilter", "keywordIdFilter"},
			object([]string{"keywordId", "campaignId", "adGroupId", "keywordText", "matchType", "state"}, map[string]shape{
				"keywordId": id, "campaignId": id, "adGroupId": id, "keywordText": text(0), "nativeLanguageKeyword": text(0), "nativeLanguageLocale": text(0),
				"matchType": match, "state": state, "bid": bid.orNull(), "extendedData": object(nil, nil).andMore(),
			}),
			ptr(object([]string{"keywordId"}, map[string]shape{"keywordId": id, "state": settable(), "bid": bid})), nil,
		},
		{
			"Targets", "/sp/targets", "application/vnd.spTargetingClause.v3+json", "targetingClauses", "targetId",
			[]string{"campaignIdFilter", "adGroupIdFilter", "targetIdFilter"},
			object([]string{"targetId", "campaignId", "adGroupId", "state"}, map[string]shape{
				"targetId": id, "campaignId": id, "adGroupId": id, "state": state, "bid": bid.orNull(), "expressionType": enum("AUTO", "MANUAL", "OTHER"),
				"expression": list(expression(), 0), "resolvedExpression": list(expression(), 0), "extendedData": object(nil, nil).andMore(),
			}),
			ptr(object([]string{"targetId"}, map[string]shape{"targetId": id, "state": settable(), "bid": bid})), nil,
		},
		{
			"NegativeKeywords", "/sp/negativeKeywords", "application/vnd.spNegativeKeyword.v3+json", "negativeKeywords", "negativeKeywordId",
			[]string{"campaignIdFilter", "adGroupIdFilter", "negativeKeywordIdFilter"},
			object([]string{"keywordId", "campaignId", "adGroupId", "keywordText", "matchType", "state"}, map[string]shape{
				"keywordId": id, "campaignId": id, "adGroupId": id, "keywordText": text(0), "matchType": negative, "state": state, "extendedData": object(nil, nil).andMore(),
			}), nil,
			ptr(object([]string{"campaignId", "adGroupId", "keywordText", "matchType", "state"}, map[string]shape{
				"campaignId": id, "adGroupId": id, "keywordText": text(80), "matchType": addable, "state": settable(),
			})),
		},
		{
			"CampaignNegativeKeywords", "/sp/campaignNegativeKeywords", "application/vnd.spCampaignNegativeKeyword.v3+json", "campaignNegativeKeywords",
			"campaignNegativeKeywordId",
			[]string{"campaignIdFilter", "campaignNegativeKeywordIdFilter"},
			object([]string{"keywordId", "campaignId", "keywordText", "matchType", "state"}, map[string]shape{
				"keywordId": id, "campaignId": id, "keywordText": text(0), "matchType": negative, "state": state, "extendedData": object(nil, nil).andMore(),
			}), nil,
			ptr(object([]string{"campaignId", "keywordText", "matchType", "state"}, map[string]shape{
				"campaignId": id, "keywordText": text(80), "matchType": addable, "state": settable(),
			})),
		},
	}
}

func expression() shape {
	return object([]string{"type"}, map[string]shape{"type": text(0), "value": text(0).orNull()})
}

func (r resource) list() operation {
	fields := map[string]shape{
		"maxResults": a(aCount), "nextToken": text(0), "includeExtendedDataFields": a(aFlag),
		"stateFilter": object([]string{"include"}, map[string]shape{"include": list(enum("ENABLED", "PAUSED", "ARCHIVED"), 3)}),
	}
	for _, f := range r.filters {
		fields[f] = object([]string{"include"}, map[string]shape{"include": list(a(anID), 1000)})
	}
	return operation{
		name: "list" + r.plural, method: http.MethodPost, path: r.path + "/list", media: r.media, accept: []string{r.media}, ask: ptr(object(nil, fields)),
		answers: map[int]shape{200: object([]string{r.key}, map[string]shape{
			r.key: list(r.row, 0), "totalResults": a(aCount), "nextToken": text(0).orNull(),
		})},
	}
}

func (r resource) write(verb, method string, item shape) operation {
	success := object([]string{"index"}, map[string]shape{"index": a(aCount), r.id: a(anID), "keywordId": a(anID)}).andMore()
	err := object([]string{"index", "errors"}, map[string]shape{
		"index": a(aCount),
		"errors": list(object([]string{"errorType"}, map[string]shape{
			"errorType": text(0), "errorValue": mapOf(object(nil, map[string]shape{"reason": text(0), "message": text(0), "cause": a(anything)}).andMore()),
		}), 0),
	})
	return operation{
		name: verb + r.plural, method: method, path: r.path, media: r.media, accept: []string{r.media},
		ask: ptr(object([]string{r.key}, map[string]shape{r.key: list(item, 1000)})),
		answers: map[int]shape{207: object([]string{r.key}, map[string]shape{
			r.key: object(nil, map[string]shape{"success": list(success, 1000), "error": list(err, 1000)}),
		})},
	}
}
