package gazetteer

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"stance/datasets"
	"stance/features/text"
)

// loadDefault returns the built-in gazetteer.
func loadDefault(t testing.TB) *Gazetteer {
	t.Helper()
	g, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// memberCodes are the ISO 3166-1 alpha-3 codes of the 193 members of the UN.
const memberCodes = `AFG AGO ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ BOL BRA BRB BRN
BTN BWA CAF CAN CHE CHL CHN CIV CMR COD COG COL COM CPV CRI CUB CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESP EST ETH
FIN FJI FRA FSM GAB GBR GEO GHA GIN GMB GNB GNQ GRC GRD GTM GUY HND HRV HTI HUN IDN IND IRL IRN IRQ ISL ISR ITA JAM JOR
JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT
MMR MNE MNG MOZ MRT MUS MWI MYS NAM NER NGA NIC NLD NOR NPL NRU NZL OMN PAK PAN PER PHL PLW PNG POL PRK PRT PRY QAT ROU
RUS RWA SAU SDN SEN SGP SLB SLE SLV SMR SOM SRB SSD STP SUR SVK SVN SWE SWZ SYC SYR TCD TGO THA TJK TKM TLS TON TTO TUN
TUR TUV TZA UGA UKR URY USA UZB VCT VEN VNM VUT WSM YEM ZAF ZMB ZWE`

// blocsAndOthers are the codes beside the members of the UN.
var blocsAndOthers = []string{"COK", "EU", "G7", "GRL", "HKG", "MAC", "NATO", "PRI", "PSE", "TWN", "UN", "VAT", "XKX"}

func TestCodes(t *testing.T) {
	members := strings.Fields(memberCodes)
	if len(members) != 193 {
		t.Fatalf("the UN has 193 members, the list has %d", len(members))
	}
	want := slices.Sorted(slices.Values(append(members, blocsAndOthers...)))
	if got := loadDefault(t).Codes(); !slices.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

func TestName(t *testing.T) {
	g := loadDefault(t)
	for code, want := range map[string]string{"TWN": "Taiwan", "XKX": "Kosovo", "EU": "European Union", "UN": "United Nations", "XXX": ""} {
		if got := g.Name(code); got != want {
			t.Errorf("Name(%q) = %q, want %q", code, got, want)
		}
	}
}

// forms counts the lines of a file of names by code and form.
func forms(t *testing.T, name string) map[string]map[string]int {
	t.Helper()
	data, err := fs.ReadFile(dataFiles, name)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]map[string]int{}
	for line := range strings.Lines(string(data)) {
		if line == "" || line[0] == '#' {
			continue
		}
		fields := strings.Split(line, "\t")
		if counts[fields[0]] == nil {
			counts[fields[0]] = map[string]int{}
		}
		counts[fields[0]][fields[1]]++
	}
	return counts
}

// TestEveryCountryIsComplete asks every state for a name, an adjective, a
// capital and a leader, and every other code for a name.
func TestEveryCountryIsComplete(t *testing.T) {
	counts := forms(t, "en.tsv")
	for _, code := range loadDefault(t).Codes() {
		want := []string{"name"}
		if strings.Contains(memberCodes, code) && len(code) == 3 || code == "TWN" ||
			code == "PSE" || code == "XKX" {
			want = []string{"name", "adjective", "capital", "leader"}
		}
		if code == "SGP" { // a city is its own capital
			want = []string{"name", "adjective", "leader"}
		}
		for _, form := range want {
			if counts[code][form] == 0 {
				t.Errorf("%s has no %s", code, form)
			}
		}
	}
}

// TestShortNamesAreFound looks every English short name up in a sentence.
func TestShortNamesAreFound(t *testing.T) {
	g := loadDefault(t)
	for _, code := range g.Codes() {
		d := text.Parse(datasets.Article{Title: "Title",
			Text: "On Monday a plane landed in " + g.Name(code) + " and left again."}, 0)
		got := g.Mentions(d)
		if len(got) != 1 || got[0].Country != code ||
			d.Text[got[0].Start:got[0].End] != g.Name(code) {
			t.Errorf("%s: %q gives %s", code, g.Name(code), mentionLines(d, got))
		}
	}
}

// good is a small gazetteer without faults.
func good() fstest.MapFS {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	return fstest.MapFS{
		"countries.tsv": file("AAA\tAland\nBBB\tBland\n"),
		"en.tsv":        file("# names\nAAA\tname\tAland\nAAA\tleader\tAnn Ash\t2019-2022\tafter=Ash\nBBB\tname\tBland\n"),
		"traps-en.tsv":  file("title\tPresident\n"),
	}
}

func TestLoadReportsFaults(t *testing.T) {
	for _, c := range []struct{ name, file, data, want string }{
		{"unknown code", "en.tsv", "CCC\tname\tCland\n", `en.tsv:1: code "CCC" is not in countries.tsv`},
		{"unknown form", "en.tsv", "AAA\tnickname\tAland\n", `form "nickname" is unknown`},
		{"unknown rule", "en.tsv", "AAA\tname\tAland\t\tloud\n", `rule "loud" is unknown here`},
		{"no letters", "en.tsv", "AAA\tname\tA/land\n", `"A/land" has the character '/'`},
		{"short acronym", "en.tsv", "AAA\tname\tAL\n", `"AL" is a short acronym; give it the rule "cased"`},
		{"no capital", "en.tsv", "AAA\tname\taland\n", `"aland" has no capital`},
		{"years without a person", "en.tsv", "AAA\tname\tAland\t2019-\n", "years belong to leaders and ministers"},
		{"a person without years", "en.tsv", "AAA\tleader\tAnn Ash\n", "years belong to leaders and ministers"},
		{"term that ends before it begins", "en.tsv", "AAA\tleader\tAnn Ash\t2022-2019\n", `years "2022-2019" cannot be read`},
		{"month 13", "en.tsv", "AAA\tleader\tAnn Ash\t2022.13-\n", `years "2022.13-" cannot be read`},
		{"terms out of order", "en.tsv", "AAA\tleader\tAnn Ash\t2022-,2019-2020\n", "overlap or are out of order"},
		{"unsorted", "en.tsv", "BBB\tname\tBland\nAAA\tname\tAland\n", "stands after a line that sorts behind it"},
		{"twice", "en.tsv", "AAA\tname\tAland\nAAA\tname\tAland\n", "or twice; sort the file"},
		{"double claim", "en.tsv", "AAA\tname\tIsland\nBBB\tname\tIsland\n", `"Island" is claimed by AAA and BBB`},
		{"cued without cues", "en.tsv", "AAA\tname\tIsland\t\tcued\n", `"Island" as AAA waits for a cue`},
		{"cue for nothing", "traps-en.tsv", "cue\tIsland\tAAA\tPort\n", `cue for "Island", which no file of names has`},
		{"unknown kind", "traps-en.tsv", "snare\tIsland\n", `"snare" with 2 columns`},
		{"two traps", "traps-en.tsv", "trap\tAland Day\ntrap\tAland day\n", `"Aland day" stands twice but for its capitals`},
		{"office of nobody", "traps-en.tsv", "office\tseat\tForeign Office\tCCC\n", `code "CCC" is not in countries.tsv`},
		{"office of a wrong form", "traps-en.tsv", "office\tname\tForeign Office\n", `form "name" of an office`},
		{"region of nobody", "traps-en.tsv", "region\tOhio\tCCC\n", `code "CCC" is not in countries.tsv`},
		{"region behind what", "traps-en.tsv", "region\tOhio\tAAA\tvillage\n", `a region behind "village"`},
		{"outlet of nobody", "outlets.tsv", "isle.example\tCCC\n", "write outlet and a code"},
		{"no countries", "countries.tsv", "", "countries.tsv: no countries"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := good()
			data[c.file] = &fstest.MapFile{Data: []byte(c.data)}
			g, err := Load(data)
			if g != nil || err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, %v\nwant an error with %q", g, err, c.want)
			}
		})
	}
}

