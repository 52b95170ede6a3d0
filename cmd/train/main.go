// Command train learns a model from labelled corpora and measures it. This
// package holds flags, words to people and exit codes; the work is done in
// package models.
package main

import (
	"os"

	"stance/internal/program"
)

func main() { os.Exit(program.Run(rootCommand())) }
