package dcsa

import (
	"encoding/json"
	"strings"
)

// text is a field that should be a string; a number or a truth value is kept as written, null is nothing.
type text string

// UnmarshalJSON takes any scalar.
func (t *text) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		var s string
		err := json.Unmarshal(b, &s)
		*t = text(strings.TrimSpace(s))
		return err
	}
	if s := string(b); s != "null" {
		*t = text(s)
	}
	return nil
}

// event is an event of version 2.2, with the parts of 3.0 that stand elsewhere.
type event struct {
	EventID    text `json:"eventID"`
	Created    text `json:"eventCreatedDateTime"`
	Updated    text `json:"eventUpdatedDateTime"` // 3.0
	Type       text `json:"eventType"`
	Classifier text `json:"eventClassifierCode"`
	DateTime   text `json:"eventDateTime"`
	Transport  text `json:"transportEventTypeCode"`
	Equipment  text `json:"equipmentEventTypeCode"`
	Shipment   text `json:"shipmentEventTypeCode"`
	IoT        text `json:"iotEventTypeCode"`
	Reefer     text `json:"reeferEventTypeCode"`
	Retracted  text `json:"retractedEventID"` // 3.0
	Delay      text `json:"delayReasonCode"`
	Remark     text `json:"changeRemark"`
	Reason     text `json:"reason"`

	DocumentID    text           `json:"documentID"`
	DocumentType  text           `json:"documentTypeCode"`
	Call          *transportCall `json:"transportCall"`
	Location      *location      `json:"eventLocation"`
	Documents     []document     `json:"documentReferences"`
	References    []reference    `json:"references"`
	EquipmentRef  text           `json:"equipmentReference"`
	EquipmentCode text           `json:"ISOEquipmentCode"`
	Empty         text           `json:"emptyIndicatorCode"`
	Seals         []seal         `json:"seals"`

	Class            *event         `json:"eventClassification"` // 3.0: the codes
	TypeCode         text           `json:"eventTypeCode"`
	Routing          *routing       `json:"eventRouting"`
	ShipmentDetails  *shipmentPart  `json:"shipmentDetails"`
	TransportDetails *transportPart `json:"transportDetails"`
	EquipmentDetails *event         `json:"equipmentDetails"`
	ReeferDetails    *reefer        `json:"reeferDetails"`
}

type transportCall struct {
	ID           text      `json:"transportCallID"`
	Reference    text      `json:"transportCallReference"` // 3.0
	Service      text      `json:"carrierServiceCode"`
	Export       text      `json:"exportVoyageNumber"`
	Import       text      `json:"importVoyageNumber"`
	Locode       text      `json:"UNLocationCode"`
	Facility     text      `json:"facilityCode"`
	FacilityType text      `json:"facilityTypeCode"`
	Other        text      `json:"otherFacility"`
	Mode         text      `json:"modeOfTransport"`
	Location     *location `json:"location"`
	Vessel       *vessel   `json:"vessel"`
	Vessel3      *vessel   `json:"vesselTransport"`
	Export3      *voyage   `json:"exportVoyageNumberOrReference"`
	Import3      *voyage   `json:"importVoyageNumberOrReference"`
}

type voyage struct {
	Number text `json:"carrierVoyageNumber"`
}

type vessel struct {
	IMO  text `json:"vesselIMONumber"`
	Name text `json:"vesselName"`
}

type location struct {
	Name         text     `json:"locationName"`
	Latitude     text     `json:"latitude"`
	Longitude    text     `json:"longitude"`
	Geo          *geo     `json:"geoCoordinate"` // 3.0
	Locode       text     `json:"UNLocationCode"`
	Facility     text     `json:"facilityCode"`
	FacilityType text     `json:"facilityTypeCode"`
	Address      *address `json:"address"`
}

type geo struct {
	Latitude  text `json:"latitude"`
	Longitude text `json:"longitude"`
}

type address struct {
	Street  text `json:"street"`
	Number  text `json:"streetNumber"`
	Postal  text `json:"postCode"`
	City    text `json:"city"`
	State   text `json:"stateRegion"`
	Country text `json:"country"`
	Code    text `json:"countryCode"`
}

type document struct {
	Type      text `json:"documentReferenceType"`
	Value     text `json:"documentReferenceValue"`
	TypeCode  text `json:"typeCode"` // 3.0
	Reference text `json:"reference"`
}

type reference struct {
	Type  text `json:"referenceType"`
	Value text `json:"referenceValue"`
}

type seal struct {
	Number text `json:"sealNumber"`
}

type routing struct {
	Originating *partyCode `json:"originatingParty"`
}

type partyCode struct {
	Code     text `json:"partyCode"`
	Provider text `json:"codeListProvider"`
}

type shipmentPart struct {
	Document *document  `json:"documentReference"`
	More     []document `json:"additionalDocumentReferences"`
}

type transportPart struct {
	Call *transportCall `json:"transportCall"`
}

type reefer struct {
	Unit     text   `json:"temperatureUnit"`
	Setpoint text   `json:"internalSetpointTemperature"`
	Ambient  text   `json:"ambientMeasuredTemperature"`
	Return   text   `json:"returnAirTemperature"`
	Supply   text   `json:"supplyAirTemperature"`
	Probes   []temp `json:"temperatureProbeMeasurements"`
}

type temp struct {
	Value text `json:"measuredTemperatureValue"`
}

// flat brings an event of 3.0 into the form of 2.2.
func (e *event) flat() {
	if c := e.Class; c != nil {
		e.Type, e.Classifier, e.Transport, e.Equipment, e.Shipment = first(e.Type, c.TypeCode, c.Type), first(e.Classifier, c.Classifier), first(e.Transport, c.Transport), first(e.Equipment, c.Equipment), first(e.Shipment, c.Shipment)
		e.IoT, e.Reefer, e.Delay = first(e.IoT, c.IoT), first(e.Reefer, c.Reefer), first(e.Delay, c.Delay)
	}
	e.Created = first(e.Created, e.Updated)
	if d := e.EquipmentDetails; d != nil {
		e.EquipmentRef, e.EquipmentCode, e.Empty = first(e.EquipmentRef, d.EquipmentRef), first(e.EquipmentCode, d.EquipmentCode), first(e.Empty, d.Empty)
		e.Seals = append(e.Seals, d.Seals...)
	}
	if d := e.ShipmentDetails; d != nil {
		if d.Document != nil {
			e.DocumentID, e.DocumentType = first(e.DocumentID, d.Document.Reference), first(e.DocumentType, d.Document.TypeCode)
			e.Documents = append(e.Documents, *d.Document)
		}
		e.Documents = append(e.Documents, d.More...)
	}
	if d := e.TransportDetails; d != nil && e.Call == nil {
		e.Call = d.Call
	}
	if c := e.Call; c != nil {
		c.ID = first(c.ID, c.Reference)
		if c.Vessel == nil {
			c.Vessel = c.Vessel3
		}
		if c.Export3 != nil {
			c.Export = first(c.Export, c.Export3.Number)
		}
		if c.Import3 != nil {
			c.Import = first(c.Import, c.Import3.Number)
		}
	}
	for i := range e.Documents {
		d := &e.Documents[i]
		d.Type, d.Value = first(d.Type, d.TypeCode), first(d.Value, d.Reference)
	}
}

func first(all ...text) text {
	for _, t := range all {
		if t != "" {
			return t
		}
	}
	return ""
}

// code is the event's own code, such as ARRI.
func (e *event) code() string {
	return strings.ToUpper(string(first(e.Transport, e.Equipment, e.Shipment, e.IoT, e.Reefer)))
}
