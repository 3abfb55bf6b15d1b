package app

import "purser/backend/core/fact"

// Measures are the declared measures.
func (d *Desk) Measures() []fact.Measure { return d.s.host.Measures() }

// Facts are the declared facts.
func (d *Desk) Facts() []fact.Definition { return d.s.host.Definitions() }
