package freight

import "strings"

// SourceKind says what sort of teller a source is; the trust order of the fold is by kind.
type SourceKind string

// The closed list of source kinds.
const (
	TMS        SourceKind = "tms"
	CarrierSrc SourceKind = "carrier"
	Project44  SourceKind = "project44"
	FourKites  SourceKind = "fourkites"
	MacroPoint SourceKind = "macropoint"
	DriverSrc  SourceKind = "driver"
	Dispatcher SourceKind = "dispatcher"
	Customer   SourceKind = "customer"
	Facility   SourceKind = "facility"
	ELD        SourceKind = "eld"
	Paper      SourceKind = "paper"
	User       SourceKind = "user"
	Rule       SourceKind = "rule"
)

var sourceKinds = map[SourceKind]bool{TMS: true, CarrierSrc: true, Project44: true, FourKites: true, MacroPoint: true,
	DriverSrc: true, Dispatcher: true, Customer: true, Facility: true, ELD: true, Paper: true, User: true, Rule: true}

// ParseSourceKind reads a source word in any case; ok is false for a word outside the closed list.
func ParseSourceKind(s string) (kind SourceKind, ok bool) {
	kind = SourceKind(strings.ToLower(strings.TrimSpace(s)))
	return kind, sourceKinds[kind]
}

// Platform reports whether the kind is a visibility platform.
func (k SourceKind) Platform() bool { return k == Project44 || k == FourKites || k == MacroPoint }

// Source is one teller: a kind and the account under which it speaks (the TMS's name, the carrier's SCAC, a person).
type Source struct {
	Kind    SourceKind `cbor:"1,keyasint"`
	Account string     `cbor:"2,keyasint,omitempty"`
}

// String is "kind" or "kind/account".
func (s Source) String() string {
	if s.Account == "" {
		return string(s.Kind)
	}
	return string(s.Kind) + "/" + s.Account
}

// ParseSource reads what String wrote; the kind is kept even when it is not in the closed list.
func ParseSource(s string) Source {
	kind, account, _ := strings.Cut(s, "/")
	return Source{Kind: SourceKind(kind), Account: account}
}

// DefaultTMS is the account of a TMS that nobody has named.
const DefaultTMS = "tms"

// Channel is the road an observation took to the desk.
type Channel string

// The closed list of channels.
const (
	ByAPI    Channel = "api"
	ByFile   Channel = "file"
	ByMail   Channel = "mail"
	ByCall   Channel = "call"
	ByPortal Channel = "portal"
	ByHand   Channel = "hand"
)
