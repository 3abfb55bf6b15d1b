// Package desktop shows messages through the notification service of the computer.
//
// Input: messages.
// Output: native notifications on Linux, macOS and Windows.
package desktop

import (
	"context"
	"fmt"
	"html"
	"runtime"
	"sync"
	"time"

	"github.com/gen2brain/beeep"

	"purser/backend/core/channel"
	"purser/backend/platform/supervise"
)

// Channel is the computer's notification service.
type Channel struct{ tree *supervise.Tree }

var _ channel.Channel = (*Channel)(nil)

var named sync.Once //nolint:gochecknoglobals // the library keeps the name for the whole process

// New makes the channel; tree bounds a notification service that hangs. The name is that of the first channel.
func New(appName string, tree *supervise.Tree) *Channel {
	named.Do(func() { beeep.AppName = appName })
	return &Channel{tree: tree}
}

// Name implements channel.Channel.
func (c *Channel) Name() string { return "desktop" }

// limit bounds one call: a service that does not answer must not hold the caller.
const limit = 3 * time.Second

// Send implements channel.Channel. On Linux the body is markup, so text is escaped there.
func (c *Channel) Send(ctx context.Context, m channel.Message) error {
	body := m.Body
	if runtime.GOOS == "linux" {
		body = html.EscapeString(body)
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	done := make(chan error, 1)
	c.tree.Go("notification", func() error { return beeep.Notify(m.Title, body, "") }, func(err error) { done <- err })
	select {
	case err := <-done:
		if err != nil {
			return fmt.Errorf("show a notification: %w", err)
		}
		return nil
	case <-ctx.Done():
		return fmt.Errorf("show a notification: the notification service did not answer in %s: %w", limit, ctx.Err())
	}
}
