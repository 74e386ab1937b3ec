package sheet

import "testing"

func TestHeaderNames(t *testing.T) {
	for header, want := range map[string]string{
		"Load #": "load", "Load Number": "load", "Load ID": "load", "LoadNo": "load", "Shipment ID": "load", "shipment_no": "load", "Trip": "load", "Pro Number": "ref:PRO", "PRO#": "ref:PRO",
		"Cust": "customer", "Bill To": "customer", "Customer Name": "customer", "Carrier": "carrier", "Carrier Name": "carrier", "SCAC": "scac", "Carrier SCAC": "scac", "MC#": "mc", "MC Number": "mc", "DOT #": "dot",
		"P/U City": "city pickup", "PU City": "city pickup", "Shipper City": "city pickup", "Orig City": "city pickup", "Origin State": "state pickup", "Orig": "facility pickup", "Origin": "facility pickup",
		"Dest": "facility delivery", "Dest City": "city delivery", "Consignee": "facility delivery", "Consignee Name": "facility delivery", "Cons. Zip": "postal delivery", "Receiver Address": "address delivery",
		"Ship To City": "city delivery", "Ship From Zip Code": "postal pickup", "pickupCity": "city pickup", "DELIVERY_STATE": "state delivery",
		"Pick Appt": "appt_start pickup", "PU Date": "appt_start pickup date", "PU Time": "appt_start pickup time", "Del Appt From": "appt_start delivery", "Del Appt To": "appt_end delivery",
		"Pickup Appt Start": "appt_start pickup", "Pickup Date/Time": "appt_start pickup", "Delivery Appointment": "appt_start delivery", "Sched Del Date": "appt_start delivery date", "scheduled_delivery": "appt_start delivery",
		"Delivery ETA": "eta delivery", "ETA": "eta", "Actual Pickup": "picked_up pickup", "Actual Delivery": "delivered delivery", "Actual Delivery Date": "delivered delivery date", "Actual PU Arrival": "arrived pickup",
		"Pickup Arrival": "arrived pickup", "Delivery Departure Time": "departed delivery time", "Pickup Check In": "arrived pickup", "Delivery Check-Out": "departed delivery", "delivered": "delivered", "Delivered Date": "delivered date", "Ship Date": "appt_start pickup date",
		"POD Rcvd": "pod", "POD": "pod", "POD Received?": "pod", "Trailer": "trailer", "Trailer #": "trailer", "Trailer Type": "equipment", "Equip": "equipment", "Tractor #": "truck", "Driver": "driver", "Driver Name": "driver", "Driver Cell": "driver_phone", "Driver Phone #": "driver_phone",
		"BOL #": "ref:BOL", "PO": "ref:PO", "Customer PO #": "ref:PO", "Order #": "ref:ORDER", "Reference": "ref:OTHER", "PU #": "ref:PICKUP", "Delivery #": "ref:DELIVERY", "Pickup Number": "ref:PICKUP", "Appt #": "ref:APPOINTMENT",
		"Weight": "weight", "Weight (lbs)": "weight", "weight_kg": "weight", "Pallets": "pallets", "Pcs": "pieces", "Status": "status", "Load Status": "status", "Last Update": "updated_at", "Last Updated At": "updated_at",
		"Stop": "stop", "Stop #": "stop", "Stop Seq": "stop", "Stop Type": "kind", "City": "city", "St": "state", "Zip": "postal", "City/State": "city_state", "Origin City, State": "city_state pickup", "Stop 2 City": "city 2", "Stop 3 Appt Date": "appt_start 3 date",
		"Event": "event", "Event Date": "at date", "Event Time": "at time", "Date": "at date", "Time": "at time", "Current City": "city current", "Current Location": "city_state current", "Notes": "note",
		"Appt Date": "appt_start date", "Appt Time": "appt_start time", "Dest Country": "country delivery", "Miles": "", "Rate": "", "quote_sent": "", "po_sent": "", "delivery_recorded": "", "days_late": "",
		"Fecha de entrega": "appt_start delivery date", "Ciudad Origen": "city pickup", "Ciudad Destino": "city delivery", "No. de Carga": "load", "Transportista": "carrier", "Hora de recogida": "appt_start pickup time", "Cliente": "customer",
		"Date de livraison": "appt_start delivery date", "Heure d'enlèvement": "appt_start pickup time", "Ville de livraison": "city delivery", "N° expédition": "load", "Transporteur": "carrier", "Expéditeur": "facility pickup",
		"Sendungsnummer": "load", "Ladestelle Ort": "city pickup", "Empfänger PLZ": "postal delivery", "Abholung Datum": "appt_start pickup date", "Lieferung Uhrzeit": "appt_start delivery time", "Kunde": "customer", "Spediteur": "carrier", "Gewicht": "weight",
	} {
		n := nameOf(header)
		got := string(n.field)
		if n.stop != "" && got != "" {
			got += " " + n.stop
		}
		if n.part != "" {
			got += " " + string(n.part)
		}
		if got != want {
			t.Errorf("%-25s got %q, want %q", header, got, want)
		}
	}
}
