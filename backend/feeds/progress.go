package feeds

import (
	"time"

	"tracedesk/backend/freight"
)

// show counts n more of what an account is busy with; total 0 leaves the total as it is, doing "" ends it.
func (e *Engine) show(a *account, doing string, n, total int) Progress {
	e.mu.Lock()
	defer e.mu.Unlock()
	now := e.opt.Clock.Now()
	p, ok := e.progress[a.name]
	if doing == "" {
		delete(e.progress, a.name)
		return p
	}
	if !ok || p.Doing != doing {
		p = Progress{Doing: doing, began: now}
	}
	p.Done += n
	if total > 0 {
		p.Total = total
	}
	if secs := now.Sub(p.began).Seconds(); secs > 0 {
		p.Rate = float64(p.Done) / secs
	}
	if p.Left = 0; p.Rate > 0 && p.Total > p.Done {
		p.Left = (time.Duration(float64(p.Total-p.Done) / p.Rate * float64(time.Second))).Minutes()
	}
	e.progress[a.name] = p
	return p
}

func (r *SyncResult) plus(o SyncResult) {
	r.Pulled += o.Pulled
	r.New += o.New
	r.Duplicates += o.Duplicates
	r.Quarantined += o.Quarantined
	r.Pushed += o.Pushed
	r.Failed += o.Failed
	r.Reason, r.More = o.Reason, o.More
}

// resultOf is the result of an account within a list, added where it is new.
func resultOf(list *freight.List[SyncResult], name, kind string) *SyncResult {
	for i := range *list {
		if (*list)[i].Name == name {
			return &(*list)[i]
		}
	}
	*list = append(*list, SyncResult{Name: name, Kind: kind})
	return &(*list)[len(*list)-1]
}
