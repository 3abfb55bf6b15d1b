package adsapi

// Media types of Sponsored Products version 3, for what is sent and what is wanted alike. Source: Amazon Ads API,
// Sponsored Products v3, 2026-11.
const (
	mediaCampaign         = "application/vnd.spCampaign.v3+json"
	mediaAdGroup          = "application/vnd.spAdGroup.v3+json"
	mediaKeyword          = "application/vnd.spKeyword.v3+json"
	mediaTarget           = "application/vnd.spTargetingClause.v3+json"
	mediaNegative         = "application/vnd.spNegativeKeyword.v3+json"
	mediaCampaignNegative = "application/vnd.spCampaignNegativeKeyword.v3+json"
	mediaBudgetUsage      = "application/vnd.spcampaignbudgetusage.v1+json"
	mediaReport           = "application/vnd.createasyncreportrequest.v3+json"
)
