package evaluate

import (
	"cmp"
	"slices"

	"stance/features/topic"
	"stance/models"
)

// Assessment says how good answers are, slice by slice.
type Assessment struct {
	Groups []Slices `json:"groups"`
}

// Slices are the evaluations of slices by one criterion, such as the topic.
type Slices struct {
	Name   string       `json:"name"`
	Slices []Evaluation `json:"slices"`
}

// fullCollections are the collections with full articles. All others hold short
// texts.
func fullCollections() []string { return []string{"full", "cnn2024", "semeval2025t10"} }

// Limits of an assessment.
const (
	assessRounds    = 1000 // of each bootstrap
	assessSources   = 10   // sources with the most labels
	assessCountries = 20   // countries with the most labels
)

// Assess measures all answers, then slices by length of text, by the country's
// role, by topic, by country, by collection and by source.
//
// A third country is one that is neither party nor opponent in any topic asked
// about: on texts about Ukraine and Taiwan, all but Ukraine, Russia, Taiwan and
// China.
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
	add("third countries", cut{"short texts", func(a models.Answered) bool {
		return third(a) && !full(a)
	}},
		cut{"full articles", func(a models.Answered) bool { return third(a) && full(a) }})
	add("country", cut{"parties", func(a models.Answered) bool { return a.Stand == topic.Party }},
		cut{"opponents", func(a models.Answered) bool { return a.Stand == topic.Opponent }}, cut{"third countries", third})
	add("topic", cutsBy(answers, func(a models.Answered) string { return a.Topic }, 0)...)
	add("countries", cutsBy(answers, func(a models.Answered) string {
		return a.Country
	}, assessCountries)...)
	add("collection", cutsBy(answers, func(a models.Answered) string { return a.Collection }, 0)...)
	add("source", cutsBy(answers, func(a models.Answered) string {
		return a.Source
	}, assessSources)...)
	return as
}

// cut is one slice: its name and which answers belong to it.
type cut struct {
	name string
	keep func(models.Answered) bool
}

// thirdCountries gives a function that reports whether an answer is about a
// third country.
func thirdCountries(answers []models.Answered) func(models.Answered) bool {
	sided := map[string]bool{}
	for _, a := range answers {
		if a.Stand != topic.Third {
			sided[a.Country] = true
		}
	}
	return func(a models.Answered) bool { return !sided[a.Country] }
}

// cutsBy slices answers by a key, the most frequent first. most limits the
// number of slices; 0 means no limit. Answers without the key are in no slice.
func cutsBy(answers []models.Answered, key func(models.Answered) string, most int) []cut {
	count := map[string]int{}
	var names []string
	for _, a := range answers {
		k := key(a)
		if count[k]++; count[k] == 1 && k != "" {
			names = append(names, k)
		}
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	if most > 0 && len(names) > most {
		names = names[:most]
	}
	var cuts []cut
	for _, name := range names {
		cuts = append(cuts, cut{name, func(a models.Answered) bool { return key(a) == name }})
	}
	return cuts
}
