package fields

import "tracedesk/backend/documents/paper"

// SignOff makes a POD of a bill of lading that the consignee signed: the shipper's form goes along with the goods, and the receiver
// signs for them on it. An empty line for the receiver leaves it a bill of lading, and so is a part of a signed one without the
// signature.
func SignOff(d *paper.Document) {
	switch signed := d.Signatures[paper.SignsConsignee].Present; {
	case signed && d.Type == paper.BOL:
		d.Type, d.Subtype = paper.POD, paper.SignedBill
	case !signed && d.Type == paper.POD && d.Subtype == paper.SignedBill:
		d.Type, d.Subtype = paper.BOL, ""
	}
}
