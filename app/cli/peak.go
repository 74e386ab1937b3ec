package cli

import (
	"fmt"
	"os"
	"runtime"
	"strings"
)

// peakMB is the most memory that this program had: as Linux tells it, elsewhere what Go has taken from the system.
func peakMB() float64 {
	if status, err := os.ReadFile("/proc/self/status"); err == nil {
		for line := range strings.Lines(string(status)) {
			var kb float64
			if n, _ := fmt.Sscanf(line, "VmHWM: %f kB", &kb); n == 1 {
				return kb / 1024
			}
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.Sys) / (1 << 20)
}
