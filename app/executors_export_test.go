package app

import "purser/backend/core/action"

// ExecutorsAlone lists the executors with nothing around them: enough to ask for their kinds.
func ExecutorsAlone() []action.Executor { return Executors(around{}) }
