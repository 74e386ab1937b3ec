package papers

import (
	"time"

	"tracedesk/backend/freight"
)

// The types in this file are what the document workbench shows and sends. A document is known by its id: the SHA-256 of the
// file it came in, and ".2", ".3" behind it for the further documents of that file. Pages are numbered as in the file.
// Boxes are [left, top, right, bottom] as fractions of the page as its picture shows it.

// PaperStage is where a document stands in the queue.
type PaperStage string

// The closed list of stages. Every document is in one of them.
const (
	InReading    PaperStage = "reading"    // waits to be read, or is being read
	NeedsEyes    PaperStage = "eyes"       // a person must look: no load, a check in doubt, SLC, unsigned
	IsClean      PaperStage = "clean"      // on its load, and every required check passed
	HasProblem   PaperStage = "problem"    // short, over, damaged, refused, another load's, or flagged and no better one came
	IsFiled      PaperStage = "filed"      // decided by a person, or needs no decision
	IsUnreadable PaperStage = "unreadable" // nothing could be read, or reading failed: see says
)

// PaperType is what a document is.
type PaperType string

// The closed list of types; "" while it is not read.
const (
	TypeUnread PaperType = ""
	TypeBOL    PaperType = "BOL"
	TypePOP    PaperType = "POP"
	TypePOD    PaperType = "POD"
	TypeLumper PaperType = "LUMPER"
	TypeWeight PaperType = "WEIGHT"
	TypeOSD    PaperType = "OSD"
	TypeOther  PaperType = "OTHER"
	TypeBlank  PaperType = "BLANK"
)

// PaperVerdict is what the desk proposes; what a person decided is the state.
type PaperVerdict string

// The closed list of proposed verdicts; "" while it is not read.
const (
	ProposesNothing    PaperVerdict = ""
	ProposesVerified   PaperVerdict = "verified"
	ProposesException  PaperVerdict = "exception"
	ProposesReview     PaperVerdict = "review"
	ProposesWrongLoad  PaperVerdict = "wrong_load"
	ProposesSupporting PaperVerdict = "supporting"
	ProposesNoProof    PaperVerdict = "not_a_proof"
	ProposesUnreadable PaperVerdict = "unreadable"
)

// QueueQuery chooses documents of the queue; empty fields choose all. Words look in the text of the papers, in their names
// and in load numbers.
type QueueQuery struct {
	Stage    PaperStage
	Load     string
	Customer string
	Type     PaperType
	Words    string
	After    string // id of the last item of the page before
	Limit    int    // 0: 200
}

// PaperQueue is a page of the queue: what a person must look at first, then the rest, the oldest first within; filed ones the
// newest first.
type PaperQueue struct {
	Items  freight.List[PaperItem] `json:"items"`
	Counts PaperCounts             `json:"counts"` // over the whole desk, whatever was chosen
	Total  int                     `json:"total"`  // that were chosen
	Next   string                  `json:"next"`   // id of the first one that needs a person; "" when none does
	More   bool                    `json:"more"`   // ask again with after = the last id
}

// PaperCounts is how many documents are in each stage.
type PaperCounts struct {
	Reading    int `json:"reading"`
	Eyes       int `json:"eyes"`
	Clean      int `json:"clean"`
	Problem    int `json:"problem"`
	Filed      int `json:"filed"`
	Unreadable int `json:"unreadable"`
}

// PaperItem is a document in the queue.
type PaperItem struct {
	ID         string                `json:"id"`
	File       string                `json:"file"` // SHA-256 of the file
	Name       string                `json:"name"` // of the file
	Pages      freight.List[int]     `json:"pages"`
	Documents  int                   `json:"documents"` // in the same file
	Stage      PaperStage            `json:"stage"`
	State      DocumentState         `json:"state"`
	Type       PaperType             `json:"type"`
	Subtype    string                `json:"subtype"`
	Kind       PaperKind             `json:"kind"`
	Verdict    PaperVerdict          `json:"verdict"`
	Says       string                `json:"says"` // one sentence: why it stands where it stands
	Reasons    freight.List[string]  `json:"reasons"`
	Load       string                `json:"load"` // "" while nobody knows
	LoadID     string                `json:"loadId"`
	Customer   string                `json:"customer"`
	Lane       string                `json:"lane"`
	Guess      string                `json:"guess"` // the likeliest load while there is none
	Score      float64               `json:"score"` // of the match, or of the guess
	ReceivedAt time.Time             `json:"receivedAt"`
	From       string                `json:"from"`
	Progress   *PaperProgress        `json:"progress"`  // null unless in stage reading
	LooksLike  freight.List[PaperAs] `json:"looksLike"` // papers on file that show the same sheet
}

