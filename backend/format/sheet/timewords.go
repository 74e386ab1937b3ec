package sheet

// months by name in English, Spanish, French, German, Portuguese and Italian, long and short.
var months = monthNames([12]string{
	"january jan enero ene janvier janv januar jän jänner janeiro gennaio gen",
	"february feb febrero février févr fevrier fév fev februar fevereiro febbraio",
	"march mar marzo mars märz mär maerz mrz março marco",
	"april apr abril abr avril avr aprile",
	"may mayo mai maio maggio mag",
	"june jun junio juin juni junho giugno giu",
	"july jul julio juillet juil juli julho luglio lug",
	"august aug agosto ago août aout",
	"september sep sept septiembre septembre setiembre set setembro settembre",
	"october oct octubre octobre oktober okt outubro out ottobre ott",
	"november nov noviembre novembre novembro",
	"december dec diciembre dic décembre déc decembre dezember dez dezembro dicembre",
})

func monthNames(lists [12]string) map[string]int {
	names := make(map[string]int, 120)
	for i, list := range lists {
		eachWord(list, func(word string) { names[word] = i + 1 })
	}
	return names
}

// fillers are words that stand in a written time without changing it.
var fillers = wordSet("mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday " +
	"lun lunes mar martes mié mie miércoles jue jueves vie viernes sáb sab sábado dom domingo " +
	"lundi mardi mer mercredi jeu jeudi ven vendredi sam samedi dim dimanche " +
	"mo montag di dienstag mi mittwoch do donnerstag fr freitag sa samstag so sonntag " +
	"st nd rd th de del of le den der um uhr at las los h hrs hr hours on el à local lt stop standard daylight time summer")

// zoneWords are zone letters and what they stand for; Z is UTC. Letters without a season (CT) and with one (CST) both name the
// zone, since people write CST in July and mean the clock on the wall.
var zoneWords = map[string]string{
	"z": "Z", "utc": "Z", "gmt": "Z", "ut": "Z",
	"et": "America/New_York", "est": "America/New_York", "edt": "America/New_York", "eastern": "America/New_York",
	"ct": "America/Chicago", "cst": "America/Chicago", "cdt": "America/Chicago", "central": "America/Chicago",
	"mt": "America/Denver", "mst": "America/Denver", "mdt": "America/Denver", "mountain": "America/Denver",
	"pt": "America/Los_Angeles", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles", "pacific": "America/Los_Angeles",
	"akst": "America/Anchorage", "akdt": "America/Anchorage", "hst": "Pacific/Honolulu",
	"ast": "America/Halifax", "adt": "America/Halifax", "nst": "America/St_Johns", "ndt": "America/St_Johns",
	"cet": "Europe/Berlin", "cest": "Europe/Berlin", "mez": "Europe/Berlin", "mesz": "Europe/Berlin",
	"bst": "Europe/London", "wet": "Europe/Lisbon", "west": "Europe/Lisbon", "eet": "Europe/Athens", "eest": "Europe/Athens",
}

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	eachWord(list, func(word string) { set[word] = true })
	return set
}

func eachWord(list string, yield func(word string)) {
	for start := 0; start < len(list); {
		end := start
		for end < len(list) && list[end] != ' ' {
			end++
		}
		if end > start {
			yield(list[start:end])
		}
		start = end + 1
	}
}
