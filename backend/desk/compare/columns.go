package compare

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"tracedesk/backend/desk"
	"tracedesk/backend/freight"
)

// columnOrder is the order of columns by kind of source.
var columnOrder = []freight.SourceKind{freight.TMS, freight.CarrierSrc, freight.Project44, freight.FourKites, freight.MacroPoint, freight.ELD, freight.DriverSrc,
	freight.Dispatcher, freight.Facility, freight.Customer, freight.Paper, freight.User, freight.Rule}

// drawColumns lists who says anything, and the load's carrier where it has a page that nobody has read yet.
func (s *sides) drawColumns(pages []Portal) {
	sources := slices.Collect(maps.Keys(s.last))
	if own := s.carrier(); own.Account != "" {
		_, heard := s.last[freight.Source{Kind: own.Kind, Account: own.Account + viaPortal}]
		if !heard && s.pageOf(own, pages) != "" {
			sources = append(sources, freight.Source{Kind: own.Kind, Account: own.Account + viaPortal})
		}
	}
	slices.SortFunc(sources, func(a, b freight.Source) int {
		return cmp.Or(slices.Index(columnOrder, a.Kind)-slices.Index(columnOrder, b.Kind), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Account, b.Account))
	})
	s.columnSources = sources
	for _, src := range sources {
		own, portal := withoutPortal(src)
		s.columns = append(s.columns, CompareColumn{Key: src.String(), Source: own.String(), Kind: string(src.Kind), Name: nameOf(src), Portal: portal,
			LastSaidAt: desk.Moment(s.last[src]), URL: s.pageOf(own, pages)})
	}
}

// withoutPortal is the source itself behind the column of its page.
func withoutPortal(src freight.Source) (freight.Source, bool) {
	account, portal := strings.CutSuffix(src.Account, viaPortal)
	return freight.Source{Kind: src.Kind, Account: account}, portal
}

// carrier is the load's carrier as a source: as it speaks already under its SCAC, else under its name, else by its SCAC, else
// by its name. Where it speaks under both, each has a column.
func (s *sides) carrier() freight.Source {
	scac, name := s.t.SCAC.Value, s.t.Carrier.Value
	speaks := slices.SortedFunc(maps.Keys(s.last), func(a, b freight.Source) int { return cmp.Compare(a.Account, b.Account) })
	for _, is := range []func(account string) bool{
		func(account string) bool { return strings.EqualFold(account, scac) },
		func(account string) bool { return freight.NormalRef(account) == freight.NormalRef(name) },
	} {
		for _, src := range speaks {
			if src, _ = withoutPortal(src); src.Kind == freight.CarrierSrc && src.Account != "" && is(src.Account) {
				return src
			}
		}
	}
	return freight.Source{Kind: freight.CarrierSrc, Account: cmp.Or(scac, name)}
}

var kindNames = map[freight.SourceKind]string{freight.TMS: "TMS", freight.CarrierSrc: "Carrier", freight.Project44: "project44", freight.FourKites: "FourKites",
	freight.MacroPoint: "MacroPoint", freight.ELD: "ELD", freight.DriverSrc: "Driver", freight.Dispatcher: "Dispatcher", freight.Facility: "Facility",
	freight.Customer: "Customer", freight.Paper: "Paper", freight.User: "Our log", freight.Rule: "Rules"}

// nameOf is a column's heading.
func nameOf(src freight.Source) string {
	own, portal := withoutPortal(src)
	name := cmp.Or(kindNames[own.Kind], string(own.Kind))
	switch {
	case portal:
		return "Portal of " + cmp.Or(own.Account, name)
	case own.Account == "" || own.Kind == freight.TMS && own.Account == freight.DefaultTMS:
		return name
	}
	return name + " " + own.Account
}
