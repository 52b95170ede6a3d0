package family

import (
	"stance/features/gazetteer"
	"stance/features/vector"
)

var (
	bias      = newPrefix("bias")
	mentions  = newPrefix("n")     // times the country is named
	firstSeen = newPrefix("first") // first sentence that names it
	inTitle   = newPrefix("title") // whether the title names it first
	length    = newPrefix("len")   // sentences of the document
	away      = newPrefix("away")  // sentences between the country and the topic
	form      = newPrefix("form")  // kind of name, or pronoun
)

// formSymbols name the forms of the gazetteer.
var formSymbols = func() (symbols [gazetteer.FormPronoun + 1]vector.Symbol) {
	for f := range symbols {
		symbols[f] = vector.NewSymbol(gazetteer.Form(f).String())
	}
	return symbols
}()

// Facts tells how often, how early and where the country is named.
func Facts(in *Input, e *Emitter) {
	an := in.Analysis
	first := an.Mentions[in.Question.Mentions[0]].Sentence
	title := no
	if an.Document.Sentences[first].Title {
		title = yes
	}
	e.add(bias, nowhere)
	e.add(mentions, nowhere, bucket(len(in.Question.Mentions)))
	e.add(firstSeen, nowhere, bucket(first))
	e.add(inTitle, nowhere, title)
	e.add(length, nowhere, bucket(len(an.Document.Sentences)))
	e.add(away, nowhere, bucket(distance(in)))
}

// distance is how many sentences lie between the country and the nearest term
// of the topic; 0 when a sentence names both. A country that does other
// business in a round-up lies further away. Terms and mentions are walked in
// order.
func distance(in *Input) int {
	an, mentions := in.Analysis, in.Question.Mentions
	sentences := an.Document.Sentences
	least, sentence, named, told := len(sentences), 0, -len(sentences), -len(sentences)
	for _, h := range an.Hits {
		if h.Topic != in.Question.Topic {
			continue
		}
		for sentences[sentence].Last <= h.First {
			sentence++
		}
		for len(mentions) > 0 && an.Mentions[mentions[0]].First < h.First {
			named = an.Mentions[mentions[0]].Sentence
			least, mentions = min(least, named-told), mentions[1:]
		}
		told = sentence
		least = min(least, told-named)
	}
	if len(mentions) > 0 {
		least = min(least, an.Mentions[mentions[0]].Sentence-told)
	}
	return least
}

// Forms tells by which kinds of name the document speaks of the country.
func Forms(in *Input, e *Emitter) {
	for _, m := range in.Analysis.References {
		if m.Country == in.Question.Country {
			e.add(form, place{int32(m.Sentence), -1, -1}, formSymbols[m.Form])
		}
	}
}
