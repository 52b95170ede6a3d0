//go:build unix

package scripttest

import (
	"bytes"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"stance/internal/program"
)

// Help checks every command of a program: its help must end with examples, and
// each example must be a command line that the program would accept, with a
// shell's comments, redirections, pipes and further commands left out.
func Help(t *testing.T, newRoot func() *cobra.Command) {
	for _, c := range commandsOf(newRoot()) {
		args := append(strings.Fields(c.CommandPath())[1:], "--help")
		var out bytes.Buffer
		root := newRoot()
		root.SetOut(&out)
		root.SetArgs(args)
		if code := program.Run(root); code != 0 {
			t.Errorf("%s %s ends with %d", root.Name(), strings.Join(args, " "), code)
		}
		if c.Example == "" || !strings.HasSuffix(out.String(), "Examples:\n"+c.Example+"\n") {
			t.Errorf("the help of %s does not end with examples:\n%s", c.CommandPath(),
				out.String())
		}
		for line := range strings.SplitSeq(c.Example, "\n") {
			checkExample(t, newRoot(), c.CommandPath(), line)
		}
	}
}

// checkExample parses one line of examples.
func checkExample(t *testing.T, root *cobra.Command, path, line string) {
	for _, mark := range []string{" #", " <", " >", " |", " &&"} {
		line, _, _ = strings.Cut(line, mark)
	}
	words := strings.Fields(line)
	if len(words) == 0 || words[0] != root.Name() {
		t.Errorf("%s: example %q does not begin with %s", path, line, root.Name())
		return
	}
	c, rest, err := root.Find(words[1:])
	if err == nil {
		err = c.ParseFlags(rest)
	}
	if err == nil {
		err = c.ValidateArgs(c.Flags().Args())
	}
	if err != nil {
		t.Errorf("%s: example %q: %v", path, line, err)
	}
}

// commandsOf lists a command and all below it.
func commandsOf(c *cobra.Command) []*cobra.Command {
	list := []*cobra.Command{c}
	for _, below := range c.Commands() {
		list = append(list, commandsOf(below)...)
	}
	return list
}
