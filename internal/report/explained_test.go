package report

import (
	"bytes"
	"encoding/json"
	"math"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"stance/datasets"
	"stance/features/gazetteer"
	parsed "stance/features/text"
	"stance/internal/golden"
	"stance/models"
)

const hostile = `</style><script>alert("x")</script><img src=x onerror=alert(1)>`

// harbour is an explanation by hand: Peru speaks, Chad is only named, Fiji is
// not judged. Numbers are chosen so that bars, lists and marks of all kinds
// occur.
func harbour() Explained {
	text := "Peru backs the harbour & its owners\n\n" +
		"Peru's minister said it would not abandon the harbour, a promise that New Zealand traders and their long list of " +
		"partners had waited for. Chad is far away. " + hostile
	at := func(word string) datasets.Span {
		i := strings.LastIndex(text, word)
		return datasets.Span{Start: i, End: i + len(word)}
	}
	mention := func(code, word string) gazetteer.Mention {
		s := at(word)
		return gazetteer.Mention{Country: code, Start: s.Start, End: s.End}
	}
	body := datasets.Span{Start: strings.Index(text, "Peru's"), End: strings.Index(text, " Chad")}
	d := &parsed.Document{Text: text, TitleEnd: strings.Index(text, "\n"),
		Sentences: []parsed.Sentence{
			{Start: 0, End: strings.Index(text, "\n"), Title: true},
			{Start: body.Start, End: body.End}}}
	peru := models.Prediction{Country: "PER", Topic: "harbour", Role: models.RoleActor, Stance: "supportive", Status: models.StatusLowMargin,
		PSupportive: 0.52, PNeutral: 0.45, PCritical: 0.03, PActor: 0.9, Score: 0.49, Margin: 0.07,
		Sentiment:      "positive",
		SentimentScore: 0.4, Mentions: 2, OOVRatio: 0.25, Evidence: body}
	chad := models.Prediction{Country: "TCD", Topic: "harbour", Role: models.RoleMention,
		Status:      models.StatusMentionOnly,
		PSupportive: 0.2, PNeutral: 0.7, PCritical: 0.1, PActor: 0.1, Mentions: 1, Evidence: body}
	fiji := models.Prediction{Country: "FJI", Topic: "harbour", Role: models.RoleMention,
		Status: models.StatusTooShort, Mentions: 1}
	return Explained{
		ID: "a&1", ModelID: "abc", CountryName: func(code string) string {
			return map[string]string{"PER": "Peru", "TCD": "Chad", "FJI": "Fiji"}[code]
		},
		Proposition: func(string) string { return "The <b>harbour</b> should stay open." },
		Explanation: models.Explanation{
			Reading: models.Reading{Document: d, Topics: []string{"harbour"},
				Predictions: []models.Prediction{chad, fiji, peru},
				Mentions: []gazetteer.Mention{mention("PER", "Peru"), mention("NZL", "New Zealand"),
					mention("TCD", "Chad")}},
			Terms: []models.TopicTerm{{Topic: "harbour", Span: at("harbour")}},
			Pairs: []models.PairExplanation{
				{Prediction: chad, Judged: true, Exact: true,
					Words: []models.ShareOfWord{{Span: at("far"), Sentence: 1,
						Shares: [4]float64{0.5, -0.1, 0, 0}}}},
				{Prediction: fiji},
				{Prediction: peru, Judged: true, Exact: true,
					Scores: [4]float64{0, 1.36, 0.1, -0.4}, Bias: [4]float64{0, 0.1, 0.1, 0},
					Document: [4]float64{0, 0.06, 0, 0},
					Sentences: []models.ShareOfSentence{{Sentence: 1,
						Shares: [4]float64{0, 0.2, 0, 0}}},
					Words: []models.ShareOfWord{
						{Span: at("promise"), Sentence: 1, Shares: [4]float64{0, 0.4, 0, -0.5}},
						{Span: at("abandon"), Sentence: 1, Shares: [4]float64{0, -0.2, 0, 0.4}},
						{Span: at("not"), Sentence: 1, Shares: [4]float64{0, 0.8, 0, -0.3}},
						{Span: at(","), Sentence: 1, Shares: [4]float64{0, 0, 0, 0}},
					}},
			},
		},
	}
}

func TestExplainedText(t *testing.T) {
	for name, o := range map[string]TextOptions{"explained.txt": {},
		"explained-colour.txt": {Colour: true}, "explained-40.txt": {Width: 40}} {
		var b bytes.Buffer
		if err := harbour().Text(&b, o); err != nil {
			t.Fatal(err)
		}
		golden.File(t, filepath.Join("testdata", name), b.Bytes())
	}
}

// Lines fit a terminal of 80 columns.
func TestExplainedTextFits(t *testing.T) {
	var b bytes.Buffer
	if err := harbour().Text(&b, TextOptions{}); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > 80 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}

func TestExplainedChoosesPairs(t *testing.T) {
	x := harbour()
	x.Country = "PER"
	if v := x.view(); len(v.Pairs) != 1 || v.Pairs[0].Name != "Peru" {
		t.Errorf("pairs of Peru: %+v", v.Pairs)
	}
	x.Topic = "canal"
	var b bytes.Buffer
	if err := x.Text(&b, TextOptions{}); err != nil {
		t.Fatal(err)
	}
	want := "The text names neither that country nor that topic in a pair.\n"
	if !strings.HasSuffix(b.String(), want) {
		t.Errorf("got %q, want it to end with %q", b.String(), want)
	}
}

func TestExplainedJSON(t *testing.T) {
	var b bytes.Buffer
	if err := harbour().JSON(&b); err != nil {
		t.Fatal(err)
	}
	golden.File(t, filepath.Join("testdata", "explained.json"), b.Bytes())
	var got explainedJSON
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	p := got.Pairs[2]
	sum := p.Bias.Supportive + p.Document.Supportive + p.Sentences[0].Supportive
	for _, w := range p.Words {
		sum += w.Supportive
		if text := got.Text[w.Start:w.End]; text != w.Text {
			t.Errorf("text[%d:%d] = %q, the word is %q", w.Start, w.End, text, w.Text)
		}
	}
	if math.Abs(sum-p.Scores.Supportive) > 1e-9 {
		t.Errorf("shares sum to %v, score %v", sum, p.Scores.Supportive)
	}
}

func TestExplainedPageEscapes(t *testing.T) {
	var b bytes.Buffer
	if err := harbour().HTML(&b); err != nil {
		t.Fatal(err)
	}
	golden.File(t, filepath.Join("testdata", "explained.html"), b.Bytes())
	checkPage(t, b.String())
}

// checkPage finds markup that came out of data, and what would need a network
// or a script.
func checkPage(t *testing.T, html string) {
	t.Helper()
	for _, bad := range []string{"<script", "<img", "<b>", "http://", "https://", "url(", "@import", "ZgotmplZ", "%!"} {
		if i := strings.Index(html, bad); i >= 0 {
			t.Errorf("the page holds %q: %s", bad, html[max(0, i-80):min(len(html), i+80)])
		}
	}
	if strings.Count(html, "</style>") != 1 {
		t.Error("the page closes its styles more than once")
	}
}
