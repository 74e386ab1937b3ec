package main

import (
	"strings"

	"tracedesk/backend/place/internal/table"
)

// other are names in use beside the one GeoNames carries.
var other = []struct{ country, state, name, also string }{
	{"MX", "CMX", "Mexico City", "Ciudad de Mexico"}, {"MX", "CMX", "Mexico City", "Mexico"}, {"MX", "CMX", "Mexico City", "CDMX"},
	{"MX", "CMX", "Mexico City", "Mexico DF"}, {"MX", "CHH", "Ciudad Juarez", "Juarez"}, {"MX", "TAM", "Heroica Matamoros", "Matamoros"},
	{"MX", "NLE", "Ciudad General Escobedo", "Escobedo"},
	{"MX", "VER", "Xalapa de Enríquez", "Jalapa"}, {"MX", "CHP", "Tuxtla", "Tuxtla Gutiérrez"},
	{"US", "NY", "New York City", "NYC"}, {"US", "DC", "Washington", "Washington DC"}, {"CA", "QC", "Quebec", "Quebec City"},
	{"CA", "QC", "Québec", "Quebec City"}, {"CA", "NB", "Saint John", "St Johns NB"},
	{"DE", "", "Munich", "München"}, {"DE", "", "Köln", "Cologne"}, {"DE", "", "Cologne", "Köln"}, {"DE", "", "Nürnberg", "Nuremberg"},
	{"DE", "", "Frankfurt am Main", "Frankfurt"}, {"AT", "", "Vienna", "Wien"}, {"CZ", "", "Prague", "Praha"}, {"IT", "", "Milan", "Milano"},
	{"IT", "", "Rome", "Roma"}, {"IT", "", "Turin", "Torino"}, {"IT", "", "Naples", "Napoli"}, {"IT", "", "Genoa", "Genova"},
	{"BE", "", "Antwerpen", "Antwerp"}, {"BE", "", "Brussels", "Bruxelles"}, {"BE", "", "Gent", "Ghent"}, {"CH", "", "Genève", "Geneva"},
	{"CH", "", "Geneva", "Genève"}, {"PT", "", "Lisbon", "Lisboa"}, {"DK", "", "Copenhagen", "København"}, {"SE", "", "Göteborg", "Gothenburg"},
	{"PL", "", "Warsaw", "Warszawa"}, {"NL", "", "The Hague", "Den Haag"}, {"RO", "", "Bucharest", "Bucuresti"}, {"GR", "", "Athens", "Athina"},
}

// otherNames are the places of list under their other names.
func otherNames(list []populated) []populated {
	var more []populated
	for _, o := range other {
		want := string(table.Fold(nil, o.name))
		for _, p := range list {
			if p.country == o.country && p.state == o.state && string(table.Fold(nil, p.name)) == want {
				p.name = o.also
				more = append(more, p)
			}
		}
	}
	for _, p := range list {
		if p.country == "MX" && p.people >= 20000 {
			for _, p.name = range shortMexican(p.name) {
				more = append(more, p)
			}
		}
	}
	return more
}

// shortMexican are the everyday forms of a Mexican town's full name: Ciudad Acuña is Acuña, Naucalpan de Juárez is Naucalpan.
func shortMexican(name string) []string {
	var short []string
	for _, title := range []string{"Ciudad ", "Heroica ", "Santiago de ", "Victoria de "} {
		if rest, ok := strings.CutPrefix(name, title); ok {
			short = append(short, rest)
		}
	}
	head, _, ok := strings.Cut(name, " de ")
	switch {
	case !ok || strings.Contains(head, " "):
	case head == "Villa" || head == "Valle" || head == "Playa" || head == "Santiago" || head == "Victoria":
	default:
		short = append(short, head)
	}
	return short
}
