package main

import (
	"errors"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"stance/features/gazetteer"
	"stance/internal/config"
	"stance/internal/output"
	"stance/internal/program"
)

// selectionFlags say what of the published tables a command reads.
type selectionFlags struct{ since, until, topic, country string }

// add registers the flags.
func (s *selectionFlags) add(fs *pflag.FlagSet) {
	fs.StringVar(&s.since, "since", "", "first run date, YYYY-MM-DD (default: the first there is)")
	fs.StringVar(&s.until, "until", "", "last run date, YYYY-MM-DD (default: the last there is)")
	fs.StringVar(&s.topic, "topic", "", "only this topic")
	fs.StringVar(&s.country, "country", "", "only this country, by code or name")
}

// settled loads the settings and checks the flags.
func (s selectionFlags) settled(c *cobra.Command,
	f *flags) (config.Config, output.Selection, error) {
	cfg, err := f.settings(c)
	if err != nil {
		return cfg, output.Selection{}, err
	}
	g, err := gazetteer.Default()
	if err != nil {
		return cfg, output.Selection{}, err
	}
	selection, err := s.selection(g)
	return cfg, selection, program.Fail(program.Usage, err)
}

// selection checks the flags and tells all faults. A topic need not be in the
// settings: the output may be of other ones.
func (s selectionFlags) selection(g *gazetteer.Gazetteer) (sel output.Selection, err error) {
	var err1, err2, err3 error
	sel.First, err1 = dayOf("--since", s.since)
	sel.Last, err2 = dayOf("--until", s.until)
	sel.Topic = s.topic
	if s.country != "" {
		sel.Country, err3 = program.FindCountry(g, s.country)
	}
	return sel, errors.Join(err1, err2, err3)
}
