package scans

// Truth is what is true of a set of papers.
type Truth struct {
	Set   string `json:"set"`
	Seed  uint64 `json:"seed"`
	Note  string `json:"note"`
	Files []File `json:"files"`
}

const truthNote = "boxes are x0,y0,x1,y1 as fractions of the upright, unskewed page"

// File is what is true of one file. Verdict and Reasons are what a checker should say.
type File struct {
	File      string     `json:"file"`
	Container string     `json:"container"`
	Pages     []Page     `json:"pages,omitempty"`
	Documents []Document `json:"documents,omitempty"`
	Verdict   string     `json:"verdict"`
	Reasons   []string   `json:"reasons,omitempty"`

	Bytes []byte   `json:"-"`
	Texts []string `json:"-"` // of each page, before it was worn
}

// Document is how a file splits. Blank separators belong to none.
type Document struct {
	Pages    []int  `json:"pages"`
	DocType  string `json:"doc_type"`
	Shipment string `json:"shipment,omitempty"`
}

// Page is what stands on one page. RotationCW is how far it was turned clockwise; Skew is in degrees.
type Page struct {
	Page       int                  `json:"page"`
	DocType    string               `json:"doc_type"`
	Layout     string               `json:"layout"`
	Shipment   string               `json:"shipment,omitempty"`
	Fields     map[string]Field     `json:"fields,omitempty"`
	Signatures map[string]Signature `json:"signatures,omitempty"`
	Notation   *Notation            `json:"notation,omitempty"`
	Barcodes   []Barcode            `json:"barcodes,omitempty"`
	Profile    string               `json:"profile"`
	RotationCW int                  `json:"rotation_cw"`
	Skew       float64              `json:"skew_deg"`
}

// Box is x0, y0, x1, y1 as fractions of the upright page.
type Box [4]float64

// Field is a value as it stands on the paper and as a reader should give it.
type Field struct {
	Text  string `json:"text"`
	Value string `json:"value"`
	Hand  bool   `json:"hand,omitempty"`
	Box   Box    `json:"box"`
}

// Signature is the place of a signature and whether one is there.
type Signature struct {
	Present bool `json:"present"`
	Box     Box  `json:"box"`
}

// Notation is what somebody noted about the freight.
type Notation struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
	Box  Box    `json:"box"`
}

// Barcode is a code on the page.
type Barcode struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
	Box   Box    `json:"box"`
}

// Shipment is a row of the loads list that papers are matched against.
type Shipment struct {
	ID            string `json:"id"`
	Load          string
	PRO           string
	BOL           string
	PO            string
	Shipper       string
	ShipperAddr   string
	Consignee     string
	ConsigneeAddr string
	Carrier       string
	SCAC          string
	Trailer       string
	Seal          string
	Pickup        string // 2006-01-02
	Delivery      string
	Pieces        int
	Pallets       int
	WeightLb      int
}
