package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// api asks the desk that runs in the window, by the way its own command line
// goes: address and token lie in the card of the data folder.
type api struct {
	Addr  string `json:"addr"`
	Token string `json:"token"`
}

// findDesk waits for the card.
func findDesk(home string) (a api, err error) {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		var card []byte
		if card, err = os.ReadFile(filepath.Join(home, "desk.json")); err != nil {
			continue
		}
		if err = json.Unmarshal(card, &a); err == nil && a.Addr != "" {
			return a, nil
		}
	}
	return a, fmt.Errorf("the desk in the window says nowhere how to ask it: %w", err)
}

func escape(text string) string { return url.QueryEscape(text) }

// get asks for what lies below /api/.
func (a api) get(path string, into any) error { return a.ask(http.MethodGet, path, nil, into) }

func (a api) ask(method, path string, body io.Reader, into any) error {
	req, err := http.NewRequest(method, "http://"+a.Addr+"/api/"+path, body)
	if err != nil {
		return err
	}
	req.Header.Set("X-TraceDesk-Token", a.Token)
	req.Header.Set("Content-Type", "application/json")
	resp, err := (&http.Client{Transport: &http.Transport{}, Timeout: patience}).Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	said, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: %s", path, resp.Status, said)
	}
	return json.Unmarshal(said, into)
}

// rows are the live loads as the board shows them.
func (a api) rows() ([]map[string]any, error) {
	var view struct{ View string }
	spec := `{"filter":{"live":true},"sort":{"by":"attention"}}`
	if err := a.ask(http.MethodPost, "board/view", strings.NewReader(spec), &view); err != nil {
		return nil, err
	}
	var rows struct{ Rows []map[string]any }
	err := a.get("board/rows?from=0&to=100&view="+escape(view.View), &rows)
	return rows.Rows, err
}

// carrying counts the loads that carry words that stand.
func (a api) carrying(words string) (int, error) {
	rows, err := a.rows()
	if err != nil {
		return 0, err
	}
	n := 0
	for _, row := range rows {
		var load struct{ Observations []map[string]any }
		if err := a.get(fmt.Sprintf("loads/%v", row["id"]), &load); err != nil {
			return 0, err
		}
		for _, o := range load.Observations {
			if o["retracted"] != true && strings.Contains(fmt.Sprint(o), words) {
				n++
				break
			}
		}
	}
	return n, nil
}
