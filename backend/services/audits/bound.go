package audits

import "gonum.org/v1/gonum/stat/distuv"

// UpperShare is the largest share that can be wrong, with the given certainty, where wrong of looked are: the upper end
// of the one-sided interval of C. Clopper and E. Pearson, 1934. It is 1 where none was looked at or all were wrong.
func UpperShare(wrong, looked int, certainty float64) float64 {
	if looked <= 0 || wrong >= looked {
		return 1
	}
	return distuv.Beta{Alpha: float64(max(wrong, 0) + 1), Beta: float64(looked - max(wrong, 0))}.Quantile(certainty)
}
