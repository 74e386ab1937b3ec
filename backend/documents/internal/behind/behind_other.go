//go:build !linux && !windows

package behind

// stepBack: macOS knows only background for a single thread, which is too slow for papers that somebody waits for, and
// gives a window in front its turn by itself.
func stepBack() {}
