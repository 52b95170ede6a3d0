// Command mutate measures how well the tests guard the code. It changes one
// place of a package at a time (a comparison, a sign, a number, a guard) and
// runs the tests. A change that no test notices is a survivor: a test is
// missing, or the code does nothing.
//
//	go run ./scripts/mutate -sample 240 -doc docs/testing.md ./features/... ./models/... ./internal/output
//
// A mutant is killed when a test of its own package fails or, failing that, a
// test of a package that imports it directly. The tree is not touched: the
// changed file reaches the compiler as an overlay.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// options are the flags.
type options struct {
	sample  int
	seed    uint64
	timeout time.Duration
	doc     string
	again   string
}

func main() {
	var o options
	flag.IntVar(&o.sample, "sample", 240, "mutants to try, drawn at random from all; 0 tries all")
	flag.Uint64Var(&o.seed, "seed", 1, "seed of the sample")
	flag.DurationVar(&o.timeout, "timeout", 90*time.Second, "time for the tests of one package; a mutant that takes longer is killed")
	flag.StringVar(&o.doc, "doc", "", "file whose table of results to rewrite")
	flag.StringVar(&o.again, "again", "", "output of an earlier run: try only its survivors again, after tests were added")
	flag.Parse()
	if err := run(o, flag.Args(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1)
	}
}

// pkg is a package and the tests that may notice a change of it.
type pkg struct {
	ImportPath, Dir string
	GoFiles         []string
	Imports         []string
}

// score counts the mutants of one package.
type score struct{ own, others, total int }

func run(o options, patterns []string, out io.Writer) error {
	packages, err := list(patterns)
	if err != nil {
		return err
	}
	mutants, err := mutantsOf(packages)
	if err != nil {
		return err
	}
	for _, p := range packages {
		if o.again == "" && passes(p.ImportPath, "", o.timeout) != yes {
			return fmt.Errorf("the tests of %s fail without any change, or take longer than %v",
				p.ImportPath, o.timeout)
		}
	}
	random := rand.New(rand.NewPCG(o.seed, 0))
	random.Shuffle(len(mutants), func(i, j int) { mutants[i], mutants[j] = mutants[j], mutants[i] })
	scores, err := tryAll(mutants, packages, o, out)
	if err != nil {
		return err
	}
	table := tableOf(packages, scores)
	fmt.Fprintf(out, "\n%s", table)
	if o.doc != "" {
		return rewrite(o.doc, table)
	}
	return nil
}

// tryAll tries mutants until the sample is full, writes a line for each, and
// counts them by package.
func tryAll(mutants []mutant, packages []pkg, o options, out io.Writer) (map[string]score, error) {
	earlier, err := survivors(o.again)
	if err != nil {
		return nil, err
	}
	scores := map[string]score{}
	tried := 0
	for _, m := range mutants {
		if o.sample > 0 && tried == o.sample {
			break
		}
		by, known := earlier[m.String()]
		if o.again != "" && !known {
			continue // it does not compile
		}
		if by == "" {
			if by, err = try(m, packages, o.timeout); errors.Is(err, errNotBuilt) {
				continue
			} else if err != nil {
				return nil, err
			}
		}
		tried++
		s := scores[m.pkg.ImportPath]
		s.total++
		switch by {
		case m.pkg.ImportPath:
			s.own++
		case "":
			fmt.Fprintf(out, "survived\t%s\n", m)
		default:
			s.others++
		}
		scores[m.pkg.ImportPath] = s
		if by != "" {
			fmt.Fprintf(out, "killed\t%s\t%s\n", m, by)
		}
	}
	return scores, nil
}

// survivors reads what an earlier run wrote: the package that killed each
// mutant, "" for one that survived.
func survivors(file string) (map[string]string, error) {
	known := map[string]string{}
	if file == "" {
		return known, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(text)) {
		switch f := strings.Split(strings.TrimSuffix(line, "\n"), "\t"); {
		case len(f) == 2 && f[0] == "survived":
			known[f[1]] = ""
		case len(f) == 3 && f[0] == "killed":
			known[f[1]] = f[2]
		}
	}
	return known, nil
}

