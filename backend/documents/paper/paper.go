// Package paper holds the words in which the reading of documents is told: pages with their words, fields with the spot
// they were read at, signatures, notations, the load a document belongs to, and the verdict. Values only.
//
// Boxes are fractions of the upright page. Dates are ISO (2026-07-01), times of day HH:MM, numbers without separators.
package paper

import (
	"image"

	"tracedesk/backend/documents/scan"
	"tracedesk/backend/freight"
)

// Box is a spot on the upright page: left, top, right, bottom, each from 0 to 1. JSON writes it as four numbers.
type Box [4]float64

// Word is one word of a page. Words come in reading order.
type Word struct {
	Text       string
	Box        Box
	Confidence float64 // 0 to 1; 1 for a word of a text layer
	Line       int     // words of one printed line share it; it counts from 0 down the page
	Typed      bool    `json:",omitempty"` // of a text layer that the program which made the page wrote: never misread
}

// Code is a barcode.
type Code struct {
	Kind  string `json:"kind"` // code128, code39, qr, pdf417, datamatrix
	Value string `json:"value"`
	Box   Box    `json:"box"`
	Page  int    `json:"page"`
}

// Checked reports whether the code's own check digits rule a misreading out. Those of Code 39 are left away more often than not.
func (c Code) Checked() bool {
	switch c.Kind {
	case "code128", "qr", "datamatrix", "pdf417":
		return true
	}
	return false
}

// Page is one page as it was read.
type Page struct {
	Number   int
	Words    []Word
	Codes    []Code
	FromText bool        // the words come from the file's own text layer, not from OCR
	Rotation int         // degrees clockwise that the page lay turned, after EXIF: 0, 90, 180, 270
	Skew     float64     // degrees clockwise that were taken out
	Blank    bool        // nothing but specks
	Grey     *image.Gray // the upright, straightened page, shadows evened out, strokes kept; nil where none was asked for
	DPI      int         // of Grey
	Looks    scan.Looks  // what it looks like; not taken of a blank page or one without pixels

	// Again reads a region of Grey once more (nil where the page cannot be read again). Line says that the region
	// holds a single line; digits that only digits and the marks among them are to be expected.
	Again func(region Box, how Closer) ([]Word, error)
}

// Closer is how a region is read a second time.
type Closer struct {
	Line   bool    // one line of text
	Digits bool    // only digits and . , : / - can stand there
	Print  bool    // strokes larger than print are left out: what a signature runs into
	Scale  float64 // the region is drawn so many times larger before it is read; 0 means 2
	Lean   float64 // its letters lean so far to the right, in parts of their height; they are set upright
	Apart  bool    // its letters are set apart from each other
	Tilt   float64 // degrees clockwise by which its lines lean; they are laid level around its middle
}

// Type is what a document is.
type Type string

// The closed list of document types; finer kinds go into a document's subtype.
const (
	BOL    Type = "BOL"
	POP    Type = "POP"
	POD    Type = "POD"
	Lumper Type = "LUMPER"
	Weight Type = "WEIGHT"
	OSD    Type = "OSD"
	Other  Type = "OTHER"
	Blank  Type = "BLANK"
)

// SignedBill is the subtype of a bill of lading that the consignee signed off: a POD from then on.
const SignedBill = "bill of lading"

// The names of fields.
const (
	Load          = "load"
	Bill          = "bol"
	PRO           = "pro"
	PO            = "po"
	Shipper       = "shipper"
	ShipperAddr   = "shipper_addr"
	Consignee     = "consignee"
	ConsigneeAddr = "consignee_addr"
	Carrier       = "carrier"
	SCAC          = "scac"
	Trailer       = "trailer"
	Seal          = "seal"
	Pieces        = "pieces"
	Pallets       = "pallets"
	Weighed       = "weight"
	PickupDate    = "pickup_date"
	DeliveryDate  = "delivery_date"
	In            = "in"
	Out           = "out"
	Name          = "name"
	Receipt       = "receipt"
	Amount        = "amount"
	Gross         = "gross"
)

// Origin is what a value was taken from.
type Origin string

// The closed list of origins.
const (
	FromType Origin = "text" // a text layer that the program which made the page wrote
	FromCode Origin = "code" // a barcode
	FromSeen Origin = "ocr"  // pixels, or words of which nobody knows how they were read
	FromSaid Origin = "said" // a person said so
)

