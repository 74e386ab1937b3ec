package apitest

import (
	"context"
	"time"

	"tracedesk/backend/desk/feeds"
	"tracedesk/backend/freight"
)

// Feeds has two accounts: one that answers, one that refuses the sign-in.
type Feeds struct{}

func account(name, kind, title string) feeds.Feed {
	heard := Now.Add(-4 * time.Minute)
	return feeds.Feed{Name: name, Kind: kind, Title: title, Enabled: true, State: feeds.FeedFine, LastAsked: &heard, LastAnswered: &heard, LastNews: &heard,
		Settings:  freight.List[feeds.FeedValue]{{Key: "baseUrl", Value: "https://api.example.com"}, {Key: "clientSecret", Secret: true, Kept: true}},
		Customers: freight.List[feeds.FeedCustomer]{{Customer: "Acme", IDType: "BILL_OF_LADING"}}}
}

// List lists both.
func (Feeds) List(context.Context) (feeds.FeedList, error) {
	down := account("macropoint", "macropoint", "Descartes MacroPoint")
	down.State, down.Reason, down.LastNews, down.Waiting, down.Parked = feeds.FeedSignIn, "The system refused the sign-in: 401 Unauthorized.", nil, 3, 1
	return feeds.FeedList{KeyStore: "a sealed file in the data folder", KeepDays: 90, Sources: freight.List[feeds.Feed]{account("p44", "project44", "project44"), down}}, nil
}

// Kinds is one system.
func (Feeds) Kinds(context.Context) (feeds.FeedKinds, error) {
	return feeds.FeedKinds{Kinds: freight.List[feeds.FeedKind]{{Kind: "project44", Title: "project44", Settings: freight.List[feeds.FeedSetting]{
		{Key: "baseUrl", Label: "Address", Help: "where it answers", Needed: true, Default: "https://na12.api.project44.com"},
		{Key: "clientId", Label: "Client id", Needed: true}, {Key: "clientSecret", Label: "Client secret", Secret: true, Needed: true}, {Key: "customers", Label: "Customers"}}}}}, nil
}

func (f Feeds) named(name string) (feeds.Feed, error) {
	all, err := f.List(context.Background())
	for _, one := range all.Sources {
		if one.Name == name {
			return one, err
		}
	}
	return feeds.Feed{}, missing("There is no such source.")
}

// Add answers the account as it would stand.
func (Feeds) Add(_ context.Context, add feeds.FeedAdd) (feeds.Feed, error) {
	return account(add.Name, add.Kind, add.Kind), nil
}

// Change answers the account as it was.
func (f Feeds) Change(_ context.Context, name string, _ feeds.FeedChange) (feeds.Feed, error) {
	return f.named(name)
}

// Remove says so.
func (Feeds) Remove(_ context.Context, name string, _ feeds.FeedBy) (feeds.FeedRemoved, error) {
	return feeds.FeedRemoved{Says: name + " is removed."}, nil
}

// Restore answers the account as it was.
func (f Feeds) Restore(_ context.Context, name string, _ feeds.FeedBy) (feeds.Feed, error) {
	return f.named(name)
}

// Test succeeds.
func (Feeds) Test(context.Context, string, feeds.FeedBy) (feeds.FeedTest, error) {
	return feeds.FeedTest{OK: true, Host: "api.example.com", Identity: "Acme Logistics", May: freight.List[string]{"read shipments", "create loads"}, SkewSeconds: 3}, nil
}

// Calls are two.
func (Feeds) Calls(context.Context, string) (feeds.FeedCalls, error) {
	return feeds.FeedCalls{Calls: freight.List[feeds.FeedCall]{
		{At: Now, Method: "GET", URL: "https://api.example.com/shipments?page=2", Status: 200, Millis: 182, Bytes: 48211, Headers: freight.List[feeds.FeedHeader]{{Name: "Authorization", Value: "***"}, {Name: "Content-Type", Value: "application/json", Answer: true}}},
		{At: Now.Add(-time.Minute), Method: "POST", URL: "https://api.example.com/token", Status: 429, Millis: 40, Error: "It said that there are too many requests."}}}, nil
}

// Codes are two.
func (Feeds) Codes(context.Context, string) (feeds.FeedCodes, error) {
	return feeds.FeedCodes{Codes: freight.List[feeds.FeedCode]{
		{List: "status", Code: "IN_TRANSIT/IDLE", Means: "idle", Words: "standing still", Row: "status IN_TRANSIT/IDLE idle tracking = standing still"},
		{List: "status", Code: "COMPLETED", Means: "ended", Words: "tracking has ended", Own: true, Row: "status COMPLETED ended ended = tracking has ended"}}}, nil
}

// SetCode answers the codes as they were.
func (f Feeds) SetCode(ctx context.Context, name string, _ feeds.FeedMeaning) (feeds.FeedCodes, error) {
	return f.Codes(ctx, name)
}

// Replay finds nothing new.
func (Feeds) Replay(_ context.Context, name string, _ feeds.FeedBy) (feeds.FeedReplayed, error) {
	return feeds.FeedReplayed{Bodies: 12, Duplicates: 40, Says: name + ": 12 bodies read again, 0 new facts, 40 known already."}, nil
}

// Keep says so.
func (Feeds) Keep(_ context.Context, k feeds.FeedKeep) (feeds.FeedKeep, error) { return k, nil }

// Sync brings a few facts.
func (Feeds) Sync(context.Context, feeds.SyncRequest) (feeds.SyncResult, error) {
	return feeds.SyncResult{Sources: freight.List[feeds.SyncLine]{{Name: "p44", Kind: "project44", Pulled: 3, New: 7, Duplicates: 2, Pushed: 1}}}, nil
}

// Cancel answers the account as it was.
func (f Feeds) Cancel(_ context.Context, name string, _ feeds.FeedBy) (feeds.Feed, error) {
	return f.named(name)
}

// Resend says so.
func (Feeds) Resend(_ context.Context, id string, _ feeds.FeedBy) (feeds.Sent, error) {
	return feeds.Sent{ID: id, State: "waiting", Says: "It is sent again."}, nil
}

// Reword says so.
func (Feeds) Reword(_ context.Context, id string, _ feeds.SentEdit) (feeds.Sent, error) {
	return feeds.Sent{ID: id, State: "waiting", Says: "It is changed and sent."}, nil
}
