package arch

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// portable are the packages whose numbers have the same bits on every
// processor: those that fit a classifier, and those that score with it.
var portable = []string{"features/vector", "internal/float", "models/learn"}

// fusing are targets whose compiler fuses.
var fusing = [][]string{
	{"GOARCH=arm64"}, {"GOARCH=ppc64le"}, {"GOARCH=riscv64"}, {"GOARCH=amd64", "GOAMD64=v3"},
}

// fused are the instructions that round x*y + z once.
var fused = regexp.MustCompile(`\t(FN?M(ADD|SUB)[DS]|FMADD|FMSUB|VFN?M(ADD|SUB)\w*)\t`)

// TestNothingIsFused compiles for processors with a fused multiply-add and
// looks for it in the listing. A hit wants an explicit conversion at that line:
// float64(x*y) + z.
func TestNothingIsFused(t *testing.T) {
	for _, target := range fusing {
		for _, folder := range portable {
			listing, err := compile(filepath.Join("..", ".."), target, "./"+folder)
			if err != nil {
				t.Skipf("THIS TOOLCHAIN CANNOT COMPILE FOR %s: %v\n%s", target, err, listing)
			}
			if !strings.Contains(listing, "TEXT\tstance/"+folder) {
				t.Fatalf("%s: no listing of %s; the test looks at nothing", target, folder)
			}
			for line := range strings.Lines(listing) {
				if fused.MatchString(line) {
					t.Errorf("%s: %s", target, strings.TrimSpace(line))
				}
			}
		}
	}
}

// TestFusionIsFound holds that the test above can fail.
func TestFusionIsFound(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module fusion\n")
	write("fusion.go", "package fusion\n\nfunc F(x, y, z float64) float64 { return x*y + z }\n")
	for _, target := range fusing {
		listing, err := compile(folder, target, ".")
		if err != nil {
			t.Skipf("THIS TOOLCHAIN CANNOT COMPILE FOR %s: %v\n%s", target, err, listing)
		}
		if !slices.ContainsFunc(strings.Split(listing, "\n"), fused.MatchString) {
			t.Errorf("%s: x*y + z is not seen to be fused in\n%s", target, listing)
		}
	}
}

// functions of package math that have other bits on other processors. Sqrt,
// Floor, Abs, Ldexp and Frexp are exact.
var inexact = regexp.MustCompile(
	`\bmath\.(Exp|Exp2|Expm1|Log|Log2|Log10|Log1p|Pow|Tanh|Cbrt|Hypot|Lgamma|Erf|FMA)\(`)

func TestPortablePackagesLeaveMathAlone(t *testing.T) {
	for _, folder := range portable {
		files, err := filepath.Glob(filepath.Join("..", "..", folder, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", folder, len(files), err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for n, line := range strings.Split(string(text), "\n") {
				code, _, _ := strings.Cut(line, "//")
				if found := inexact.FindString(code); found != "" {
					t.Errorf("%s:%d: %s) differs between processors; use internal/float", file, n+1, found)
				}
			}
		}
	}
}

// compile gives the assembly listing of a package, and of that alone.
func compile(folder string, target []string, pkg string) (string, error) {
	c := exec.Command("go", "build", "-gcflags=-S", pkg)
	c.Dir = folder
	c.Env = slices.Concat(os.Environ(), []string{"CGO_ENABLED=0", "GOOS=linux", "GOFLAGS="}, target)
	listing, err := c.CombinedOutput()
	return string(listing), err
}
