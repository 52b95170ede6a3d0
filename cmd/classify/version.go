package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"stance/internal/output"
	"stance/internal/program"
)

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the versions of the program, its columns and its built-in model",
		Long:    "version prints what a report of a fault should state.\n\n" + program.Codes(),
		Example: `  classify version`,
		Args:    program.Args(cobra.NoArgs),
		RunE:    func(c *cobra.Command, _ []string) error { return runVersion(c) },
	}
}

func runVersion(c *cobra.Command) error {
	b, err := program.Bundle("")
	if err != nil {
		return err
	}
	info, _ := debug.ReadBuildInfo() // nil when built without modules
	_, err = fmt.Fprintf(c.OutOrStdout(),
		"program  %s\ngo       %s %s/%s\ncolumns  v%d\nmodel    %s\n",
		programVersion(info), runtime.Version(), runtime.GOOS, runtime.GOARCH,
		output.SchemaVersion, b.ID())
	return err
}

// programVersion is the version of the module, with the commit where the build
// knows it.
func programVersion(info *debug.BuildInfo) string {
	if info == nil {
		return "unknown"
	}
	version := info.Main.Version
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			version += ", commit " + s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			version += ", changed since"
		}
	}
	return version
}
