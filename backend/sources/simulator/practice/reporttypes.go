package practice

import "time"

// reportType is a kind of report and what may be asked of it.
type reportType struct {
	file    string        // what the simulator calls it
	window  time.Duration // longest; 0: it has no dates
	needs   bool          // dates are required
	options map[string][]string
	single  bool // one marketplace only
	listed  bool // made by Amazon itself; it cannot be asked for
	cancels bool // CANCELLED where there is nothing to tell
	json    bool
}

// reportTypes are the kinds served, by Amazon's name.
func reportTypes() map[string]reportType {
	const day = 24 * time.Hour
	return map[string]reportType{
		"GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL": {file: "all-orders", window: 31 * day, needs: true},
		"GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL":  {file: "all-orders", window: 31 * day, needs: true},
		"GET_SALES_AND_TRAFFIC_REPORT": {
			file: "sales-and-traffic", window: 731 * day, needs: true, single: true, json: true,
			options: map[string][]string{"dateGranularity": {"DAY"}, "asinGranularity": {"PARENT", "CHILD", "SKU"}},
		},
		"GET_FBA_MYI_UNSUPPRESSED_INVENTORY_DATA":      {file: "fba-inventory", single: true},
		"GET_FBA_INVENTORY_PLANNING_DATA":              {file: "fba-inventory-planning", single: true},
		"GET_RESTOCK_INVENTORY_RECOMMENDATIONS_REPORT": {file: "restock-report", single: true},
		"GET_STRANDED_INVENTORY_UI_DATA":               {file: "stranded-inventory", single: true, cancels: true},
		"GET_FBA_FULFILLMENT_CUSTOMER_RETURNS_DATA":    {file: "fba-returns", window: 90 * day, needs: true, single: true},
		"GET_FBA_REIMBURSEMENTS_DATA":                  {file: "fba-reimbursements", window: 90 * day, needs: true, single: true},
		"GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2":   {file: "settlement", listed: true},
		"GET_MERCHANT_LISTINGS_ALL_DATA":               {file: "all-listings", single: true},
		"GET_MERCHANTS_LISTINGS_FYP_REPORT":            {file: "suppressed-listings", single: true, cancels: true},
		"GET_SELLER_FEEDBACK_DATA":                     {file: "seller-feedback", window: 366 * day, needs: true, single: true},
		"GET_V2_SELLER_PERFORMANCE_REPORT":             {file: "account-health", json: true},
		"GET_FBA_ESTIMATED_FBA_FEES_TXT_DATA":          {file: "fee-preview", window: 366 * day, single: true},
	}
}
