# Purser. `make run` and `make test` are all a newcomer needs; `make help` lists the rest.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
export GOFLAGS := -trimpath
PURSER_SHARED ?= ../shared
export PURSER_SHARED := $(abspath $(PURSER_SHARED))

TOOLS := $(CURDIR)/build/tmp/bin
GOLANGCI_VERSION := v2.15.0
GOFUMPT_VERSION := v0.9.2
NODE_STAMP := frontend/node_modules/.package-lock.json
UI_SOURCES := $(shell find frontend -path frontend/node_modules -prune -o -path frontend/dist -prune -o -path frontend/e2e -prune -o -path frontend/test-results -prune -o -type f -print 2>/dev/null)
GO_SOURCES := $(shell find main.go app backend frontend/embed.go -type f 2>/dev/null)
DESKTOP_TAGS := desktop,production,webkit2_41

.DEFAULT_GOAL := help
.PHONY: help setup run test check lint lint-go lint-web generate fresh go-test fuzz web-test e2e window-test notify-test keychain-test bench bench-ui gallery gate build cli clean fmt shots vuln

help: ## List the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk 'BEGIN{FS=":.*## "}{printf "  %-14s %s\n",$$1,$$2}'

run: ## Set up, build and open the window on the demo seller (without a display: serve and print the brief)
	@build/ci/run.sh

test: ## Set up and run every check
	@build/ci/setup.sh test
	@$(MAKE) --no-print-directory check

check: lint fresh go-test fuzz web-test build e2e window-test notify-test keychain-test ## Every check, without installing system packages
	@echo "All checks passed."

setup: ## Install what building and testing need
	@build/ci/setup.sh test

$(NODE_STAMP): frontend/package-lock.json frontend/package.json
	cd frontend && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

frontend/dist/index.html: $(NODE_STAMP) $(UI_SOURCES)
	cd frontend && npm run --silent build
	@touch $@

build/bin/purser-cli: $(GO_SOURCES) frontend/dist/index.html
	CGO_ENABLED=0 go build -ldflags "-s -w" -o $@ .

build/bin/purser: $(GO_SOURCES) frontend/dist/index.html
	go build -tags $(DESKTOP_TAGS) -ldflags "-s -w" -o $@ .

build: build/bin/purser build/bin/purser-cli ## Build the desktop program and the one without a window

cli: build/bin/purser-cli ## Build the program without a window (needs no GTK)

generate: ## Make the TypeScript bindings anew from the bound Go structs
	@build/ci/generate.sh

fresh: ## Check that generated files are what the generators make
	@build/ci/generate.sh --check

fmt: $(TOOLS)/golangci-lint $(NODE_STAMP) ## Format everything
	$(TOOLS)/golangci-lint fmt ./...
	cd frontend && npm run --silent format

$(TOOLS)/golangci-lint:
	@mkdir -p $(TOOLS)
	GOBIN=$(TOOLS) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)

lint: lint-go lint-web ## Lint Go and the UI

lint-go: $(TOOLS)/golangci-lint
	$(TOOLS)/golangci-lint fmt --diff ./...
	$(TOOLS)/golangci-lint run ./...

lint-web: $(NODE_STAMP)
	cd frontend && npm run --silent lint && npm run --silent cruise && npm run --silent typecheck

