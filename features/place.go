package features

// Tokens appends to dst the places of the words that the feature being sent was made of, and returns it: nothing for facts
// of a sentence or of the whole document. A name that a role symbol stands for is one range. It may be called only from a
// [Sink], on the scratch space and with the analysis that the extractor was given.
func (s *Scratch) Tokens(dst []TokenRange, an *Analysis) []TokenRange {
	for _, i := range s.words {
		if i < 0 || i >= len(s.m.words) {
			continue // beyond an edge of the sentence
		}
		end := an.Document.Sentences[s.m.sentence].Last
		if i+1 < len(s.m.token) {
			end = s.m.token[i+1]
		}
		dst = append(dst, TokenRange{s.m.token[i], end})
	}
	return dst
}
