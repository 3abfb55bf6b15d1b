package action

import "purser/backend/core"

// TaskBody is a task as an executor writes it.
type TaskBody struct {
	Decision string   `json:"decision"`
	Title    string   `json:"title"`
	Label    string   `json:"label"`
	Link     string   `json:"link"`
	Steps    []string `json:"steps"`
	Owner    string   `json:"owner"` // who does it; "": the seller
	Due      core.Day `json:"due"`   // 0: none
}

// LineBody is a line of the draft order as an executor writes it.
type LineBody struct {
	Marketplace string     `json:"marketplace"`
	SKU         string     `json:"sku"`
	Units       int        `json:"units"`
	Decision    string     `json:"decision"`
	Cost        core.Money `json:"cost"` // of a unit, landed; zero currency: not known
}

// NoteBody is a note as an executor writes it.
type NoteBody struct {
	Decision string `json:"decision"`
	Subject  string `json:"subject"`
	Text     string `json:"text"`
}
