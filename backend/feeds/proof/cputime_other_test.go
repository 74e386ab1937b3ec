//go:build !unix

package proof

import "time"

// cpuTime is not known here.
func cpuTime() time.Duration { return 0 }
