package sheet

import "strings"

// x12Statuses are the status codes of X12 element 1650 that say what happened at a stop, as carriers put them into sheets.
var x12Statuses = map[string]string{"X3": "pickup arrived", "AF": "pickup departed", "CP": "pickup loaded", "AM": "pickup loaded", "X1": "delivery arrived",
	"D1": "delivery delivered", "CD": "delivery departed", "CL": "pickup departed", "X6": "position", "X4": "arrived", "P1": "departed"}

// statusMeaning reads a status word of a carrier or TMS as a word of the events sheet, with the side before it where it says
// one; "" when it is a word of its own, which is kept as a status.
func statusMeaning(word string) string {
	if m, ok := x12Statuses[strings.ToUpper(word)]; ok {
		return m
	}
	words := plainWords(word)
	text := " " + strings.Join(words, " ") + " "
	has := func(list ...string) bool {
		for _, w := range list {
			if strings.Contains(text, " "+w+" ") {
				return true
			}
		}
		return false
	}
	if has("not", "no", "eta", "late", "delayed", "delay", "scheduled", "will", "expected", "estimated", "en", "enroute", "missed", "next", "attempted", "refused", "to") && !has("checked in", "arrived", "arrived to") {
		return ""
	}
	side := ""
	switch {
	case has("pickup", "pu", "pick up", "shipper", "origin", "loading", "p u"):
		side = "pickup "
	case has("delivery", "del", "consignee", "receiver", "destination", "dest", "unloading", "drop", "dlv"):
		side = "delivery "
	}
	switch {
	case has("picked up", "pickedup", "pickup complete", "pickup completed", "recogido", "enleve", "abgeholt"):
		return "pickup picked_up"
	case has("delivered", "delivery complete", "delivery completed", "entregado", "livre", "geliefert", "zugestellt", "pod signed"):
		return "delivery delivered"
	case has("arrived", "arrival", "arrive", "checked in", "check in", "on site", "onsite", "llegada", "llego", "arrivee", "arrive", "angekommen", "ankunft"):
		return side + "arrived"
	case side != "" && has("at"):
		return side + "arrived"
	case has("departed", "departure", "left", "checked out", "check out", "salida", "depart", "abgefahren", "abfahrt"):
		return side + "departed"
	case has("unloaded", "empty", "unload complete", "descargado", "entladen", "decharge"):
		return "delivery unloaded"
	case has("loaded", "load complete", "cargado", "beladen", "charge"):
		return "pickup loaded"
	}
	return ""
}