// list asks the go command for packages.
func list(patterns []string) ([]pkg, error) {
	c := exec.Command("go",
		append([]string{"list", "-json=ImportPath,Dir,GoFiles,Imports"}, patterns...)...)
	c.Stderr = os.Stderr
	raw, err := c.Output()
	if err != nil {
		return nil, err
	}
	var packages []pkg
	for d := json.NewDecoder(bytes.NewReader(raw)); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return packages, nil
		} else if err != nil {
			return nil, err
		}
		if base := path.Base(p.ImportPath); !strings.HasSuffix(base, "test") && base != "conformance" { // those are tests
			packages = append(packages, p)
		}
	}
}

// errNotBuilt says that a mutant does not compile; it counts for nothing.
var errNotBuilt = errors.New("the mutant does not compile")

// try runs the tests on a mutant and returns the package whose tests killed it,
// "" when it survived.
func try(m mutant, packages []pkg, timeout time.Duration) (by string, err error) {
	dir, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	changed := filepath.Join(dir, "changed.go")
	if err := os.WriteFile(changed, m.source(), 0o600); err != nil {
		return "", err
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {m.file: changed}})
	if err != nil {
		return "", err
	}
	over := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(over, overlay, 0o600); err != nil {
		return "", err
	}
	testers := []string{m.pkg.ImportPath}
	for _, p := range packages {
		if slices.Contains(p.Imports, m.pkg.ImportPath) && p.ImportPath != m.pkg.ImportPath {
			testers = append(testers, p.ImportPath)
		}
	}
	for _, tester := range testers {
		switch passes(tester, over, timeout) {
		case no:
			return tester, nil
		case notBuilt:
			return "", errNotBuilt
		}
	}
	return "", nil
}

// memoryLimit bounds the address space of the tests, in kilobytes: some mutants
// never end and fill the memory.
const memoryLimit = 8 << 20

// verdict is what the tests say of a mutant.
type verdict int

const (
	yes verdict = iota
	no
	notBuilt
)

// passes reports whether the tests of a package pass with an overlay.
func passes(tester, overlay string, timeout time.Duration) verdict {
	ctx, cancel := context.WithTimeout(context.Background(), 2*timeout)
	defer cancel()
	c := exec.CommandContext(ctx, "sh", "-c", fmt.Sprintf(`ulimit -v %d; exec "$@"`, memoryLimit), "sh",
		"go", "test", "-overlay", overlay, "-short", "-failfast", "-vet=off", "-count=1", "-timeout", timeout.String(), tester)
	output, err := c.CombinedOutput()
	switch {
	case err == nil:
		return yes
	case bytes.Contains(output, []byte("[build failed]")), bytes.Contains(output, []byte("[setup failed]")):
		return notBuilt
	}
	return no
}

// tableOf is the table of results in Markdown.
func tableOf(packages []pkg, scores map[string]score) string {
	var b strings.Builder
	b.WriteString("| package | mutants | killed by its own tests | by tests of packages above | killed |\n|---|--:|--:|--:|--:|\n")
	line := func(name string, s score) {
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d %% |\n", name, s.total, s.own, s.others,
			100*(s.own+s.others)/s.total)
	}
	var all score
	for _, p := range packages {
		if s := scores[p.ImportPath]; s.total > 0 {
			line(strings.TrimPrefix(p.ImportPath, "stance/"), s)
			all = score{all.own + s.own, all.others + s.others, all.total + s.total}
		}
	}
	if all.total > 0 {
		line("**all**", all)
	}
	return b.String()
}

// The table stands between these lines of the document.
const tableStart, tableEnd = "<!-- table made by scripts/mutate -->\n", "<!-- end of table -->\n"

// rewrite replaces the table of a document.
func rewrite(doc, table string) error {
	text, err := os.ReadFile(doc)
	if err != nil {
		return err
	}
	head, rest, started := strings.Cut(string(text), tableStart)
	_, tail, ended := strings.Cut(rest, tableEnd)
	if !started || !ended {
		return fmt.Errorf("%s: no place for the table; it needs the lines\n%s%s", doc, tableStart,
			tableEnd)
	}
	return os.WriteFile(doc, []byte(head+tableStart+table+tableEnd+tail), 0o644)
}
