//go:build !long && unix

package scripttest

const long = false // whether checks that take long are run
