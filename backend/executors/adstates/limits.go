package adstates

import _ "embed"

//go:embed limits.yaml
var limits []byte

// Limits implements action.Limited.
func (*Executor) Limits() []byte { return limits }
