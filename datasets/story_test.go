package datasets

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// agencyStory is a story with the headlines that outlets gave it.
type agencyStory struct {
	headlines  []string
	paragraphs []string
}

// blocks reads a file of testdata/stories: blocks of lines between empty ones,
// without those that begin with #.
func blocks(t *testing.T, name string) (found [][]string) {
	t.Helper()
	f, err := os.Open("testdata/stories/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var block []string
	for in := bufio.NewScanner(f); ; {
		more := in.Scan()
		if line := in.Text(); more && line != "" {
			if line[0] != '#' {
				block = append(block, line)
			}
			continue
		}
		if block != nil {
			found = append(found, block)
		}
		block = nil
		if !more {
			return found
		}
	}
}

func agencyStories(t *testing.T) (stories []agencyStory) {
	for _, b := range blocks(t, "agency.txt") {
		also := slices.Index(b, "also")
		stories = append(stories, agencyStory{append([]string{b[0]}, b[also+1:]...), b[1:also]})
	}
	return stories
}

// outletEdits is what outlets do to the text of an agency.
var outletEdits = []struct {
	name string
	make func(s agencyStory) Article
}{
	{"as it is", func(s agencyStory) Article { return s.article(0) }},
	{"another headline", func(s agencyStory) Article { return s.article(1) }},
	{"a headline with the outlet", func(s agencyStory) Article {
		a := s.article(0)
		a.Title, a.Source = "World | "+a.Title+" - Isle Courier", "Isle Courier"
		return a
	}},
	{"dateline", func(s agencyStory) Article {
		a := s.article(2)
		a.Text = "VESNA, Norland, March 5 (Nordwire) - " + a.Text
		return a
	}},
	{"byline and stamp", func(s agencyStory) Article {
		a := s.article(0)
		a.Text = "By Ann Example and Bo Sample\nUpdated 14:35, 6 March 2024\n\n" + a.Text
		return a
	}},
	{"credits", func(s agencyStory) Article {
		a := s.article(1)
		a.Text += "\n\nReporting by Ann Example; editing by Bo Sample. Our standards: the principles of trust. Subscribe now."
		return a
	}},
	{"first half", func(s agencyStory) Article {
		a := s.article(2)
		a.Text = strings.Join(s.paragraphs[:2], "\n\n")
		return a
	}},
	{"first paragraph", func(s agencyStory) Article {
		a := s.article(0)
		a.Text = s.paragraphs[0]
		return a
	}},
	{"extended", func(s agencyStory) Article {
		a := s.article(1)
		a.Text += "\n\n" + background
		return a
	}},
	{"last paragraph dropped", func(s agencyStory) Article {
		a := s.article(2)
		a.Text = strings.Join(s.paragraphs[:3], "\n\n")
		return a
	}},
	{"typography", func(s agencyStory) Article {
		a := s.article(0)
		a.Text = strings.NewReplacer("'", "’", `"`, "“", "fi", "ﬁ", " the ", " the\u00a0", "ea", "e\u00ada").Replace(a.Text)
		return a
	}},
	{"HTML", func(s agencyStory) Article {
		a := s.article(1)
		a.Text = `<p class="lead">` +
			strings.ReplaceAll(strings.ReplaceAll(a.Text, "'", "&rsquo;"), "\n\n", "</p>\n<p>") + "</p>"
		return a
	}},
	{"capitals", func(s agencyStory) Article {
		a := s.article(0)
		a.Title, a.Text = strings.ToUpper(a.Title), strings.ToUpper(a.Text)
		return a
	}},
	{"hard line breaks", func(s agencyStory) Article {
		a := s.article(2)
		words := strings.Fields(a.Text)
		for i := 8; i < len(words); i += 9 {
			words[i] += "\n"
		}
		a.Text = strings.ReplaceAll(strings.Join(words, " "), "\n ", "\n")
		return a
	}},
	{"one word in twenty edited", func(s agencyStory) Article {
		a := s.article(0)
		words := strings.Fields(a.Text)
		for i := 11; i < len(words); i += 20 {
			words[i] = "edited"
		}
		a.Text = strings.Join(words, " ")
		return a
	}},
}

// background is what an outlet adds to a text.
const background = `The paper's own reporters spoke to people in three towns, none of whom wished to be named. Most said they
had expected the news for weeks and had made what plans they could. A shopkeeper showed shelves that she had filled in
spring. A retired teacher said the young would judge. In the cafe by the station the radio was turned off before the hour.
Historians at the university pointed to an earlier affair that had taken a like course, though under other laws.`

func (s agencyStory) article(headline int) Article {
	return Article{Title: s.headlines[headline], Text: strings.Join(s.paragraphs, "\n\n")}
}

// TestCopiesGroup holds every edit of every agency text to be one story, and no
// two texts: 12 stories in 15 editions, 180 articles.
func TestCopiesGroup(t *testing.T) {
	var d namedDeduper
	stories := agencyStories(t)
	var want []string
	for n, s := range stories {
		var members []string
		for _, edit := range outletEdits {
			id := fmt.Sprintf("%02d %s", n, edit.name)
			members = append(members, id)
			d.add(edit.make(s), id)
		}
		slices.Sort(members)
		want = append(want, strings.Join(members, ", "))
	}
	if got := d.memberLists(); !slices.Equal(got, want) {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

// TestCopiesPairByPair holds each edit to be a copy of the text as it is, so
// that it is not linked by another edit alone.
func TestCopiesPairByPair(t *testing.T) {
	pairs, missed := 0, 0
	for _, s := range agencyStories(t) {
		for _, edit := range outletEdits[1:] {
			if pairs++; !sameStory(s.article(0), edit.make(s)) {
				missed++
				t.Logf("%s of %q is missed", edit.name, s.headlines[0])
			}
		}
	}
	t.Logf("%d of %d pairs are found", pairs-missed, pairs)
	if missed > pairs/50 {
		t.Errorf("%d of %d pairs are missed, want 2 %% at most", missed, pairs)
	}
}

// namedDeduper is a Deduper of articles with names.
type namedDeduper struct {
	Deduper
	names []string
}

func (d *namedDeduper) add(a Article, name string) {
	s := Sign(a)
	d.Add(&s, len(d.names))
	d.names = append(d.names, name)
}

// memberLists are the names in each group, sorted.
func (d *namedDeduper) memberLists() (lists []string) {
	for _, g := range d.Groups() {
		var members []string
		for _, m := range g.Members {
			members = append(members, d.names[m])
		}
		slices.Sort(members)
		lists = append(lists, strings.Join(members, ", "))
	}
	slices.Sort(lists)
	return lists
}

// sameStory reports whether two articles alone in the world are one story.
func sameStory(a, b Article) bool {
	var d namedDeduper
	d.add(a, "a")
	d.add(b, "b")
	return len(d.Groups()) == 1
}

// choice is a place of a template that differs from text to text.
var choice = regexp.MustCompile(`\{[^}]*\}`)

// fillTemplate makes the k-th text of a template.
func fillTemplate(template string, k int) Article {
	filled := choice.ReplaceAllStringFunc(template, func(c string) string {
		return strings.Split(c[1:len(c)-1], "|")[k]
	})
	title, text, _ := strings.Cut(filled, " | ")
	return Article{Title: title, Text: text}
}

// TestTemplatesStayApart holds texts of one template to be different stories,
// and splits to keep them together.
func TestTemplatesStayApart(t *testing.T) {
	var d namedDeduper
	split, templates := namedDeduper{Deduper: Deduper{Templates: true}}, 0
	for _, b := range blocks(t, "templates.txt") {
		for _, template := range b {
			for k := range 3 {
				a, name := fillTemplate(template, k), fmt.Sprintf("%02d-%d", templates, k)
				d.add(a, name)
				split.add(a, name)
			}
			templates++
		}
	}
	got := d.memberLists()
	for _, members := range got {
		if strings.Contains(members, ",") {
			t.Errorf("these are one story: %s", members)
		}
	}
	if len(got) != 3*templates {
		t.Errorf("%d stories in %d texts", len(got), 3*templates)
	}
	// Ten templates have so many words between their slots that only the slots
	// tell their texts apart.
	if got, want := len(split.Groups()), 3*templates-2*10; got > want {
		t.Errorf("a split sees %d groups in %d texts of %d templates, want %d or fewer", got,
			3*templates, templates, want)
	}
}

// Outlets print a headline with a label, a section or their name, and often
// nothing else comes.
func TestBareHeadlines(t *testing.T) {
	bare := "Ostland to send forty thousand more shells to Ukraine after harbour strike"
	for _, title := range []string{bare, bare + " - Isle Courier", "Opinion | " + bare, bare + " | World news | The Example",
		"[Video] " + bare, "BREAKING: " + bare, bare + " (Nordwire)", bare + " — The Isle", bare + " · World", "Live updates: x"} {
		got := bareHeadline(title, "")
		if want := bare; got != want && title != "Live updates: x" {
			t.Errorf("%q is %q, want %q", title, got, want)
		}
	}
	for _, title := range []string{"Vesna - a town waits", "Ostland: no shells", "Two lists, no deal", "Dahl | Salo", "What (not) to do",
		"One road, two towns - and a river that parts them for good", "Prime minister - who has denied it - resigns over tax on house"} {
		if got := bareHeadline(title, ""); got != title {
			t.Errorf("%q is %q", title, got)
		}
	}
}

// The same headline over other texts makes no story of them, nor does a text
// that another one quotes in its middle.
func TestLikeIsNotSame(t *testing.T) {
	stories := agencyStories(t)
	for _, pair := range [][2]Article{
		{{Title: "Live updates", Text: stories[0].article(0).Text},
			{Title: "Live updates", Text: stories[1].article(0).Text}},
		{{Title: "Morning briefing",
			Text: stories[2].paragraphs[0] + "\n\n" + stories[3].article(0).Text},
			stories[2].article(0)},
		{{Title: "The war this week in brief",
			Text: strings.Join([]string{stories[3].paragraphs[0], stories[4].paragraphs[0],
				stories[5].paragraphs[0], stories[6].paragraphs[0]}, "\n\n")},
			stories[4].article(0)},
	} {
		if sameStory(pair[0], pair[1]) {
			t.Errorf("%q and %q are one story", pair[0].Title, pair[1].Title)
		}
	}
}

// A brief's headline may have as many words as its text. Notices that stand
// where a text should are no story.
func TestBriefs(t *testing.T) {
	text := "Ostland's parliament approved forty thousand shells for Ukraine on Thursday after a night of debate."
	notice := "This article is for subscribers only, please sign in or choose a plan to read on."
	for _, c := range []struct {
		a, b Article
		want bool
	}{
		{Article{Title: "Shells for Ukraine clear the lower house of Ostland", Text: text},
			Article{Title: "After long night, Karin Lund wins vote in parliament on ammunition",
				Text: text}, true},
		{Article{Title: "Shells for Ukraine clear the lower house of Ostland", Text: text},
			Article{Title: "Ostland's coalition splits but says yes to Kyiv's request", Text: "VESNA (Nordwire) - " + text}, true},
		{Article{Title: "Shells for Ukraine clear house", Text: text[:62]}, Article{Title: "Debate over, Ukraine will get them", Text: text[:62]}, true},
		{Article{Title: "Ferry strike enters its second week on the northern route", Text: notice},
			Article{Title: "Museum returns bronze bell to the temple on the hill", Text: notice},
			false},
	} {
		if got := sameStory(c.a, c.b); got != c.want {
			t.Errorf("%q and %q: one story is %t, want %t", c.a.Title, c.b.Title, got, c.want)
		}
	}
}

// TestGroupsAreOrderFree feeds all texts in other orders, as a whole and in
// partitions that come one after the other.
func TestGroupsAreOrderFree(t *testing.T) {
	var articles []Article
	for _, s := range agencyStories(t) {
		for _, edit := range outletEdits {
			articles = append(articles, edit.make(s))
		}
	}
	for _, b := range blocks(t, "templates.txt") {
		for _, template := range b {
			articles = append(articles, fillTemplate(template, 0), fillTemplate(template, 1),
				fillTemplate(template, 1))
		}
	}
	earlier := Sign(agencyStories(t)[0].article(1))
	r := rand.New(rand.NewPCG(1, 2))
	var first []Group
	for range 20 {
		var d Deduper
		for n, i := range r.Perm(len(articles)) {
			if n == len(articles)/2 {
				d.AddEarlier(&earlier, "f00d")
			}
			s := Sign(articles[i])
			d.Add(&s, i)
		}
		if first == nil {
			first = d.Groups()
			continue
		}
		equal(t, "groups in another order of feeding", d.Groups(), first)
	}
}
