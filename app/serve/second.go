package serve

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// Raised is what became of a second start.
type Raised struct {
	Window bool   `json:"window"`         // the running desk's window came forward
	Link   string `json:"link,omitempty"` // else: a link that works once
}

// Raise hands a second start to the desk that already runs at addr.
func Raise(ctx context.Context, addr, token string, start Start) (Raised, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	body, err := json.Marshal(start)
	if err != nil {
		return Raised{}, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+addr+raisePath, bytes.NewReader(body))
	if err != nil {
		return Raised{}, err
	}
	req.Header.Set(TokenHeader, token)
	// No proxy: the desk is on this machine and the token stays here.
	client := http.Client{Transport: &http.Transport{Proxy: nil, DisableKeepAlives: true}}
	resp, err := client.Do(req)
	if err != nil {
		return Raised{}, fmt.Errorf("the desk that holds this data folder does not answer at %s: %w", addr, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		said, _ := io.ReadAll(io.LimitReader(resp.Body, 500))
		return Raised{}, fmt.Errorf("the desk that holds this data folder refused: %s %s", resp.Status, said)
	}
	var raised Raised
	if err := json.NewDecoder(resp.Body).Decode(&raised); err != nil {
		return Raised{}, fmt.Errorf("the answer of the running desk could not be read: %w", err)
	}
	return raised, nil
}
