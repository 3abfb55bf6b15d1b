package main

import (
	"os"
	"syscall"
)

// peakMB is the largest memory a process had; Linux counts in KB.
func peakMB(s *os.ProcessState) int64 {
	if u, ok := s.SysUsage().(*syscall.Rusage); ok {
		return int64(u.Maxrss) >> 10 //nolint:unconvert // it is an int32 on some machines
	}
	return 0
}
