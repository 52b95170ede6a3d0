package features

import (
	"slices"
	"strings"
	"testing"
)

// spanFeatures are the features of a text whose source stands in [brackets] and whose target in {braces}.
func spanFeatures(t *testing.T, marked string) []string {
	t.Helper()
	g, err := DefaultGazetteer()
	if err != nil {
		t.Fatal(err)
	}
	pl, err := NewPipeline(g, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	find := func(opening, closing string) (start, end int) {
		bare := strings.NewReplacer("[", "", "]", "", "{", "", "}", "")
		before, rest, ok := strings.Cut(marked, opening)
		if !ok {
			return 0, 0
		}
		inside, _, _ := strings.Cut(rest, closing)
		start = len(bare.Replace(before))
		return start, start + len(bare.Replace(inside))
	}
	an := pl.Text(strings.NewReplacer("[", "", "]", "", "{", "", "}", "").Replace(marked))
	span := func(opening, closing string) TokenRange {
		start, end := find(opening, closing)
		if start == end {
			return TokenRange{}
		}
		return an.Document.TokensIn(start, end)
	}
	var got []string
	var s Scratch
	pl.Extractor.SpanTone(an, span("[", "]"), span("{", "}"), &s, func(name []byte, _ int) { got = append(got, string(name)) })
	return got
}

func TestToneFeatures(t *testing.T) {
	cases := []struct {
		name, text string
		has, lacks []string
	}{
		{"a target alone is the actor; its verb's class is told from the words beside it",
			"Critics praised {Mayor Lund} on Friday.",
			[]string{"tAl:praise", "gAnl:+", "Ap:prais", "tAp:praise", "b:0"},
			[]string{"tAr:praise", ">", "s:praised"}},
		{"a negation within three words turns class and sign",
			"{The senator} was not very honest.",
			[]string{"t:not good", "g:-", "b:-1"},
			[]string{"t:good", "g:+"}},
		{"a negation farther off, or in another clause, turns nothing",
			"{The senator} did not come, honest as ever.",
			[]string{"t:good", "g:+"},
			[]string{"t:not good"}},
		{"source before target: what stands between them is told from what follows",
			"[Norway] condemned {Tuvalu} and mourned the victims.",
			[]string{">", "i>:condemn", "ai>:CONDEMN", "f>:mourn", "Av:condemn+", "Tp:condemn", "Al1:<s>"},
			[]string{"<", "i>:mourn"}},
		{"target before source",
			"{Tuvalu} was condemned by [Norway].",
			[]string{"<", "i<:condemn", "i<:condemn by", "i<:TARGET _ condemn"},
			[]string{">"}},
		{"of overlapping spans the target keeps its words",
			"[The {Danish} envoys] objected.",
			[]string{">", "Ar1:TARGET"},
			[]string{"<"}},
		{"without spans every country counts and every word is in the bag",
			"We regret what Norway did.",
			[]string{"w:regret", "Or1:did", "tOl:fear", "s:regret"},
			[]string{"Al1:<s>"}},
	}
	for _, c := range cases {
		got := spanFeatures(t, c.text)
		for _, f := range c.has {
			if !slices.Contains(got, f) {
				t.Errorf("%s\n%s\nlacks %q in\n%q", c.name, c.text, f, got)
			}
		}
		for _, f := range c.lacks {
			if slices.Contains(got, f) {
				t.Errorf("%s\n%s\nhas %q", c.name, c.text, f)
			}
		}
	}
}

// The tone of a country does not depend on the topic that it is asked beside.
func TestToneIgnoresTopics(t *testing.T) {
	g, err := DefaultGazetteer()
	if err != nil {
		t.Fatal(err)
	}
	pl, err := NewPipeline(g, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	an := pl.Text("Norway won praise. Nobody thanked Tuvalu.")
	var names []string
	var s Scratch
	pl.Extractor.Tone(an, Pair{Country: "TUV", Topic: 3, Mentions: []int{1}}, &s, func(name []byte, sentence int) {
		if sentence != 1 {
			t.Errorf("%q comes from sentence %d, which does not name the country", name, sentence)
		}
		names = append(names, string(name))
	})
	if !slices.Contains(names, "Ap:thank") || !slices.Contains(names, "tAl:praise") {
		t.Errorf("the verb that governs the country is not told: %q", names)
	}
}

func TestToneWords(t *testing.T) {
	words, err := readToneWords(toneFile)
	if err != nil {
		t.Fatal(err)
	}
	if len(words) < 1000 {
		t.Errorf("%d stems; the list covers about 1,300", len(words))
	}
	seen := map[string]int{}
	for _, w := range words {
		seen[w.class]++
	}
	for _, c := range toneClasses {
		if seen[c.class] < 30 {
			t.Errorf("class %s has %d stems of its own", c.class, seen[c.class])
		}
	}
	for i, r := range toneFile {
		if r != '\n' && (r < ' ' || r > '~') {
			t.Fatalf("byte %d is %q; the list is plain ASCII", i, r)
		}
	}
	for w := range functionWords {
		if c, ok := words[w]; ok {
			t.Errorf("%q is a function word and has class %v", w, c)
		}
	}
	for word, want := range map[string]toneWord{
		"prais": {"praise", "+"}, "murder": {"harm", "-"}, "corrupt": {"bad", "-"}, "victori": {"win", "+"}, "arrest": {"crime", "-"},
	} {
		if words[word] != want {
			t.Errorf("%q has class %v, want %v", word, words[word], want)
		}
	}
}

func TestToneWordFaults(t *testing.T) {
	_, err := readToneWords("# fine\ngood +: fair\ngood -: foul\nugly +: x\nbad -:\n")
	want := `features: words of tone, line 3: "good -" is no class with its sign and words
features: words of tone, line 4: "ugly +" is no class with its sign and words
features: words of tone, line 5: "bad -" is no class with its sign and words`
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}