// PaperProgress is how far the reading of a file is.
type PaperProgress struct {
	State   ReadingState `json:"state"`
	Page    int          `json:"page"`    // being read; 0 while it waits
	Pages   int          `json:"pages"`   // 0 while unknown
	Percent float64      `json:"percent"` // 0 to 1, of the whole file
	Ahead   int          `json:"ahead"`   // files before it, while it waits
	Tries   int          `json:"tries"`
}

// ReadingState is where the reading of a file stands.
type ReadingState string

// The closed list of reading states.
const (
	WaitsForReader ReadingState = "waiting"
	BeingRead      ReadingState = "reading"
	WasRead        ReadingState = "read"
	ReadingFailed  ReadingState = "failed"    // tried again by hand only
	ReadingStopped ReadingState = "cancelled" // by a person; tried again by hand only
	WasUnpacked    ReadingState = "unpacked"  // a mail or ZIP: its files are papers of their own
)

// PaperAs is another paper that shows the same sheet.
type PaperAs struct {
	ID         string    `json:"id"`
	Name       string    `json:"name"`
	Load       string    `json:"load"`
	ReceivedAt time.Time `json:"receivedAt"`
	Likeness   float64   `json:"likeness"` // 0 to 1
	Says       string    `json:"says"`     // "looks like the paper of load 480102 from 23 Nov 2026"
}

// PaperSheet is one document beside its load, as the workbench shows it.
type PaperSheet struct {
	Item       PaperItem                    `json:"item"`
	Siblings   freight.List[PaperItem]      `json:"siblings"` // the other documents of the file
	PageList   freight.List[PaperPage]      `json:"pageList"`
	Fields     freight.List[PaperField]     `json:"fields"` // in the order of a paper, what the load knows included
	Signatures freight.List[PaperSignature] `json:"signatures"`
	Notations  freight.List[PaperNotation]  `json:"notations"`
	Barcodes   freight.List[PaperCode]      `json:"barcodes"`
	Checks     freight.List[PaperCheck]     `json:"checks"`
	Match      string                       `json:"match"`  // why it is on its load, or why on none
	Policy     string                       `json:"policy"` // whose policy was used: "everybody", or the customer's name
	Candidates freight.List[PaperCandidate] `json:"candidates"`
	History    freight.List[PaperDeed]      `json:"history"` // newest first
	Error      string                       `json:"error"`   // why it could not be read
	Notes      freight.List[string]         `json:"notes"`   // what was passed over in reading its file
	MIME       string                       `json:"mime"`
	Size       int64                        `json:"size"`
	Text       string                       `json:"text"` // the words of its pages
}

// PaperPage is a page of a document.
type PaperPage struct {
	Number  int                   `json:"number"`
	Picture string                `json:"picture"` // address of its upright picture; "" when there is none
	Turn    int                   `json:"turn"`    // degrees clockwise by which a person turned it: 0, 90, 180, 270; done in the picture
	Crop    freight.List[float64] `json:"crop"`    // box a person cut it to, empty for none; the picture is whole
}

// PaperField is a value of the paper beside the load's.
type PaperField struct {
	Name   string                   `json:"name"`   // load, bol, pro, po, shipper, ... as a reading names them
	Values freight.List[PaperValue] `json:"values"` // as read, the best first
	Desk   freight.List[string]     `json:"desk"`   // what the desk knows, the accepted one first
	Agrees PaperAgreement           `json:"agrees"`
}

// PaperAgreement is how a paper's value stands to the desk's.
type PaperAgreement string

