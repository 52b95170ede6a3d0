// Command classify reads news articles and publishes, for every country beside
// every topic, the country's stance as Parquet. This package holds flags, words
// to people and exit codes; the work is done in internal/batch.
package main

import (
	"os"

	"stance/internal/program"
)

func main() { os.Exit(program.Run(rootCommand())) }
