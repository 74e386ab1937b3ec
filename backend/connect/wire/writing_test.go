package wire

import (
	"testing"
	"time"

	"tracedesk/backend/freight"
)

func TestCountryByItsNameOrByTheState(t *testing.T) {
	for p, want := range map[freight.Place]string{
		{Country: "USA", State: "IL"}: "US", {Country: "mex"}: "MX", {Country: "CAN"}: "CA", {Country: "de"}: "DE",
		{State: "IL"}: "US", {State: "on"}: "CA", {State: "NLE"}: "MX", {}: "US",
	} {
		if got := Country(p); got != want {
			t.Errorf("%+v is in %s, want %s", p, got, want)
		}
	}
}

func TestDialled(t *testing.T) {
	for phone, want := range map[string]string{"(312) 555-0144": "+13125550144", "+1 614-555-0130": "+16145550130", "+52 33 1234 5678": "+523312345678", "1 312 555 0144": "+13125550144"} {
		if got := Dialled(phone); got != want {
			t.Errorf("%s is dialled %s, want %s", phone, got, want)
		}
	}
}

func TestSettling(t *testing.T) {
	at := time.Date(2026, 3, 2, 18, 0, 0, 0, time.UTC)
	s := NewSettling(at, 2*time.Minute)
	if left := s.Left("a", at.Add(time.Minute)); left != time.Minute {
		t.Errorf("after a start: %v", left)
	}
	if left := s.Left("a", at.Add(time.Hour)); left != 0 {
		t.Errorf("never tried here: %v", left)
	}
	s.Tried("a", at.Add(time.Hour))
	if left := s.Left("a", at.Add(time.Hour+30*time.Second)); left != 90*time.Second {
		t.Errorf("tried: %v", left)
	}
	s.Known("a")
	if left := s.Left("a", at.Add(time.Hour+30*time.Second)); left != 0 {
		t.Errorf("known: %v", left)
	}
}