// The closed list of agreements.
const (
	FieldAgrees  PaperAgreement = "agrees"
	FieldDiffers PaperAgreement = "differs"
	OnlyOnPaper  PaperAgreement = "onlyPaper"
	OnlyOnDesk   PaperAgreement = "onlyDesk"
)

// PaperValue is one value that was read, with its spot.
type PaperValue struct {
	Value      string                `json:"value"`
	Text       string                `json:"text"` // as printed
	Confidence float64               `json:"confidence"`
	Page       int                   `json:"page"`
	Box        freight.List[float64] `json:"box"`
	Hand       bool                  `json:"hand"`
	Why        string                `json:"why"`
	Origin     PaperOrigin           `json:"origin"`
	Learned    bool                  `json:"learned"` // only a label that a person taught of the layout says so: why names who, when and on what
}

// PaperOrigin is what a value was taken from.
type PaperOrigin string

// The closed list of origins; "" where an older version read it.
const (
	OriginUnknown PaperOrigin = ""
	OriginText    PaperOrigin = "text" // typed by the program that made the page
	OriginCode    PaperOrigin = "code" // a barcode
	OriginSeen    PaperOrigin = "ocr"
	OriginSaid    PaperOrigin = "said" // by a person, at the workbench
)

// PaperSignature is whether a role signed. Roles: shipper, driver, consignee.
type PaperSignature struct {
	Role    string                `json:"role"`
	Present bool                  `json:"present"`
	Page    int                   `json:"page"`
	Box     freight.List[float64] `json:"box"`
}

// PaperNotation is a reservation on the paper. Kinds: short, over, damaged, refused, slc, stc, subject_to_count.
type PaperNotation struct {
	Kind string                `json:"kind"`
	Text string                `json:"text"`
	Page int                   `json:"page"`
	Box  freight.List[float64] `json:"box"`
}

// PaperCode is a barcode.
type PaperCode struct {
	Kind  string                `json:"kind"`
	Value string                `json:"value"`
	Page  int                   `json:"page"`
	Box   freight.List[float64] `json:"box"`
}

// PaperCheck is one named check of the paper against its load. States: passed, failed, unknown.
type PaperCheck struct {
	Name     string                `json:"name"`
	State    string                `json:"state"`
	Required bool                  `json:"required"` // by the customer's policy
	Paper    string                `json:"paper"`
	Desk     string                `json:"desk"`
	Page     int                   `json:"page"`
	Box      freight.List[float64] `json:"box"`
}

// PaperDeed is something that happened to a document.
type PaperDeed struct {
	Act     string    `json:"act"` // its number, to undo it; "" for what no person did
	At      time.Time `json:"at"`
	By      string    `json:"by"`
	Does    string    `json:"does"` // received, read, verified, rejected, received, unmatched, setAside, turn, crop, split, join, ask, teach
	Says    string    `json:"says"`
	Note    string    `json:"note"`
	CanUndo bool      `json:"canUndo"`
	Undone  bool      `json:"undone"`
}

// PageChange is what a person does to the pages of a document. The original stays as it is.
type PageChange struct {
	Does PageDeed `json:"does"`
	// Page is the page to turn or crop, or the first page of the second document after a split.
	Page int                   `json:"page,omitempty"`
	Turn int                   `json:"turn,omitempty"` // degrees clockwise, added to how it is shown
	Crop freight.List[float64] `json:"crop,omitempty"` // empty takes the crop off
	With string                `json:"with,omitempty"` // id of the document of the same file to join
	Note string                `json:"note,omitempty"`
	As   string                `json:"as,omitempty"`
	Now  *time.Time            `json:"now,omitempty"`
}

// PageDeed is what can be done to pages.
type PageDeed string

// The closed list of page deeds.
const (
	TurnPage  PageDeed = "turn"
	CropPage  PageDeed = "crop"
	SplitHere PageDeed = "split"
	JoinWith  PageDeed = "join"
)

// ReadingChange is about the reading of a document's file.
type ReadingChange struct {
	Does ReadingDeed `json:"does"`
	As   string      `json:"as,omitempty"`
}

