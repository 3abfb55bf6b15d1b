// Package clock is the only place that asks what time it is.
//
// Input: nothing.
// Output: a Clock, real or fixed, to hand to whoever needs the time.
package clock

import "time"

// Clock tells the time in UTC.
type Clock interface{ Now() time.Time }

// Real is the machine's clock.
type Real struct{}

// Now implements Clock.
func (Real) Now() time.Time { return time.Now().UTC() } //nolint:forbidigo // the one place

// Fixed always tells the same time: for tests, the demo and looking back.
type Fixed time.Time

// Now implements Clock.
func (f Fixed) Now() time.Time { return time.Time(f).UTC() }