// Value is one value that a field may have, with its evidence.
type Value struct {
	Value      string  `json:"value"`
	Text       string  `json:"text,omitempty"` // as printed, where it differs
	Confidence float64 `json:"confidence"`     // 0 to 1
	Page       int     `json:"page"`
	Box        Box     `json:"box"`
	Hand       bool    `json:"hand"`
	Why        string  `json:"why,omitempty"` // what speaks for it, for people
	Origin     Origin  `json:"origin,omitempty"`
	Labelled   bool    `json:"labelled,omitempty"` // a label of the field stands by it
	Learned    bool    `json:"learned,omitempty"`  // only a label that a person taught of the layout says so
	Known      bool    `json:"known,omitempty"`    // it is the number of an open load that the page may belong to
}

// Fields are a document's fields by name, the best value first.
type Fields map[string][]Value

// First is the best value of a field, "" where there is none.
func (f Fields) First(name string) string {
	if len(f[name]) == 0 {
		return ""
	}
	return f[name][0].Value
}

// The roles that sign.
const (
	SignsShipper   = "shipper"
	SignsDriver    = "driver"
	SignsConsignee = "consignee"
)

// Signature is whether a role has signed on its line. A role whose line is printed is listed also when it is empty.
type Signature struct {
	Present bool `json:"present"`
	Page    int  `json:"page"`
	Box     Box  `json:"box"`
}

// The kinds of notation.
const (
	Short          = "short"
	Over           = "over"
	Damaged        = "damaged"
	Refused        = "refused"
	SLC            = "slc" // shipper's load and count
	STC            = "stc" // said to contain
	SubjectToCount = "subject_to_count"
)

// Notation is an exception or reservation written on a document.
type Notation struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
	Page int    `json:"page"`
	Box  Box    `json:"box"`
}

// Writing is a place with writing.
type Writing struct {
	Page int `json:"page"`
	Box  Box `json:"box"`
}

// Match is the load a document belongs to. Load is "" where the desk abstains; a person chooses among the candidates.
type Match struct {
	Load       string                  `json:"load"`
	Score      float64                 `json:"score"`
	Why        string                  `json:"why"`
	Candidates freight.List[Candidate] `json:"candidates"`
}

// Candidate is a load that a document may belong to, with the terms its score is made of.
type Candidate struct {
	Load  string             `json:"load"`
	Score float64            `json:"score"`
	Why   string             `json:"why"`
	Terms freight.List[Term] `json:"terms"`
}

// Term is one sign for (positive) or against (negative) a load.
type Term struct {
	Field  string  `json:"field"`
	Paper  string  `json:"paper"`
	Desk   string  `json:"desk"`
	Weight float64 `json:"weight"`
}

// Verdict is what the paper is worth against its load.
type Verdict string

// The closed list of verdicts.
const (
	Verified   Verdict = "verified"
	Exception  Verdict = "exception"
	Review     Verdict = "review"
	WrongLoad  Verdict = "wrong_load"
	Supporting Verdict = "supporting"
	NotAProof  Verdict = "not_a_proof"
	Unreadable Verdict = "unreadable"
)

// Check is one named check of a document against its load.
type Check struct {
	Name  string `json:"name"`
	State string `json:"state"` // passed, failed, unknown
	Paper string `json:"paper"`
	Desk  string `json:"desk"`
	Page  int    `json:"page"`
	Box   Box    `json:"box"`
}

// Document is one document of a file: its pages and what was read on them.
type Document struct {
	Pages          freight.List[int]      `json:"pages"`
	Type           Type                   `json:"type"`
	Subtype        string                 `json:"subtype"`
	TypeConfidence float64                `json:"typeConfidence"`
	Rotation       map[int]int            `json:"rotation"` // page -> degrees clockwise
	Fields         Fields                 `json:"fields"`
	Signatures     map[string]Signature   `json:"signatures"`
	Notations      freight.List[Notation] `json:"notations"`
	Unread         []Writing              `json:"unread,omitempty"` // writing that no place of the form asks for and that could not be read
	Barcodes       freight.List[Code]     `json:"barcodes"`
	Match          *Match                 `json:"match"` // null for a wrong load and where nothing is matched
	Verdict        Verdict                `json:"verdict"`
	Reasons        freight.List[string]   `json:"reasons"`
	Checks         freight.List[Check]    `json:"checks"`
}

// File is everything read of one file. Error is why it could not be read, in a sentence.
type File struct {
	File      string                 `json:"file"`
	Documents freight.List[Document] `json:"documents"`
	Error     string                 `json:"error"`
	Notes     []string               `json:"notes,omitempty"` // what was passed over in reading, in sentences that name the page
}

// Expected is a load as far as a paper can be held against it: what the desk knows of it, values in the form of fields.
type Expected struct {
	Load     string              // number
	ID       int64               // in the store; 0 outside a desk
	Values   map[string]string   // by field name; a field that the desk does not know is absent
	Also     map[string][]string // further values of a field: other POs, aliases of a consignee
	Customer string
}
