package watch

import (
	"testing"

	"tracedesk/backend/freight"
)

func TestDuplicate(t *testing.T) {
	twin := func(number string, ref freight.RefType, lane, customer string) freight.Twin {
		return freight.Twin{Number: number, Ref: freight.Reference{Type: ref, Value: "4711"}, Stops: lane, Customer: customer, Since: central(9, 0)}
	}
	twins := func(list ...freight.Twin) func(*freight.Timeline, *freight.Around) {
		return func(l *freight.Timeline, a *freight.Around) {
			l.Customer.Value = "Acme"
			a.Twins = list
		}
	}
	lane := "Fort Worth, TX > Dallas, TX"
	found := []string{"load.duplicate/L2 verify minor"}
	now := central(9, 45)
	table(t, []row{
		{"same BOL, same lane", twins(twin("L2", freight.RefBOL, lane, "Other")), now, found},
		{"same PRO in other letters", twins(twin("L2", freight.RefPRO, "FORT WORTH TX>Dallas TX", "Acme")), now, found},
		{"another lane", twins(twin("L2", freight.RefBOL, "Fort Worth, TX > Memphis, TN", "Acme")), now, nil},
		{"an order split over trucks", twins(twin("L2", freight.RefOrder, lane, "ACME")), now, []string{"load.duplicate/L2 onPlan watch"}},
		{"another customer's order", twins(twin("L2", freight.RefOrder, lane, "Other")), now, nil},
		{"the same appointment", twins(twin("L2", freight.RefAppointment, lane, "Acme")), now, nil},
		{"two numbers in common", twins(twin("L2", freight.RefOrder, lane, "Acme"), twin("L2", freight.RefBOL, lane, "Acme"), twin("L2", freight.RefPRO, lane, "Acme")), now, found},
		{"two loads", twins(twin("L2", freight.RefBOL, lane, ""), twin("L3", freight.RefBOL, lane, "")), now, []string{"load.duplicate/L2 verify minor", "load.duplicate/L3 verify minor"}},
		{"no lane", twins(twin("L2", freight.RefBOL, " > ", "Acme")), now, nil},
		{"delivered", func(l *freight.Timeline, a *freight.Around) {
			delivered(l)
			twins(twin("L2", freight.RefBOL, lane, "Acme"))(l, a)
		}, now, found},
	})
}
