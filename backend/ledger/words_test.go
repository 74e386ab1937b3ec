package ledger

import "testing"

func TestQuery(t *testing.T) {
	for typed, want := range map[string]string{
		"":                   "",
		" - . ":              "",
		"Acme":               `"Acme"*`,
		"joliet/macon":       `"joliet" "macon"*`,
		"Store 9":            `"Store" "9"*`,
		"scan_004":           `"scan 004"*`,
		"POD 480-101.pdf":    `"POD" "480 101 pdf"*`,
		`"half quoted 12"" `: `"half" "quoted" "12"*`,
	} {
		if got := Query(typed); got != want {
			t.Errorf("%q is asked as %s, want %s", typed, got, want)
		}
	}
}
