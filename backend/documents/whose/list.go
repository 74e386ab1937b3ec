package whose

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"tracedesk/backend/documents/paper"
)

// Bounds of a list of loads.
const (
	mostListed  = 1_000_000
	longestCell = 500
)

// listed are the names by which a list of loads calls the fields, in lower case without blanks and underscores.
var listed = map[string]string{
	"load": paper.Load, "loadnumber": paper.Load, "pro": paper.PRO, "pronumber": paper.PRO, "bol": paper.Bill, "bolnumber": paper.Bill,
	"po": paper.PO, "ponumber": paper.PO, "shipper": paper.Shipper, "shipperaddr": paper.ShipperAddr, "shipperaddress": paper.ShipperAddr,
	"consignee": paper.Consignee, "consigneeaddr": paper.ConsigneeAddr, "consigneeaddress": paper.ConsigneeAddr, "carrier": paper.Carrier,
	"scac": paper.SCAC, "trailer": paper.Trailer, "seal": paper.Seal, "pickup": paper.PickupDate, "pickupdate": paper.PickupDate,
	"delivery": paper.DeliveryDate, "deliverydate": paper.DeliveryDate, "pieces": paper.Pieces, "pallets": paper.Pallets,
	"weight": paper.Weighed, "weightlb": paper.Weighed,
}

// Listing is a list of loads as it was given: ID is what the list calls a load beside its number, "" where it does not.
type Listing struct {
	ID string
	paper.Expected
}

// ParseList reads loads from a JSON list of objects such as {"id":"S001","Load":"LD-1","PRO":"5-1","BOL":"77","PO":"PO1",
// "Consignee":"...","Pickup":"2026-07-01","Pieces":594,"WeightLb":29039}. Names are taken in any case; unknown ones are
// left aside. A value may be a list: its first is the value, the others are further ones.
func ParseList(body []byte) ([]Listing, error) {
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))))
	d.UseNumber()
	var rows []map[string]any
	if err := d.Decode(&rows); err != nil {
		return nil, fmt.Errorf("the list of loads is not a JSON list of objects: %w", err)
	}
	if len(rows) > mostListed {
		return nil, fmt.Errorf("the list has %d loads; %d is the most", len(rows), mostListed)
	}
	var out []Listing
	for i, row := range rows {
		l, err := listing(row)
		if err != nil {
			return nil, fmt.Errorf("load %d of the list: %w", i+1, err)
		}
		out = append(out, l)
	}
	return out, nil
}

func listing(row map[string]any) (Listing, error) {
	l := Listing{Expected: paper.Expected{Values: map[string]string{}, Also: map[string][]string{}}}
	for name, cell := range row {
		plain := strings.NewReplacer(" ", "", "_", "", "-", "").Replace(strings.ToLower(name))
		values := texts(cell)
		if len(values) == 0 {
			continue
		}
		switch plain {
		case "id":
			l.ID = values[0]
			continue
		case "customer":
			l.Customer = values[0]
			continue
		}
		field, ok := listed[plain]
		if !ok {
			continue
		}
		if field == paper.PickupDate || field == paper.DeliveryDate {
			if values[0] = day(values[0]); values[0] == "" {
				continue
			}
		}
		l.Values[field] = values[0]
		if len(values) > 1 {
			l.Also[field] = values[1:]
		}
	}
	l.Load = l.Values[paper.Load]
	if l.Load == "" {
		return l, errors.New("it has no number under \"Load\"")
	}
	return l, nil
}

// texts are the values of a cell: a text, a number or a list of those.
func texts(cell any) []string {
	var out []string
	switch v := cell.(type) {
	case string:
		if s := strings.TrimSpace(v); s != "" && len(s) <= longestCell {
			out = append(out, s)
		}
	case json.Number:
		s := v.String()
		if f, err := v.Float64(); err == nil && f == float64(int64(f)) {
			s = strconv.FormatInt(int64(f), 10)
		}
		if len(s) <= longestCell {
			out = append(out, s)
		}
	case []any:
		for _, one := range v {
			if _, nested := one.([]any); !nested {
				out = append(out, texts(one)...)
			}
		}
	}
	return out
}

// day is the day of a date or instant in ISO form; "" for anything else.
func day(s string) string {
	if len(s) < len(time.DateOnly) {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, s[:len(time.DateOnly)]); err != nil {
		return ""
	}
	return s[:len(time.DateOnly)]
}
