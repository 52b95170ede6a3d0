package features

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"stance/datasets"
)

// testLexicon loads lines, or ends the test.
func testLexicon(t *testing.T, lines ...string) *Lexicon {
	t.Helper()
	l, err := LoadLexicon(strings.NewReader(strings.Join(lines, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// classesOf lists what Lookup finds in a text, from left to right, as "words=CLASS strength".
func classesOf(l *Lexicon, text string) []string {
	var lower, found []string
	for _, t := range appendTokens(nil, text, 0) {
		lower = append(lower, strings.ToLower(text[t.Start:t.End]))
	}
	for i := 0; i < len(lower); {
		class, strength, words := l.Lookup(lower, i)
		if words > 0 {
			found = append(found, fmt.Sprintf("%s=%s %d", strings.Join(lower[i:i+words], " "), class, strength))
		}
		i += max(words, 1)
	}
	return found
}

func TestLookupTakesTheLongestForm(t *testing.T) {
	l := testLexicon(t, "call\tphrase\tCONSULT\t1", "call for\tverb\tURGE\t2", "cease-fire\tnoun\tMEDIATE\t3", "rule out\tverb\tREJECT\t3")
	tests := []struct {
		text string
		want []string
	}{
		{"They called for a cease-fire", []string{"called for=URGE 2", "cease - fire=MEDIATE 3"}},
		{"A call, then a call for calm", []string{"call=CONSULT 1", "call for=URGE 2"}},
		{"Rules are out, nothing is ruled out", []string{"ruled out=REJECT 3"}},
		{"They will rule", nil},
		{"One more call", []string{"call=CONSULT 1"}},
		{"", nil},
	}
	for _, tt := range tests {
		if got := classesOf(l, tt.text); !slices.Equal(got, tt.want) {
			t.Errorf("%q\n got %q\nwant %q", tt.text, got, tt.want)
		}
	}
}

func TestDefaultLexiconReadsHeadlines(t *testing.T) {
	l, err := DefaultLexicon()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		text string
		want []string
	}{
		{"Premier rebuffs plea for jets, mulls smaller package", []string{"rebuffs=REJECT 3", "plea=URGE 2", "jets=WEAPON 1",
			"mulls=CONSIDER 2", "package=AID 2"}},
		{"Ministry lashes out at arms sale and summons envoy", []string{"lashes out=CONDEMN 3", "arms sale=ARM 3",
			"summons=SEVER 3"}},
		{"Both sides should show restraint, spokesman says", []string{"both sides=NEUTRAL 2", "show=REPORT 1",
			"restraint=NEUTRAL 2", "spokesman=SAY 1", "says=SAY 1"}},
		{"Parliament okays sanctions, president vows to veto them", []string{"okays=APPROVE 3", "sanctions=SANCTION 3",
			"vows=PROMISE 3", "veto=BLOCK 3"}},
		{"It hailed the recognition and greenlit a fresh tranche", []string{"hailed=PRAISE 3", "recognition=RECOGNIZE 3",
			"greenlit=APPROVE 3", "tranche=AID 2"}},
		{"Army shot down two drones after overnight shelling", []string{"army=FORCES 1", "shot down=REPEL 3", "drones=WEAPON 1",
			"shelling=ATTACK 3"}},
	}
	for _, tt := range tests {
		if got := classesOf(l, tt.text); !slices.Equal(got, tt.want) {
			t.Errorf("%q\n got %q\nwant %q", tt.text, got, tt.want)
		}
	}
}

// entriesOfDefault gives the fields of each line of the embedded file.
func entriesOfDefault() [][]string {
	var entries [][]string
	for line := range strings.Lines(string(lexiconFile)) {
		if line[0] != '#' {
			entries = append(entries, strings.Split(strings.TrimSuffix(line, "\n"), "\t"))
		}
	}
	return entries
}

// A class with few lemmas cannot carry over what is learned from one word to another.
func TestEveryClassHasWords(t *testing.T) {
	lemmas := map[string]int{}
	for _, e := range entriesOfDefault() {
		lemmas[e[2]]++
	}
	const least = 15
	for _, c := range Classes() {
		if lemmas[c.Name] < least {
			t.Errorf("%s has %d lemmas, want at least %d", c.Name, lemmas[c.Name], least)
		}
	}
}

// Names of countries are masked before a learner sees a sentence; a lexicon with names would let them in again.
func TestLexiconNamesNobody(t *testing.T) {
	g, err := DefaultGazetteer()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entriesOfDefault() {
		words := strings.FieldsFunc(e[0], func(r rune) bool { return r == ' ' || r == '-' })
		for i, w := range words {
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
		d := Parse(datasets.Article{Text: strings.Join(words, " ")}, 0)
		for _, m := range g.Mentions(d) {
			t.Errorf("%q names %s (%s)", e[0], m.Country, d.Text[m.Start:m.End])
		}
	}
}

func TestReadmeDocumentsEveryClass(t *testing.T) {
	data, err := os.ReadFile("lexicon/README.md")
	if err != nil {
		t.Fatal(err)
	}
	var got, want []string
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "| `") && !strings.HasPrefix(line, "| `en.tsv`") {
			got = append(got, strings.TrimSpace(line))
		}
	}
	for _, c := range Classes() {
		toward := map[int]string{+1: "+1", 0: "0", -1: "-1"}[c.Toward]
		want = append(want, fmt.Sprintf("| `%s` | %s | %s |", c.Name, toward, c.Doc))
	}
	if !slices.Equal(got, want) {
		t.Errorf("README.md\n got %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

func TestLoadLexiconReportsAllFaults(t *testing.T) {
	_, err := LoadLexicon(strings.NewReader(strings.Join([]string{
		"# comment",
		"support\tverb\tSUPPORT\t3",
		"aid\tverb\tAID\t3",
		"arm\tverb\tARMS\t3",
		"blast\tverb\tCONDEMN\t4",
		"blasting\tadverb\tATTACK\t2\t-",
		"blasts\tnoun\tATTACK\t2\t-",
		"call  for\tverb\tURGE\t2",
		"double\tnoun\tWIN\t1\tdouble",
		"friendly\tadjective\tCOOPERATE\t2\tfriendlier",
		"halt\tverb",
	}, "\n")))
	want := `features: lexicon line 3: "aid\tverb\tAID\t3" stands after a line that sorts behind it, or twice; sort the file
features: lexicon line 4: class "ARMS" is unknown; the table in lexicon_classes.go lists them
features: lexicon line 5: strength "4" is not 1, 2 or 3
features: lexicon line 6: part "adverb" is unknown; take one of verb, noun, adjective, phrase
features: lexicon line 7: form "blasts" of "blasts" is already one of "blast"; keep one of the lemmas, or write the other without this form
features: lexicon line 8: lemma "call  for" is not written in lower-case letters with single spaces or hyphens between
features: lexicon line 9: mark "double" of the noun "double" is unknown; write -, double, inflected or irregular forms
features: lexicon line 10: adjective "friendly" has marks; only verbs and nouns have other forms
features: lexicon line 11: 2 columns; write lemma, part, class, strength, marks and note`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	if _, err := LoadLexicon(strings.NewReader("")); err == nil {
		t.Error("an empty lexicon was loaded")
	}
}

func TestHashTellsLexiconsApart(t *testing.T) {
	base := testLexicon(t, "aid\tverb\tAID\t3")
	same := testLexicon(t, "# a comment", "aid\tverb\tAID\t3\t\ta note")
	if base.Hash() != same.Hash() {
		t.Error("a note changes the hash")
	}
	hashes := map[string]bool{base.Hash(): true}
	for _, line := range []string{"aid\tverb\tAID\t2", "aid\tverb\tARM\t3", "aid\tnoun\tAID\t3", "aids\tverb\tAID\t3"} {
		hashes[testLexicon(t, line).Hash()] = true
	}
	if len(hashes) != 5 {
		t.Errorf("5 lexicons have %d hashes: %q", len(hashes), slices.Sorted(maps.Keys(hashes)))
	}
}

func TestLookupDoesNotAllocate(t *testing.T) {
	l, err := DefaultLexicon()
	if err != nil {
		t.Fatal(err)
	}
	lower := strings.Fields("they will stand by the ally and rule out a cease - fire as long as it takes")
	if n := testing.AllocsPerRun(10, func() {
		for i := range lower {
			l.Lookup(lower, i)
		}
	}); n != 0 {
		t.Errorf("%v allocations, want none", n)
	}
}
