package freight

import "time"

// Around is what the rules must know beside the load itself. It is read for one load at one instant.
type Around struct {
	SourceHealth map[string]string // source -> ok, stale, down
	Carrier      *CarrierFile      // nil when nothing is on file
	Facilities   []*FacilityFile   // beside Timeline.Stops; nil entries where nothing is on file
	Twins        []Twin            // other loads that may be the same freight
}

// CarrierFile is what is on file about a carrier.
type CarrierFile struct {
	Name, SCAC, MC, DOT string
	Insured             time.Time // the day on which insurance ends, as an instant at the end of it; zero unknown
	CargoLimitUSD       float64   // 0 unknown
	Authority           string    // active, inactive, revoked; empty unknown
	Blocked             bool
	Dispatcher          string
	Phone, AfterHours   string
	Email               string
	PhonesKnown         []string // digits only
	Evidence            []ObservationID
}

// Called files a phone number under what it is for; digits of every one are known.
func (f *CarrierFile) Called(kind, number string) {
	switch kind {
	case "dispatcher":
		f.Phone = number
	case "after_hours":
		f.AfterHours = number
	}
	if digits := Digits(number); digits != "" {
		f.PhonesKnown = append(f.PhonesKnown, digits)
	}
}

// Digits are the digits of a phone number, without a leading 1 of North America.
func Digits(number string) string {
	b := make([]byte, 0, len(number))
	for i := range len(number) {
		if c := number[i]; c >= '0' && c <= '9' {
			b = append(b, c)
		}
	}
	if len(b) == 11 && b[0] == '1' {
		b = b[1:]
	}
	return string(b)
}

// FacilityFile is what is on file about a place where freight is handed over.
type FacilityFile struct {
	Name       string
	Hours      Hours
	Closed     []string // days, 2026-12-24, local to the facility
	FreeTime   time.Duration
	ByAppt     bool
	Phone      string
	Email      string
	Note       string
	Lat, Lon   float64
	Evidence   []ObservationID
	HoursGiven string // as written
}

// Twin is another load that shares a number with this one.
type Twin struct {
	Load     LoadID
	On       int64 // the load's number in this desk's file
	Number   string
	Ref      Reference // the shared number
	Stops    string    // "Dallas, TX > Memphis, TN", to compare
	Customer string
	Carrier  string
	Since    time.Time // when it was first said to go by the number
	Ended    time.Time // when it left the board; zero while it is on it
}
