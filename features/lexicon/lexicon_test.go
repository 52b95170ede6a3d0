package lexicon

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"stance/features/text"
)

// testLexicon loads lines, or ends the test.
func testLexicon(t *testing.T, lines ...string) *Lexicon {
	t.Helper()
	l, err := Load(files(strings.Join(lines, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// files are the files of a lexicon whose acts are given.
func files(acts string) fstest.MapFS {
	return fstest.MapFS{"en.tsv": {Data: []byte(acts)}, "clusters.tsv": {}, "tone.txt": {}}
}

// classesOf lists what Lookup finds in a text, from left to right, as
// "words=CLASS strength".
func classesOf(l *Lexicon, sentence string) []string {
	var found []string
	lower := text.Words(sentence)
	for i := 0; i < len(lower); {
		act := l.Entry(lower[i]).Act(lower[i+1:])
		if act.Words > 0 {
			found = append(found, fmt.Sprintf("%s=%s %d", strings.Join(lower[i:i+int(act.Words)], " "), act.Class.Name(), act.Strength))
		}
		i += max(int(act.Words), 1)
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
	l, err := Default()
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

// file is an embedded data file.
func file(name string) string {
	data, err := dataFiles.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return string(data)
}

// entriesOfDefault gives the fields of each line of the embedded file.
func entriesOfDefault() [][]string {
	var entries [][]string
	for line := range strings.Lines(file("en.tsv")) {
		if line[0] != '#' {
			entries = append(entries, strings.Split(strings.TrimSuffix(line, "\n"), "\t"))
		}
	}
	return entries
}

// A class with few lemmas cannot carry over what is learned from one word to
// another.
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

func TestReadmeDocumentsEveryClass(t *testing.T) {
	data, err := os.ReadFile("README.md")
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
	_, err := Load(files(strings.Join([]string{
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
	want := `lexicon: en.tsv:3: "aid\tverb\tAID\t3" stands after a line that sorts behind it, or twice; sort the file
lexicon: en.tsv:4: class "ARMS" is unknown; classes.go lists the classes
lexicon: en.tsv:5: strength "4" is not 1, 2 or 3
lexicon: en.tsv:6: part "adverb" is unknown; take one of verb, noun, adjective, phrase
lexicon: en.tsv:7: form "blasts" of "blasts" is already one of "blast"; keep one of the lemmas, or write the other without this form
lexicon: en.tsv:8: lemma "call  for" is not written in lower-case letters with single spaces or hyphens between
lexicon: en.tsv:9: mark "double" of the noun "double" is unknown; write -, double, inflected or irregular forms
lexicon: en.tsv:10: adjective "friendly" has marks; only verbs and nouns have other forms
lexicon: en.tsv:11: 2 columns; write lemma, part, class, strength, marks and note`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	if _, err := Load(files("")); err == nil {
		t.Error("an empty lexicon was loaded")
	}
}

func TestHashTellsLexiconsApart(t *testing.T) {
	base := testLexicon(t, "aid\tverb\tAID\t3")
	same := testLexicon(t, "# a comment", "aid\tverb\tAID\t3\t\ta note")
	if base.Hashes()[0].SHA256 != same.Hashes()[0].SHA256 {
		t.Error("a note changes the hash")
	}
	hashes := map[string]bool{base.Hashes()[0].SHA256: true}
	for _, line := range []string{"aid\tverb\tAID\t2", "aid\tverb\tARM\t3", "aid\tnoun\tAID\t3", "aids\tverb\tAID\t3"} {
		hashes[testLexicon(t, line).Hashes()[0].SHA256] = true
	}
	if len(hashes) != 5 {
		t.Errorf("5 lexicons have %d hashes: %q", len(hashes), slices.Sorted(maps.Keys(hashes)))
	}
}

func TestLookupDoesNotAllocate(t *testing.T) {
	l, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	lower := strings.Fields("they will stand by the ally and rule out a cease - fire as long as it takes")
	if n := testing.AllocsPerRun(10, func() {
		for i := range lower {
			l.Entry(lower[i]).Act(lower[i+1:])
		}
	}); n != 0 {
		t.Errorf("%v allocations, want none", n)
	}
}

func TestToneWords(t *testing.T) {
	l, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	if len(l.stems) < 1000 {
		t.Errorf("%d stems; the list covers about 1,300", len(l.stems))
	}
	seen := map[ToneClass]int{}
	for _, c := range l.stems {
		seen[c]++
	}
	for i, tone := range Tones() {
		if seen[ToneClass(i+1)] < 30 {
			t.Errorf("class %s has %d stems of its own", tone.Name, seen[ToneClass(i+1)])
		}
	}
	for i, r := range file("tone.txt") {
		if r != '\n' && (r < ' ' || r > '~') {
			t.Fatalf("byte %d is %q; the list is plain ASCII", i, r)
		}
	}
	for word, e := range l.entries {
		if tone := l.stems[word]; e.Is(Function) && tone != 0 {
			t.Errorf("%q is a function word and has tone %v", word, tone.Tone())
		}
	}
	for word, want := range map[string]Tone{"praised": {"praise", true}, "murders": {"harm", false},
		"corrupt": {"bad", false},
		"victory": {"win", true}, "arrested": {"crime", false}} {
		if stem := l.Stem(word); stem.Tone == 0 || stem.Tone.Tone() != want {
			t.Errorf("%q has tone %v, want %v", word, stem.Tone, want)
		}
	}
}

func TestToneFaults(t *testing.T) {
	fsys := files("aid\tverb\tAID\t3")
	fsys["tone.txt"] = &fstest.MapFile{Data: []byte("# fine\ngood +: fair\ngood -: foul\nugly +: x\nbad -:\n")}
	_, err := Load(fsys)
	want := `lexicon: tone.txt:3: "good -" is no class with its sign and words
lexicon: tone.txt:4: "ugly +" is no class with its sign and words
lexicon: tone.txt:5: "bad -" is no class with its sign and words`
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestClusterFaults(t *testing.T) {
	for data, want := range map[string]string{
		"tank\t1\ntank\t2": `lexicon: clusters.tsv:2: "tank" is in two clusters; keep one line`,
		"tank":             `lexicon: clusters.tsv:1: "tank" is not a word, a tab and a number below 65536`,
		"tank\t65536":      `lexicon: clusters.tsv:1: "tank\t65536" is not a word, a tab and a number below 65536`,
	} {
		fsys := files("aid\tverb\tAID\t3")
		fsys["clusters.tsv"] = &fstest.MapFile{Data: []byte(data)}
		if _, err := Load(fsys); err == nil || err.Error() != want {
			t.Errorf("%q: got %v, want %s", data, err, want)
		}
	}
}
