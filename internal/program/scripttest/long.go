//go:build long && unix

package scripttest

const long = true // whether checks that take long are run
