// Command columns finds comments wider than 80 columns and code wider than 100,
// and wraps them with -w:
//
//	go run ./scripts/columns [-w] [folder]
//
// A tab counts as four columns. What cannot be wrapped is left alone: string
// literals, directives, and comments of one long word.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	write := flag.Bool("w", false, "wrap what is too wide")
	flag.Parse()
	root := "."
	if flag.NArg() > 0 {
		root = flag.Arg(0)
	}
	faults, err := run(root, *write)
	for _, f := range faults {
		fmt.Println(f)
	}
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "columns:", err)
		os.Exit(1)
	case len(faults) > 0:
		os.Exit(1)
	}
}

// run lists what is too wide in the Go files below root, after wrapping when
// write is set.
func run(root string, write bool) (faults []string, err error) {
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && strings.HasPrefix(d.Name(), "."), d.Name() == "testdata":
			return fs.SkipDir
		case d.IsDir() || filepath.Ext(path) != ".go":
			return nil
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if write {
			out, err := wrap(src)
			if err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
			if !bytes.Equal(out, src) {
				if err := os.WriteFile(path, out, 0o644); err != nil {
					return err
				}
			}
			src = out
		}
		for _, l := range linesOf(src) {
			if l.tooWide() {
				faults = append(faults,
					fmt.Sprintf("%s:%d: %d columns", path, l.number, width(l.text)))
			}
		}
		return nil
	})
	return faults, err
}
