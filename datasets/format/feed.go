package format

import (
	"bytes"
	"time"

	"github.com/mmcdole/gofeed"

	"stance/datasets"
)

// decodeFeed reads an RSS, Atom or JSON feed: each entry is an article whose
// outlet is the feed's title.
func decodeFeed(s *stream) {
	l, err := s.lines.whole()
	if err != nil {
		s.end(l, err)
		return
	}
	if !l.long && len(bytes.TrimSpace(l.text)) == 0 {
		return
	}
	if l.long {
		s.reject(l, tooLong(l.size, s.options.Limits.Line))
		return
	}
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(l.text))
	if err != nil {
		s.reject(l, &fault{reason: datasets.ReasonSyntax, detail: "not an RSS, Atom or JSON feed: " + err.Error(), err: err})
		return
	}
	for _, item := range feed.Items {
		s.entry(feed, item)
		e, f := s.record(&s.values)
		at := line{number: l.number, offset: l.offset, text: []byte(item.Title + "\n" + item.Description)}
		if !s.give(at, e, f) {
			return
		}
	}
}

// entry puts the fields of an entry into s.values.
func (s *stream) entry(feed *gofeed.Feed, item *gofeed.Item) {
	v := &s.values
	v.reset()
	offer := func(f field, rank int, name, value string) { v.offer(target{f, rank}, name, value) }
	offer(fieldID, 0, "guid", item.GUID)
	offer(fieldID, 1, "link", item.Link)
	offer(fieldTitle, 0, "title", item.Title)
	offer(fieldText, 0, "content", item.Content)
	offer(fieldText, rankSummary, "description", item.Description)
	offer(fieldURL, 0, "link", item.Link)
	offer(fieldSource, 0, "feed title", feed.Title)
	offer(fieldLang, 0, "feed language", feed.Language)
	for rank, at := range []*time.Time{item.PublishedParsed, item.UpdatedParsed} {
		if at != nil {
			offer(fieldPublished, 2*rank, "published", at.UTC().Format(time.RFC3339))
		}
	}
	offer(fieldPublished, 1, "published", item.Published)
	offer(fieldPublished, 3, "updated", item.Updated)
}
