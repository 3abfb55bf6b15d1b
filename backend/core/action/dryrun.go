package action

import "context"

type dryRun struct{}

// DryRun marks a context in which an executor only prepares: whoever speaks to Amazon may then show what was read a moment
// ago, so that a batch does not read the same list for each of its lines. Without the mark everything is read anew, as it
// must be right before something is set.
func DryRun(ctx context.Context) context.Context { return context.WithValue(ctx, dryRun{}, true) }

// IsDryRun says whether a context has the mark.
func IsDryRun(ctx context.Context) bool { return ctx.Value(dryRun{}) != nil }
