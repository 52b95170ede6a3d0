package evaluate

import (
	"cmp"
	"slices"

	"stance/features"
	"stance/models"
)

// Assessment is how well answers were, slice by slice.
type Assessment struct {
	Groups []Slices `json:"groups"`
}

// Slices are evaluations of parts of the answers that are cut by the same question.
type Slices struct {
	Name   string       `json:"name"`
	Slices []Evaluation `json:"slices"`
}

// fullCollections are the collections of the known corpora that hold full articles; all others hold short texts.
func fullCollections() []string { return []string{"full", "cnn2024", "semeval2025t10"} }

// Limits of an assessment.
const (
	assessRounds  = 1000 // of each bootstrap
	assessSources = 10   // sources with the most labels
)

// Assess measures answers as a whole, by length of text, by the country's part, by topic, collection and source.
//
// A third country is one that is neither party nor opponent in any topic asked about: on texts about Ukraine and Taiwan,
// all but Ukraine, Russia, Taiwan and China.
func Assess(answers []models.Answered) Assessment {
	full := func(a models.Answered) bool { return slices.Contains(fullCollections(), a.Collection) }
	third := thirdCountries(answers)
	var as Assessment
	add := func(name string, cuts ...cut) {
		group := Slices{Name: name}
		for _, c := range cuts {
			if e := Measure(c.name, answers, c.keep, assessRounds); e.Labels > 0 {
				group.Slices = append(group.Slices, e)
			}
		}
		if len(group.Slices) > 0 {
			as.Groups = append(as.Groups, group)
		}
	}
	add("all", cut{"all", func(models.Answered) bool { return true }})
	add("length", cut{"short texts", func(a models.Answered) bool { return !full(a) }}, cut{"full articles", full})
	add("third countries", cut{"short texts", func(a models.Answered) bool { return third(a) && !full(a) }},
		cut{"full articles", func(a models.Answered) bool { return third(a) && full(a) }})
	add("country", cut{"parties", func(a models.Answered) bool { return a.Stand == features.Party }},
		cut{"opponents", func(a models.Answered) bool { return a.Stand == features.Opponent }}, cut{"third countries", third})
	add("topic", cutsBy(answers, func(a models.Answered) string { return a.Topic }, 0)...)
	add("collection", cutsBy(answers, func(a models.Answered) string { return a.Collection }, 0)...)
	add("source", cutsBy(answers, func(a models.Answered) string { return a.Source }, assessSources)...)
	return as
}

// cut is one slice: its name and which answers belong to it.
type cut struct {
	name string
	keep func(models.Answered) bool
}

// thirdCountries tells the answers of third countries.
func thirdCountries(answers []models.Answered) func(models.Answered) bool {
	sided := map[string]bool{}
	for _, a := range answers {
		if a.Stand != features.Third {
			sided[a.Country] = true
		}
	}
	return func(a models.Answered) bool { return !sided[a.Country] }
}

// cutsBy cuts answers by a key, the most frequent first; most limits their number, 0 does not. Answers without the key
// belong to none.
func cutsBy(answers []models.Answered, key func(models.Answered) string, most int) []cut {
	count := map[string]int{}
	var names []string
	for _, a := range answers {
		k := key(a)
		if count[k]++; count[k] == 1 && k != "" {
			names = append(names, k)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b)) })
	if most > 0 && len(names) > most {
		names = names[:most]
	}
	var cuts []cut
	for _, name := range names {
		cuts = append(cuts, cut{name, func(a models.Answered) bool { return key(a) == name }})
	}
	return cuts
}
