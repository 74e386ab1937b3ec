package project44

import "tracedesk/backend/connect/wire"

// The shapes of what project44 sends. Every field may be missing.

type identifier struct {
	Type  wire.Text `json:"type"`
	Value wire.Text `json:"value"`
}

type coordinates struct {
	Latitude  wire.Number `json:"latitude"`
	Longitude wire.Number `json:"longitude"`
}

type address struct {
	Postal  wire.Text            `json:"postalCode"`
	Lines   wire.List[wire.Text] `json:"addressLines"`
	City    wire.Text            `json:"city"`
	State   wire.Text            `json:"state"`
	Country wire.Text            `json:"country"`
}

type contact struct {
	Company wire.Text `json:"companyName"`
}

// shipment is the head of both kinds of answer: id is the master id in a history, the truckload number in a status.
type shipment struct {
	ID          wire.Text                `json:"id"`
	Master      wire.Text                `json:"masterShipmentId"`
	Identifiers wire.List[identifier]    `json:"identifiers"`         // history
	Numbers     wire.List[identifier]    `json:"shipmentIdentifiers"` // status
	Carrier     *identifier              `json:"carrierIdentifier"`   // status
	Equipment   wire.List[identifier]    `json:"equipmentIdentifiers"`
	Attributes  wire.List[attribute]     `json:"attributes"`
	ShareLink   wire.Text                `json:"shipmentShareLink"`
	Route       *route                   `json:"routeInfo"`
	Stops       wire.List[truckloadStop] `json:"shipmentStops"`
	Created     wire.Text                `json:"createdDateTime"`
	Modified    wire.Text                `json:"lastModifiedDateTime"`
}

type attribute struct {
	Name   wire.Text            `json:"name"`
	Value  wire.Text            `json:"value"`  // status
	Values wire.List[wire.Text] `json:"values"` // history
}

type route struct {
	Stops    wire.List[routeStop] `json:"stops"`
	Segments wire.List[segment]   `json:"routeSegments"`
}

type routeStop struct {
	ID       wire.Text `json:"id"`
	Type     wire.Text `json:"type"`
	Location *location `json:"location"`
}

type location struct {
	Name        wire.Text    `json:"name"`
	Coordinates *coordinates `json:"coordinates"`
	Geo         *coordinates `json:"geoCoordinates"`
	Address     *address     `json:"address"`
	Contact     *contact     `json:"contact"`
}

type segment struct {
	Mode        wire.Text             `json:"transportationMode"`
	Identifiers wire.List[identifier] `json:"identifiers"`
}

type truckloadStop struct {
	Number   wire.Number  `json:"stopNumber"`
	ID       wire.Text    `json:"stopId"`
	Type     wire.Text    `json:"stopType"`
	Window   *window      `json:"appointmentWindow"`
	Location *location    `json:"location"`
	Geo      *coordinates `json:"geoCoordinates"`
}

// window is an appointment as project44 has it now: local times of the stop, with the zone's name beside them.
type window struct {
	Start wire.Text `json:"startDateTime"`
	End   wire.Text `json:"endDateTime"`
	Zone  wire.Text `json:"localTimeZoneIdentifier"`
}

// event is an event of the history: planned, expected, or (with dateTime) happened.
type event struct {
	Type        wire.Text            `json:"type"`
	StopID      wire.Text            `json:"stopId"`
	SegmentID   wire.Text            `json:"routeSegmentId"`
	Planned     wire.Text            `json:"plannedDateTime"`
	PlannedEnd  wire.Text            `json:"plannedEndDateTime"`
	Estimate    wire.Text            `json:"estimateDateTime"`
	Calculated  wire.Text            `json:"estimateLastCalculatedDateTime"`
	At          wire.Text            `json:"dateTime"`
	Received    wire.Text            `json:"receivedDateTime"`
	Description wire.Text            `json:"description"`
	Times       wire.List[competing] `json:"dateTimes"`
}

// competing is one of several times that were told of the same event.
type competing struct {
	Type     wire.Text `json:"type"`
	Source   wire.Text `json:"source"`
	At       wire.Text `json:"dateTime"`
	Selected wire.Text `json:"selected"`
}

// trouble is what project44 calls an exception.
type trouble struct {
	Namespace wire.Text `json:"namespace"`
	Category  wire.Text `json:"category"`
	Reason    wire.Text `json:"reason"`
	Status    wire.Text `json:"status"`
}

type state struct {
	Type   wire.Text `json:"type"`
	Start  wire.Text `json:"startDateTime"`
	End    wire.Text `json:"endDateTime"`
	StopID wire.Text `json:"stopId"`
}

// position is a fix. Its inner names are not published: those that are known from elsewhere in the API are tried, and the
// setting positionNames can name others.
type position struct {
	Coordinates *coordinates `json:"coordinates"`
	Geo         *coordinates `json:"geoCoordinates"`
	Location    *location    `json:"location"`
	coordinates
	At        wire.Text `json:"dateTime"`
	Timestamp wire.Text `json:"timestamp"`
	Position  wire.Text `json:"positionDateTime"`
	UTC       wire.Text `json:"utcTimestamp"`
	Received  wire.Text `json:"receivedDateTime"`
	Address   *address  `json:"address"`
}

// status is one status of a truckload shipment.
type status struct {
	At     wire.Text `json:"timestamp"`
	Code   wire.Text `json:"statusCode"`
	Reason *struct {
		Code        wire.Text `json:"code"`
		Description wire.Text `json:"description"`
	} `json:"statusReason"`
	Geo        *coordinates `json:"geoCoordinates"`
	Address    *address     `json:"address"`
	StopNumber wire.Number  `json:"stopNumber"`
}

type stopStatus struct {
	Number   wire.Number `json:"stopNumber"`
	ID       wire.Text   `json:"stopId"`
	Type     wire.Text   `json:"stopType"`
	Code     wire.Text   `json:"statusCode"`
	Arrival  wire.Text   `json:"arrivalCode"`
	Estimate *struct {
		Window     *window   `json:"estimatedArrivalWindow"`
		Calculated wire.Text `json:"lastCalculatedDateTime"`
	} `json:"arrivalEstimate"`
}

type infoMessage struct {
	Severity   wire.Text `json:"severity"`
	Message    wire.Text `json:"message"`
	Diagnostic wire.Text `json:"diagnostic"`
	Source     wire.Text `json:"source"`
}

// paper is a document's description.
type paper struct {
	ID          wire.Text             `json:"id"`
	Name        wire.Text             `json:"name"`
	Type        wire.Text             `json:"type"`
	Identifiers wire.List[identifier] `json:"identifiers"`
	Files       wire.List[paperFile]  `json:"files"`
	Created     wire.Text             `json:"createdDateTime"`
	Modified    wire.Text             `json:"lastModifiedDateTime"`
	Deleted     wire.Text             `json:"deletedDateTime"`
	Company     wire.Text             `json:"addedByCompany"`
	User        wire.Text             `json:"addedByUser"`
}

type paperFile struct {
	URL   wire.Text   `json:"url"`
	Media wire.Text   `json:"mediaType"`
	Size  wire.Number `json:"sizeInBytes"`
	Type  wire.Text   `json:"type"`
}

// carrierEvent is what a carrier pushes, read where it comes through a relay.
type carrierEvent struct {
	Numbers wire.List[identifier] `json:"shipmentIdentifiers"`
	Carrier *identifier           `json:"carrierIdentifier"`
	coordinates
	At         wire.Text   `json:"utcTimestamp"` // UTC without a mark
	Type       wire.Text   `json:"eventType"`
	StopNumber wire.Number `json:"eventStopNumber"`
}
