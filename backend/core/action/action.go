// Package action is the contract of what a decision leads to.
//
// Input: a recommendation of a rule.
// Output: the kinds of action Purser knows, and what a person is shown of one before approving it.
package action

// The kinds of action. Both stay on this computer: a restock makes a draft line of an order,
// a task keeps a checklist. Anything else a policy names is treated as a task.
const (
	Restock = "inventory.restock"
	Task    = "task"
)

// Action is what is recommended.
type Action struct {
	Kind      string   `json:"kind"`
	Label     string   `json:"label"`     // on the button: "Approve order of 480"
	Checklist []string `json:"checklist"` // steps of a task; empty for a restock
	Units     int      `json:"units"`     // of a restock
	Link      string   `json:"link"`      // page of Seller Central where it is done; may be empty
}
