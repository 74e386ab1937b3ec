package store

import (
	"net/url"
	"path/filepath"
	"strings"
)

// escapePath writes a file path for a SQLite file: URI; a Windows drive needs a slash before it.
func escapePath(path string) string {
	p := filepath.ToSlash(path)
	if len(p) > 1 && p[1] == ':' {
		p = "/" + p
	}
	return strings.ReplaceAll((&url.URL{Path: p}).EscapedPath(), "//", "/")
}
