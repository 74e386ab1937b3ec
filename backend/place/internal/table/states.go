package table

// State is a state, province or territory of the United States, Canada or Mexico. Code is the postal code (US, CA) or the
// three letters of ISO 3166-2 (MX); GeoNames is the code of the first-level division in GeoNames.
type State struct {
	Country, Code, Name string
	Also                []string // other spellings; for Mexico also the two-letter codes of the North American load boards
	GeoNames            string
}

// States lists the states of the three countries.
var States = []State{
	{"US", "AL", "Alabama", nil, "AL"}, {"US", "AK", "Alaska", nil, "AK"}, {"US", "AZ", "Arizona", nil, "AZ"},
	{"US", "AR", "Arkansas", nil, "AR"}, {"US", "CA", "California", []string{"Calif"}, "CA"},
	{"US", "CO", "Colorado", nil, "CO"}, {"US", "CT", "Connecticut", nil, "CT"}, {"US", "DE", "Delaware", nil, "DE"},
	{"US", "DC", "District of Columbia", []string{"Washington DC"}, "DC"}, {"US", "FL", "Florida", nil, "FL"},
	{"US", "GA", "Georgia", nil, "GA"}, {"US", "HI", "Hawaii", nil, "HI"}, {"US", "ID", "Idaho", nil, "ID"},
	{"US", "IL", "Illinois", nil, "IL"}, {"US", "IN", "Indiana", nil, "IN"}, {"US", "IA", "Iowa", nil, "IA"},
	{"US", "KS", "Kansas", nil, "KS"}, {"US", "KY", "Kentucky", nil, "KY"}, {"US", "LA", "Louisiana", nil, "LA"},
	{"US", "ME", "Maine", nil, "ME"}, {"US", "MD", "Maryland", nil, "MD"}, {"US", "MA", "Massachusetts", nil, "MA"},
	{"US", "MI", "Michigan", nil, "MI"}, {"US", "MN", "Minnesota", nil, "MN"}, {"US", "MS", "Mississippi", nil, "MS"},
	{"US", "MO", "Missouri", nil, "MO"}, {"US", "MT", "Montana", nil, "MT"}, {"US", "NE", "Nebraska", nil, "NE"},
	{"US", "NV", "Nevada", nil, "NV"}, {"US", "NH", "New Hampshire", nil, "NH"}, {"US", "NJ", "New Jersey", nil, "NJ"},
	{"US", "NM", "New Mexico", nil, "NM"}, {"US", "NY", "New York", nil, "NY"}, {"US", "NC", "North Carolina", nil, "NC"},
	{"US", "ND", "North Dakota", nil, "ND"}, {"US", "OH", "Ohio", nil, "OH"}, {"US", "OK", "Oklahoma", nil, "OK"},
	{"US", "OR", "Oregon", nil, "OR"}, {"US", "PA", "Pennsylvania", nil, "PA"}, {"US", "RI", "Rhode Island", nil, "RI"},
	{"US", "SC", "South Carolina", nil, "SC"}, {"US", "SD", "South Dakota", nil, "SD"}, {"US", "TN", "Tennessee", nil, "TN"},
	{"US", "TX", "Texas", nil, "TX"}, {"US", "UT", "Utah", nil, "UT"}, {"US", "VT", "Vermont", nil, "VT"},
	{"US", "VA", "Virginia", nil, "VA"}, {"US", "WA", "Washington", nil, "WA"}, {"US", "WV", "West Virginia", nil, "WV"},
	{"US", "WI", "Wisconsin", nil, "WI"}, {"US", "WY", "Wyoming", nil, "WY"},

	{"CA", "AB", "Alberta", nil, "01"}, {"CA", "BC", "British Columbia", nil, "02"}, {"CA", "MB", "Manitoba", nil, "03"},
	{"CA", "NB", "New Brunswick", nil, "04"}, {"CA", "NL", "Newfoundland and Labrador", []string{"NF", "LB", "Newfoundland"}, "05"},
	{"CA", "NS", "Nova Scotia", nil, "07"}, {"CA", "ON", "Ontario", nil, "08"}, {"CA", "PE", "Prince Edward Island", []string{"PEI"}, "09"},
	{"CA", "QC", "Quebec", []string{"PQ"}, "10"}, {"CA", "SK", "Saskatchewan", nil, "11"}, {"CA", "YT", "Yukon", []string{"YK"}, "12"},
	{"CA", "NT", "Northwest Territories", nil, "13"}, {"CA", "NU", "Nunavut", nil, "14"},

	{"MX", "AGU", "Aguascalientes", []string{"AG", "AGS"}, "01"}, {"MX", "BCN", "Baja California", []string{"BC", "BJ"}, "02"},
	{"MX", "BCS", "Baja California Sur", []string{"BS"}, "03"}, {"MX", "CAM", "Campeche", []string{"CM", "CP"}, "04"},
	{"MX", "CHP", "Chiapas", []string{"CS", "CI", "CHIS"}, "05"}, {"MX", "CHH", "Chihuahua", []string{"CH", "CHIH"}, "06"},
	{"MX", "COA", "Coahuila", []string{"CO", "CU", "COAH", "Coahuila de Zaragoza"}, "07"}, {"MX", "COL", "Colima", []string{"CL"}, "08"},
	{"MX", "CMX", "Mexico City", []string{"DF", "CDMX", "Distrito Federal", "Ciudad de Mexico"}, "09"},
	{"MX", "DUR", "Durango", []string{"DG", "DGO"}, "10"}, {"MX", "GUA", "Guanajuato", []string{"GT", "GJ", "GTO"}, "11"},
	{"MX", "GRO", "Guerrero", []string{"GR"}, "12"}, {"MX", "HID", "Hidalgo", []string{"HG", "HGO"}, "13"},
	{"MX", "JAL", "Jalisco", []string{"JA"}, "14"}, {"MX", "MEX", "Mexico", []string{"EM", "MX", "Estado de Mexico", "EDOMEX", "Edo Mex"}, "15"},
	{"MX", "MIC", "Michoacan", []string{"MI", "MH", "MICH", "Michoacan de Ocampo"}, "16"}, {"MX", "MOR", "Morelos", []string{"MO", "MR"}, "17"},
	{"MX", "NAY", "Nayarit", []string{"NA"}, "18"}, {"MX", "NLE", "Nuevo Leon", []string{"NL"}, "19"},
	{"MX", "OAX", "Oaxaca", []string{"OA", "OX"}, "20"}, {"MX", "PUE", "Puebla", []string{"PU"}, "21"},
	{"MX", "QUE", "Queretaro", []string{"QT", "QA", "QRO"}, "22"}, {"MX", "ROO", "Quintana Roo", []string{"QR", "QROO"}, "23"},
	{"MX", "SLP", "San Luis Potosi", []string{"SL"}, "24"}, {"MX", "SIN", "Sinaloa", []string{"SI"}, "25"},
	{"MX", "SON", "Sonora", []string{"SO"}, "26"}, {"MX", "TAB", "Tabasco", []string{"TB"}, "27"},
	{"MX", "TAM", "Tamaulipas", []string{"TM", "TA", "TAMPS"}, "28"}, {"MX", "TLA", "Tlaxcala", []string{"TL", "TLAX"}, "29"},
	{"MX", "VER", "Veracruz", []string{"VE", "VC"}, "30"}, {"MX", "YUC", "Yucatan", []string{"YU", "YC"}, "31"},
	{"MX", "ZAC", "Zacatecas", []string{"ZA", "ZT"}, "32"},
}
