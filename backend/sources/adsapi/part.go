package adsapi

import (
	"fmt"
	"strings"

	"purser/backend/core"
	"purser/backend/core/fact"
)

// part is one thing of an advertiser account, named by Amazon's ids, which stay when names change. As an entity it is
// "US/campaign:123", "US/campaign:123/ad_group:456", "US/keyword:789" or "US/target:12".
type part struct {
	marketplace string
	kind        string // of what is named last
	id          string
	campaign    string // of an ad group
}

// The kinds of part.
const (
	partCampaign = "campaign"
	partAdGroup  = "ad_group"
	partKeyword  = "keyword"
	partTarget   = "target"
)

func (p part) String() string {
	own := p.kind + ":" + p.id
	if p.kind == partAdGroup {
		own = partCampaign + ":" + p.campaign + "/" + own
	}
	return fact.SubjectID(p.marketplace, own)
}

// parsePart reads an entity; anything that is not exactly one is an error.
func parsePart(entity string) (part, error) {
	code, rest := fact.SplitID(entity)
	p := part{marketplace: code}
	if over, under, deep := strings.Cut(rest, "/"); deep {
		var kind string
		kind, p.campaign, _ = strings.Cut(over, ":")
		rest = under
		if kind != partCampaign || !isID(p.campaign) {
			return part{}, noPart(entity)
		}
	}
	p.kind, p.id, _ = strings.Cut(rest, ":")
	_, known := core.MarketplaceByCode(code)
	switch {
	case !known || !isID(p.id) || p.String() != entity:
		return part{}, noPart(entity)
	case p.kind == partAdGroup && p.campaign != "":
	case p.kind == partCampaign || p.kind == partKeyword || p.kind == partTarget:
	default:
		return part{}, noPart(entity)
	}
	return p, nil
}

func noPart(entity string) error {
	return core.Invalid(Name, fmt.Sprintf("%q names nothing of an advertiser account.", entity), "")
}

// isID says whether a text is an id as Amazon gives them: digits.
func isID(s string) bool {
	const longest = 24
	return s != "" && len(s) <= longest && strings.Trim(s, "0123456789") == ""
}
