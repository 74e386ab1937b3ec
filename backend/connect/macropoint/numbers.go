package macropoint

import (
	"fmt"
	"slices"
	"strings"

	"tracedesk/backend/connect"
	"tracedesk/backend/freight"
)

// idTypes of customers' rules, as the desk's types of number.
var idTypes = map[string]freight.RefType{"": freight.RefLoad, "LOAD_NUMBER": freight.RefLoad, "BILL_OF_LADING": freight.RefBOL, "PURCHASE_ORDER": freight.RefPO}

// idType is the type of number that a rule names.
func idType(word string) (freight.RefType, bool) {
	if t, known := idTypes[word]; known {
		return t, true
	}
	return freight.ParseRefType(word)
}

// idTypes are the types of number that an order's ID may be: those of the customers' rules, then the desk's own number, by which a
// load goes that has none of its rule's type.
func (c *config) idTypes() (types []freight.RefType) {
	for _, r := range c.customers {
		if t, known := idType(r.IDType); known && t != freight.RefLoad && !slices.Contains(types, t) {
			types = append(types, t)
		}
	}
	return append(types, freight.RefLoad)
}

// idOf is the number by which a load goes at MacroPoint: that of its customer's rule, else the desk's own, as loads often have no
// other.
func idOf(l *connect.Tracked) (string, error) {
	t, known := idType(l.IDType)
	if !known {
		return "", fmt.Errorf("%w: %q is no type of number; write it in customers as ORDER, BILL_OF_LADING, PURCHASE_ORDER, PRO or LOAD_NUMBER", connect.ErrRefused, l.IDType)
	}
	for _, ref := range l.Line.Refs {
		if ref.Type == t && ref.Value != "" {
			return ref.Value, nil
		}
	}
	return l.Number, nil
}

// phoneOf is the driver's number as MacroPoint wants it: digits alone, ten of them in North America.
func phoneOf(text string) (string, bool) {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
	if len(digits) == 11 && digits[0] == '1' {
		digits = digits[1:]
	}
	return digits, len(digits) >= 10 && len(digits) <= 15
}