// TestLoadReportsAllFaults has three faults in two files.
func TestLoadReportsAllFaults(t *testing.T) {
	data := good()
	data["en.tsv"] = &fstest.MapFile{Data: []byte("AAA\tname\tAL\nCCC\tname\tCland\n")}
	data["traps-en.tsv"] = &fstest.MapFile{Data: []byte("snare\tIsland\n")}
	_, err := Load(data)
	if got := strings.Count(fmt.Sprint(err), "\n") + 1; got != 3 {
		t.Errorf("got %d faults, want 3:\n%v", got, err)
	}
}

// TestHash changes with the data and not with comments.
func TestHash(t *testing.T) {
	hash := func(data fstest.MapFS) string {
		g, err := Load(data)
		if err != nil {
			t.Fatal(err)
		}
		return g.Hash()
	}
	base := hash(good())
	commented, changed := good(), good()
	commented["en.tsv"].Data = append([]byte("# more words\n"), commented["en.tsv"].Data...)
	changed["traps-en.tsv"].Data = []byte("title\tPremier\n")
	if got := hash(commented); got != base {
		t.Errorf("a comment changed the hash from %s to %s", base, got)
	}
	if hash(changed) == base {
		t.Error("other data have the same hash")
	}
}

// TestMentionsAreOrdered checks on a long text that mentions do not overlap and
// agree with tokens and sentences.
func TestMentionsAreOrdered(t *testing.T) {
	d := benchDocument()
	end := 0
	for _, m := range loadDefault(t).Mentions(d) {
		s := d.Sentences[m.Sentence]
		if m.First < end || m.First < s.First || m.Last > s.Last ||
			m.Start != d.Tokens[m.First].Start || m.End != d.Tokens[m.Last-1].End {
			t.Fatalf("mention %+v after token %d in sentence %+v", m, end, s)
		}
		end = m.Last
	}
}

// benchDocument is about 8 kB of news prose in which every tenth word names a
// country.
func benchDocument() *text.Document {
	data, err := os.ReadFile("testdata/mentions/prose.txt")
	if err != nil {
		panic(err)
	}
	_, input, _ := strings.Cut(string(data), "\n\n")
	title, body, _ := strings.Cut(input, "\n")
	return text.Parse(datasets.Article{Title: title, Text: strings.Repeat(body+"\n", 8)}, 0)
}

func BenchmarkMentions(b *testing.B) {
	g, d := loadDefault(b), benchDocument()
	b.SetBytes(int64(len(d.Text)))
	b.ReportAllocs()
	for b.Loop() {
		g.Mentions(d)
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(dataFiles); err != nil {
			b.Fatal(err)
		}
	}
}
