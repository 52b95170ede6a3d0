package golden

import (
	"testing"
	"time"

	"stance/datasets"
)

func TestParse(t *testing.T) {
	got, ok := Parse("# one\nfirst\n#2\n\nin\n\nput\n")
	if want := (Case{"# one\n", "first\n#2\n", "in\n\nput\n"}); got != want || !ok {
		t.Errorf("got %+v, %v; want %+v", got, ok, want)
	}
	if _, ok := Parse("first\nsecond\n"); ok {
		t.Error("a case without a blank line was read")
	}
}

func TestArticle(t *testing.T) {
	got := Article(t, "date 2023-04-05\nA \\u00e9\\n\nBody\\r\\xff \\d \\\n")
	want := datasets.Article{Published: time.Date(2023, 4, 5, 0, 0, 0, 0, time.UTC),
		Title: "A é\n", Text: ""}
	want.Title, want.Text = "A é", "\nBody\r\xff \\d \\\n"
	if got.Title != want.Title || got.Text != want.Text || !got.Published.Equal(want.Published) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
