package program

import (
	"fmt"
	"slices"
	"strings"

	"stance/datasets"
	"stance/features/gazetteer"
	"stance/features/text"
	"stance/internal/suggest"
)

// FindCountry returns the code of the country that a user means by a code or a
// name, case ignored: POL, Poland, poland. Any name that the gazetteer reads in
// an article will do, such as UK or the Kremlin.
func FindCountry(g *gazetteer.Gazetteer, name string) (string, error) {
	if code := strings.ToUpper(name); g.Name(code) != "" {
		return code, nil
	}
	known := g.Codes()
	for _, code := range g.Codes() {
		if strings.EqualFold(name, g.Name(code)) {
			return code, nil
		}
		known = append(known, g.Name(code))
	}
	for _, written := range []string{name, strings.ToUpper(name)} {
		switch codes := countriesIn(g, written); len(codes) {
		case 0:
		case 1:
			return codes[0], nil
		default:
			return "", fmt.Errorf("%q names %s; choose one", name, strings.Join(codes, " and "))
		}
	}
	return "", fmt.Errorf("no country %q; classify countries lists names and codes%s",
		name, suggest.Hint(name, known))
}

// countriesIn are the countries that an article with the name would speak of,
// each once.
func countriesIn(g *gazetteer.Gazetteer, name string) []string {
	d := text.Parse(datasets.Article{Text: "Officials of " + name + " said so."}, 0)
	var codes []string
	for _, m := range g.Mentions(d) {
		if !slices.Contains(codes, m.Country) {
			codes = append(codes, m.Country)
		}
	}
	return codes
}
