package macropoint

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"tracedesk/backend/connect"
)

// mostAnswer is how much of an answer is read; MacroPoint's have some hundred bytes.
const mostAnswer = 1 << 20

// understand reads an answer: its errors by their codes, else by the status. A 200 may carry errors, so they are looked for
// first. An answer that breaks off is no answer: whether the request was carried out nobody can tell.
func (c *Connector) understand(resp *http.Response) (answer, error) {
	a := answer{status: resp.StatusCode}
	a.date, _ = http.ParseTime(resp.Header.Get("Date"))
	body, err := io.ReadAll(io.LimitReader(resp.Body, mostAnswer))
	if err != nil {
		return a, fmt.Errorf("MacroPoint's answer broke off: %w", err)
	}
	found, err := answerValues(body)
	a.order, a.code = found.order, found.code
	if a.code != "" {
		means := c.config.book.Find("error", a.code)
		a.says = strings.TrimSpace("MacroPoint says " + joined(": ", a.code, means.Words, found.message))
	}
	switch {
	case a.status == http.StatusUnauthorized || a.status == http.StatusForbidden:
		return a, fmt.Errorf("%w: MacroPoint answered %s; check user and password of the API, which are not those of its web site", connect.ErrSignIn, resp.Status)
	case a.code != "":
		return a, refusal(a)
	case a.status == http.StatusNotFound:
		return a, fmt.Errorf("%w: MacroPoint has nothing at %s; check the address and the paths in the settings", connect.ErrRefused, resp.Request.URL.Path)
	case a.status == http.StatusRequestTimeout || a.status == http.StatusTooManyRequests || a.status >= 500:
		return a, fmt.Errorf("MacroPoint answered %s; it is tried again", resp.Status)
	case a.status >= 300:
		return a, fmt.Errorf("%w: MacroPoint answered %s%s", connect.ErrRefused, resp.Status, excerpt(body))
	case err != nil:
		return a, err
	}
	return a, nil
}

// The codes with which MacroPoint refuses, as far as they say what to do next.
const (
	codeUnknownOrder = "2000"
	codeNotNow       = "5000"
	codeUnexpected   = "9999"
)

func refusal(a answer) error {
	switch a.code {
	case codeUnknownOrder:
		return fmt.Errorf("%w: %s", connect.ErrGone, a.says)
	case codeNotNow:
		return fmt.Errorf("%w: %s", connect.ErrNotYet, a.says)
	case codeUnexpected:
		return fmt.Errorf("%s; it is tried again", a.says)
	}
	return fmt.Errorf("%w: %s", connect.ErrRefused, a.says)
}

type foundInAnswer struct{ order, code, message string }

// answerValues looks for OrderID and Errors//Code wherever they stand, in whatever namespace: the answer's root element is
// not published. An empty answer is fine.
func answerValues(body []byte) (found foundInAnswer, err error) {
	if len(bytes.TrimSpace(body)) == 0 {
		return found, nil
	}
	d := xml.NewDecoder(bytes.NewReader(body))
	var path []string
	ended := false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) && ended {
			return found, nil
		}
		if err != nil {
			return found, fmt.Errorf("MacroPoint's answer is no whole XML: %w", errors.Join(io.ErrUnexpectedEOF, err))
		}
		switch t := token.(type) {
		case xml.StartElement:
			if path = append(path, t.Name.Local); len(path) > 50 {
				return found, errors.New("MacroPoint's answer is nested too deeply")
			}
		case xml.EndElement:
			path = path[:len(path)-1]
			ended = len(path) == 0
		case xml.CharData:
			found.take(path, strings.TrimSpace(string(t)))
		}
	}
}

func (f *foundInAnswer) take(path []string, text string) {
	if len(path) == 0 || text == "" {
		return
	}
	inErrors := false
	for _, p := range path {
		inErrors = inErrors || strings.EqualFold(p, "Errors") || strings.EqualFold(p, "Error")
	}
	set := func(to *string) {
		if *to == "" {
			*to = text
		}
	}
	switch last := strings.ToLower(path[len(path)-1]); {
	case last == "orderid" && !inErrors:
		set(&f.order)
	case last == "code" && inErrors:
		set(&f.code)
	case (last == "message" || last == "description") && inErrors:
		set(&f.message)
	}
}

// excerpt is the beginning of an answer that says nothing that is understood.
func excerpt(body []byte) string {
	text := strings.Join(strings.Fields(string(bytes.ToValidUTF8(body[:min(len(body), 200)], nil))), " ")
	if text == "" {
		return ""
	}
	return ": " + text
}
