package rules

// exception says whether the seller took the subject of the row out of a case, and why.
func (r *row) exception(caseName string) (reason string, out bool) {
	if len(r.except) == 0 {
		return "", false
	}
	id := r.tab.ids[r.at]
	if reason, out = r.except[id]; out {
		return reason, true
	}
	reason, out = r.except[exceptionKey(id, caseName)]
	return reason, out
}

// exceptionKey is a subject and a case of a policy; no case has a bar in its name.
func exceptionKey(subject, caseName string) string { return subject + "|" + caseName }
