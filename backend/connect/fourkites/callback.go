package fourkites

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/wire"
	"tracedesk/backend/freight"
)

// Callback takes what FourKites pushes to a relay: a message in JSON. Its address says nothing more.
func (c *Connector) Callback(method, path, query, media string, body []byte) (connect.Body, error) {
	if method != http.MethodPost && method != http.MethodPut && method != "" {
		return connect.Body{}, fmt.Errorf("%w: FourKites pushes with POST, not with %s", connect.ErrRefused, method)
	}
	if len(body) == 0 {
		return connect.Body{}, fmt.Errorf("%w: the push has no body", connect.ErrRefused)
	}
	return connect.Body{Media: "application/json", About: "callback", Bytes: body, At: c.account.Now()}, nil
}

// callback tells what a message says, at the time of the message. A kind of message that no table knows is kept and shown.
func (r *reader) callback(c *callback, p wire.Piece, where string) {
	r.Names = nil
	r.name(freight.RefFourKites, c.ID)
	r.name(freight.RefLoad, c.Number)
	r.name(freight.RefBOL, c.BOL)
	r.name(freight.RefPRO, c.PRO)
	r.name(freight.RefBooking, c.Booking)
	r.bag(c.References)
	at := r.callbackTime(p, where+".Timestamp", c.At, c.Zone)
	o := r.Observation(p, where)
	o.Text = string(p.Bytes)
	if at.Basis == freight.Instant {
		o.StatedAt = time.Unix(at.Sec, 0).UTC()
	}
	m := r.codes.Find("message", c.Type.String())
	on := stopNamed(c.StopRef, c.StopSeq)
	if on.Kind != freight.OfStop && c.StopType != "" {
		if kind := r.codes.Find("stopType", c.StopType.String()); kind.Means == "pickup" || kind.Means == "delivery" {
			on = freight.Subject{Kind: freight.OfStop, Stop: freight.StopRef{Side: freight.Side(kind.Means)}}
		}
	}
	o.Claims = r.happened(c, on, at)
	o.Claims = append(o.Claims, freight.Claim{Subject: on, Fact: freight.FactStatus, At: at, Value: freight.Value{Text: c.Type.String(), Type: "fourkites message", Note: m.Words}})
	if failed := c.failed(); failed != "" {
		o.Claims = append(o.Claims, freight.Claim{Fact: freight.FactTracking, At: at, Value: freight.Value{Text: string(freight.TrackFailed), Note: "FourKites did not take the load: " + failed}})
	} else if m.Tracking != "" {
		o.Claims = append(o.Claims, freight.Claim{Fact: freight.FactTracking, At: at, Value: freight.Value{Text: string(m.Tracking), Note: m.Words}})
	}
	o.Claims = append(o.Claims, r.expectedAt(c, on, at, p, where)...)
	o.Claims = append(o.Claims, c.where(at)...)
	for _, w := range []struct{ kind, text string }{{"fourkites stop", c.StopStatus.String()}} {
		o.Claims = append(o.Claims, other(on, w.kind, w.text, "")...)
	}
	voyage := strings.Join(strings.Fields(c.Vessel.String()+" "+c.Voyage.String()), " ")
	for _, w := range []struct{ kind, text string }{{"shipper", c.Shipper.String()}, {"fourkites link", c.Tracking.String()}, {"voyage", voyage},
		{"container type", c.Container.String()}, {"terminal", wire.Joined(" ", c.Terminal.String(), c.Unlocode.String())}} {
		o.Claims = append(o.Claims, other(freight.Subject{}, w.kind, w.text, "")...)
	}
	if c.SCAC != "" {
		o.Claims = append(o.Claims, freight.Claim{Fact: freight.FactSCAC, Value: freight.Value{Text: c.SCAC.String()}})
	}
	if c.Type == "LOAD_CREATION" {
		o.Claims = append(o.Claims, r.references()...)
	}
	r.Say(o)
}

// happened are the facts of the kind of message and of the EDI code beside it.
func (r *reader) happened(c *callback, on freight.Subject, at freight.When) (out []freight.Claim) {
	if at.IsZero() {
		return nil
	}
	for _, m := range []struct{ list, code string }{{"message", c.Type.String()}, {"edi", c.StatusCode.String()}} {
		means := r.codes.Find(m.list, m.code)
		if means.Fact == "" || len(out) > 0 && out[0].Fact == means.Fact {
			continue
		}
		stop := on
		if stop.Kind != freight.OfStop {
			stop = freight.Subject{Kind: freight.OfStop, Stop: freight.StopRef{Side: means.Side}}
		}
		out = append(out, freight.Claim{Subject: stop, Fact: means.Fact, At: at, Value: freight.Value{Note: "time of the message"}})
	}
	if c.StatusCode != "" {
		out = append(out, freight.Claim{Subject: on, Fact: freight.FactOther, At: at, Value: freight.Value{Type: "fourkites status code", Text: c.StatusCode.String(), Note: r.codes.Find("edi", c.StatusCode.String()).Words}})
	}
	return out
}

// failed is why a load was not created; "" where it was.
func (c *callback) failed() string {
	if wire.First(c.Success, c.IsSuccess) != "false" {
		return ""
	}
	words := make([]string, 0, len(c.Errors))
	for _, e := range c.Errors {
		words = append(words, e.String())
	}
	if len(words) == 0 {
		return "it does not say why"
	}
	return strings.Join(words, "; ")
}

// expectedAt is a stop's ETA.
func (r *reader) expectedAt(c *callback, on freight.Subject, at freight.When, p wire.Piece, where string) []freight.Claim {
	eta := r.callbackTime(p, where+".ETA", wire.First(c.StopETA, c.ETA), c.Zone)
	switch {
	case eta.IsZero():
		return nil
	case on.Kind != freight.OfStop:
		return other(freight.Subject{}, "fourkites ETA", eta.String(), "")
	}
	return []freight.Claim{{Subject: on, Fact: freight.FactETA, At: at, Value: freight.Value{Start: eta}}}
}

// where is the position that a message tells.
func (c *callback) where(at freight.When) []freight.Claim {
	place := freight.Place{City: c.City.String(), State: c.State.String()}
	place.Lat, place.Lon, _ = wire.Point(c.Latitude, c.Longitude)
	if at.IsZero() || !place.HasPoint() && place.City == "" {
		return other(freight.Subject{}, "location", c.Location.String(), "")
	}
	if place.City == "" {
		place.Facility = c.Location.String()
	}
	return []freight.Claim{{Fact: freight.FactPosition, At: at, Value: freight.Value{Place: place}}}
}

// callbackTime reads a time of a message: UTC where it carries no mark, or local to the zone that the message names, as the account
// is set up.
func (r *reader) callbackTime(p wire.Piece, where string, written, zone wire.Text) freight.When {
	if r.config.values["callbackTimes"] != "local" {
		return r.instant(p, where, written)
	}
	at, err := atStop(written, zone)
	return r.When(p, where, at, err)
}
