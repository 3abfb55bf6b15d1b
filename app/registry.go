package app

import (
	"purser/backend/channels/desktop"
	signed "purser/backend/channels/webhook"
	"purser/backend/core/action"
	"purser/backend/core/channel"
	"purser/backend/core/module"
	"purser/backend/core/source"
	"purser/backend/executors/adbids"
	"purser/backend/executors/adbudgets"
	"purser/backend/executors/adnegatives"
	"purser/backend/executors/adstates"
	"purser/backend/executors/drafts"
	"purser/backend/executors/files"
	"purser/backend/executors/notes"
	"purser/backend/executors/notices"
	"purser/backend/executors/offers"
	"purser/backend/executors/reviewrequests"
	"purser/backend/executors/tasks"
	"purser/backend/executors/webhooks"
	"purser/backend/modules/accounthealth"
	"purser/backend/modules/advertising"
	"purser/backend/modules/inventory"
	"purser/backend/modules/listings"
	"purser/backend/modules/reviews"
	"purser/backend/modules/sales"
	"purser/backend/platform/clock"
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

// around is what executors work with; a zero one is enough to ask them for their kinds.
type around struct {
	book    decisions.Book
	screen  channel.Channel // shows notifications
	uploads string          // folder of files to upload
	target  signed.Target   // where messages go
	amazon  *amazon         // whom adverts, offers and reviews are changed at
	clk     clock.Clock
}

// Executors lists what carries actions out, in the order in which the settings show it.
func Executors(a around) []action.Executor {
	return []action.Executor{
		drafts.New(a.book),
		tasks.New(a.book),
		notes.New(a.book),
		notices.New(a.screen),
		files.New(a.uploads),
		webhooks.New(signed.New(a.target, a.clk)),
		adbids.New(adverts{a.amazon}),
		adbudgets.New(adverts{a.amazon}),
		adstates.New(adverts{a.amazon}),
		adnegatives.New(adverts{a.amazon}),
		offers.NewPrices(listed{a.amazon}),
		offers.NewQuantities(listed{a.amazon}),
		reviewrequests.New(solicitations{a.amazon}, a.book, a.clk),
	}
}
