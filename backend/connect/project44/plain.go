package project44

import "tracedesk/backend/connect/wire"

// Histories repeat some hundred small pieces each, nearly all written in the plainest way; here their fields are read by name. What
// these do not know, and all that is written otherwise, is decoded by the tags of the shapes in wire.go: the same either way.

// decode reads a piece into a shape, plainly where it can be; what cannot be decoded is a fault.
func decode[T any](r *reader, p wire.Piece, where string, v *T, plain func(*wire.Plain, *T)) bool {
	if wire.ReadPlain(p, func(in *wire.Plain) { plain(in, v) }) {
		return true
	}
	*v = *new(T)
	return r.into(p, where, v)
}

// within reads a shape that hangs on another.
func within[T any](in *wire.Plain, at **T, plain func(*wire.Plain, *T)) {
	if *at == nil {
		*at = new(T)
	}
	plain(in, *at)
}

func plainPosition(in *wire.Plain, v *position) {
	in.Object(func(name []byte) {
		switch string(name) {
		case "coordinates":
			within(in, &v.Coordinates, plainCoordinates)
		case "geoCoordinates":
			within(in, &v.Geo, plainCoordinates)
		case "latitude":
			in.Number(&v.Latitude)
		case "longitude":
			in.Number(&v.Longitude)
		case "dateTime":
			in.Text(&v.At)
		case "timestamp":
			in.Text(&v.Timestamp)
		case "positionDateTime":
			in.Text(&v.Position)
		case "utcTimestamp":
			in.Text(&v.UTC)
		case "receivedDateTime":
			in.Text(&v.Received)
		default:
			in.GiveUp()
		}
	})
}

func plainCoordinates(in *wire.Plain, v *coordinates) {
	in.Object(func(name []byte) {
		switch string(name) {
		case "latitude":
			in.Number(&v.Latitude)
		case "longitude":
			in.Number(&v.Longitude)
		default:
			in.GiveUp()
		}
	})
}

func plainEvent(in *wire.Plain, v *event) {
	in.Object(func(name []byte) {
		switch string(name) {
		case "type":
			in.Text(&v.Type)
		case "stopId":
			in.Text(&v.StopID)
		case "routeSegmentId":
			in.Text(&v.SegmentID)
		case "plannedDateTime":
			in.Text(&v.Planned)
		case "plannedEndDateTime":
			in.Text(&v.PlannedEnd)
		case "estimateDateTime":
			in.Text(&v.Estimate)
		case "estimateLastCalculatedDateTime":
			in.Text(&v.Calculated)
		case "dateTime":
			in.Text(&v.At)
		case "receivedDateTime":
			in.Text(&v.Received)
		case "description":
			in.Text(&v.Description)
		case "dateTimes":
			wire.PlainList(in, &v.Times, func(one *competing) { plainCompeting(in, one) })
		default:
			in.GiveUp()
		}
	})
}

func plainCompeting(in *wire.Plain, v *competing) {
	in.Object(func(name []byte) {
		switch string(name) {
		case "type":
			in.Text(&v.Type)
		case "source":
			in.Text(&v.Source)
		case "dateTime":
			in.Text(&v.At)
		case "selected":
			in.Text(&v.Selected)
		default:
			in.GiveUp()
		}
	})
}

func plainState(in *wire.Plain, v *state) {
	in.Object(func(name []byte) {
		switch string(name) {
		case "type":
			in.Text(&v.Type)
		case "startDateTime":
			in.Text(&v.Start)
		case "endDateTime":
			in.Text(&v.End)
		case "stopId":
			in.Text(&v.StopID)
		case "routeSegmentId":
			in.Skip()
		default:
			in.GiveUp()
		}
	})
}

// plainShipment reads the head of a history.
func plainShipment(in *wire.Plain, v *shipment) {
	in.Object(func(name []byte) {
		switch string(name) {
		case "id":
			in.Text(&v.ID)
		case "identifiers":
			wire.PlainList(in, &v.Identifiers, func(one *identifier) { plainIdentifier(in, one) })
		case "attributes":
			wire.PlainList(in, &v.Attributes, func(one *attribute) { plainAttribute(in, one) })
		case "shipmentShareLink":
			in.Text(&v.ShareLink)
		case "routeInfo":
			within(in, &v.Route, plainRoute)
		case "createdDateTime":
			in.Text(&v.Created)
		case "lastModifiedDateTime":
			in.Text(&v.Modified)
		case "relatedShipments", "accessGroups":
			in.Skip()
		default:
			in.GiveUp()
		}
	})
}

func plainIdentifier(in *wire.Plain, v *identifier) {
	in.Object(func(name []byte) {
		switch string(name) {
		case "type":
			in.Text(&v.Type)
		case "value":
			in.Text(&v.Value)
		default:
			in.GiveUp()
		}
	})
}

func plainAttribute(in *wire.Plain, v *attribute) {
	in.Object(func(name []byte) {
		switch string(name) {
		case "name":
			in.Text(&v.Name)
		case "value":
			in.Text(&v.Value)
		case "values":
			wire.PlainList(in, &v.Values, in.Text)
		default:
			in.GiveUp()
		}
	})
}

func plainRoute(in *wire.Plain, v *route) {
	in.Object(func(name []byte) {
		switch string(name) {
		case "stops":
			wire.PlainList(in, &v.Stops, func(one *routeStop) { plainStop(in, one) })
		case "routeSegments":
			wire.PlainList(in, &v.Segments, func(one *segment) { plainSegment(in, one) })
		default:
			in.GiveUp()
		}
	})
}

func plainStop(in *wire.Plain, v *routeStop) {
	in.Object(func(name []byte) {
		switch string(name) {
		case "id":
			in.Text(&v.ID)
		case "type":
			in.Text(&v.Type)
		case "location":
			within(in, &v.Location, plainLocation)
		default:
			in.GiveUp()
		}
	})
}

func plainLocation(in *wire.Plain, v *location) {
	in.Object(func(name []byte) {
		switch string(name) {
		case "name":
			in.Text(&v.Name)
		case "coordinates":
			within(in, &v.Coordinates, plainCoordinates)
		case "geoCoordinates":
			within(in, &v.Geo, plainCoordinates)
		case "identifiers":
			in.Skip()
		default:
			in.GiveUp()
		}
	})
}

func plainSegment(in *wire.Plain, v *segment) {
	in.Object(func(name []byte) {
		switch string(name) {
		case "id", "fromStopId", "toStopId":
			in.Skip()
		case "transportationMode":
			in.Text(&v.Mode)
		case "identifiers":
			wire.PlainList(in, &v.Identifiers, func(one *identifier) { plainIdentifier(in, one) })
		default:
			in.GiveUp()
		}
	})
}
