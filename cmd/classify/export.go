package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"stance/features/gazetteer"
	"stance/features/topic"
	"stance/internal/atomicfile"
	"stance/internal/config"
	"stance/internal/export"
	"stance/internal/output"
	"stance/internal/program"
)

// exportFlags are the flags of classify export.
type exportFlags struct {
	selectionFlags
	format, path string
}

// duckDB is the format that needs no copy of the data.
const duckDB = "duckdb"

func exportCommand(f *flags) *cobra.Command {
	var e exportFlags
	c := &cobra.Command{
		Use:   "export DIR --format " + strings.Join(exportFormats(), "|"),
		Short: "Write what is published for spreadsheets and databases",
		Long: `export writes the tables stance, articles, aggregates and quarantine, and the dimension tables countries,
topics and outlets: csv is a folder, sqlite and xlsx are one file. duckdb prints the SQL of views over the Parquet, which
is not copied; it also writes the dimension tables (see classify dimensions). docs/bi.md has recipes.

` + program.Codes(),
		Example: `  classify export out --format sqlite --out stance.sqlite
  classify export out --format xlsx --since 2026-03-01 --topic ukraine
  classify export out --format duckdb | duckdb stance.duckdb`,
		Args: program.Args(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error { return runExport(c, f, args[0], e) },
	}
	f.addCommon(c.Flags())
	e.add(c.Flags())
	c.Flags().StringVar(&e.format, "format", "csv", "one of "+strings.Join(exportFormats(), ", "))
	c.Flags().StringVarP(&e.path, "out", "o", "", "file or folder to write (default: stance-csv, stance.sqlite, stance.xlsx; duckdb: standard output)")
	return c
}

// exportFormats lists the values of --format.
func exportFormats() []string {
	var list []string
	for _, f := range export.Formats() {
		list = append(list, f.Name)
	}
	return append(list, duckDB)
}

func runExport(c *cobra.Command, f *flags, dir string, e exportFlags) error {
	cfg, s, err := e.settled(c, f)
	if err != nil {
		return err
	}
	if err := program.OneOf("--format", e.format, exportFormats()); err != nil {
		return program.Fail(program.Usage, err)
	}
	tables, err := output.Listings(dir, s)
	if err != nil {
		return err
	}
	dimensions, err := dimensionsOf(dir, cfg, s)
	if err != nil {
		return err
	}
	if e.format == duckDB {
		return exportDuckDB(c, dir, e.path, tables, dimensions)
	}
	formats := export.Formats()
	format := formats[slices.IndexFunc(formats, func(x export.Format) bool {
		return x.Name == e.format
	})]
	if e.path == "" {
		e.path = format.Path
	}
	if err := format.Write(e.path, append(tables, dimensions.Listings()...)); err != nil {
		return err
	}
	if !f.quiet {
		fmt.Fprintf(c.ErrOrStderr(), "Wrote %s: see %s.\n", format.What, e.path)
	}
	return nil
}

// exportDuckDB writes the dimension tables beside the data, and views over all.
func exportDuckDB(c *cobra.Command, dir, path string, tables []output.Listing,
	d output.Dimensions) error {
	if _, err := d.Write(dir); err != nil {
		return err
	}
	sql, err := export.DuckDB(dir, tables, d.Listings())
	if err != nil {
		return err
	}
	if path != "" {
		return atomicfile.Write(path, []byte(sql))
	}
	_, err = fmt.Fprint(c.OutOrStdout(), sql)
	return err
}

func dimensionsCommand(f *flags) *cobra.Command {
	c := &cobra.Command{
		Use:   "dimensions DIR",
		Short: "Write tables of countries, topics and outlets beside the data",
		Long: `dimensions writes DIR/dimensions/v1/countries.parquet, topics.parquet and outlets.parquet: one row for each
key of the published tables, for joins in BI programs. Run it after each run, or when the topics have changed.

` + program.Codes(),
		Example: `  classify dimensions out`,
		Args:    program.Args(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, args []string) error {
			return runDimensions(c, f, args[0])
		},
	}
	f.addCommon(c.Flags())
	return c
}

func runDimensions(c *cobra.Command, f *flags, dir string) error {
	cfg, err := f.settings(c)
	if err != nil {
		return err
	}
	d, err := dimensionsOf(dir, cfg, output.Selection{})
	if err != nil {
		return err
	}
	paths, err := d.Write(dir)
	if err != nil {
		return err
	}
	for _, path := range paths {
		if _, err := fmt.Fprintln(c.OutOrStdout(), path); err != nil {
			return err
		}
	}
	return nil
}

// dimensionsOf makes the tables of keys: the countries of the gazetteer, the
// topics of the settings and those that only the output has, and its outlets.
func dimensionsOf(dir string, cfg config.Config,
	s output.Selection) (d output.Dimensions, err error) {
	g, err := gazetteer.Default()
	if err != nil {
		return d, err
	}
	if _, err := os.Stat(dir); err != nil {
		return d, fmt.Errorf("%w; is it the folder given as --out?", err)
	}
	for _, code := range g.Codes() {
		kind := "country"
		if len(code) != 3 { // ISO 3166-1 alpha-3
			kind = "bloc"
		}
		d.Countries = append(d.Countries,
			output.CountryRow{Country: code, CountryName: g.Name(code), Kind: kind})
	}
	for _, t := range cfg.Topics {
		d.Topics = append(d.Topics, topicRow(t))
	}
	ids, err := output.ReadTopics(dir, s)
	for _, id := range ids {
		if !slices.ContainsFunc(d.Topics, func(t output.TopicRow) bool { return t.Topic == id }) {
			d.Topics = append(d.Topics, output.TopicRow{Topic: id})
		}
	}
	var err2 error
	d.Outlets, err2 = output.ReadOutlets(dir, s)
	return d, errors.Join(err, err2)
}

// topicRow is a topic of the settings as a row.
func topicRow(t topic.Topic) output.TopicRow {
	joined := func(codes []string) *string {
		if len(codes) == 0 {
			return nil
		}
		s := strings.Join(codes, " ")
		return &s
	}
	return output.TopicRow{Topic: t.ID, Proposition: &t.Proposition,
		ForCountries: joined(t.For.Countries), AgainstCountries: joined(t.Against.Countries)}
}
