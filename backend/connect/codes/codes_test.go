package codes

import (
	"slices"
	"strings"
	"testing"

	"tracedesk/backend/freight"
)

var meanings = []string{TrackingPending, InTransit, Idle, AtStop, AtPickup, AtDelivery, Departed, Loaded, Unloaded, PickedUp, Delivered, TrackingLost,
	DriverDenied, Cancelled, Ended, Early, OnTime, LateWatch, Late, Exception, Word}

func TestEveryMeaningIsOneOfTheDesk(t *testing.T) {
	of := map[string][]string{
		"reference":  {"BOL", "ORDER", "PRO", "PO", "BOOKING", "CONTAINER", "TRAILER"},
		"identifier": {"scac", "mc", "dot", "TRUCK", "TRAILER", "SEAL", "PHONE", "equipment"},
		"stopType":   {"pickup", "delivery", "pickup_delivery", "relay"},
		"document":   {"pop", "pod", "other"},
		"mode":       {"FTL", "LTL", "parcel"},
	}
	for _, system := range []string{"project44", "fourkites", "macropoint"} {
		for _, m := range Shipped(system).Rows() {
			may := of[m.List]
			if may == nil {
				may = meanings
			}
			if !slices.Contains(may, m.Means) {
				t.Errorf("%s: %s %s means %q, which is none of %v", system, m.List, m.Code, m.Means, may)
			}
		}
	}
}

func TestWhatCodesMean(t *testing.T) {
	tests := []struct {
		system, list, code, means string
		tracking                  freight.TrackingState
		fact                      freight.Fact
		known                     bool
	}{
		{"project44", "status", "IN_TRANSIT/IDLE", Idle, freight.TrackTracking, "", true},
		{"project44", "status", "COMPLETED/DEPARTED_FINAL_STOP", Delivered, freight.TrackEnded, freight.FactDeparted, true},
		{"project44", "status", "COMPLETED/TIMED_OUT", TrackingLost, freight.TrackLost, "", true},
		{"project44", "status", "COMPLETED/CANCELED", Cancelled, freight.TrackEnded, "", true},
		{"project44", "status", "COMPLETED/SOMETHING_NEW", Ended, freight.TrackEnded, "", false},
		{"project44", "status", "TELEPORTED/X", Word, "", "", false},
		{"project44", "event", "arrival_at_stop", AtStop, "", freight.FactArrived, true},
		{"project44", "event", "DELIVERY", Delivered, "", freight.FactDelivered, true},
		{"fourkites", "status", "delivered", Word, "", "", false},
		{"fourkites", "edi", "X3", AtPickup, "", freight.FactArrived, true},
		{"macropoint", "order", "1022", Ended, freight.TrackEnded, "", true},
		{"macropoint", "order", "1053", TrackingLost, freight.TrackHidden, "", true},
		{"macropoint", "alert", "3", Late, "", "", true},
	}
	for _, tt := range tests {
		m := Shipped(tt.system).Find(tt.list, tt.code)
		if m.Means != tt.means || m.Tracking != tt.tracking || m.Fact != tt.fact || m.Known != tt.known || m.Code == "" || m.Words == "" {
			t.Errorf("%s %s %s: %+v", tt.system, tt.list, tt.code, m)
		}
	}
}

func TestAnAccountSaysOtherwise(t *testing.T) {
	book, err := For("fourkites", "# ours\nstatus delivered delivered ended = delivered\nedi D1 departed departed delivery = left\n")
	if err != nil {
		t.Fatal(err)
	}
	if m := book.Find("status", "Delivered"); m.Means != Delivered || !m.Own {
		t.Errorf("the account's own row: %+v", m)
	}
	if m := book.Find("edi", "D1"); m.Fact != freight.FactDeparted {
		t.Errorf("the replaced row: %+v", m)
	}
	if m := Shipped("fourkites").Find("edi", "D1"); m.Fact != freight.FactDelivered {
		t.Errorf("the shipped row changed: %+v", m)
	}
	if got := book.CodeFor("document", "pod"); got != "DR" {
		t.Errorf("a proof of delivery is sent as %q", got)
	}
}

func TestBadRowsAreNamed(t *testing.T) {
	for text, says := range map[string]string{
		"status delivered":                          "line 1",
		"\nstatus delivered delivered sideways = x": `line 2: "sideways"`,
		"status a word = x\nSTATUS A word = y":      "stands twice",
		"status delivered delivered ended =":        "should be",
	} {
		if _, err := For("fourkites", text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", text, err, says)
		}
	}
}
