// Package partners is what the desk knows of its trading partners in EDI: how each writes, what its own codes stand for, what
// is written to it; and every segment explained.
//
// The types in this file are what the command line prints and what the screens receive; times are RFC 3339 with an offset.
package partners

import (
	"time"

	"tracedesk/backend/freight"
)

// EdiPartners are all partners with settings, and the lists of which a partner's own codes can be given a meaning.
type EdiPartners struct {
	Partners freight.List[EdiPartner]  `json:"partners"`
	Lists    freight.List[EdiCodeList] `json:"lists"`
}

// EdiPartner is how one partner writes and is written to.
type EdiPartner struct {
	ID        string                `json:"id"`        // as in ISA06 and ISA08
	Qualifier string                `json:"qualifier"` // kind of the id (ISA05); "ZZ" where nothing else is set
	Name      string                `json:"name"`
	SCAC      string                `json:"scac"`
	Version   string                `json:"version"`   // of what is written to it: 004010 or later
	Zone      string                `json:"zone"`      // code of element 623 for times without one; "" local to the place
	Declined  string                `json:"declined"`  // what a 990 to it says for "declined": D or E
	Miscounts bool                  `json:"miscounts"` // its wrong counts of segments are noted, not rejected
	Codes     freight.List[EdiCode] `json:"codes"`
	At        time.Time             `json:"at"` // of the last change
	By        string                `json:"by"`
}

// EdiCode says that a partner's code stands for a code of the standard.
type EdiCode struct {
	List    string `json:"list"` // number of the data element: 1650, 1651, 128 ...
	Code    string `json:"code"`
	As      string `json:"as"`
	Meaning string `json:"meaning"` // of As, in words
}

// EdiCodeList is a list of codes, as a person knows it.
type EdiCodeList struct {
	List string `json:"list"`
	Name string `json:"name"`
}

// EdiMeanings are the codes of a list that the desk understands: what a partner's own code can stand for.
type EdiMeanings struct {
	List     string                   `json:"list"`
	Name     string                   `json:"name"`
	Meanings freight.List[EdiMeaning] `json:"meanings"`
}

// EdiMeaning is one of them.
type EdiMeaning struct {
	Code  string                     `json:"code"`
	Words string                     `json:"words"`
	Facts freight.List[freight.Fact] `json:"facts"` // of which it speaks, where the code alone tells
}

// EdiPartnerEdit sets a partner's settings, or removes them. Codes are set one by one: see EdiCodeEdit.
type EdiPartnerEdit struct {
	ID        string     `json:"id"`
	Qualifier string     `json:"qualifier,omitempty"`
	Name      string     `json:"name,omitempty"`
	SCAC      string     `json:"scac,omitempty"`
	Version   string     `json:"version,omitempty"`
	Zone      string     `json:"zone,omitempty"`
	Declined  string     `json:"declined,omitempty"`
	Miscounts bool       `json:"miscounts,omitempty"`
	Remove    bool       `json:"remove,omitempty"`
	As        string     `json:"as,omitempty"`
	Now       *time.Time `json:"now,omitempty"`
}

// EdiCodeEdit gives a partner's code a meaning, or takes it away ("" in means), and reads the partner's files anew.
type EdiCodeEdit struct {
	Partner string     `json:"partner"`
	List    string     `json:"list"`
	Code    string     `json:"code"`
	Means   string     `json:"means"`
	As      string     `json:"as,omitempty"`
	Now     *time.Time `json:"now,omitempty"`
}

// EdiReplayed is what came of reading a partner's files anew.
type EdiReplayed struct {
	Files   int    `json:"files"`
	Changed int    `json:"changed"` // observations that now say something else
	Loads   int    `json:"loads"`
	Says    string `json:"says"`
}

// EdiUnknowns are codes in the files on hand that have no meaning, the most frequent first.
type EdiUnknowns struct {
	Unknown freight.List[EdiUnknown] `json:"unknown"`
	Files   int                      `json:"files"` // looked through
}

