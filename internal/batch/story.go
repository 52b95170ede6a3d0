package batch

import (
	"stance/datasets"
)

// story says which story an article tells.
type story struct {
	group     string // dup_group_id
	primary   bool   // no earlier article of the run or of the dates kept tells it
	signature string // dup_signature
}

// sketch is what the finder needs to know of an article.
type sketch struct {
	content string
}

func newSketch(a *datasets.Article) sketch { return sketch{contentOf(a)} }

// storyFinder groups articles that tell the same story. A group is called by the content hash of its first article.
type storyFinder struct {
	groups map[string]string
	found  []story
}

func newStoryFinder() *storyFinder { return &storyFinder{groups: map[string]string{}} }

func (f *storyFinder) add(s sketch) {
	group, again := f.groups[s.content]
	if !again {
		group = s.content[:16]
		f.groups[s.content] = group
	}
	f.found = append(f.found, story{group: group, primary: !again})
}

// stories are the answers, in the order of add.
func (f *storyFinder) stories() []story { return f.found }
