package main

import (
	"io"
	"log/slog"
	"time"

	"github.com/schollz/progressbar/v3"

	"stance/internal/batch"
	"stance/internal/program"
)

// logEvery is the time between two lines on progress where there is no
// terminal.
const logEvery = 30 * time.Second

// progress shows how far prediction is: a bar on a terminal, a log line now and
// then elsewhere.
type progress struct {
	bar  *progressbar.ProgressBar // nil until the total is known, and without a terminal
	w    io.Writer
	log  *slog.Logger
	last time.Time
}

// progress makes bc report to w; nothing is shown when quiet.
func (f *flags) progress(w io.Writer, bc *batch.Config) *progress {
	p := &progress{w: w, last: time.Now()}
	switch {
	case f.quiet:
	case !f.jsonLog && program.IsTerminal(w):
		bc.Progress = p.draw
	default:
		p.log = bc.Logger
		bc.Progress = p.tell
	}
	return p
}

func (p *progress) draw(done, total int64) {
	if p.bar == nil {
		p.bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(p.w),
			progressbar.OptionSetDescription("predicting"),
			progressbar.OptionShowBytes(true), progressbar.OptionSetWidth(30),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish())
	}
	_ = p.bar.Set64(min(done, total)) // a bar that cannot be drawn is no reason to fail
}

func (p *progress) tell(done, total int64) {
	if now := time.Now(); now.Sub(p.last) >= logEvery {
		p.last = now
		p.log.Info("predicting", "bytes", done, "of", total)
	}
}

// end takes the bar away.
func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}
