// Command sbom prints a bill of materials of Go programs in CycloneDX 1.5
// (cyclonedx.org): the modules that are linked into them, with versions and
// checksums. It reads the programs themselves, so that it lists what is in them
// and not what go.mod allows.
//
//	go run ./scripts/sbom PROGRAM…
package main

import (
	"cmp"
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// component is a component of CycloneDX.
type component struct {
	Type       string     `json:"type"`
	Name       string     `json:"name"`
	Version    string     `json:"version,omitempty"`
	PURL       string     `json:"purl,omitempty"`
	Properties []property `json:"properties,omitempty"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// document is a bill of materials. It has no time and no serial number: the
// same programs give the same bytes.
type document struct {
	Format     string      `json:"bomFormat"`
	Spec       string      `json:"specVersion"`
	Version    int         `json:"version"`
	Components []component `json:"components"`
}

func main() {
	d, err := billOf(os.Args[1:])
	if err == nil {
		e := json.NewEncoder(os.Stdout)
		e.SetIndent("", "  ")
		err = e.Encode(d)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "sbom:", err)
		os.Exit(1)
	}
}

// billOf reads what is linked into programs.
func billOf(programs []string) (document, error) {
	d := document{Format: "CycloneDX", Spec: "1.5", Version: 1}
	modules := map[string]component{}
	for _, path := range programs {
		info, err := buildinfo.ReadFile(path)
		if err != nil {
			return d, fmt.Errorf("%s is no Go program: %w", path, err)
		}
		d.Components = append(d.Components,
			component{Type: "application", Name: filepath.Base(path),
				Properties: []property{{"go:version", info.GoVersion}}})
		for _, m := range info.Deps {
			if m.Replace != nil {
				m = m.Replace
			}
			c := component{Type: "library", Name: m.Path, Version: m.Version,
				PURL: "pkg:golang/" + m.Path + "@" + m.Version}
			if m.Sum != "" {
				c.Properties = []property{{"go:sum", m.Sum}}
			}
			modules[c.PURL] = c
		}
	}
	for _, c := range modules {
		d.Components = append(d.Components, c)
	}
	slices.SortFunc(d.Components, func(a, b component) int {
		return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Name, b.Name),
			cmp.Compare(a.Version, b.Version))
	})
	return d, nil
}
