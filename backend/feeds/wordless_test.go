package feeds_test

import (
	"fmt"
	"strings"
	"testing"

	"tracedesk/backend/connect"
	"tracedesk/backend/feeds"
)

// What a system has no word for is settled with the reason, and holds nothing up.
func TestWhatHasNoWordIsSettled(t *testing.T) {
	w := answers(t, fmt.Errorf("%w: Plain has no code for loaded at a pickup", connect.ErrWordless), nil)
	if res := w.sync(feeds.Sync{}); res.Failed != 0 {
		t.Errorf("it counts as a failure: %+v", res)
	}
	if got := w.errand(); got.State != "dropped" || !strings.Contains(got.Answer, "no code for loaded at a pickup. There is nothing to send.") || got.Reason != "" {
		t.Errorf("errand %+v", got)
	}
	if s := w.state(); s.Parked != 0 || s.Waiting != 0 {
		t.Errorf("the source stands at %+v", s)
	}
}
