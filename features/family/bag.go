package family

import "stance/features/vector"

var (
	bodyWord  = newPrefix("s") // word or bigram of a body sentence that names the country
	titleWord = newPrefix("t") // word or bigram of a title that names it
	// word, cluster or act of a sentence that names the country and the topic
	topicWord = newPrefix("S")
	otherWord = newPrefix("T") // word of a title that does not name the country
)

// Bag is the bag of words and bigrams of a sentence that names the country.
func Bag(in *Input, e *Emitter) {
	s, p := in.Sentence, bodyWord
	if s.Title {
		p = titleWord
	}
	for i := range s.Words {
		e.add(p, at(s, i, i), s.Words[i].Symbol)
		if i > 0 {
			e.add(p, at(s, i-1, i), s.Words[i-1].Symbol, s.Words[i].Symbol)
		}
		if s.OnTopic {
			e.addWord(s, i, topicWord)
		}
	}
}

// OtherTitle is the bag of words of a title that does not name the country.
func OtherTitle(in *Input, e *Emitter) {
	s := in.Sentence
	for i := range s.Words {
		e.add(otherWord, at(s, i, i), s.Words[i].Symbol)
	}
}

// PlainWord lists the IDs of the features that are one word alone, in whatever
// place, plain or joined with one of joints.
func PlainWord(dst []vector.ID, word vector.ID, joints []vector.Symbol) []vector.ID {
	for _, p := range [...]prefix{bodyWord, titleWord, otherWord, leftWord, rightWord, leftClause,
		rightClause} {
		id := vector.Join(p.ID, word)
		dst = append(dst, id)
		for i := range joints {
			dst = append(dst, vector.Join(id, joints[i].ID))
		}
	}
	return dst
}
