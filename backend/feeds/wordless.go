package feeds

import (
	"context"

	"tracedesk/backend/store"
)

// wordless settles an errand for which its system has no word: there is nothing to send, and nothing for a person to mend. It stays to be
// seen among what was settled, with the reason.
func (e *Engine) wordless(ctx context.Context, s *store.Sending, err error) error {
	says := sentence(err.Error()) + " There is nothing to send."
	s.State, s.Reason, s.Answer = store.SendParked, "", says
	return e.saveTry(ctx, s, "nothing to send", says, "dropped")
}
