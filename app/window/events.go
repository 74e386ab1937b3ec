package window

import (
	"bytes"
	"context"
	"net/http"
	"strings"
)

// follow reads the desk's event stream in this process and hands on each notice,
// until ctx ends. The asset server of a webview does not stream on every
// system, so the window announces what the browser would read itself: the same
// bytes, with the same sequence numbers.
func follow(ctx context.Context, api http.Handler, announce func(notice string)) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "/api/events", nil)
	if err != nil {
		return // the address is a constant
	}
	api.ServeHTTP(&stream{header: http.Header{}, announce: announce}, req)
}

// stream is a response that calls announce with the data of each event.
type stream struct {
	header   http.Header
	rest     []byte // an unfinished line
	data     []string
	announce func(string)
}

func (s *stream) Header() http.Header { return s.header }
func (s *stream) WriteHeader(int)     {}
func (s *stream) Flush()              {}

// Write reads server-sent events: data lines up to an empty line are one event.
func (s *stream) Write(p []byte) (int, error) {
	s.rest = append(s.rest, p...)
	for {
		line, after, whole := bytes.Cut(s.rest, []byte("\n"))
		if !whole {
			return len(p), nil
		}
		s.line(strings.TrimSuffix(string(line), "\r"))
		s.rest = append([]byte(nil), after...)
	}
}

func (s *stream) line(line string) {
	if data, ok := strings.CutPrefix(line, "data:"); ok {
		s.data = append(s.data, strings.TrimPrefix(data, " "))
		return
	}
	if line == "" && s.data != nil {
		s.announce(strings.Join(s.data, "\n"))
		s.data = nil
	}
}
