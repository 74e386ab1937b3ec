package serve

import (
	"errors"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// contentTypes of the files a frontend build makes. The list is our own because
// Windows takes such types from the registry, where other programs change them,
// and a script served as text/plain does not run.
var contentTypes = map[string]string{
	".css":         "text/css; charset=utf-8",
	".gif":         "image/gif",
	".html":        "text/html; charset=utf-8",
	".ico":         "image/x-icon",
	".jpg":         "image/jpeg",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json",
	".map":         "application/json",
	".mjs":         "text/javascript; charset=utf-8",
	".pdf":         "application/pdf",
	".png":         "image/png",
	".svg":         "image/svg+xml",
	".ttf":         "font/ttf",
	".txt":         "text/plain; charset=utf-8",
	".wasm":        "application/wasm",
	".webmanifest": "application/manifest+json",
	".webp":        "image/webp",
	".woff2":       "font/woff2",
}

// Assets serves the built screens. An address without a file extension is a
// place inside the screens and gets index.html. Files below assets/ have a hash
// in their name and may be kept by the browser.
func Assets(files fs.FS) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			http.Error(w, "only reading is possible here", http.StatusMethodNotAllowed)
			return
		}
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
		if path.Ext(name) == "" {
			name = "index.html"
		}
		body, err := fs.ReadFile(files, name)
		if errors.Is(err, fs.ErrNotExist) {
			missing(w, name)
			return
		}
		if err != nil {
			http.Error(w, "the file could not be read: "+err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", contentType(name))
		if strings.HasPrefix(name, "assets/") {
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		w.Write(body)
	})
}

func contentType(name string) string {
	if known, ok := contentTypes[strings.ToLower(path.Ext(name))]; ok {
		return known
	}
	return "application/octet-stream"
}

func missing(w http.ResponseWriter, name string) {
	if name == "index.html" {
		page(w, http.StatusOK, "The screens are not part of this copy of TraceDesk. "+
			"In the source folder, 'go run ./build run' builds them and starts the desk.", "")
		return
	}
	http.Error(w, "no such file", http.StatusNotFound)
}
