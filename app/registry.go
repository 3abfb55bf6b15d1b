package app

import (
	"purser/backend/channels/desktop"
	"purser/backend/core/action"
	"purser/backend/core/channel"
	"purser/backend/core/module"
	"purser/backend/core/source"
	"purser/backend/executors/drafts"
	"purser/backend/executors/tasks"
	"purser/backend/modules/accounthealth"
	"purser/backend/modules/advertising"
	"purser/backend/modules/inventory"
	"purser/backend/modules/listings"
	"purser/backend/modules/reviews"
	"purser/backend/modules/sales"
	"purser/backend/platform/supervise"
	"purser/backend/services/decisions"
	"purser/backend/sources/sellercentral"
)

// Modules lists the parts of the account, in the order in which pages show them.
func Modules() []module.Module {
	return []module.Module{
		accounthealth.New(),
		sales.New(),
		inventory.New(),
		advertising.New(),
		listings.New(),
		reviews.New(),
	}
}

// Files is what reads files.
func Files() source.FileSource { return sellercentral.New() }

// Channels lists what carries messages to a person.
func Channels(tree *supervise.Tree) []channel.Channel {
	return []channel.Channel{desktop.New("Purser", tree)}
}

// Executors lists what carries actions out, in the order in which the settings show it.
func Executors(book decisions.Book) []action.Executor {
	return []action.Executor{
		drafts.New(book),
		tasks.New(book),
	}
}
