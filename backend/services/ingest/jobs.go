package ingest

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"purser/backend/core"
)

// Job states.
const (
	JobRunning   = "running"
	JobDone      = "done"
	JobFailed    = "failed"
	JobCancelled = "cancelled"
)

// Job is long work that a person watches.
type Job struct {
	ID       string       `json:"id"`
	Kind     string       `json:"kind"` // preview, import, demo, rebuild
	State    string       `json:"state"`
	Stage    string       `json:"stage"`
	Done     int          `json:"done"`
	Total    int          `json:"total"`
	RateText string       `json:"rate_text"`
	ETAText  string       `json:"eta_text"`
	Message  string       `json:"message"`
	Files    []FileResult `json:"files"`
}

type jobTable struct {
	mu   sync.Mutex
	next int
	jobs map[string]*liveJob
}

type liveJob struct {
	Job
	cancel  context.CancelFunc
	started time.Time
	staged  time.Time // when the present stage began
}

// Background runs fn in a goroutine that outlives a call; the composition root supervises it.
type Background func(name string, fn func() error, onExit func(error))

// StartJob runs work as a job: progress is kept for Job and published to notify.
func (s *Service) StartJob(ctx context.Context, kind string, run Background, notify func(Job), work func(context.Context, Progress) ([]FileResult, error)) string {
	ctx, cancel := context.WithCancel(ctx)
	now := s.d.Clock.Now()
	s.jobs.mu.Lock()
	s.jobs.next++
	id := strconv.Itoa(s.jobs.next)
	if s.jobs.jobs == nil {
		s.jobs.jobs = map[string]*liveJob{}
	}
	s.jobs.jobs[id] = &liveJob{Job: Job{ID: id, Kind: kind, State: JobRunning, Files: []FileResult{}}, cancel: cancel, started: now, staged: now}
	s.jobs.mu.Unlock()
	var files []FileResult
	run("job "+kind, func() (err error) {
		files, err = work(ctx, func(stage string, done, total int) { s.progress(id, stage, done, total, notify) })
		return err
	}, func(err error) {
		cancel()
		s.endJob(id, files, err, notify)
	})
	return id
}

func (s *Service) progress(id, stage string, done, total int, notify func(Job)) {
	now := s.d.Clock.Now()
	s.jobs.mu.Lock()
	j := s.jobs.jobs[id]
	if j.Stage != stage {
		j.staged = now
	}
	j.Stage, j.Done, j.Total = stage, done, total
	what := "rows"
	if stage == stageDocuments {
		what = "files"
	}
	j.RateText, j.ETAText = pace(what, done, total, now.Sub(j.staged))
	out := j.Job
	s.jobs.mu.Unlock()
	notify(out)
}

// pace words the rate and the time left, once there is enough to tell.
func pace(what string, done, total int, spent time.Duration) (rate, eta string) {
	if spent < time.Second || done == 0 {
		return "", ""
	}
	perSecond := float64(done) / spent.Seconds()
	rate = fmt.Sprintf("%.0f %s a second", perSecond, what)
	if total <= done {
		return rate, ""
	}
	left := time.Duration(float64(total-done) / perSecond * float64(time.Second))
	if left < time.Minute {
		return rate, fmt.Sprintf("about %d s left", int(left.Seconds())+1)
	}
	return rate, fmt.Sprintf("about %d min left", int(left.Minutes())+1)
}

func (s *Service) endJob(id string, files []FileResult, err error, notify func(Job)) {
	s.jobs.mu.Lock()
	j := s.jobs.jobs[id]
	j.State, j.RateText, j.ETAText = JobDone, "", ""
	if files != nil {
		j.Files = files
	}
	var ce *core.Error
	switch {
	case errors.As(err, &ce) && ce.Code == core.CodeCancelled:
		j.State, j.Message = JobCancelled, ce.Message
	case errors.Is(err, context.Canceled): // it was stopped where nothing words it
		j.State, j.Message = JobCancelled, "It was stopped; what was stored stays."
	case err != nil:
		j.State, j.Message = JobFailed, core.AsError(err).Error()
	}
	out := j.Job
	s.jobs.mu.Unlock()
	notify(out)
}

// JobByID answers one job.
func (s *Service) JobByID(id string) (Job, error) {
	s.jobs.mu.Lock()
	defer s.jobs.mu.Unlock()
	j, ok := s.jobs.jobs[id]
	if !ok {
		return Job{Files: []FileResult{}}, core.NotFound("ingest", "There is no job "+id+"; jobs do not outlive a restart.")
	}
	return j.Job, nil
}

// RunningJobs lists what is under way.
func (s *Service) RunningJobs() []Job {
	s.jobs.mu.Lock()
	defer s.jobs.mu.Unlock()
	out := []Job{}
	for i := 1; i <= s.jobs.next; i++ {
		if j := s.jobs.jobs[strconv.Itoa(i)]; j != nil && j.State == JobRunning {
			out = append(out, j.Job)
		}
	}
	return out
}

// CancelJob stops a running job; finished parts stay.
func (s *Service) CancelJob(id string) error {
	s.jobs.mu.Lock()
	defer s.jobs.mu.Unlock()
	j, ok := s.jobs.jobs[id]
	if !ok {
		return core.NotFound("ingest", "There is no job "+id+".")
	}
	j.cancel()
	return nil
}

// Drain waits until what is being taken in has ended; whoever wants that soon ends its context first.
func (s *Service) Drain() {
	s.one.Lock()
	defer s.one.Unlock()
}
