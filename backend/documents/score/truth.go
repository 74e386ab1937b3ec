// Package score measures how well papers were read: what came out of reading a folder, held against its truth.
//
// Truth is a JSON of the form {"files":[{"file","container","pages":[{"page","doc_type","shipment","fields":{name:{"text",
// "value","hand","box"}},"signatures":{role:{"present","box"}},"notation":{"kind","text","box"},"rotation_cw"}],
// "documents":[{"pages","doc_type","shipment"}],"verdict","reasons"}]}; a shipment is the "id" of a load in the list of
// loads. All is pure.
package score

import (
	"encoding/json"
	"fmt"

	"tracedesk/backend/documents/paper"
)

// Truth is what is true of the files of a folder.
type Truth struct {
	Files []File `json:"files"`
}

// File is what is true of one file.
type File struct {
	File      string        `json:"file"`
	Container string        `json:"container"`
	Pages     []Page        `json:"pages"`
	Documents []Document    `json:"documents"`
	Verdict   paper.Verdict `json:"verdict"`
	Reasons   []string      `json:"reasons"`
}

// Page is what stands on a page.
type Page struct {
	Page       int              `json:"page"`
	Type       paper.Type       `json:"doc_type"`
	Shipment   string           `json:"shipment"`
	Fields     map[string]Value `json:"fields"`
	Signatures map[string]Sign  `json:"signatures"`
	Notation   *Notation        `json:"notation"`
	Barcodes   []Code           `json:"barcodes"`
	Profile    string           `json:"profile"`
	Rotation   int              `json:"rotation_cw"`
}

// Value is a field as it is printed and in its normal form.
type Value struct {
	Text  string `json:"text"`
	Value string `json:"value"`
	Hand  bool   `json:"hand"`
}

// Sign is whether a role has signed.
type Sign struct {
	Present bool `json:"present"`
}

// Notation is an exception or reservation on a page.
type Notation struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

// Code is a barcode; a defective one cannot be read and is not counted.
type Code struct {
	Kind      string `json:"kind"`
	Value     string `json:"value"`
	Defective bool   `json:"defective"`
}

// Document is a document of a file: pages that are in none are blank.
type Document struct {
	Pages    []int      `json:"pages"`
	Type     paper.Type `json:"doc_type"`
	Shipment string     `json:"shipment"`
}

// ParseTruth reads the truth of a folder.
func ParseTruth(body []byte) (Truth, error) {
	var t Truth
	if err := json.Unmarshal(body, &t); err != nil {
		return t, fmt.Errorf("the truth is not JSON of the expected form: %w", err)
	}
	if len(t.Files) == 0 {
		return t, fmt.Errorf("the truth names no files: it has to be of the form {\"files\":[...]}")
	}
	return t, nil
}

// page is a page of the file by its number.
func (f *File) page(n int) *Page {
	for i := range f.Pages {
		if f.Pages[i].Page == n {
			return &f.Pages[i]
		}
	}
	return nil
}
