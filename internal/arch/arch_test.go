// Package arch holds the test that keeps imports going one way. ARCHITECTURE.md
// has the reasons.
package arch

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "stance"

// layers are the packages of the module in the order of the chain, by folder;
// "." is the module's root. A package imports packages of earlier layers only,
// never one of its own.
var layers = [][]string{
	{".", "datasets", "internal/atomicfile", "internal/float", "internal/suggest"},
	{"internal/golden"},
	{"datasets/format"},
	{"features/vector"},
	{"features/text"},
	{"features/topic", "features/gazetteer", "features/lexicon"},
	{"features/syntax"},
	{"features/syntax/syntaxtest"},
	{"features/family"},
	{"features"},
	{"models/codec", "models/measure"},
	{"models/counterfactual", "models/learn"},
	{"models"},
	{"models/conformance"},
	{"models/evaluate", "models/golearn"},
	{"internal/output"},
	{"internal/export", "internal/labelling", "models/search", "internal/batch", "internal/benchmark", "internal/compare"},
	{"internal/pipe", "internal/report"},
	{"internal/config"},
	{"internal/program"},
	{"internal/behaviour", "internal/program/scripttest"},
	{"cmd/classify", "cmd/train"},
	{"internal/arch", "scripts/columns", "scripts/mutate", "scripts/sbom"},
}

// owners are the packages that may import a third party, by the beginning of
// its import path. What two packages need has the sentence why in
// docs/dependencies.md.
var owners = []struct {
	path     string
	packages []string
}{
	{"github.com/apache/arrow-go/", []string{"internal/pipe"}},
	{"github.com/clipperhouse/uax29/", []string{"features/text"}},
	{"codeberg.org/readeck/go-readability/", []string{"datasets/format"}},
	{"github.com/go-viper/mapstructure/", []string{"internal/config"}},
	{"github.com/klauspost/compress/", []string{"datasets/format", "models"}},
	{"github.com/kljensen/snowball/", []string{"features/lexicon"}},
	{"github.com/mmcdole/gofeed", []string{"datasets/format"}},
	{"github.com/parquet-go/parquet-go", []string{"datasets/format", "internal/output"}},
	{"github.com/rogpeppe/go-internal/", []string{"cmd/classify", "cmd/train", "internal/program/scripttest"}},
	{"github.com/schollz/progressbar/", []string{"cmd/classify"}},
	{"github.com/sjwhitworth/golearn/", []string{"models/golearn"}},
	{"github.com/spf13/cobra", []string{"cmd/classify", "cmd/train", "internal/program", "internal/program/scripttest"}},
	{"github.com/spf13/pflag", []string{"cmd/classify", "cmd/train", "internal/config", "internal/program"}},
	{"github.com/spf13/viper", []string{"internal/config"}},
	{"github.com/ulikunitz/xz", []string{"datasets/format"}},
	{"go.yaml.in/yaml/", []string{"internal/config"}},
	{"modernc.org/sqlite", []string{"internal/export"}},
	{"github.com/xuri/excelize/", []string{"internal/export"}},
	{"golang.org/x/net/html", []string{"datasets/format"}},
	{"golang.org/x/sync/", []string{"internal/batch"}},
	{"golang.org/x/sys/", []string{"internal/batch", "internal/output", "internal/program/scripttest"}},
	{"golang.org/x/term", []string{"internal/program"}},
	{"golang.org/x/text/", []string{"datasets", "datasets/format", "features/text"}},
}

// emptyNames say nothing of what a package is for.
var emptyNames = []string{"base", "common", "helper", "helpers", "misc", "pkg", "shared", "types", "util", "utils"}

// source is one Go file: the folder it lies in and what it imports.
type source struct {
	file, folder string
	imports      []string
}

func TestImportsGoOneWay(t *testing.T) {
	layerOf := map[string]int{}
	for n, folders := range layers {
		for _, folder := range folders {
			layerOf[folder] = n
		}
	}
	for _, s := range sources(t) {
		layer, known := layerOf[s.folder]
		if !known {
			t.Errorf("%s: package %s has no layer; give it one in internal/arch", s.file, s.folder)
			continue
		}
		for _, imported := range s.imports {
			folder, ours := folderOf(imported)
			if ours && folder != s.folder && layerOf[folder] >= layer && !s.mayHelp(folder) {
				t.Errorf("%s imports %s, which does not come before %s", s.file, imported, s.folder)
			}
		}
	}
}

// mayHelp reports whether a folder has the helper package of the tests of s:
// the tests of a/b may import a/b/btest, which imports a/b itself.
func (s source) mayHelp(folder string) bool {
	return strings.HasSuffix(s.file, "_test.go") &&
		folder == path.Join(s.folder, path.Base(s.folder)+"test")
}

func TestThirdPartiesHaveOwners(t *testing.T) {
	used := map[string]bool{}
	for _, s := range sources(t) {
		for _, imported := range s.imports {
			if _, ours := folderOf(imported); ours || !strings.Contains(imported, ".") {
				continue
			}
			owned := false
			for _, o := range owners {
				if strings.HasPrefix(imported, o.path) && slices.Contains(o.packages, s.folder) {
					owned = true
					used[o.path+" "+s.folder] = true
				}
			}
			if !owned {
				t.Errorf("%s imports %s, which is not its to import; see owners", s.file, imported)
			}
		}
	}
	for _, o := range owners {
		for _, folder := range o.packages {
			if !used[o.path+" "+folder] {
				t.Errorf("%s no longer imports %s; strike it from owners", folder, o.path)
			}
		}
	}
}

func TestPackageNamesSaySomething(t *testing.T) {
	for _, s := range sources(t) {
		if slices.Contains(emptyNames, path.Base(s.folder)) {
			t.Errorf("%s: name package %s after what it is for", s.file, s.folder)
		}
	}
}

// folderOf is the folder of one of this module's packages, and whether it is
// one.
func folderOf(imported string) (string, bool) {
	if imported == module {
		return ".", true
	}
	return strings.CutPrefix(imported, module+"/")
}

// sources reads the imports of every Go file of the module, test files and
// files for other systems included. Go itself already refuses cycles and, for
// packages it builds, unknown imports.
func sources(t *testing.T) []source {
	t.Helper()
	root := filepath.Join("..", "..")
	var out []source
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			if base := entry.Name(); base == "testdata" || name != "." && strings.HasPrefix(base, ".") {
				return fs.SkipDir
			}
			return nil
		case !strings.HasSuffix(name, ".go"):
			return nil
		}
		s := source{file: name, folder: path.Dir(name)}
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, name), nil,
			parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, i := range f.Imports {
			imported, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			s.imports = append(s.imports, imported)
		}
		out = append(out, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) < 50 {
		t.Fatalf("only %d Go files found under %s; the walk is broken", len(out), root)
	}
	return out
}
