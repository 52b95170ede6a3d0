package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stance/datasets"
	"stance/datasets/format"
	"stance/internal/config"
	"stance/internal/program"
)

func checkCommand(f *flags) *cobra.Command {
	all := false
	c := &cobra.Command{
		Use:   "check INPUT…",
		Short: "Show how inputs will be read, and what of them would be lost",
		Long: `check reads inputs as classify would and publishes nothing. For each file it shows the format and encoding it
found, which field of the input it takes for which field of an article, the first three articles as they will be read, and how
many records would be rejected and why. It looks at records one by one: an id that occurs twice shows only in a run.

` + program.Codes(),
		Example: `  classify check news.csv
  classify check dump.jsonl --map text=corps --map title=titre`,
		Args: program.Args(cobra.MinimumNArgs(1)),
		RunE: func(c *cobra.Command, args []string) error { return runCheck(c, f, args, all) },
	}
	f.addCommon(c.Flags())
	config.AddFlags(c.Flags(), config.Reading)
	f.addMap(c.Flags())
	c.Flags().BoolVar(&all, "all", false, "list every rejected record, not the first of each file")
	return c
}

func runCheck(c *cobra.Command, f *flags, args []string, all bool) error {
	cfg, err := f.settings(c)
	if err != nil {
		return err
	}
	found, err := f.inputs(c.ErrOrStderr(), args, cfg.ReadOptions())
	if err != nil {
		return err
	}
	articles, rejected, files := 0, 0, 0
	for _, in := range found {
		o := cfg.ReadOptions()
		var r format.Report
		o.Report, o.Skipped = &r, func(path string) { fmt.Fprintf(c.OutOrStdout(), "%s: passed over, no format owns its name\n", path) }
		for _, err := range format.Read(c.Context(), in.Path, o) {
			var bad *datasets.RecordError
			switch {
			case err == nil:
				articles++
			case !errors.As(err, &bad):
				return err
			default:
				rejected++
				if all {
					fmt.Fprintln(c.OutOrStdout(), bad)
				}
			}
		}
		if len(r.Files) == 0 && !all {
			fmt.Fprintf(c.OutOrStdout(), "%s: cannot be opened\n", in.Path)
		}
		for _, file := range r.Files {
			files++
			if !f.quiet {
				showFile(c.OutOrStdout(), file, all)
			}
		}
	}
	if !f.quiet {
		fmt.Fprintf(c.ErrOrStderr(), "%d files, %d records read, %d rejected.\n", files, articles,
			rejected)
	}
	if rejected > 0 {
		return &program.Failure{Code: program.Quarantined}
	}
	return nil
}

// showFile prints the report of one file.
func showFile(w io.Writer, f format.FileReport, all bool) {
	fmt.Fprintf(w, "%s\n", f.Name)
	if f.Format != "" {
		fmt.Fprintf(w, "  format     %s\n", strings.Join(append(slices.Clone(f.Layers), f.Format), " > "))
	}
	if f.Encoding != "" {
		fmt.Fprintf(w, "  encoding   %s\n", f.Encoding)
	}
	if f.Delimiter != "" {
		fmt.Fprintf(w, "  delimiter  %s\n", f.Delimiter)
	}
	showFields(w, f)
	fmt.Fprintf(w, "  records    %d read, %d rejected%s\n", f.Articles, sumOf(f.Rejected),
		counts(f.Rejected))
	if len(f.Notes) > 0 {
		fmt.Fprintf(w, "  notes     %s\n",
			strings.NewReplacer("(", "", ")", "").Replace(counts(f.Notes)))
	}
	for i, a := range f.Shown {
		showArticle(w, i+1, a)
	}
	if !all {
		for _, r := range f.Rejects {
			fmt.Fprintf(w, "  rejected   %s\n", r.Error())
		}
	}
}

// showFields prints where the fields of an article come from.
func showFields(w io.Writer, f format.FileReport) {
	named := 0
	for _, field := range f.Fields {
		named += len(field.Names)
	}
	if named == 0 {
		return
	}
	for _, field := range f.Fields {
		if len(field.Names) == 0 && field.Field == "collection" {
			continue
		}
		from := "nothing"
		if len(field.Names) > 0 {
			from = names(field.Names)
			if field.None > 0 {
				from += fmt.Sprintf("; missing in %d", field.None)
			}
		}
		fmt.Fprintf(w, "  %-12s <- %s\n", field.Field, from)
	}
	if len(f.Unused) > 0 {
		fmt.Fprintf(w, "  not used        %s\n", names(f.Unused))
	}
}

// names lists names with their counts, the first ten.
func names(list []format.NameCount) string {
	const shown = 10
	var parts []string
	for _, n := range list[:min(len(list), shown)] {
		parts = append(parts, fmt.Sprintf("%s (%d)", plain(n.Name), n.Count))
	}
	if len(list) > shown {
		parts = append(parts, fmt.Sprintf("and %d more", len(list)-shown))
	}
	return strings.Join(parts, ", ")
}

// showArticle prints an article as it will be read.
func showArticle(w io.Writer, n int, a datasets.Article) {
	published := "unknown"
	if !a.Published.IsZero() {
		published = a.Published.Format(time.RFC3339)
	}
	fmt.Fprintf(w, "  article %d  id %s, published %s, source %s, lang %s\n", n, plain(a.ID),
		published, orNone(a.Source), orNone(a.Lang))
	fmt.Fprintf(w, "             title %s\n", orNone(beginning(a.Title)))
	fmt.Fprintf(w, "             text  %s (%d bytes)\n", orNone(beginning(a.Text)), len(a.Text))
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return plain(s)
}

// beginning is the first words of a text on one line.
func beginning(s string) string {
	const most = 80
	s = strings.Join(strings.Fields(s[:min(len(s), 8*most)]), " ")
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// plain is s without what would steer a terminal.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == '\uFFFD' {
			return '?'
		}
		return r
	}, s)
}

func sumOf[K comparable](m map[K]int) int {
	n := 0
	for _, v := range m {
		n += v
	}
	return n
}

// counts lists what was counted, " (empty 2, syntax 1)"; "" for nothing.
func counts[K ~string](m map[K]int) string {
	var parts []string
	for _, k := range slices.Sorted(maps.Keys(m)) {
		parts = append(parts, fmt.Sprintf("%s %d", k, m[k]))
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}
