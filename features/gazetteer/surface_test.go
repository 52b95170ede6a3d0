package gazetteer

import (
	"testing"
	"time"

	"stance/datasets"
	"stance/features/text"
)

// Every surface, set in a sentence, names its country and no other.
func TestSurfacesNameTheirCountry(t *testing.T) {
	g := loadDefault(t)
	at := time.Date(2023, 5, 1, 0, 0, 0, 0, time.UTC)
	for _, code := range []string{"BRA", "DEU", "IND", "KEN", "JPN"} {
		forms := map[Form]int{}
		for _, s := range g.Surfaces(code) {
			if !s.InOffice(at) {
				continue
			}
			forms[s.Form]++
			d := text.Parse(datasets.Article{Text: "Then it was clear that " + s.Text + " had agreed.", Published: at}, 0)
			m := g.Mentions(d)
			if len(m) != 1 || m[0].Country != code || m[0].Form != s.Form {
				t.Errorf("%s: %q is read as %+v", code, s.Text, m)
			}
		}
		for _, f := range []Form{FormName, FormAdjective, FormCapital, FormLeader} {
			if forms[f] == 0 {
				t.Errorf("%s has no surface of form %v", code, f)
			}
		}
	}
}

func TestSurfaceInOffice(t *testing.T) {
	day := func(year int, month time.Month) time.Time {
		return time.Date(year, month, 15, 0, 0, 0, 0, time.UTC)
	}
	// 2010.01-2012.06, 2020.01-
	s := Surface{term: []term{{12 * 2010, 12*2012 + 5}, {12 * 2020, 0}}}
	for at, want := range map[time.Time]bool{
		day(2009, 12): false, day(2010, 1): true, day(2012, 6): true, day(2012, 7): false,
		day(2030, 1): true, {}: true,
	} {
		if got := s.InOffice(at); got != want {
			t.Errorf("in office on %v: %v, want %v", at, got, want)
		}
	}
}
