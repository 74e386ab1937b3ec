package apitest

import (
	"context"

	"tracedesk/backend/desk/partners"
	"tracedesk/backend/freight"
)

// Partners has one trading partner.
type Partners struct{}

// Partners lists it.
func (Partners) Partners(context.Context) (partners.EdiPartners, error) {
	return partners.EdiPartners{Partners: freight.List[partners.EdiPartner]{{ID: "SWVL", Qualifier: "02", Name: "Swift Valley", SCAC: "SWVL", Version: "004010", Declined: "D",
		Codes: freight.List[partners.EdiCode]{{List: "1650", Code: "DEP", As: "AF", Meaning: "departed the pickup with the freight"}}, At: Now, By: "Ana Ruiz"}},
		Lists: freight.List[partners.EdiCodeList]{{List: "1650", Name: "status (AT7-01)"}}}, nil
}

// Set answers the partner as it was.
func (p Partners) Set(ctx context.Context, _ partners.EdiPartnerEdit) (partners.EdiPartners, error) {
	return p.Partners(ctx)
}

// Unknown has one code.
func (Partners) Unknown(context.Context) (partners.EdiUnknowns, error) {
	return partners.EdiUnknowns{Files: 3, Unknown: freight.List[partners.EdiUnknown]{{Partner: "SWVL", List: "1650", Name: "status (AT7-01)", Code: "ZX", Count: 4, Segment: "AT7*ZX*NS***20261123*0810*CT"}}}, nil
}

// Meanings has two statuses.
func (Partners) Meanings(_ context.Context, list string) (partners.EdiMeanings, error) {
	return partners.EdiMeanings{List: list, Name: "status (AT7-01)", Meanings: freight.List[partners.EdiMeaning]{{Code: "AF", Words: "departed the pickup with the freight", Facts: freight.List[freight.Fact]{freight.FactDeparted, freight.FactPickedUp}}, {Code: "X3", Words: "arrived at the pickup", Facts: freight.List[freight.Fact]{freight.FactArrived}}}}, nil
}

// Map changes one statement.
func (Partners) Map(context.Context, partners.EdiCodeEdit) (partners.EdiReplayed, error) {
	return partners.EdiReplayed{Files: 3, Changed: 4, Loads: 2, Says: "3 files of SWVL were read anew: 4 statements on 2 loads now say something else."}, nil
}

// Explain explains one segment, whatever was given.
func (Partners) Explain(context.Context, partners.ExplainRequest) (partners.Explanation, error) {
	return partners.Explanation{Kind: "x12.214", Segments: freight.List[partners.ExplainedSegment]{{Interchange: "000000905", Group: "905", SetKind: "214", Set: "0001", Number: 4, Offset: 230, Length: 28,
		Tag: "AT7", Name: "shipment status", Raw: "AT7*X3*NS***20261123*0810*CT",
		Elements: freight.List[partners.ExplainedElement]{{N: 1, Number: "1650", Name: "status", Value: "X3", Meaning: "arrived at the pickup"}, {N: 2, Number: "1651", Name: "reason", Value: "NS", Meaning: "normal status"}},
		Became:   freight.List[partners.ExplainedFact]{{Subject: "pickup", Fact: "arrived", At: "2026-11-23T08:10:00 America/Chicago"}}}}}, nil
}

// Write answers an interchange.
func (Partners) Write(context.Context, partners.EdiWrite) (partners.EdiWritten, error) {
	return partners.EdiWritten{Name: "990-000000001.edi", Text: "ISA*", Control: freight.List[int]{1}}, nil
}

// Written is the same.
func (p Partners) Written(string) (partners.EdiWritten, error) {
	return p.Write(context.Background(), partners.EdiWrite{})
}
