package program

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"stance/internal/suggest"
)

// usageTemplate is cobra's template for --help with the examples at the end,
// where they are still on the screen.
const usageTemplate = `Usage:{{if .Runnable}}
  {{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} COMMAND

Commands:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableFlags}}

Flags:
{{.Flags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableSubCommands}}

"{{.CommandPath}} COMMAND --help" says more of a command.{{end}}{{if .HasExample}}

Examples:
{{.Example}}{{end}}
`

// flagError is what is said of a fault in the flags of c.
func flagError(c *cobra.Command, err error) error {
	hint := ""
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) {
		var known []string
		c.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, "--"+f.Name) })
		hint = suggest.Hint("--"+unknown.GetSpecifiedName(), known)
	}
	return Fail(Usage, fmt.Errorf("%w; see %s --help%s", err, c.CommandPath(), hint))
}

// OneOf is an error when a flag has another value than those; it names the one
// that may have been meant.
func OneOf(flag, value string, those []string) error {
	if slices.Contains(those, value) {
		return nil
	}
	return fmt.Errorf("%s %q; there are %s%s", flag, value,
		strings.Trim(strings.Join(those, ", "), ", "), suggest.Hint(value, those))
}

// completeChoices lets shells complete the values of flags with a closed set.
func completeChoices(c *cobra.Command) error {
	var faults []error
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if v, is := f.Value.(interface{ Choices() []string }); is && len(v.Choices()) > 0 {
			faults = append(faults, c.RegisterFlagCompletionFunc(f.Name,
				cobra.FixedCompletions(v.Choices(), cobra.ShellCompDirectiveNoFileComp)))
		}
	})
	for _, below := range c.Commands() {
		faults = append(faults, completeChoices(below))
	}
	return errors.Join(faults...)
}
