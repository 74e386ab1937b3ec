package fourkites

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"tracedesk/backend/connect"
	"tracedesk/backend/connect/wire"
)

// Shipment asks for one shipment by its number at FourKites.
func (c *Connector) Shipment(ctx context.Context, id string) (connect.Body, error) {
	a, err := c.askJSON(ctx, c.config, wire.Question{Method: http.MethodGet, Path: wire.Fill(c.config.values["shipmentPath"], map[string]string{"id": id}), Accept: c.accept()})
	if err != nil {
		return connect.Body{}, err
	}
	return connect.Body{Media: "application/json", About: "shipment/" + id, Bytes: a.Body, At: a.At}, nil
}

func (c *Connector) accept() string {
	if c.config.generation == gateway {
		return "application/vnd.fourkites.v1+json"
	}
	return ""
}

// find looks a load up by its number. Only one that bears exactly this number and was not deleted is it: what else a search
// answers with is another load.
func (c *Connector) find(ctx context.Context, l connect.Tracked) (found shipment, there bool, err error) {
	q := wire.Question{Method: http.MethodGet, Accept: c.accept(),
		Path: wire.Fill(c.config.values["lookupPath"], map[string]string{"number": number(l), "company": c.shipper(l)})}
	if c.config.generation == legacy {
		q.Method, q.Media = http.MethodPost, "application/json"
		if q.Body, err = wire.Encode(legacySearch{Shipper: c.shipper(l), LoadIDs: []string{number(l)}, Page: 1, PerPage: 10}); err != nil {
			return found, false, err
		}
	}
	a, err := c.askJSON(ctx, c.config, q)
	if errors.Is(err, connect.ErrGone) {
		return found, false, nil
	}
	if err != nil {
		return found, false, err
	}
	for _, p := range answers(a.Body, c.config.values["totalKey"]) {
		var s shipment
		if into(p, &s) == nil && s.Number.String() == number(l) && s.Deleted != "true" && s.id() != "" {
			return s, true, nil
		}
	}
	return found, false, nil
}

type legacySearch struct {
	Shipper string   `json:"shipper,omitempty"`
	LoadIDs []string `json:"load_ids"`
	Page    int      `json:"page"`
	PerPage int      `json:"per_page"`
}

// answers are the shipments in an answer: of a list, of one under a name, or the answer itself.
func answers(body []byte, totalKey string) []wire.Piece {
	if items, _, err := shipmentsIn(body, totalKey); err == nil {
		return items
	}
	return []wire.Piece{wire.Whole(body)}
}

// madeID is the number of a load that was just created, wherever the answer has it.
func madeID(body []byte) string {
	for _, p := range answers(body, "") {
		var s shipment
		if into(p, &s) == nil && s.id() != "" {
			return s.id().String()
		}
	}
	return ""
}

// create makes a load, unless it is there already: a second one would be made by a second request.
func (c *Connector) create(ctx context.Context, e connect.Errand) (connect.Receipt, error) {
	l := e.Load
	body, err := c.loadOf(l)
	if err != nil {
		return connect.Receipt{}, err
	}
	s, there, err := c.lookBefore(ctx, l)
	if err != nil {
		return connect.Receipt{}, fmt.Errorf("looking whether FourKites has it: %w", err)
	}
	if there {
		return connect.Receipt{Remote: s.id().String(), Says: "FourKites has it already", Twice: true}, nil
	}
	c.listed.saw(number(l)) // from here on it may be there
	text, err := wire.Encode(body)
	if err != nil {
		return connect.Receipt{}, err
	}
	a, err := c.ask(ctx, c.config, wire.Question{Method: http.MethodPost, Path: c.config.values["createPath"], Body: text, Media: "application/json"})
	if err != nil {
		c.made.Tried(e.Key, c.account.Now())
		return connect.Receipt{}, err
	}
	c.made.Known(e.Key)
	r := connect.Receipt{Remote: madeID(a.Body), Says: "created at FourKites"}
	if body.Load.Tracking == nil {
		r.Says += ". It cannot be tracked before a truck, trailer or driver's phone is told"
	}
	return r, nil
}

// lookBefore finds a load before it is created: in the list where that was just read whole, else by its number.
func (c *Connector) lookBefore(ctx context.Context, l connect.Tracked) (shipment, bool, error) {
	if c.config.values["lookBefore"] == "list" && c.listed.lacks(number(l), c.account.Now(), c.config.interval) {
		return shipment{}, false, nil
	}
	return c.find(ctx, l)
}

// remoteOf is the load's number there, looked up where the desk does not know it.
func (c *Connector) remoteOf(ctx context.Context, l connect.Tracked) (string, error) {
	if id := idOf(l); id != "" {
		return id, nil
	}
	s, there, err := c.find(ctx, l)
	if err == nil && !there {
		err = fmt.Errorf("%w: there is no load %s", connect.ErrGone, number(l))
	}
	return s.id().String(), err
}

// update says the whole load as the desk has it now.
func (c *Connector) update(ctx context.Context, l connect.Tracked) (connect.Receipt, error) {
	body, err := c.loadOf(l)
	if err != nil {
		return connect.Receipt{}, err
	}
	id, err := c.remoteOf(ctx, l)
	if err != nil {
		return connect.Receipt{}, err
	}
	if v := c.config.values["simpleUpdate"]; v != "none" {
		simple := v == "true"
		body.SimpleUpdate = &simple
	}
	text, err := wire.Encode(body)
	if err != nil {
		return connect.Receipt{}, err
	}
	q := wire.Question{Method: http.MethodPatch, Path: wire.Fill(c.config.values["updatePath"], map[string]string{"id": id}), Body: text, Media: "application/json"}
	if _, err := c.ask(ctx, c.config, q); err != nil {
		return connect.Receipt{}, err
	}
	return connect.Receipt{Remote: id, Says: "changed at FourKites"}, nil
}

// cancel deletes a load there. One that FourKites does not know any more is as good as deleted.
func (c *Connector) cancel(ctx context.Context, l connect.Tracked) (connect.Receipt, error) {
	id, err := c.remoteOf(ctx, l)
	if err == nil {
		_, err = c.ask(ctx, c.config, wire.Question{Method: http.MethodPost, Path: c.config.values["deletePath"], Body: deletion(id), Media: "application/json"})
	}
	if errors.Is(err, connect.ErrGone) {
		return connect.Receipt{Remote: id, Says: "FourKites does not know it (any more)", Twice: true}, nil
	}
	if err != nil {
		return connect.Receipt{}, err
	}
	return connect.Receipt{Remote: id, Says: "deleted at FourKites"}, nil
}

// deletion names a load by its number there; one that is not written in digits stands as a text.
func deletion(id string) []byte {
	for _, ch := range id {
		if ch < '0' || ch > '9' {
			text, _ := wire.Encode(map[string][]string{"trackingIds": {id}}) // of a text: it cannot fail
			return text
		}
	}
	return []byte(`{"trackingIds":[` + id + `]}`)
}
