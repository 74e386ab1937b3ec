package freight

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"
)

// ObservationID is the hash of what makes a message the same message: see Observation.Identify.
type ObservationID [16]byte

// String is 32 hex digits.
func (id ObservationID) String() string { return hex.EncodeToString(id[:]) }

// IsZero reports whether no id was given.
func (id ObservationID) IsZero() bool { return id == ObservationID{} }

// ParseObservationID reads 32 hex digits.
func ParseObservationID(s string) (id ObservationID, ok bool) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != len(id) {
		return id, false
	}
	return ObservationID(b), true
}

// LoadID names a load for ever: the hash of its TMS account and load number, or of a source's account and its own
// number for a provisional load. Two desks that read the same TMS agree on it.
type LoadID [16]byte

// String is 32 hex digits.
func (id LoadID) String() string { return hex.EncodeToString(id[:]) }

// LoadIDOf is the id of the load that account calls number.
func LoadIDOf(account, number string) LoadID {
	sum := sha256.Sum256([]byte("load\x00" + account + "\x00" + NormalRef(number)))
	return LoadID(sum[:16])
}

// Raw is the place of an observation in the bytes it was read from. The bytes themselves are stored once a run.
type Raw struct {
	Where  string `cbor:"1,keyasint,omitempty"` // "row 17", "interchange 000000905, set 0001, segment 12"
	Offset int64  `cbor:"2,keyasint,omitempty"` // byte offset in the stored raw file (before decompression of containers: -1 unknown)
	Length int    `cbor:"3,keyasint,omitempty"`
}

// Observation is the envelope: who said it, when it was said and learned, where the bytes are, and what is claimed.
// A reader fills Source, Channel, StatedAt (zero where the source did not say), EventID, Snapshot, Names, Raw, Text and
// Claims; the ledger fills ReceivedAt, a missing StatedAt, and ID.
type Observation struct {
	ID         ObservationID `cbor:"-"`
	Source     Source        `cbor:"-"`
	ReceivedAt time.Time     `cbor:"-"`
	LinkedAt   time.Time     `cbor:"-"` // when it was found to speak of the load it is read with, if that was later
	StatedAt   time.Time     `cbor:"-"`
	Channel    Channel       `cbor:"1,keyasint,omitempty"`
	// EventID is the event's own id in its source, if any; never an envelope's control number, page or poll stamp.
	EventID string `cbor:"2,keyasint,omitempty"`
	// Snapshot marks a row of a state that the source repeats (a TMS export); SnapshotKey tells its rows apart ("stop 2").
	// Only the changes of a snapshot become an observation.
	Snapshot    bool   `cbor:"3,keyasint,omitempty"`
	SnapshotKey string `cbor:"4,keyasint,omitempty"`
	// Names are the numbers by which the source calls the load, the strongest first. RefLoad is a TMS load number.
	Names []Reference `cbor:"5,keyasint,omitempty"`
	// Retracts names the observation taken back by this one (an undo, an error declaration).
	Retracts ObservationID `cbor:"6,keyasint,omitzero"`
	// By is the person, for what people do.
	By     string  `cbor:"7,keyasint,omitempty"`
	Raw    Raw     `cbor:"8,keyasint,omitzero"`
	Text   string  `cbor:"9,keyasint,omitempty"` // the words as received
	Claims []Claim `cbor:"10,keyasint,omitempty"`
}

// Identify is the observation's id: source account, subject, the event's own id if any, the times as written, the
// values, and the fact's own update time as written. The same message in another file or envelope has the same id.
// For a snapshot row the caller makes StatedAt part of it, so that a value which returns is a new observation.
func (o *Observation) Identify() ObservationID {
	b := make([]byte, 0, 512)
	field := func(s string) { b = append(append(b, s...), 0) }
	field(string(o.Source.Kind))
	field(o.Source.Account)
	if len(o.Names) > 0 {
		field(string(o.Names[0].Type))
		field(o.Names[0].Key())
	}
	field(o.EventID)
	field(o.By)
	if o.Snapshot || o.By != "" {
		field(strconv.FormatInt(o.StatedAt.UnixNano(), 36))
	}
	b = append(b, o.Retracts[:]...)
	for i := range o.Claims {
		b = o.Claims[i].appendIdentity(b)
	}
	sum := sha256.Sum256(b)
	return ObservationID(sum[:16])
}

// appendIdentity appends everything a claim says, each field ended by a zero byte.
func (c *Claim) appendIdentity(b []byte) []byte {
	str := func(s string) { b = append(append(b, s...), 0) }
	num := func(n int64) { b = append(strconv.AppendInt(b, n, 36), 0) }
	when := func(w When) {
		b = append(b, byte(w.Basis))
		if w.Basis != NoTime {
			num(w.Sec)
			str(w.Zone)
		}
	}
	place := func(p Place) {
		if p.IsZero() {
			b = append(b, 0)
			return
		}
		for _, s := range [...]string{p.Facility, p.Address, p.City, p.State, p.Postal, p.Country, p.Zone} {
			str(s)
		}
		b = strconv.AppendFloat(b, p.Lat, 'f', 6, 64)
		b = append(strconv.AppendFloat(append(b, ' '), p.Lon, 'f', 6, 64), 0)
	}
	b = append(b, byte(c.Subject.Kind))
	num(int64(c.Subject.Stop.Seq))
	str(c.Subject.Stop.ID)
	str(string(c.Subject.Stop.Side))
	place(c.Subject.Stop.Place)
	str(c.Subject.Key)
	str(string(c.Fact))
	when(c.At)
	v := &c.Value
	if v.None {
		b = append(b, 1)
	}
	str(v.Text)
	str(v.Type)
	str(v.Scope)
	str(v.Note)
	b = append(b, v.Has)
	if v.Has != 0 {
		b = strconv.AppendFloat(b, v.Num, 'g', -1, 64)
		b = append(strconv.AppendFloat(append(b, ' '), v.Num2, 'g', -1, 64), 0)
	}
	str(v.Unit)
	when(v.Start)
	when(v.End)
	place(v.Place)
	return b
}

// AppendIdentity appends the bytes that tell this claim from any other; equal claims give equal bytes.
func (c *Claim) AppendIdentity(b []byte) []byte { return c.appendIdentity(b) }
