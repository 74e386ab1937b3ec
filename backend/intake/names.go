package intake

import "strings"

// passing are endings of names that programs use while they write and rename away when they are done.
var passing = []string{"~", ".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload", ".download", ".opdownload",
	".!ut", ".swp", ".swx", ".lock", ".lck"}

// furniture are files that systems put into folders by themselves.
var furniture = map[string]bool{"thumbs.db": true, "desktop.ini": true, "icon\r": true}

// passingName reports whether a name says that the file is not (or never) meant to be taken: a download under way, an
// editor's lock, a hidden file. When the writer renames it, the new name is looked at anew.
func passingName(name string) bool {
	low := strings.ToLower(name)
	if strings.HasPrefix(low, ".") || strings.HasPrefix(low, "~") || furniture[low] {
		return true
	}
	for _, end := range passing {
		if strings.HasSuffix(low, end) {
			return true
		}
	}
	return false
}

// devices are names that Windows takes for devices, whatever their ending:
// learn.microsoft.com/windows/win32/fileio/naming-a-file.
var devices = map[string]bool{"con": true, "prn": true, "aux": true, "nul": true, "conin$": true, "conout$": true}

// reservedName reports whether Windows cannot hold a file of this name or would open something else in its place.
func reservedName(name string) bool {
	if strings.HasSuffix(name, ".") || strings.HasSuffix(name, " ") {
		return true
	}
	for _, c := range name {
		if c < 32 || strings.ContainsRune(`<>:"|?*\/`, c) {
			return true
		}
	}
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	stem = strings.TrimRight(stem, " ")
	if devices[stem] {
		return true
	}
	if port := strings.TrimPrefix(strings.TrimPrefix(stem, "com"), "lpt"); port != stem {
		return strings.ContainsAny(port, "123456789¹²³") && len([]rune(port)) == 1
	}
	return false
}
