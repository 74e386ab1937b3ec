package feeds

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"tracedesk/backend/connect"
	"tracedesk/backend/desk"
	"tracedesk/backend/feeds"
	"tracedesk/backend/freight"
)

// List is every account with its health.
func (a *Area) List(ctx context.Context) (FeedList, error) {
	var out FeedList
	states, err := a.desk.Feeds.States(ctx)
	if err != nil {
		return out, err
	}
	accounts, err := a.desk.Feeds.Accounts(ctx)
	if err != nil {
		return out, err
	}
	kept, err := a.kept(ctx)
	if err != nil {
		return out, err
	}
	if out.KeepDays, err = a.keepDays(ctx); err != nil {
		return out, err
	}
	for i := range states {
		at := slices.IndexFunc(accounts, func(acc feeds.Account) bool { return acc.Name == states[i].Name })
		if at >= 0 { // else it was removed in between
			f := a.shown(ctx, &states[i], &accounts[at])
			f.Kept = kept[f.Name]
			out.Sources = append(out.Sources, f)
		}
	}
	if out.KeyStore, err = a.desk.Secrets.Where(ctx); err != nil {
		out.Keyless = "Secrets cannot be kept: " + err.Error() + "."
	}
	return out, nil
}

// one is an account by its exact name.
func (a *Area) one(ctx context.Context, name string) (Feed, error) {
	list, err := a.List(ctx)
	if err != nil {
		return Feed{}, err
	}
	at := slices.IndexFunc(list.Sources, func(f Feed) bool { return f.Name == name })
	if at < 0 {
		return Feed{}, desk.NotFound("There is no source %q any more.", name)
	}
	return list.Sources[at], nil
}

func (a *Area) shown(ctx context.Context, s *feeds.State, acc *feeds.Account) Feed {
	f := Feed{Name: s.Name, Kind: s.Kind, Title: s.Title, Enabled: s.Enabled, State: FeedState(s.State), Reason: a.desk.Secrets.Hide(s.Reason),
		LastAsked: utc(s.LastAsked), LastAnswered: utc(s.LastAnswered), LastNews: utc(s.LastNews), NextAsk: utc(s.Next), SkewSeconds: s.SkewSeconds, Waiting: s.Waiting, Parked: s.Parked}
	if w := s.Working; w != nil {
		f.Progress = &FeedProgress{What: w.Doing, Done: w.Done, Total: w.Total, Rate: w.Rate, Left: w.Left}
	}
	kind, err := a.kind(s.Kind)
	if err != nil {
		return f // made by another release: the state says so
	}
	for _, set := range settingsOf(kind) {
		v := FeedValue{Key: set.Key, Value: acc.Values[set.Key], Secret: set.Secret}
		if v.Secret {
			v.Kept = a.desk.Secrets.Has(ctx, acc.Name, set.Key)
		}
		f.Settings = append(f.Settings, v)
	}
	rules, err := connect.ParseCustomers(acc.Values["customers"])
	if err != nil {
		return f // the form shows the text as it is
	}
	for _, r := range rules {
		f.Customers = append(f.Customers, FeedCustomer{Customer: r.Customer, IDType: r.IDType, BillTo: r.BillTo})
	}
	return f
}

func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	return desk.Moment(*t)
}

// Test signs in at an account and asks its cheapest question. That it fails is an answer, no error.
func (a *Area) Test(ctx context.Context, name string, _ FeedBy) (FeedTest, error) {
	acc, err := a.find(ctx, name)
	if err != nil {
		return FeedTest{}, err
	}
	p, err := a.desk.Feeds.Probe(ctx, acc, nil)
	if ctx.Err() != nil {
		return FeedTest{}, ctx.Err()
	}
	out := FeedTest{OK: err == nil, Host: p.Host, Proxy: p.Proxy, Identity: p.Identity, May: p.May, Notes: p.Notes, SkewSeconds: p.Skew.Round(time.Second).Seconds()}
	if err != nil {
		out.Says = a.desk.Secrets.Hide(inWords(err))
	}
	return out, nil
}

// inWords is why a system could not be asked, and what to do.
func inWords(err error) string {
	var held *connect.Held
	switch {
	case errors.Is(err, connect.ErrSignIn):
		return sentence(err) + " Correct the user or key (E) and test again."
	case errors.As(err, &held):
		return sentence(err) + " It is asked again by itself."
	}
	return sentence(err)
}

func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + strings.TrimSuffix(text[1:], ".") + "."
}

// Calls are the last questions asked of a system.
func (a *Area) Calls(ctx context.Context, name string) (FeedCalls, error) {
	acc, err := a.find(ctx, name)
	if err != nil {
		return FeedCalls{}, err
	}
	calls, err := a.desk.Feeds.Calls(ctx, acc.Name)
	if err != nil {
		return FeedCalls{}, told(err)
	}
	var out FeedCalls
	for i := range calls {
		c := &calls[i]
		line := FeedCall{At: *desk.Moment(c.At), Method: c.Method, URL: a.desk.Secrets.Hide(c.URL), Status: c.Status, Millis: c.Millis, Bytes: c.Got, Error: a.desk.Secrets.Hide(c.Error)}
		line.Headers = append(a.headers(c.Headers, false), a.headers(c.Answered, true)...)
		out.Calls = append(out.Calls, line)
	}
	return out, nil
}

func (a *Area) headers(from map[string]string, answer bool) (out freight.List[FeedHeader]) {
	for _, name := range slices.Sorted(maps.Keys(from)) {
		out = append(out, FeedHeader{Name: name, Value: a.desk.Secrets.Hide(from[name]), Answer: answer})
	}
	return out
}

// counted is a number with what it counts.
func counted(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}
