// Package codes says what the codes of the visibility platforms mean to the desk: one table a platform (project44.txt,
// fourkites.txt, macropoint.txt; edi.txt for the codes that all share), which a person can read and an account may say
// otherwise. A code that no table knows is kept and shown; it becomes no fact.
package codes

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"tracedesk/backend/freight"
)

// The desk's words for what a platform says, in the column "meaning". Types of reference, kinds of stop, fact words and
// kinds of paper stand there too, in the lists that speak of those.
const (
	TrackingPending = "tracking_pending"
	InTransit       = "in_transit"
	Idle            = "idle"
	AtStop          = "at_stop" // the message says which
	AtPickup        = "at_pickup"
	AtDelivery      = "at_delivery"
	Departed        = "departed"
	Loaded          = "loaded"
	Unloaded        = "unloaded"
	PickedUp        = "picked_up"
	Delivered       = "delivered"
	TrackingLost    = "tracking_lost"
	DriverDenied    = "driver_denied"
	Cancelled       = "cancelled" // there, which cancels no load here
	Ended           = "ended"     // tracking, which delivers nothing
	Early           = "early"
	OnTime          = "on_time"
	LateWatch       = "late_watch"
	Late            = "late"
	Exception       = "exception"
	Word            = "word" // nothing but its words
)

// Meaning is one row of a table.
type Meaning struct {
	List, Code string
	Means      string
	Tracking   freight.TrackingState // "" says nothing of tracking
	Fact       freight.Fact          // what happened at the stop; "" nothing
	Side       freight.Side          // "" by the stop
	Words      string                // for a person
	Known      bool                  // false for a code that no table has
	Own        bool                  // said by the account, not shipped
}

// Unknown are the words for a code that no table has.
const Unknown = "unknown code"

// Is reports whether the code means what.
func (m Meaning) Is(what string) bool { return m.Means == what }

// RefersTo is the type of reference that the code stands for.
func (m Meaning) RefersTo() (freight.RefType, bool) { return freight.ParseRefType(m.Means) }

// Book is the codes of one platform as an account reads them. It does not change: safe for many at once.
type Book struct{ rows map[key]Meaning }

type key struct{ list, code string }

func keyOf(list, code string) key {
	return key{strings.ToLower(list), strings.ToUpper(strings.TrimSpace(code))}
}

//go:embed *.txt
var tables embed.FS

var shipped = sync.OnceValues(func() (map[string]*Book, error) {
	books := map[string]*Book{}
	for _, system := range []string{"project44", "fourkites", "macropoint"} {
		book := &Book{map[key]Meaning{}}
		for _, file := range []string{"edi.txt", system + ".txt"} {
			text, err := tables.ReadFile(file)
			if err != nil {
				return nil, err
			}
			if err := book.read(string(text), false); err != nil {
				return nil, fmt.Errorf("%s, %w", file, err)
			}
		}
		books[system] = book
	}
	return books, nil
})

// Shipped is the table of a platform as it comes with the program: project44, fourkites or macropoint.
func Shipped(system string) *Book {
	books, err := shipped()
	if err != nil || books[system] == nil {
		panic(fmt.Sprintf("codes of %s: %v", system, err)) // they are part of the program; a test reads them
	}
	return books[system]
}

// For is the table of a platform with the rows that an account says otherwise, in the same form; "" says none.
func For(system, own string) (*Book, error) {
	if strings.TrimSpace(own) == "" {
		return Shipped(system), nil
	}
	said := &Book{map[key]Meaning{}}
	if err := said.read(own, true); err != nil {
		return nil, fmt.Errorf("the account's own codes, %w", err)
	}
	book := &Book{map[key]Meaning{}}
	for k, m := range Shipped(system).rows {
		book.rows[k] = m
	}
	for k, m := range said.rows {
		book.rows[k] = m
	}
	return book, nil
}

// Find is what a code of a list means. Case does not count. Of a pair such as IN_TRANSIT/IDLE that is not in the table, the
// row IN_TRANSIT/* tells.
func (b *Book) Find(list, code string) Meaning {
	if m, ok := b.rows[keyOf(list, code)]; ok {
		return m
	}
	if first, _, pair := strings.Cut(code, "/"); pair {
		if m, ok := b.rows[keyOf(list, first+"/*")]; ok {
			m.Code, m.Known = code, false
			return m
		}
	}
	return Meaning{List: list, Code: code, Means: Word, Words: Unknown}
}

// CodeFor is a code of a list that has a meaning, for what we write out: the first by name where several do, "" where none does.
func (b *Book) CodeFor(list, means string) string {
	for _, m := range b.Rows() {
		if strings.EqualFold(m.List, list) && m.Means == means {
			return m.Code
		}
	}
	return ""
}

// Rows is the whole table by list and code, for a person to read.
func (b *Book) Rows() []Meaning {
	rows := make([]Meaning, 0, len(b.rows))
	for _, m := range b.rows {
		rows = append(rows, m)
	}
	slices.SortFunc(rows, func(x, y Meaning) int {
		if c := strings.Compare(x.List, y.List); c != 0 {
			return c
		}
		return strings.Compare(x.Code, y.Code)
	})
	return rows
}
