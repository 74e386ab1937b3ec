package documents

import (
	"context"
	"errors"
	"runtime/debug"
	"time"

	"tracedesk/backend/documents/internal/slab"
)

// press owns the one PDF engine: starts it when it is needed, stops it when a reading runs over its time, and gives its
// memory back on request.
type press struct {
	cacheDir string
	slot     chan *engine // holds the engine, or nil while none runs; empty while in use
	life     context.Context
	end      context.CancelFunc
	slabs    slab.Slabs // the memory of the instances, one after the other
}

var errClosed = errors.New("the document reader has been closed")

func newPress(cacheDir string) *press {
	life, end := context.WithCancel(context.Background())
	p := &press{cacheDir: cacheDir, slot: make(chan *engine, 1), life: life, end: end,
		slabs: slab.Slabs{Most: 1, Keeps: 96 << 20}}
	p.slot <- nil
	return p
}

// with runs work with the engine within bounds; waiting for the engine and starting it do not count. When ctx ends, or the
// bounds are reached, the work ends at the next word of the engine's meter, some thousandths of a second later: a page that
// makes pdfium run for ever costs one engine (0.1 s to start anew), not a processor.
func (p *press) with(ctx context.Context, within bounds, work func(context.Context, *engine) error) error {
	e, err := p.take(ctx)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, within.time)
	defer cancel()
	halt := context.AfterFunc(p.life, cancel)
	defer halt()
	e.toil.Begin(ctx, within.work)
	err = work(ctx, e)
	if e.spent() {
		e.stop()
		e = nil
	}
	p.slot <- e
	switch {
	case p.life.Err() != nil:
		return errClosed
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return err
}

// bounds are what one paper may cost the engine: millions of turns of its loops, and time as the last resort.
type bounds struct {
	work int
	time time.Duration
}

// take waits for the engine and starts it where none runs. Starting cannot be interrupted: when ctx ends meanwhile, the
// engine is put in place by the goroutine that starts it.
func (p *press) take(ctx context.Context) (*engine, error) {
	var e *engine
	select {
	case <-p.life.Done():
		return nil, errClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	case e = <-p.slot:
	}
	if e != nil {
		return e, nil
	}
	type outcome struct {
		e   *engine
		err error
	}
	started := make(chan outcome)
	gone := make(chan struct{})
	go func() {
		e, err := startEngine(p.slabs.For(p.life), p.cacheDir)
		select {
		case started <- outcome{e, err}:
		case <-gone:
			p.slot <- e
		}
	}()
	select {
	case o := <-started:
		if o.err != nil {
			p.slot <- nil
		}
		return o.e, o.err
	case <-ctx.Done():
		close(gone)
		return nil, ctx.Err()
	}
}

func (p *press) rest() {
	select {
	case e := <-p.slot:
		p.putOut(e)
		p.slot <- nil
	case <-p.life.Done():
	}
}

// putOut stops an engine and hands its memory to the system at once: the rest is meant to make the process small.
func (p *press) putOut(e *engine) {
	if e != nil {
		e.stop()
		p.slabs.Drop()
		debug.FreeOSMemory()
	}
}

// patience is how long close waits for work to notice that it was stopped.
const patience = 5 * time.Second

func (p *press) close() {
	p.end()
	wait := time.NewTimer(patience)
	defer wait.Stop()
	select {
	case e := <-p.slot:
		p.putOut(e)
	case <-wait.C:
	}
}
