package wire

import (
	"errors"
	"sync"
	"time"
)

// Token is a sign-in that is kept and used again until shortly before it ends. Safe for use by several goroutines.
type Token struct {
	asking sync.Mutex // one sign-in at a time; who waits takes its result
	text   string
	ends   time.Time
}

// early is how long before its end a token is renewed, at most: none shall die on the way.
const early = 10 * time.Minute

// Good is a good token, asked for where there is none. refused names one that was just turned down and is not given again. lasts is
// how long one lives where its answer does not say.
func (t *Token) Good(now func() time.Time, refused string, lasts time.Duration, ask func() (*Answer, error)) (string, error) {
	t.asking.Lock()
	defer t.asking.Unlock()
	if t.text != "" && t.text != refused && now().Before(t.ends) {
		return t.text, nil
	}
	a, err := ask()
	if err != nil {
		return "", err
	}
	var said struct {
		Token   Text   `json:"access_token"`
		Expires Number `json:"expires_in"` // seconds
	}
	if err := Whole(a.Body).Into(&said); err != nil || said.Token == "" {
		return "", errors.New("the answer to the sign-in holds no access_token")
	}
	if said.Expires.Given && said.Expires.Value > 0 {
		lasts = time.Duration(said.Expires.Value * float64(time.Second))
	}
	t.text, t.ends = said.Token.String(), a.At.Add(lasts-min(early, lasts/10))
	return t.text, nil
}
