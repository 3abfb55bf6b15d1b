package retention

// FigureOutput is a figure that a class rests on, with where it is from.
type FigureOutput struct {
	Name   string `json:"name"`   // longest, kept, least, years
	Text   string `json:"text"`   // "at most 90 days"
	Days   int    `json:"days"`   // 0: not in days
	Years  int    `json:"years"`  // 0: not in years
	Source string `json:"source"` // who says so
	Date   string `json:"date"`   // YYYY-MM-DD, of the source
}

// HoldingOutput is what there is of a class from one origin.
type HoldingOutput struct {
	Origin      string `json:"origin"` // api, file, own
	OriginTitle string `json:"origin_title"`
	Bound       bool   `json:"bound"` // the limits of the class hold for it
	Why         string `json:"why"`   // why they do, or do not
	Documents   int    `json:"documents"`
	Cleared     int    `json:"cleared"` // documents of which only the figures are left
	Bytes       int64  `json:"bytes"`   // on this computer
	Rows        int    `json:"rows"`    // made of them, in the tables
	Oldest      string `json:"oldest"`  // YYYY-MM-DD; "": there is nothing
}

// NextOutput is what goes next of a class.
type NextOutput struct {
	Day       string `json:"day"` // on which it goes, YYYY-MM-DD; "": nothing will
	Documents int    `json:"documents"`
	Bytes     int64  `json:"bytes"`
	Rows      int    `json:"rows"`
	Text      string `json:"text"` // the same as a sentence
}

// ClassOutput is a class of data: how long it is kept, what there is of it and what goes next.
type ClassOutput struct {
	Name     string          `json:"name"` // secret, pii, amazon_raw, amazon_fact, legal, own, audit
	Title    string          `json:"title"`
	About    string          `json:"about"`
	Kept     string          `json:"kept"` // how long, in words
	Days     int             `json:"days"` // how long; 0 with Endless: for ever, otherwise not at all
	Endless  bool            `json:"endless"`
	Edit     string          `json:"edit"` // what a person may change: "", days, law
	Shortest int             `json:"shortest"`
	Longest  int             `json:"longest"` // days, or years where edit is law; 0: no limit
	Law      string          `json:"law"`     // as the seller named it
	Years    int             `json:"years"`   // as the law asks for; 0: none was named
	Changed  string          `json:"changed"` // when a person last changed it, RFC 3339; "": never
	Figures  []FigureOutput  `json:"figures"`
	Holdings []HoldingOutput `json:"holdings"`
	Next     NextOutput      `json:"next"`
}

// RunPartOutput is what one part of Purser let go in a run.
type RunPartOutput struct {
	Part      string `json:"part"` // originals, copies, or a module
	Title     string `json:"title"`
	Class     string `json:"class"`
	Documents int    `json:"documents"`
	Rows      int    `json:"rows"`
	Bytes     int64  `json:"bytes"`
	Before    string `json:"before"` // what was older than this day, YYYY-MM-DD
	Text      string `json:"text"`
}

// RunOutput is a purge that was done, or, in a preview, what it would do.
type RunOutput struct {
	ID        int64           `json:"id"`       // 0: it was not done
	BeganAt   string          `json:"began_at"` // RFC 3339
	EndedAt   string          `json:"ended_at"` // "": it is under way, or was cut and goes on
	Who       string          `json:"who"`      // person, purser
	Documents int             `json:"documents"`
	Rows      int             `json:"rows"`
	Bytes     int64           `json:"bytes"`
	Freed     int64           `json:"freed"` // bytes that the data folder is smaller for
	Parts     []RunPartOutput `json:"parts"`
	Waiting   []string        `json:"waiting"` // parts that could not let go and are asked again, with why
	Text      string          `json:"text"`
}

// ClassesOutput is the whole of it.
type ClassesOutput struct {
	Classes     []ClassOutput `json:"classes"`
	Bound       string        `json:"bound"` // for which data Amazon's limits hold
	BoundSource string        `json:"bound_source"`
	BoundDate   string        `json:"bound_date"`
	AsOf        string        `json:"as_of"`    // YYYY-MM-DD
	NextRun     string        `json:"next_run"` // RFC 3339; "": as soon as Purser is open
	Runs        []RunOutput   `json:"runs"`     // the last of them, newest first
	Waiting     []string      `json:"waiting"`  // parts that could not be counted, with why
}

// SetClassInput changes a class. Days for classes with edit "days", Law and Years for "law"; Years 0 takes a law back.
type SetClassInput struct {
	Name  string `json:"name"`
	Days  int    `json:"days"`
	Years int    `json:"years"`
	Law   string `json:"law"`
}

// ItemOutput is one kind of what is erased.
type ItemOutput struct {
	Kind  string `json:"kind"` // databases, documents, copies, exports, uploads, vault, settings, demo, receipts
	Title string `json:"title"`
	Count int    `json:"count"`
	Unit  string `json:"unit"` // files, secrets
	Bytes int64  `json:"bytes"`
}

// AmazonOutput is an authorisation that stands at Amazon until it is withdrawn there.
type AmazonOutput struct {
	API    string `json:"api"`
	Region string `json:"region"`
	Title  string `json:"title"`
	Text   string `json:"text"` // where and how
	Link   string `json:"link"`
}

// OutsideOutput is what Purser knows of and does not touch.
type OutsideOutput struct {
	Path string `json:"path"` // "" where it is no file of this computer
	Text string `json:"text"`
}

// EraseBeginOutput is what erasing everything would do. Nothing has been done yet.
type EraseBeginOutput struct {
	Word    string          `json:"word"` // to be typed
	Folder  string          `json:"folder"`
	Demo    bool            `json:"demo"` // only the demo shop's folder
	Items   []ItemOutput    `json:"items"`
	Files   int             `json:"files"`
	Bytes   int64           `json:"bytes"`
	Amazon  []AmazonOutput  `json:"amazon"`
	Outside []OutsideOutput `json:"outside"`
	Text    string          `json:"text"` // what happens, in sentences
}

// EraseInput holds what a person typed.
type EraseInput struct {
	Word string `json:"word"`
}

// ReceiptOutput is what was erased.
type ReceiptOutput struct {
	At       string          `json:"at"` // RFC 3339
	Folder   string          `json:"folder"`
	Demo     bool            `json:"demo"`
	Who      string          `json:"who"`     // window, command line
	Resumed  bool            `json:"resumed"` // it was cut and ended at the next start
	Items    []ItemOutput    `json:"items"`
	Files    int             `json:"files"`
	Bytes    int64           `json:"bytes"`
	Amazon   []AmazonOutput  `json:"amazon"`
	Outside  []OutsideOutput `json:"outside"`
	Left     []OutsideOutput `json:"left"` // what could not be erased, or is not Purser's, with why
	Text     string          `json:"text"` // the whole receipt, to be saved or printed
	TextPath string          `json:"text_path"`
	JSONPath string          `json:"json_path"`
}

// ReceiptsOutput lists the receipts of a data folder, newest first.
type ReceiptsOutput struct {
	Receipts []ReceiptOutput `json:"receipts"`
}
