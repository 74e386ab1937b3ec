package partners

import (
	"slices"
	"sync"

	"tracedesk/backend/desk"
)

// mostWritten is how many of the files written last can be fetched again.
const mostWritten = 50

// written are the files written since the start, the newest last: a person who was asked where to put one can ask again.
type written struct {
	mu    sync.Mutex
	files []EdiWritten
}

func (w *written) keep(out *EdiWritten) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.files = append(w.files, *out)
	w.files = slices.Delete(w.files, 0, max(0, len(w.files)-mostWritten))
}

// Written is a file that was written since the start, by its name.
func (a *Area) Written(name string) (EdiWritten, error) {
	a.written.mu.Lock()
	defer a.written.mu.Unlock()
	at := slices.IndexFunc(a.written.files, func(f EdiWritten) bool { return f.Name == name })
	if at < 0 {
		return EdiWritten{}, desk.NotFound("%s is no longer at hand. Write it again: it gets a new control number.", name)
	}
	return a.written.files[at], nil
}
