// Purser is the account executive that lives on an Amazon seller's own desk.
package main

import (
	"os"
	_ "time/tzdata" // business days need the marketplaces' zones on every machine

	"purser/app"
)

func main() { os.Exit(app.Main(os.Args[1:])) }
