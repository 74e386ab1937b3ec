package epcis

import (
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// bare is a word of a vocabulary without what stands before it: urn:epcglobal:cbv:bizstep:departing, cbv:BizStep-departing,
// https://ref.gs1.org/cbv/BizStep-departing and departing are one.
func bare(word string) string {
	word = strings.TrimSpace(word)
	if i := strings.LastIndexAny(word, ":/#"); i >= 0 {
		word = word[i+1:]
	}
	for _, prefix := range [...]string{"BizStep-", "Disp-", "BTT-", "SDT-", "ER-"} {
		word = strings.TrimPrefix(word, prefix)
	}
	return word
}

// document is the number of a business document in its URI: what stands behind the last colon or slash. A UUID and a URI that
// ends so are kept whole.
func document(uri string) string {
	uri = strings.TrimSpace(uri)
	if strings.HasPrefix(uri, "urn:uuid:") || strings.HasPrefix(uri, "urn:epc:") {
		return uri
	}
	number := uri
	if i := strings.LastIndexAny(uri, ":/"); i >= 0 && i < len(uri)-1 {
		number = uri[i+1:]
	}
	if plain, err := url.PathUnescape(number); err == nil && utf8.ValidString(plain) {
		return plain
	}
	return number
}

// key is a GS1 key with its number: SSCC, GSIN, GINC, GLN; "" for what is none of these.
func key(uri string) (kind, number string) {
	uri = strings.TrimSpace(uri)
	if rest, ok := strings.CutPrefix(uri, "urn:epc:id:"); ok {
		return fromURN(rest)
	}
	if strings.HasPrefix(uri, "http") {
		return fromLink(uri)
	}
	return "", ""
}

// fromURN reads sscc:company.serial and the like. The URN has no check digit: it is computed, so that the number is the one on the label.
func fromURN(rest string) (kind, number string) {
	scheme, value, _ := strings.Cut(rest, ":")
	parts := strings.Split(value, ".")
	if len(parts) < 2 {
		return "", ""
	}
	switch scheme {
	case "sscc":
		if len(parts[1]) > 0 {
			return checked("SSCC", parts[1][:1]+parts[0]+parts[1][1:], 17)
		}
	case "gsin":
		return checked("GSIN", parts[0]+parts[1], 16)
	case "sgln", "pgln":
		return checked("GLN", parts[0]+parts[1], 12)
	case "ginc":
		return "GINC", parts[0] + parts[1]
	}
	return "", ""
}

func checked(kind, body string, length int) (string, string) {
	if len(body) != length || !digits(body) {
		return "", ""
	}
	return kind, body + strconv.Itoa(checkDigit(body))
}

// checkDigit is the GS1 check digit: weights 3 and 1 from the right.
func checkDigit(body string) int {
	sum := 0
	for i := range len(body) {
		weight := 3
		if (len(body)-i)%2 == 0 {
			weight = 1
		}
		sum += weight * int(body[i]-'0')
	}
	return (10 - sum%10) % 10
}

// links are the primary keys of a GS1 Digital Link.
var links = map[string]string{"00": "SSCC", "402": "GSIN", "401": "GINC", "414": "GLN", "417": "GLN"}

func fromLink(uri string) (kind, number string) {
	uri, _, _ = strings.Cut(uri, "?")
	parts := strings.Split(uri, "/")
	for i := 3; i+1 < len(parts); i++ {
		if kind := links[parts[i]]; kind != "" && parts[i+1] != "" {
			return kind, parts[i+1]
		}
	}
	return "", ""
}

// point reads a geo URI: geo:47.5,11.1.
func point(uri string) (lat, lon float64, ok bool) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(uri), "geo:")
	if !ok {
		return 0, 0, false
	}
	rest, _, _ = strings.Cut(rest, ";")
	parts := strings.Split(rest, ",")
	if len(parts) < 2 {
		return 0, 0, false
	}
	lat, errLat := strconv.ParseFloat(parts[0], 64)
	lon, errLon := strconv.ParseFloat(parts[1], 64)
	return lat, lon, errLat == nil && errLon == nil && lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