// ReadingDeed is what can be asked of the reading.
type ReadingDeed string

// The closed list of reading deeds.
const (
	ReadFirst ReadingDeed = "first"  // before all others: somebody looks at it
	ReadAgain ReadingDeed = "again"  // after it failed, was cancelled, or to have it read anew
	StopIt    ReadingDeed = "cancel" // it keeps waiting until asked for again
)

// PaperAsk asks the carrier for a better paper: a draft that a person sends. Empty faults take those of the checks.
type PaperAsk struct {
	Faults freight.List[string] `json:"faults,omitempty"` // as sentences: "page 2 is missing", "there is no signature of the consignee"
	Text   string               `json:"text,omitempty"`   // the whole message, where the person wrote it
	Keep   bool                 `json:"keep,omitempty"`   // store it as outgoing work and flag the paper; else only show it
	As     string               `json:"as,omitempty"`
	Now    *time.Time           `json:"now,omitempty"`
}

// PaperBatch accepts several documents at once: only clean ones, whatever is named. No ids: all clean ones.
type PaperBatch struct {
	IDs freight.List[string] `json:"ids,omitempty"`
	As  string               `json:"as,omitempty"`
	Now *time.Time           `json:"now,omitempty"`
}

// PaperUndo takes an act on papers back: one document's, or a whole batch.
type PaperUndo struct {
	Act string     `json:"act"`
	As  string     `json:"as,omitempty"`
	Now *time.Time `json:"now,omitempty"`
}

// PaperDone is the answer to every act of the workbench.
type PaperDone struct {
	Says  string                  `json:"says"`
	Act   string                  `json:"act"`   // to undo it; "" when nothing was done that could be
	Items freight.List[PaperItem] `json:"items"` // the documents as they are now, new ones of a split included
	Draft string                  `json:"draft"` // of an ask: the message
	To    string                  `json:"to"`    // of an ask: to whom
	Next  string                  `json:"next"`  // id of the next one that needs a person
	Left  freight.List[string]    `json:"left"`  // of a batch: what was not accepted and why
}

// PaperPolicies are the policies: everybody's first, then customers with one of their own.
type PaperPolicies struct {
	Policies freight.List[PaperPolicy] `json:"policies"`
	Checks   freight.List[string]      `json:"checks"` // every check there is
}

// PaperPolicy is what a customer asks of papers, and how near is near enough.
type PaperPolicy struct {
	Customer     string                     `json:"customer"`     // "" is everybody
	Pickup       freight.List[string]       `json:"pickup"`       // checks that a proof of pickup must pass to be clean
	Delivery     freight.List[string]       `json:"delivery"`     // and one of delivery
	Agreeing     int                        `json:"agreeing"`     // so many of load, BOL, PRO, PO and seal have to agree
	WeightWithin float64                    `json:"weightWithin"` // part by which the weight may differ
	DaysWithin   int                        `json:"daysWithin"`   // days by which a date may differ from the plan
	Reservations bool                       `json:"reservations"` // SLC, STC and "subject to count" need no look
	SignedBOL    bool                       `json:"signedBol"`    // a BOL signed by the consignee counts as POD
	AutoAccept   bool                       `json:"autoAccept"`   // clean ones are accepted without a person
	Version      int                        `json:"version"`      // 0: as shipped
	At           *time.Time                 `json:"at"`
	By           string                     `json:"by"`
	History      freight.List[PaperPolicyV] `json:"history"` // newest first
}

// PaperPolicyV is a policy that held before.
type PaperPolicyV struct {
	Version int       `json:"version"`
	At      time.Time `json:"at"`
	By      string    `json:"by"`
	Says    string    `json:"says"`
}

// PaperPolicyEdit gives a customer ("" everybody) a policy; Reset takes the customer's own away.
type PaperPolicyEdit struct {
	Customer     string               `json:"customer"`
	Pickup       freight.List[string] `json:"pickup"`
	Delivery     freight.List[string] `json:"delivery"`
	Agreeing     int                  `json:"agreeing"`
	WeightWithin float64              `json:"weightWithin"`
	DaysWithin   int                  `json:"daysWithin"`
	Reservations bool                 `json:"reservations"`
	SignedBOL    bool                 `json:"signedBol"`
	AutoAccept   bool                 `json:"autoAccept"`
	Reset        bool                 `json:"reset,omitempty"`
	As           string               `json:"as,omitempty"`
}

