package wire

import "tracedesk/backend/freight"

// Agreed is a stop's window as the desk agreed it, without what platforms made of it: they are told ours, not theirs.
func Agreed(s *freight.StopLine) freight.Window {
	for i := range s.WindowsOf {
		if w := &s.WindowsOf[i]; !w.Source.Kind.Platform() && !w.Window.IsZero() {
			return w.Window
		}
	}
	return s.Window
}
