package actions_test

const childEnv = "PURSER_OUTBOX_CHILD"

func child(string) int { return 0 }