# Long tests of one goroutine: the race detector has nothing to see in them and makes them four times as long.
ALONE := TestTruth|TestPagesKeepTheirBounds|TestAMillionLinesStaySmall|TestBacktestHonesty|TestAlerts|TestMadeTestsPass|TestKilledImport
ALONE := $(ALONE)|TestShuffledAndRepeatedBatchesAddUp|TestFramesAre[A-Za-z]+|TestOrderOfBatches|TestRowsRecompute[A-Za-z]+|TestRandomHistories
ALONE := $(ALONE)|TestInspectNamesWhatIsWrong|TestTheSameFileGivesTheSameBatches|TestExpandRefusesBombs|TestDemo|TestDocuments_[A-Za-z]+
ALONE := $(ALONE)|TestModelsSurviveWriting|TestFiguresAreWrittenInPlace|TestMutations
ALONE := $(ALONE)|TestFirstFill|TestOneAPIDown|TestLiveTruth|TestSecretsAreNowhere|TestSecretsInACrash|TestBuyersAreNowhere|TestIngestCommand
ALONE := $(ALONE)|TestOldFiguresGo|TestFiguresStandAfterTheirOriginalsWent|TestWhatIsAwayIsToldOnThePagesConcerned|TestConnecting[A-Za-z]+|TestErase[A-Za-z]+|TestCutErase[A-Za-z]+
ALONE := $(ALONE)|TestAYear|TestEveryWindowComesOnceWhateverHappens|TestTheOldIsNotStarvedByTheNew|TestOneAPIDownFor48Hours|TestAsleepFor14Days|TestWhatIsRestatedIsAskedForAgain
ALONE := $(ALONE)|TestDaysAcrossTheChangeOfClocks|TestWholeDays|TestFault(15|16|18|20)_[A-Za-z0-9]+|TestAnswersThatDrift|TestFaults|TestReports_[A-Za-z]+|TestState_[A-Za-z]+|TestTruth_[A-Za-z]+
ALONE := $(ALONE)|TestKilledPurge|TestAuto_whatThereIsOfAKind|TestOrderOfImportDoesNotMatter|TestPagesAndReportsInAnyOrder|TestMoneyIsTheSameInAnyOrder|TestNothingOutsideTheList
ALONE := $(ALONE)|TestShippedPolicies[A-Za-z]*|TestPreviewsOfShippedPoliciesAreTheEvaluation|TestDefaultPolicyEveryCombination|TestDemo[A-Za-z]*|TestYearIsInTheFiles|TestMode31_[A-Za-z]+
ALONE := $(ALONE)|TestAccountSwitchedOff|TestNoSalesYesterdayIsNotKnownWhileItIsNotBelieved|TestShippedRulesPass|TestAnAuditOfTheMonth
ALONE := $(ALONE)|TestThousandTamperings|TestNoFalseAlarms|TestKilled|TestWithoutABoundNothingIsDone|TestDryRunIsTheRealThing|TestRollbacks

# Without vet, which the linter has. Only packages that have tests without the detector are linked once more: for all of
# them it takes longer than the tests.
go-test: frontend/dist/index.html ## Go tests in random order: with the race detector, and without it what it cannot judge
	go test -vet=off -race -shuffle=on -timeout 20m -skip "^($(ALONE))$$" ./...
	go test -vet=off -shuffle=on -count=1 -timeout 10m -run "^($(ALONE))$$" $$(build/ci/having.sh '$(ALONE)')

FUZZTIME ?= 5s
fuzz: ## Run each fuzz target for FUZZTIME (5s; make gate runs them for minutes)
	@build/ci/fuzz.sh $(FUZZTIME)

web-test: frontend/dist/index.html ## Unit tests of the UI, and what its bundle weighs
	cd frontend && npm run --silent test && npm run --silent bundle

e2e: build/bin/purser-cli $(NODE_STAMP) ## Playwright in Chromium against the real core, with axe
	cd frontend && npx playwright test

window-test: build/bin/purser ## The real window under Xvfb, through WebKitWebDriver
	@build/ci/window.sh

notify-test: ## The real notification daemon under a private D-Bus
	@build/ci/notify.sh

keychain-test: ## The real keychain under a private D-Bus
	@build/ci/keychain.sh

bench: build/bin/purser-cli ## Measure speed, in ratios within one run
	@build/ci/bench.sh

bench-ui: build ## Measure what pages cost a person with 10,000 SKUs, in Chromium and in the real window
	@build/ci/bench-ui.sh

gallery: $(NODE_STAMP) ## Every component in every state: build the page and check it with axe
	cd frontend && npm run --silent test:gallery

gate: build/bin/purser-cli ## Longer runs: kill tests, random histories, lives of accounts, long fuzzing, axe and Tab over every page in every state
	cd frontend && PURSER_GATE=1 npx playwright test access pages
	PURSER_GATE=1 go test -count=1 -timeout 60m ./app/ -run 'Kill|Backfill|OneAPIDown|Secrets|OldFigures|BacktestHonesty'
	PURSER_GATE=1 go test -count=1 -timeout 180m ./app/ -run 'LiveTruth$$'
	PURSER_GATE=1 go test -count=1 -timeout 60m ./backend/services/jobs/ ./backend/platform/secrets/ -run 'Kill|Windows?Comes'
	PURSER_GATE=1 go test -count=1 -timeout 60m ./backend/sources/... -run 'Mutat|Drift'
	PURSER_GATE=1 go test -count=1 -timeout 60m ./backend/services/actions/... ./backend/services/decisions/ -run 'Histories|Killed|Alarms|Bound|Switch|DryRun'
	@build/ci/fuzz.sh 5m

shots: build/bin/purser-cli $(NODE_STAMP) ## Screenshots of every page, light and dark, into shots/
	cd frontend && PURSER_SHOTS=$(CURDIR)/shots npx playwright test --grep @shots

vuln: ## Known vulnerabilities in reachable code, from the offline database
	@build/ci/vuln.sh

clean: ## Remove what was built
	rm -rf build/bin build/tmp frontend/dist/assets frontend/dist/index.html shots
