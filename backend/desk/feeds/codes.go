package feeds

import (
	"context"
	"strings"

	"tracedesk/backend/connect/codes"
	"tracedesk/backend/desk"
	"tracedesk/backend/feeds"
	"tracedesk/backend/freight"
)

// Codes is what a system's codes mean on an account.
func (a *Area) Codes(ctx context.Context, name string) (FeedCodes, error) {
	acc, err := a.find(ctx, name)
	if err != nil {
		return FeedCodes{}, err
	}
	return tableOf(&acc)
}

func tableOf(acc *feeds.Account) (out FeedCodes, err error) {
	book, err := codes.For(acc.Kind, acc.Values[codesKey])
	if err != nil {
		return out, desk.Invalid("%s", err.Error())
	}
	for _, m := range book.Rows() {
		out.Codes = append(out.Codes, FeedCode{List: m.List, Code: m.Code, Means: m.Means, Words: m.Words, Own: m.Own, Row: rowOf(&m)})
	}
	return out, nil
}

// rowOf is a meaning as a person writes it.
func rowOf(m *codes.Meaning) string {
	parts := []string{m.List, m.Code, m.Means}
	for _, word := range []string{string(m.Tracking), string(m.Fact), string(m.Side)} {
		if word != "" {
			parts = append(parts, word)
		}
	}
	return strings.Join(parts, " ") + " = " + m.Words
}

// SetCode has an account read a code otherwise; what it told before is read anew by Replay.
func (a *Area) SetCode(ctx context.Context, name string, m FeedMeaning) (FeedCodes, error) {
	acc, err := a.find(ctx, name)
	if err != nil {
		return FeedCodes{}, err
	}
	kept := []string{}
	for line := range strings.Lines(acc.Values[codesKey]) {
		fields := strings.Fields(line)
		if same := len(fields) > 1 && strings.EqualFold(fields[0], m.List) && strings.EqualFold(fields[1], m.Code); !same && len(fields) > 0 {
			kept = append(kept, strings.TrimSpace(line))
		}
	}
	if row := strings.TrimSpace(m.Row); row != "" {
		if strings.ContainsAny(row, "\r\n") {
			return FeedCodes{}, desk.Invalid("A code is said otherwise in one line.")
		}
		kept = append(kept, row)
	}
	own := strings.Join(kept, "\n")
	if _, err := codes.For(acc.Kind, own); err != nil {
		return FeedCodes{}, desk.Invalid("%s", err.Error())
	}
	if _, err := a.Change(ctx, acc.Name, FeedChange{Values: freight.List[FeedPair]{{Key: codesKey, Value: own}}, As: m.As}); err != nil {
		return FeedCodes{}, err
	}
	acc.Values[codesKey] = own
	return tableOf(&acc)
}
