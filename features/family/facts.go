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
}

// Forms tells by which kinds of name the document speaks of the country.
func Forms(in *Input, e *Emitter) {
	for _, m := range in.Analysis.References {
		if m.Country == in.Question.Country {
			e.add(form, place{int32(m.Sentence), -1, -1}, formSymbols[m.Form])
		}
	}
}
