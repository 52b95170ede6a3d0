package main

import (
	"github.com/spf13/cobra"

	"stance/internal/config"
	"stance/internal/program"
)

func configCommand(f *flags) *cobra.Command {
	var schema bool
	c := &cobra.Command{
		Use:   "config",
		Short: "Print the settings in force and where each comes from",
		Long: `config prints all settings as a config.yaml. A comment says where each value comes from: default, a
line of the file, an environment variable or a flag.

` + program.Codes(),
		Example: `  classify config
  classify config --config my.yaml --workers 4
  classify config --schema > config.schema.json`,
		Args: program.Args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error { return runConfig(c, f, schema) },
	}
	f.addConfig(c.Flags())
	config.AddFlags(c.Flags(), config.Answering, config.Reading, config.Running, config.Publishing)
	c.Flags().BoolVar(&schema, "schema", false, "print a JSON schema of config.yaml instead")
	return c
}

func runConfig(c *cobra.Command, f *flags, schema bool) error {
	text := config.Schema()
	if !schema {
		var err error
		if text, err = config.Effective(f.config, c.Flags()); err != nil {
			return program.Fail(program.Usage, err)
		}
	}
	_, err := c.OutOrStdout().Write(text)
	return err
}
