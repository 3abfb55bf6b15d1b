package accounts

// ProblemOutput is what went wrong, for a person.
type ProblemOutput struct {
	Name    string   `json:"name"`    // stable: "invalid_grant"
	Title   string   `json:"title"`   // one line
	Text    string   `json:"text"`    // what it means
	Steps   []string `json:"steps"`   // what to do, in order
	Field   string   `json:"field"`   // of what was entered, that is most likely wrong; mostly ""
	Fault   string   `json:"fault"`   // source.APIFault
	Raw     string   `json:"raw"`     // what Amazon answered
	Request string   `json:"request"` // Amazon's name of the request, for its support
	At      string   `json:"at"`      // RFC 3339; "" of what was just tried
}

// RegionOutput is one of Amazon's regions.
type RegionOutput struct {
	Region string `json:"region"` // na, eu or fe
	Title  string `json:"title"`
}

// EndpointOutput is where an account is that is not Amazon's, on this computer only.
type EndpointOutput struct {
	Base  string `json:"base"`  // "": Amazon's own
	Token string `json:"token"` // where access is asked for
}

// PlaceOutput is one marketplace of a connection.
type PlaceOutput struct {
	Code      string `json:"code"`
	Title     string `json:"title"`     // "Amazon.de"
	Profile   string `json:"profile"`   // of adverts; "" otherwise
	Suspended bool   `json:"suspended"` // its listings are suspended
	Known     bool   `json:"known"`     // Purser can read it
	Wanted    bool   `json:"wanted"`    // it is read
}

// CapabilityOutput is what an access allows.
type CapabilityOutput struct {
	Name      string `json:"name"`
	Title     string `json:"title"`
	Role      string `json:"role"`       // which grants it
	State     string `json:"state"`      // granted, denied or unknown
	Text      string `json:"text"`       // what Amazon said
	CheckedAt string `json:"checked_at"` // RFC 3339; "" of what was just tried
}

// ConnectionOutput is one connection. No secret is ever in it.
type ConnectionOutput struct {
	API         string             `json:"api"`
	Title       string             `json:"title"`
	Region      string             `json:"region"`
	RegionTitle string             `json:"region_title"`
	ClientID    string             `json:"client_id"`
	ConnectedAt string             `json:"connected_at"`
	SellerID    string             `json:"seller_id"` // "" where Amazon did not say
	StoreName   string             `json:"store_name"`
	Plan        string             `json:"plan"` // PROFESSIONAL, INDIVIDUAL or ""
	Endpoint    EndpointOutput     `json:"endpoint"`
	State       string             `json:"state"`   // connected, reconnect or paused
	Paused      bool               `json:"paused"`  // by a person, whatever else is the matter
	Problem     *ProblemOutput     `json:"problem"` // null: none
	Places      []PlaceOutput      `json:"places"`
	Allowed     []CapabilityOutput `json:"capabilities"`
	Missing     []ProblemOutput    `json:"missing"`  // what to do about each capability that was denied
	Rotation    RotationOutput     `json:"rotation"` // of the client secret
}

// RotationOutput says how long the secret of an application is good for.
type RotationOutput struct {
	Applies  bool   `json:"applies"`   // this API's secrets end
	Created  string `json:"created"`   // YYYY-MM-DD; "" where nobody said
	Ends     string `json:"ends"`      // YYYY-MM-DD; "" where it is not known
	DaysLeft *int   `json:"days_left"` // null where it is not known; below 0 it has ended
	Due      bool   `json:"due"`       // the last reminders but two have begun
	Text     string `json:"text"`
	Source   string `json:"source"`
	Date     string `json:"date"` // of the source
}

// OverviewOutput is all connections.
type OverviewOutput struct {
	Vault       VaultOutput        `json:"vault"`
	Connections []ConnectionOutput `json:"connections"`
	Regions     []RegionOutput     `json:"regions"`
	APIs        []APIOutput        `json:"apis"`
}

// APIOutput is an API that can be connected to.
type APIOutput struct {
	API   string `json:"api"`
	Title string `json:"title"`
	Ends  bool   `json:"ends"` // its secrets end, so that the day on which one was made has to be told
}

