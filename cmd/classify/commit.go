package main

import (
	"errors"

	"github.com/spf13/cobra"

	"stance/internal/batch"
	"stance/internal/program"
)

func commitCommand(f *flags) *cobra.Command {
	c := &cobra.Command{
		Use:   "commit --out DIR --date D --shards N",
		Short: "Publish a date whose shards are all staged",
		Long: `commit publishes what "classify --shard i/N" has staged for a date, once all N shards are there. It needs the same
--model, --config and --date as they had.

` + program.Codes(),
		Example: `  classify feeds --shard 0/2 --out out --date 2026-03-29
  classify feeds --shard 1/2 --out out --date 2026-03-29
  classify commit --shards 2 --out out --date 2026-03-29`,
		Args: program.Args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error { return runCommit(c, f) },
	}
	f.add(c.Flags())
	c.Flags().IntVar(&f.shards, "shards", 0, "number of shards (required)")
	return c
}

func runCommit(c *cobra.Command, f *flags) error {
	cfg, bc, err := f.batchConfig(c)
	if err != nil {
		return err
	}
	if f.shards < 1 {
		return program.Fail(program.Usage, errors.New("--shards must say how many there are"))
	}
	if _, err := f.reader(cfg, &bc); err != nil {
		return err
	}
	bc.Shards = f.shards
	sum, err := batch.Commit(c.Context(), bc)
	bc.Shards = 1
	return f.conclude(c, bc, sum, err)
}
