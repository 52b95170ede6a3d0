package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"stance/features/gazetteer"
	"stance/internal/program"
)

func countriesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "countries [CODE|NAME…]",
		Short: "List the countries and blocs, or the names that one goes by",
		Long: `countries lists the codes and names of all countries and blocs. With a code or name it lists the
ways to write that country which mean it in every text.

` + program.Codes(),
		Example: `  classify countries
  classify countries POL "South Korea"`,
		RunE: func(c *cobra.Command, names []string) error { return runCountries(c, names) },
	}
}

func runCountries(c *cobra.Command, names []string) error {
	g, err := gazetteer.Default()
	if err != nil {
		return err
	}
	codes := g.Codes()
	if len(names) > 0 {
		var faults []error
		codes = nil
		for _, name := range names {
			code, err := program.FindCountry(g, name)
			codes, faults = append(codes, code), append(faults, err)
		}
		if err := errors.Join(faults...); err != nil {
			return program.Fail(program.Usage, err)
		}
	}
	for _, code := range codes {
		if err := printCountry(c.OutOrStdout(), g, code, len(names) > 0); err != nil {
			return err
		}
	}
	return nil
}

// printCountry writes a code and name and, with surfaces, the ways to write it
// by form.
func printCountry(w io.Writer, g *gazetteer.Gazetteer, code string, surfaces bool) error {
	var text strings.Builder
	fmt.Fprintf(&text, "%-5s %s\n", code, g.Name(code))
	if surfaces {
		form := ""
		for _, s := range g.Surfaces(code) {
			if s.Form.String() == form {
				fmt.Fprintf(&text, ", %s", s.Text)
				continue
			}
			if form != "" {
				text.WriteByte('\n')
			}
			form = s.Form.String()
			fmt.Fprintf(&text, "  %-12s %s", form, s.Text)
		}
		if form != "" {
			text.WriteByte('\n')
		}
	}
	_, err := io.WriteString(w, text.String())
	return err
}
