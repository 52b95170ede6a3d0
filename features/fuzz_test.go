package features

import (
	"strings"
	"testing"
	"time"

	"stance/datasets"
)

// FuzzArticle walks any article over the whole road: offsets lie inside the text and in order, and every pair has
// mentions.
func FuzzArticle(f *testing.F) {
	g, err := DefaultGazetteer()
	if err != nil {
		f.Fatal(err)
	}
	pl, err := NewPipeline(g, []Topic{{ID: "ukraine", Proposition: "p", Terms: []string{"ukrain*", "kyiv", "black sea grain"},
		For: Side{Countries: []string{"UKR"}}, Against: Side{Countries: []string{"RUS"}, Terms: []string{"denazification"}}}}, 300)
	if err != nil {
		f.Fatal(err)
	}
	f.Add("Hungary blocks aid", "KYIV (AP) — Hungary's Mr. Orbán blocked aid to Ukraine.\n\nREAD | More\n\nThe U.S. did not.", int64(1680000000))
	f.Add("", strings.Repeat("Ukraine and Russia. ", 30), int64(0))
	f.Add("K\u200byiv\x00", "\xff\xfe Ukra\u0301ine \u2028 “Côte d’Ivoire” \U0001F1FA\U0001F1E6 <b>Chad</b>", int64(-1))
	f.Add("READ ALSO |", "Also read: Ukraine By Reuters: - — –\r\n\r\n(Photo: Ukraine)", int64(1<<40))
	f.Fuzz(func(t *testing.T, title, body string, published int64) {
		an := pl.Article(datasets.Article{Title: title, Text: body, Published: time.Unix(published, 0).UTC()})
		d := an.Document
		if d.TitleEnd > len(d.Text) || d.Truncated != (len(body) > 300) {
			t.Errorf("title ends at %d of %d bytes; truncated %v with %d bytes of body", d.TitleEnd, len(d.Text), d.Truncated, len(body))
		}
		last := 0
		for _, tok := range d.Tokens {
			if tok.Start < last || tok.End <= tok.Start || tok.End > len(d.Text) {
				t.Fatalf("token at %d to %d after %d in %d bytes", tok.Start, tok.End, last, len(d.Text))
			}
			last = tok.End
		}
		next := 0
		for _, s := range d.Sentences {
			if s.First != next || s.Last <= s.First || s.Start != d.Tokens[s.First].Start || s.End != d.Tokens[s.Last-1].End {
				t.Fatalf("sentence %+v, want tokens from %d", s, next)
			}
			next = s.Last
		}
		if next != len(d.Tokens) {
			t.Fatalf("sentences hold %d of %d tokens", next, len(d.Tokens))
		}
		for _, p := range an.Pairs {
			if len(p.Mentions) == 0 {
				t.Fatalf("pair %+v has no mention", p)
			}
			pl.Extractor.Stance(an, p, &Scratch{}, func(name []byte, sentence int) {
				if len(name) == 0 || sentence < -1 || sentence >= len(d.Sentences) {
					t.Fatalf("feature %q of sentence %d of %d", name, sentence, len(d.Sentences))
				}
			})
		}
	})
}

// FuzzTopic makes a topic of any words and looks for it in any text: an error or a topic, and hits that lie inside.
func FuzzTopic(f *testing.F) {
	f.Add("taiwan", "taiwan*", "TWN", "CHN", "one-China principle", "Taiwan and the one-China principle")
	f.Add("a-b", "*", "", "", "", "* a")
	f.Add("x", "é*", "", "", "\u0301*", "e\u0301")
	f.Add("x", "ß", "", "", "\xff", "ẞ ss \xff")
	f.Fuzz(func(t *testing.T, id, term, party, opponent, against, text string) {
		ts, err := NewTopicSet([]Topic{{ID: id, Proposition: "p", Terms: []string{term}, For: Side{Countries: []string{party}},
			Against: Side{Countries: []string{opponent}, Terms: []string{against}}}}, func(code string) bool { return len(code) == 3 })
		if err != nil {
			return
		}
		d := Parse(datasets.Article{Text: text}, 0)
		for _, h := range ts.Hits(lowerTokens(d)) {
			if h.Topic != 0 || h.First < 0 || h.First >= h.Last || h.Last > len(d.Tokens) {
				t.Errorf("hit %+v in %d tokens", h, len(d.Tokens))
			}
		}
	})
}
