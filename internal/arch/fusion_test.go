//go:build long

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

// compile gives the assembly listing of a package, and of that alone.
func compile(folder string, target []string, pkg string) (string, error) {
	c := exec.Command("go", "build", "-gcflags=-S", pkg)
	c.Dir = folder
	c.Env = slices.Concat(os.Environ(), []string{"CGO_ENABLED=0", "GOOS=linux", "GOFLAGS="}, target)
	listing, err := c.CombinedOutput()
	return string(listing), err
}
