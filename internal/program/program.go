// Package program is what the commands have in common: exit codes, signals,
// logging, and the way from settings to a model that answers.
package program

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"stance/internal/batch"
	"stance/internal/suggest"
)

// Code is what a process ends with.
type Code int

// The exit codes. 2 is left to the Go runtime, which ends with it on a crash.
const (
	OK     Code = 0 // all done
	Failed Code = 1 // failed; a run has published nothing, and another try may help
	// done, but some records were rejected or the model could not read some
	// articles
	Quarantined Code = 3
	Locked      Code = 4 // another run is at work on the same output
	// published, but what comes after it failed: metrics, summary, table or
	// drift check
	Published   Code = 5
	Empty       Code = 6   // no article in the input; what is published for the date stays
	Drifted     Code = 7   // classify drift: the newest run is unlike the runs before it
	Usage       Code = 10  // the command line or the config is wrong
	Model       Code = 11  // the bundle cannot be used
	Schema      Code = 12  // an input is in no format that can be read
	Interrupted Code = 130 // by SIGINT or SIGTERM
)

// Codes describes the exit codes for --help, in order.
func Codes() string {
	return `Exit codes: 0 done, 1 failed, 3 done but some records were rejected or unreadable to the model,
4 another run holds the output, 5 published but metrics, summary, table or drift check failed,
6 no article in the input (the published date stays), 7 the newest run is unusual (classify drift),
10 usage or config, 11 model, 12 input in no known format, 130 interrupted`
}

// Failure is an error that decides the exit code. A nil Err ends the process
// without a word.
type Failure struct {
	Code Code
	Err  error
}

func (f *Failure) Error() string {
	if f.Err == nil {
		return fmt.Sprintf("exit code %d", f.Code)
	}
	return f.Err.Error()
}

func (f *Failure) Unwrap() error { return f.Err }

// Fail gives an error the exit code it should end with; nil stays nil.
func Fail(code Code, err error) error {
	if err == nil {
		return nil
	}
	return &Failure{code, err}
}

// CodeOf is the exit code an error ends with.
func CodeOf(err error) Code {
	var failure *Failure
	var locked *batch.LockedError
	var empty *batch.EmptyError
	var fields *batch.FieldsError
	switch {
	case err == nil:
		return OK
	case errors.Is(err, context.Canceled):
		return Interrupted
	case errors.As(err, &locked):
		return Locked
	case errors.As(err, &empty):
		return Empty
	case errors.As(err, &fields):
		return Schema
	case errors.As(err, &failure):
		return failure.Code
	}
	return Failed
}

// Run executes a command line and returns its exit code. The first SIGINT or
// SIGTERM ends the command's context, the second the process.
func Run(root *cobra.Command) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	defer stop()
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SetUsageTemplate(usageTemplate)
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(manCommand(root))
	signal.Ignore(syscall.SIGPIPE) // a closed pipe is an error of writing, below
	out := &Output{Writer: root.OutOrStdout()}
	root.SetOut(out)
	c, err := root, completeChoices(root)
	if err == nil {
		c, err = root.ExecuteContextC(ctx)
	}
	if code := CodeOf(err); code == OK || code == Quarantined {
		err = cmp.Or(out.Fault(), err)
	}
	code := CodeOf(err)
	switch words := wordsOf(err, code); {
	case words == "":
	case saysJSON(c):
		Logger(root.ErrOrStderr(), "json", false).Error(words, "exit_code", code)
	default:
		fmt.Fprintf(root.ErrOrStderr(), "%s: %s\n", root.Name(), strings.ReplaceAll(words, "\n", "\n  "))
	}
	return int(code)
}

// saysJSON reports whether the command's words are JSON, by its flag or by the
// settings (see [Config]).
func saysJSON(c *cobra.Command) bool {
	f := c.Flags().Lookup(logFormat)
	return f != nil && f.Value.String() == "json"
}

// wordsOf is what is said of an error, one fault per line; "" when the command
// has said it all.
func wordsOf(err error, code Code) string {
	switch {
	case err == nil || silent(err):
		return ""
	case code == Interrupted:
		return "interrupted; nothing was published"
	}
	return err.Error()
}

// silent reports whether err ends the process without a word.
func silent(err error) bool {
	var failure *Failure
	return errors.As(err, &failure) && failure.Err == nil
}

// Args makes a fault in the number of arguments a usage error.
func Args(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if err := check(c, args); err != nil {
			return Fail(Usage,
				fmt.Errorf("%w; see %s --help%s", err, c.CommandPath(), commandHint(c, args)))
		}
		return nil
	}
}

// commandHint names the command below c that the first argument may mean.
func commandHint(c *cobra.Command, args []string) string {
	var known []string
	for _, below := range c.Commands() {
		known = append(known, below.Name())
	}
	if len(args) == 0 {
		return ""
	}
	return suggest.Hint(args[0], known)
}

// Logger writes to w in the given format, text or json; quiet leaves warnings
// and errors.
func Logger(w io.Writer, format string, quiet bool) *slog.Logger {
	o := &slog.HandlerOptions{Level: slog.LevelInfo}
	if quiet {
		o.Level = slog.LevelWarn
	}
	if format == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}

// IsTerminal reports whether w is a terminal.
func IsTerminal(w io.Writer) bool {
	if o, ok := w.(*Output); ok {
		w = o.Writer
	}
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// Colour reports whether w should get colours: a terminal, unless NO_COLOR is
// set (no-color.org) or TERM is dumb.
func Colour(w io.Writer) bool {
	return IsTerminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}
