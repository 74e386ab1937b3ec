// Package frontend carries the built screens inside the binary.
package frontend

import "embed"

// Dist is the built frontend below "dist"; it holds only a marker file until the screens are built (npm run build), so that
// the Go code builds without Node.
//
//go:embed all:dist
var Dist embed.FS
