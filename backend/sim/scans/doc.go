// Package scans makes freight papers whose content is known: bills of lading, receipts of pickup and delivery, lumper
// receipts, scale tickets, OS&D reports and papers that prove nothing, worn as phones, scanners and faxes wear them,
// with the truth beside them. A reading of papers is judged on it.
//
// Papers are drawn here from the ground up and written by this package's own writers, so that a mistake of the readers
// cannot cancel out. All companies, persons, numbers and signatures are invented. One seed gives the same bytes.
//
// Hostile makes files that try to break a reader.
package scans
