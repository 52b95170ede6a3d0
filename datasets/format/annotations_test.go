package format

import (
	"reflect"
	"strings"
	"testing"

	"stance/datasets"
)

func TestReadAnnotations(t *testing.T) {
	got, err := ReadAnnotations(strings.NewReader("# who and when\nid\ttopic\tcountry\tstance\n\n"+
		"a 1\tukraine\tPOL\tsupportive\r\nb\ttaiwan\tEU\tnone\na 1\tukraine\tHUN\tcritical\n"), "x.tsv")
	want := Annotations{
		"a 1": {{Task: datasets.TaskStance, Country: "POL", Topic: "ukraine", Answer: "supportive"},
			{Task: datasets.TaskStance, Country: "HUN", Topic: "ukraine", Answer: "critical"}},
		"b": {{Task: datasets.TaskStance, Country: "EU", Topic: "taiwan", Answer: "none"}},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
}

// Every fault is told with its file and line, all of them at once.
func TestReadAnnotationsFaults(t *testing.T) {
	const header = "id\ttopic\tcountry\tstance\n"
	for text, want := range map[string][]string{
		"":                              {"x.tsv has no annotation"},
		"a\tukraine\tPOL\tsupportive\n": {"x.tsv:1: ", "is not the header"},
		header:                          {"x.tsv has no annotation"},
		header + "a\tukraine\tPOL\n":    {"x.tsv:2: 3 fields"},
		header + "\tukraine\tPOL\tnone": {"x.tsv:2: 4 fields"},
		header + "a\tukraine\tPL\tnone": {"x.tsv:2: ", `country "PL"`},
		header + "a\tukraine\tPOL\tpro": {"x.tsv:2: ", `stance "pro"`},
		header + "a\t\tPOL\tnone":       {"x.tsv:2: ", "without a topic"},
		header + "a\tukraine\tPOL\t":    {"x.tsv:2: no stance of POL on ukraine"},
		header + "a\tb\tPOL\tnone\na\tb\tPOL\tneutral\nc\td\te\tf": {"x.tsv:3: a is answered twice for POL on b", "x.tsv:4: "},
		header + strings.Repeat("x", maxAnnotationLine+1):          {"x.tsv:2: ", "too long"},
	} {
		_, err := ReadAnnotations(strings.NewReader(text), "x.tsv")
		for _, w := range want {
			if err == nil || !strings.Contains(err.Error(), w) {
				t.Errorf("%.40q: got %v, want %q in it", text, err, w)
			}
		}
	}
}

// With annotations only the articles that have some come through, with those
// labels.
func TestReadAnnotated(t *testing.T) {
	label := datasets.Label{Task: datasets.TaskStance, Country: "POL", Topic: "ukraine", Answer: "supportive"}
	text := `{"id": "a", "title": "one", "labels": [{"country": "HUN", "topic": "ukraine", "stance": "none"}]}` + "\n" +
		`{"id": "b", "title": "two"}` + "\n" + "broken\n"
	var got []datasets.Example
	var faults int
	for e, err := range Decode(t.Context(), strings.NewReader(text), "x.jsonl",
		Options{Annotations: Annotations{"a": {label}}}) {
		if err != nil {
			faults++
			continue
		}
		got = append(got, e)
	}
	if len(got) != 1 || got[0].ID != "a" ||
		!reflect.DeepEqual(got[0].Labels, []datasets.Label{label}) || faults != 1 {
		t.Errorf("got %+v and %d faults", got, faults)
	}
}

// Any bytes give annotations or an error, and annotations are right.
func FuzzAnnotations(f *testing.F) {
	f.Add("id\ttopic\tcountry\tstance\na\tukraine\tPOL\tsupportive\n")
	f.Add("#\n\nid\ttopic\tcountry\tstance\r\n\xff\t-\tUN\tnone\n\xff\t-\tUN\tnone")
	f.Fuzz(func(t *testing.T, text string) {
		a, err := ReadAnnotations(strings.NewReader(text), "fuzz")
		if err != nil {
			return
		}
		if len(a) == 0 {
			t.Error("neither annotations nor an error")
		}
		for id, labels := range a {
			for _, l := range labels {
				if id == "" || l.Task != datasets.TaskStance || l.Topic == "" ||
					!countryCode.MatchString(l.Country) {
					t.Errorf("%q: %+v", id, l)
				}
			}
		}
	})
}
