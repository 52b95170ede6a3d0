package program

import (
	"strings"
	"testing"

	"stance/features/gazetteer"
)

func TestFindCountry(t *testing.T) {
	g, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, want string }{
		{"POL", "POL"}, {"pol", "POL"}, {"Poland", "POL"}, {"poland", "POL"}, {"nato", "NATO"},
		{"UK", "GBR"}, {"uk", "GBR"}, {"the Kremlin", "RUS"}, {"South Korea", "KOR"},
		{"Polnad", `no country "Polnad"; classify countries lists names and codes; did you mean "Poland"?`},
		{"France and Germany", `"France and Germany" names FRA and DEU; choose one`},
		{"", `no country ""; classify countries lists names and codes`},
		{strings.Repeat("x", 100000), `no country "xxx`},
	}
	for _, tt := range tests {
		got, err := FindCountry(g, tt.name)
		if err != nil {
			got = err.Error()
		}
		if got != tt.want && !(len(tt.name) > 1000 && strings.HasPrefix(got, tt.want)) {
			t.Errorf("%.40q: got %.100q, want %q", tt.name, got, tt.want)
		}
	}
}
