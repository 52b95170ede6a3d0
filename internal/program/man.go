package program

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"stance/internal/output"
)

// manCommand writes the man pages of a program. They have no date of their
// making, so that the same program writes the same pages.
func manCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:     "man DIR",
		Short:   "Write man pages of all commands",
		Long:    "man writes a page of section 1 for each command into DIR.\n\n" + Codes(),
		Example: fmt.Sprintf("  %s man man1 && man ./man1/%[1]s.1", root.Name()),
		Args:    Args(cobra.ExactArgs(1)),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return err
			}
			root.DisableAutoGenTag = true
			date := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
			return doc.GenManTree(root,
				&doc.GenManHeader{Title: strings.ToUpper(root.Name()), Section: "1", Date: &date,
					Source: fmt.Sprintf("stance, columns version %d", output.SchemaVersion)},
				args[0])
		},
	}
}