// PaperAliases is what the desk learned from decisions.
type PaperAliases struct {
	Aliases freight.List[PaperAlias] `json:"aliases"`
}

// PaperAlias is another way in which a value is written on papers.
type PaperAlias struct {
	Customer string    `json:"customer"`
	Field    string    `json:"field"` // consignee, shipper, carrier ...
	Desk     string    `json:"desk"`  // as the desk has it
	Paper    string    `json:"paper"` // as papers have it
	Times    int       `json:"times"`
	At       time.Time `json:"at"`
	By       string    `json:"by"`
}

// PaperAliasEdit forgets an alias.
type PaperAliasEdit struct {
	Customer string `json:"customer"`
	Field    string `json:"field"`
	Desk     string `json:"desk"`
	Paper    string `json:"paper"`
	As       string `json:"as,omitempty"`
}

// PaperNumbers are the numbers on a document of which a person may say what they are.
type PaperNumbers struct {
	Numbers freight.List[PaperNumber] `json:"numbers"` // down the pages
	Fields  freight.List[string]      `json:"fields"`  // what a number may be
}

// PaperNumber is a number on a page with what is printed by it.
type PaperNumber struct {
	Spot  string                `json:"spot"` // names it in PaperTeach
	Value string                `json:"value"`
	Label string                `json:"label"` // as printed; "" where no words stand by it
	Field string                `json:"field"` // what it was read as; "" for nothing
	Page  int                   `json:"page"`
	Box   freight.List[float64] `json:"box"`
}

// PaperTeach says what a number on a paper is. The label by it is learned for papers of the same layout, where it has one and the
// layout has labels enough to be known again.
type PaperTeach struct {
	Spot  string     `json:"spot"`
	Field string     `json:"field"`           // load, bol, pro, po, seal or trailer
	Value string     `json:"value,omitempty"` // as it stands on the paper, where it was misread
	As    string     `json:"as,omitempty"`
	Now   *time.Time `json:"now,omitempty"`
}

// PaperLabels are the labels that people taught, the newest first.
type PaperLabels struct {
	Labels freight.List[PaperLabel] `json:"labels"`
}

// PaperLabel is a label of a layout and the field that stands by it.
type PaperLabel struct {
	ID     int64     `json:"id"`
	Label  string    `json:"label"` // as printed
	Field  string    `json:"field"`
	Layout string    `json:"layout"` // some of the other labels by which the form is known
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	On     string    `json:"on"` // name of the file on which it was taught
	Paper  string    `json:"paper"`
}

// PaperLabelEdit forgets a label.
type PaperLabelEdit struct {
	ID int64  `json:"id"`
	As string `json:"as,omitempty"`
}

// PaperExport writes papers into a folder of this computer under names made by a rule.
type PaperExport struct {
	Folder   string `json:"folder"`
	Rule     string `json:"rule,omitempty"` // "{load}_{type}_{date}" when empty; also {customer} {bol} {pro} {po} {name} {n}
	Load     string `json:"load,omitempty"`
	Customer string `json:"customer,omitempty"`
	State    string `json:"state,omitempty"`  // verified when empty; "any" for all that are on a load
	Copies   bool   `json:"copies,omitempty"` // searchable PDF copies instead of files as they came
	As       string `json:"as,omitempty"`
}

// PaperExported is what was written.
type PaperExported struct {
	Folder string                      `json:"folder"`
	Files  freight.List[PaperFileName] `json:"files"`
	Left   freight.List[string]        `json:"left"` // what was not written and why
}

// PaperFileName is a file that was written.
type PaperFileName struct {
	ID    string `json:"id"`
	Load  string `json:"load"`
	Name  string `json:"name"`
	Known bool   `json:"known"` // the same file was there already
}
