package freight

import "time"

// Heard is when each road to a load was last heard of it; zero where it never was. Instants are when the source said it,
// never later than when it was received.
type Heard struct {
	TMS        time.Time `cbor:"1,keyasint,omitzero"`
	Visibility time.Time `cbor:"2,keyasint,omitzero"` // a platform or the truck's own device
	Carrier    time.Time `cbor:"3,keyasint,omitzero"` // its messages and files
	Phone      time.Time `cbor:"4,keyasint,omitzero"` // a driver, dispatcher or dock, or what a person of the desk was told
}

// IsZero reports whether no road was heard.
func (h Heard) IsZero() bool { return h == Heard{} }

// Hear counts an observation in. What a person of the desk states counts as a call where it tells of the truck: a flag, an
// owner or a note does not. A paper and our own rules tell nothing of the road.
func (h *Heard) Hear(o *Observation) {
	road := h.road(o)
	if road == nil {
		return
	}
	at := o.StatedAt
	if at.IsZero() || at.After(o.ReceivedAt) {
		at = o.ReceivedAt
	}
	if at.After(*road) {
		*road = at.UTC()
	}
}

func (h *Heard) road(o *Observation) *time.Time {
	switch k := o.Source.Kind; {
	case !o.Retracts.IsZero():
		return nil
	case k == TMS:
		return &h.TMS
	case k.Platform(), k == ELD:
		return &h.Visibility
	case k == CarrierSrc:
		return &h.Carrier
	case k == DriverSrc, k == Dispatcher, k == Facility, k == User && tellsOfTruck(o.Claims):
		return &h.Phone
	}
	return nil
}

func tellsOfTruck(claims []Claim) bool {
	for i := range claims {
		switch f := claims[i].Fact; {
		case f.Actual(), f == FactETA, f == FactPosition, f == FactStatus:
			return true
		}
	}
	return false
}