// DraftInput is what a person enters to connect. To reconnect, what is left out stays as it is.
type DraftInput struct {
	API           string `json:"api"`
	Region        string `json:"region"`
	ClientID      string `json:"client_id"`
	ClientSecret  string `json:"client_secret"`
	RefreshToken  string `json:"refresh_token"`
	SecretCreated string `json:"secret_created"` // YYYY-MM-DD
	SellerID      string `json:"seller_id"`      // merchant token: the Selling Partner API does not tell it, and listings need it; of adverts, which of several sellers
	Base          string `json:"base"`           // address on this computer in place of Amazon's; "" Amazon's own
	Token         string `json:"token"`          // where access is asked for; "" Amazon's own
}

// TryOutput is what came of trying what was entered.
type TryOutput struct {
	Works     bool               `json:"works"`
	Problem   *ProblemOutput     `json:"problem"` // why it does not; null where it does
	SellerID  string             `json:"seller_id"`
	StoreName string             `json:"store_name"`
	Plan      string             `json:"plan"`
	Places    []PlaceOutput      `json:"places"`
	Allowed   []CapabilityOutput `json:"capabilities"`
	Missing   []ProblemOutput    `json:"missing"`
	Warnings  []string           `json:"warnings"` // what should be looked at though it works
	Kept      bool               `json:"kept"`     // it is connected now
	Also      []string           `json:"also"`     // regions that share the application and have its new secret now too
	Sellers   []SellerOutput     `json:"sellers"`  // whose adverts the login is for, where Amazon tells: of several one has to be chosen
}

// SellerOutput is a seller whose adverts a login is for.
type SellerOutput struct {
	ID           string   `json:"id"`           // merchant token
	Store        string   `json:"store"`        // "" where Amazon does not tell
	Marketplaces []string `json:"marketplaces"` // codes
}

// ConnectionInput names a connection.
type ConnectionInput struct {
	API    string `json:"api"`
	Region string `json:"region"`
}

// PlaceInput is one place, wanted or not.
type PlaceInput struct {
	Code    string `json:"code"`
	Profile string `json:"profile"`
	Wanted  bool   `json:"wanted"`
}

// PlacesInput says which places of a connection are read. Those that are not named stay as they are.
type PlacesInput struct {
	API    string       `json:"api"`
	Region string       `json:"region"`
	Places []PlaceInput `json:"places"`
}

// ChecklistOutput is what a private developer has to do.
type ChecklistOutput struct {
	Groups []ChecklistGroupOutput `json:"groups"`
	Done   int                    `json:"done"`
	Total  int                    `json:"total"`
	Source string                 `json:"source"`
	Date   string                 `json:"date"`
}

// ChecklistGroupOutput is a part of the list.
type ChecklistGroupOutput struct {
	Name  string                `json:"name"`
	Title string                `json:"title"`
	Items []ChecklistItemOutput `json:"items"`
}

// ChecklistItemOutput is one thing to do.
type ChecklistItemOutput struct {
	Name   string `json:"name"`
	Title  string `json:"title"`
	Text   string `json:"text"`
	Link   string `json:"link"`    // where, in words
	DoneAt string `json:"done_at"` // RFC 3339; "" where it is not ticked
}

// TickInput ticks an item of the checklist, or takes the tick away.
type TickInput struct {
	Name string `json:"name"`
	Done bool   `json:"done"`
}

// VaultOutput is how the vault stands.
type VaultOutput struct {
	State  string `json:"state"`  // none, locked, unlocked, lost or damaged
	Mode   string `json:"mode"`   // keychain, passphrase or ""
	Reason string `json:"reason"` // why it cannot be used, and what to do; "" where it can
	Note   string `json:"note"`   // what to know although it can be used
	Wait   int    `json:"wait"`   // seconds until the next passphrase is tried
	Left   int    `json:"left"`   // tries before one has to wait
}

// VaultInput is how a vault is to be kept: by the keychain, or by a passphrase of at least 12 characters.
type VaultInput struct {
	Mode       string `json:"mode"`
	Passphrase string `json:"passphrase"`
}

// RecoveryOutput has the recovery words of a new vault: the only time that they are told.
type RecoveryOutput struct {
	Words []string    `json:"words"`
	Vault VaultOutput `json:"vault"`
}

// UnlockInput opens the vault; the keychain needs no passphrase.
type UnlockInput struct {
	Passphrase string `json:"passphrase"`
}

// RestoreInput opens the vault by its recovery words and says how it is kept from now on.
type RestoreInput struct {
	Words      string `json:"words"` // 24, however they are spaced
	Mode       string `json:"mode"`
	Passphrase string `json:"passphrase"`
}

// EraseVaultInput erases the vault; the word has to be typed.
type EraseVaultInput struct {
	Confirm string `json:"confirm"` // "erase"
}