// EdiUnknown is one code of one partner.
type EdiUnknown struct {
	Partner string `json:"partner"`
	List    string `json:"list"`
	Name    string `json:"name"` // of the list
	Code    string `json:"code"`
	Count   int    `json:"count"`
	Segment string `json:"segment"` // the first one with it
}

// ExplainRequest asks what a text or a file says: one of text, path and upload. Skip and max page through a long one.
type ExplainRequest struct {
	Text   string `json:"text,omitempty"`
	Path   string `json:"path,omitempty"`
	Upload string `json:"upload,omitempty"` // a file that was staged
	Skip   int    `json:"skip,omitempty"`
	Max    int    `json:"max,omitempty"` // 0 is 2,000
}

// Explanation is a text explained, segment by segment.
type Explanation struct {
	Kind     freight.FileKind               `json:"kind"`
	Segments freight.List[ExplainedSegment] `json:"segments"`
	More     bool                           `json:"more"` // there are segments beyond the last one
	Notes    freight.List[string]           `json:"notes"`
}

// ExplainedSegment is one segment with what it says and what the desk makes of it.
type ExplainedSegment struct {
	Interchange string                         `json:"interchange"`
	Group       string                         `json:"group"`
	SetKind     string                         `json:"setKind"` // 214
	Set         string                         `json:"set"`     // its control number
	Number      int                            `json:"number"`  // place in its set, ST being 1; 0 outside any
	Offset      int64                          `json:"offset"`  // of its first byte
	Length      int                            `json:"length"`
	Tag         string                         `json:"tag"`
	Name        string                         `json:"name"` // "" unknown
	Raw         string                         `json:"raw"`
	Elements    freight.List[ExplainedElement] `json:"elements"`
	Became      freight.List[ExplainedFact]    `json:"became"`
	Faults      freight.List[string]           `json:"faults"`
}

// ExplainedElement is one element of a segment.
type ExplainedElement struct {
	N       int    `json:"n"`
	Number  string `json:"number"` // of the data element
	Name    string `json:"name"`
	Value   string `json:"value"`
	Meaning string `json:"meaning"` // of a code
	Means   string `json:"means"`   // the standard's code for which the partner's stands
	Unknown bool   `json:"unknown"` // a code to which a person can give a meaning
	Fault   string `json:"fault"`
	// what may stand there, where something is wrong with it and that is known
	Expected string `json:"expected"`
}

// ExplainedFact is a fact that came of a segment.
type ExplainedFact struct {
	Subject string `json:"subject"`
	Fact    string `json:"fact"`
	Value   string `json:"value"`
	At      string `json:"at"`
	Note    string `json:"note"`
}

// EdiWrite asks for an outgoing interchange.
type EdiWrite struct {
	Kind    string     `json:"kind"`              // 214, 990, 997, 999, TA1
	Load    string     `json:"load,omitempty"`    // 214 and 990: the load
	Answer  string     `json:"answer,omitempty"`  // 990: accept or decline
	Reason  string     `json:"reason,omitempty"`  // 990: code of the reason for declining; 214: of element 1651
	Note    string     `json:"note,omitempty"`    // 990
	Code    string     `json:"code,omitempty"`    // 214: one status; "" everything that is known of the load
	Stop    int        `json:"stop,omitempty"`    // 214, with code
	When    string     `json:"when,omitempty"`    // 214, with code
	Partner string     `json:"partner,omitempty"` // receiver; "" the one in the settings
	Path    string     `json:"path,omitempty"`    // 997, 999, TA1: the file to answer
	Text    string     `json:"text,omitempty"`    // the same, as text
	Upload  string     `json:"upload,omitempty"`  // the same, as a file that was staged
	As      string     `json:"as,omitempty"`
	Now     *time.Time `json:"now,omitempty"`
}

// EdiWritten is an outgoing file.
type EdiWritten struct {
	Name    string               `json:"name"` // a file name for it
	Text    string               `json:"text"`
	Control freight.List[int]    `json:"control"` // interchange numbers in it
	Notes   freight.List[string] `json:"notes"`
}
