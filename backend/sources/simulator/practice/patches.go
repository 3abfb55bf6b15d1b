package practice

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"time"

	"purser/backend/core"
)

// patch is an accepted change of a listing.
type patch struct {
	ID       string    `json:"id"`
	Market   string    `json:"market"`
	SKU      core.SKU  `json:"sku"`
	Price    int64     `json:"price,omitempty"` // minor units; 0: not changed
	Quantity *int32    `json:"quantity,omitempty"`
	At       time.Time `json:"at"`
	Applies  time.Time `json:"applies"` // when it is seen
	Rejected bool      `json:"rejected,omitempty"`
	Applied  bool      `json:"applied,omitempty"`
}

func (p *patch) attribute() string {
	if p.Quantity != nil {
		return "fulfillment_availability"
	}
	return "purchasable_offer"
}

// mature applies the patches whose time has come.
func (s *Server) mature(now time.Time) {
	for _, p := range s.state.Patches {
		if !p.Applied && !p.Rejected && !p.Applies.After(now) {
			p.Applied = true
			s.applyPrice(p)
		}
	}
}

// applyPrice has the seller sell at the new price from the day after on.
func (s *Server) applyPrice(p *patch) {
	m, ok := core.MarketplaceByCode(p.Market)
	if ok && p.Applied && p.Price > 0 {
		s.seller.SetPrice(p.Market, p.SKU, core.DayOf(p.Applies, s.zone(m))+1, p.Price)
	}
}

type patchRequest struct {
	ProductType string `json:"productType"`
	Patches     []struct {
		Op    string           `json:"op"`
		Path  string           `json:"path"`
		Value []map[string]any `json:"value"`
	} `json:"patches"`
}

func (c *call) patchListing() answer {
	m, _, a, ok := c.listingPlace()
	if !ok {
		return a
	}
	if _, ok := c.listOf("includedData", 2, "identifiers", "issues"); !ok {
		return c.invalid("includedData has a value that it cannot have", "")
	}
	preview := c.query.Get("mode") == "VALIDATION_PREVIEW"
	if c.query.Has("mode") && !preview {
		return c.invalid("mode must be VALIDATION_PREVIEW", "")
	}
	var q patchRequest
	if a, ok := c.decode(&q); !ok {
		return a
	}
	if q.ProductType == "" || len(q.Patches) == 0 {
		return c.invalid("productType and at least one patch are needed", "")
	}
	all := c.listingsAt(m, c.now)
	i := slices.IndexFunc(all, func(l listing) bool { return string(l.SKU) == c.parts["sku"] })
	if i < 0 {
		return c.fail(http.StatusNotFound, "NotFound", "SKU '"+c.parts["sku"]+"' not found in marketplace "+string(m.ID), "")
	}
	change := &patch{Market: m.Code, SKU: all[i].SKU, At: c.now}
	issues := c.readPatches(q, all[i], m, change)
	if c.strikes(PatchInvalid) {
		issues = append(issues, issue(m, "99022", "The value provided is not valid for this product.", change.attribute()))
	}
	return c.submit(change, issues, preview)
}

// submit answers a patch, and keeps it unless it is only tried or cannot be.
func (c *call) submit(p *patch, issues []object, preview bool) answer {
	n := c.next()
	p.ID = c.uuid("submission", n)
	out := object{"sku": string(p.SKU), "status": "ACCEPTED", "submissionId": p.ID, "issues": issues}
	switch {
	case len(issues) > 0:
		out["status"] = "INVALID"
	case preview:
		out["status"] = "VALID"
	default:
		p.Applies = c.now.Add(2*time.Minute + time.Duration(hash(c.o.Seed, "applies", p.ID)%480)*time.Second)
		p.Rejected = c.strikes(PatchRejected)
		c.state.Patches = append(c.state.Patches, p)
	}
	return c.ok(http.StatusOK, out)
}

func issue(m core.Marketplace, code, message, attribute string) object {
	return object{
		"code": code, "message": message, "severity": "ERROR", "attributeNames": []string{attribute}, "categories": []string{"INVALID_ATTRIBUTE"},
		"marketplaceIds": []string{string(m.ID)},
	}
}

// readPatches reads price and quantity of the patches; what is wrong with them comes as issues.
func (c *call) readPatches(q patchRequest, l listing, m core.Marketplace, into *patch) []object {
	issues := []object{}
	bad := func(code, text, attribute string) { issues = append(issues, issue(m, code, text, attribute)) }
	if q.ProductType != l.productType() && q.ProductType != "PRODUCT" {
		bad("90000900", "The product type "+q.ProductType+" does not fit the listing's, which is "+l.productType()+".", "product_type")
	}
	for _, p := range q.Patches {
		switch {
		case p.Op != "replace" && p.Op != "merge" && p.Op != "add":
			bad("4000001", "The patch operation "+p.Op+" is not accepted here.", p.Path)
		case p.Path == "/attributes/purchasable_offer" && q.ProductType == "PRODUCT":
			bad("90000901", "The generic product type PRODUCT does not change prices.", "purchasable_offer")
		case p.Path == "/attributes/purchasable_offer":
			price, ok := offerPrice(p.Value, m)
			if into.Price = price; !ok {
				bad("4000001", "The provided value for 'purchasable_offer' is invalid.", "purchasable_offer")
			}
		case p.Path == "/attributes/fulfillment_availability":
			quantity, ok := offerQuantity(p.Value)
			if into.Quantity = quantity; !ok || l.FBA {
				bad("4000001", "The provided value for 'fulfillment_availability' is invalid.", "fulfillment_availability")
			}
		default:
			bad("4000001", "Only price and quantity can be patched here: "+p.Path, p.Path)
		}
	}
	return issues
}

// offerPrice reads purchasable_offer, an array at every level.
func offerPrice(value []map[string]any, m core.Marketplace) (int64, bool) {
	b, err := json.Marshal(value)
	var v []struct {
		Marketplace string `json:"marketplace_id"`
		Currency    string `json:"currency"`
		Audience    string `json:"audience"`
		Price       []struct {
			Schedule []struct {
				Value json.Number `json:"value_with_tax"`
			} `json:"schedule"`
		} `json:"our_price"`
	}
	if err != nil || json.Unmarshal(b, &v) != nil || len(v) != 1 || v[0].Marketplace != string(m.ID) || v[0].Currency != string(m.Currency) {
		return 0, false
	}
	if len(v[0].Price) != 1 || len(v[0].Price[0].Schedule) != 1 {
		return 0, false
	}
	return exact(v[0].Price[0].Schedule[0].Value, m.Currency)
}

// exact reads an amount that has no more decimals than its currency and is above zero.
func exact(n json.Number, currency core.Currency) (int64, bool) {
	f, err := strconv.ParseFloat(n.String(), 64)
	if err != nil || f <= 0 || f > 1e9 {
		return 0, false
	}
	money := core.FromMajor(f, currency)
	back, err := strconv.ParseFloat(money.Decimal(), 64)
	return money.Minor, err == nil && back == f
}

func offerQuantity(value []map[string]any) (*int32, bool) {
	if len(value) != 1 || value[0]["fulfillment_channel_code"] != "DEFAULT" {
		return nil, false
	}
	f, ok := value[0]["quantity"].(float64)
	n := int32(f)
	return &n, ok && f >= 0 && f == float64(n)
}
