package fourkites

import (
	"encoding/json"
	"errors"
	"time"

	"tracedesk/backend/connect/wire"
)

// The shapes of what FourKites sends. Every field may be missing; names are taken in any case, and those of the older generation
// without their underscores.

var errNoList = errors.New("the answer holds no list of shipments (data.shipments, data, shipments or loads)")

// head is what tells one shipment from another.
type head struct {
	ID        wire.Text `json:"fourKitesShipmentID"`
	LoadID    wire.Text `json:"fourKitesLoadId"`
	PlainID   wire.Text `json:"loadId"`
	JustID    wire.Text `json:"id"`
	Number    wire.Text `json:"loadNumber"`
	UpdatedAt wire.Text `json:"updatedAt"`
}

// headOf reads the head of a shipment; of one that cannot be read it is empty, and the shipment is handed on to become a fault.
func headOf(p wire.Piece) head {
	var h head
	if into(p, &h) != nil {
		return head{}
	}
	h.ID = wire.First(h.ID, h.LoadID, h.PlainID, h.JustID)
	return h
}

func (h head) updated() time.Time { return wire.Stated(h.UpdatedAt) }

// into decodes a piece whose names may have underscores.
func into(p wire.Piece, v any) error { return json.Unmarshal(wire.PlainNames(p.Bytes), v) }

type shipment struct {
	head
	Status      wire.Text `json:"status"`
	SCAC        wire.Text `json:"SCAC"`
	Carrier     wire.Text `json:"carrierName"`
	ETA         wire.Text `json:"fourKitesETA"`
	TimeZone    wire.Text `json:"timeZone"`
	Deleted     wire.Text `json:"deleted"`
	DeletedBy   wire.Text `json:"deletedBy"`
	DeletedAt   wire.Text `json:"deletedAt"`
	Identifiers *struct {
		References wire.List[wire.Text] `json:"referenceNumbers"`
		Orders     wire.List[wire.Text] `json:"purchaseOrderNumbers"`
	} `json:"identifiers"`
	References   wire.List[wire.Text] `json:"referenceNumbers"`
	BOL          wire.Text            `json:"billOfLading"`
	PRO          wire.Text            `json:"proNumber"`
	Latest       *latest              `json:"latestLocation"`
	Stakeholders map[string]wire.Text `json:"stakeholders"`
	Stops        wire.List[stop]      `json:"stops"`
	Tracking     *trackingInfo        `json:"trackingInfo"`
}

type trackingInfo struct {
	Phone   wire.Text `json:"driverPhone"`
	Truck   wire.Text `json:"truckNumber"`
	Trailer wire.Text `json:"trailerNumber"`
}

type latest struct {
	Latitude  wire.Number `json:"latitude"`
	Longitude wire.Number `json:"longitude"`
	Name      wire.Text   `json:"name"`
	City      wire.Text   `json:"city"`
	State     wire.Text   `json:"state"`
	Updated   wire.Text   `json:"updatedTime"`
	TimeZone  wire.Text   `json:"timeZone"`
}

type stop struct {
	ID        wire.Text    `json:"fourKitesStopID"`
	Reference wire.Text    `json:"stopReferenceId"`
	Type      wire.Text    `json:"stopType"`
	Status    wire.Text    `json:"status"`
	Name      wire.Text    `json:"stopName"`
	PlainName wire.Text    `json:"name"`
	Address   wire.Text    `json:"addressLine1"`
	City      wire.Text    `json:"city"`
	State     wire.Text    `json:"state"`
	Country   wire.Text    `json:"country"`
	Postal    wire.Text    `json:"postalCode"`
	Latitude  wire.Number  `json:"latitude"`
	Longitude wire.Number  `json:"longitude"`
	TimeZone  wire.Text    `json:"timeZone"`
	Sequence  wire.Number  `json:"sequence"`
	Arrival   wire.Text    `json:"arrivalTime"`
	Departure wire.Text    `json:"departureTime"`
	ETA       wire.Text    `json:"eta"`
	Schedule  *appointment `json:"schedule"`
	appointment
	Deleted wire.Text `json:"deleted"`
}

type appointment struct {
	At       wire.Text `json:"appointmentTime"`
	Earliest wire.Text `json:"earliestAppointmentTime"`
	Latest   wire.Text `json:"latestAppointmentTime"`
}

// callback is a message that FourKites pushes.
type callback struct {
	Type       wire.Text            `json:"MessageType"`
	ID         wire.Text            `json:"FourKitesLoadId"`
	Number     wire.Text            `json:"LoadNumber"`
	References wire.List[wire.Text] `json:"ReferenceNumbers"`
	SCAC       wire.Text            `json:"Scac"`
	PRO        wire.Text            `json:"ProNumber"`
	BOL        wire.Text            `json:"BillOfLading"`
	Booking    wire.Text            `json:"BookingNumber"`
	Shipper    wire.Text            `json:"Shipper"`
	At         wire.Text            `json:"Timestamp"`
	Zone       wire.Text            `json:"Timezone"`
	Success    wire.Text            `json:"Success"`
	IsSuccess  wire.Text            `json:"IsSuccess"`
	Errors     wire.List[wire.Text] `json:"Errors"`
	StopRef    wire.Text            `json:"StopReferenceId"`
	StopName   wire.Text            `json:"StopName"`
	StopType   wire.Text            `json:"StopType"`
	StopSeq    wire.Number          `json:"StopSequence"`
	StopStatus wire.Text            `json:"StopStatus"`
	ETA        wire.Text            `json:"ETA"`
	StopETA    wire.Text            `json:"StopETA"`
	Location   wire.Text            `json:"Location"`
	City       wire.Text            `json:"City"`
	State      wire.Text            `json:"State"`
	Latitude   wire.Number          `json:"Latitude"`
	Longitude  wire.Number          `json:"Longitude"`
	StatusCode wire.Text            `json:"StatusCode"`
	Tracking   wire.Text            `json:"TrackingUrl"`
	Vessel     wire.Text            `json:"VesselName"`
	Voyage     wire.Text            `json:"VoyageNumber"`
	Container  wire.Text            `json:"ContainerType"`
	Terminal   wire.Text            `json:"TerminalName"`
	Unlocode   wire.Text            `json:"StopUnlocode"`
}
