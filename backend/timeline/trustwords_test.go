package timeline_test

import (
	"testing"

	"tracedesk/backend/timeline"
)

func TestAnOrderOfTrustIsReadAsItIsWritten(t *testing.T) {
	shipped := timeline.DefaultConfig().Orders
	for _, g := range timeline.TrustGroups() {
		order := *g.Of(&shipped)
		again, err := timeline.ParseTrust(order.String())
		if err != nil || again.String() != order.String() {
			t.Errorf("%s: %s read as %s, %v", g.Key, order, again, err)
		}
	}
}

func TestAnOrderOfTrustIsRefused(t *testing.T) {
	for name, s := range map[string]string{
		"nothing":                "",
		"no such kind":           "user > oracle",
		"a kind twice":           "user > tms > tms",
		"a person is not first":  "tms > user",
		"a person beside others": "user, tms",
	} {
		if _, err := timeline.ParseTrust(s); err == nil {
			t.Errorf("%s: %q was taken", name, s)
		}
	}
}
