package project44

import (
	"encoding/json"
	"strings"

	"tracedesk/backend/connect/wire"
	"tracedesk/backend/freight"
)

// position tells where the truck was. One of which place or time cannot be found is a fault with its bytes, so that it can be
// read again once the setting positionNames says how its fields are called.
func (r *reader) position(p wire.Piece, where string) {
	var v position
	if !decode(r, p, where, &v, plainPosition) {
		return
	}
	place, written := v.place(), v.time()
	if r.positionNames != nil {
		place, written = named(p, r.positionNames, place)
	}
	at := r.when(p, where, "dateTime", written)
	if (!place.HasPoint() && place.City == "") || at.IsZero() {
		r.Fault(p, where, "no place and time were found in this position; tell the names of its fields in the setting positionNames and read the body again")
		return
	}
	o := r.Observation(p, where)
	o.StatedAt = wire.Stated(v.Received)
	o.Claims = []freight.Claim{{Fact: freight.FactPosition, At: at, Value: freight.Value{Place: place}}}
	r.Say(o)
}

// place is where a position was, under the names that are tried.
func (v *position) place() freight.Place {
	var p freight.Place
	if v.Location != nil {
		p = placeOfLocation(v.Location)
	}
	addTo(&p, v.Address)
	for _, c := range []*coordinates{v.Coordinates, v.Geo, &v.coordinates} {
		if c != nil && !p.HasPoint() {
			p.Lat, p.Lon, _ = wire.Point(c.Latitude, c.Longitude)
		}
	}
	return p
}

// time is when a position was, under the names that are tried; one in UTC carries no mark of it.
func (v *position) time() wire.Text {
	for _, t := range []wire.Text{v.At, v.Timestamp, v.Position} {
		if t != "" {
			return t
		}
	}
	if v.UTC != "" {
		return wire.Text(strings.TrimSuffix(v.UTC.String(), "Z") + "Z")
	}
	return ""
}

// named reads a position by the names that the account tells: dotted paths of latitude, longitude and time.
func named(p wire.Piece, names []string, otherwise freight.Place) (freight.Place, wire.Text) {
	var lat, lon wire.Number
	var at wire.Text
	for i, into := range []json.Unmarshaler{&lat, &lon, &at} {
		if v := field(p, names[i]); !v.IsNull() {
			_ = into.UnmarshalJSON(v.Bytes) // what is no number or text stays unset, and the position becomes a fault
		}
	}
	if x, y, ok := wire.Point(lat, lon); ok {
		otherwise.Lat, otherwise.Lon = x, y
	}
	return otherwise, at
}

// field finds a value by its dotted path.
func field(p wire.Piece, path string) wire.Piece {
	for name := range strings.SplitSeq(path, ".") {
		var found wire.Piece
		if err := wire.Fields(p, func(n string, v wire.Piece) bool {
			if n == name {
				found = v
			}
			return n != name
		}); err != nil {
			return wire.Piece{}
		}
		p = found
	}
	return p
}
