// Package features is the road from an article to numbers: text, mentions of
// countries, questions, and the features of each question. Training and
// classification walk it alike.
package features

import (
	"errors"
	"maps"
	"slices"

	"stance/datasets"
	"stance/features/family"
	"stance/features/gazetteer"
	"stance/features/lexicon"
	"stance/features/syntax"
	"stance/features/text"
	"stance/features/topic"
	"stance/features/vector"
)

// Pipeline is the road from an article to features. It is immutable and safe
// for many goroutines; scratch space belongs to the caller.
type Pipeline struct {
	Gazetteer *gazetteer.Gazetteer
	Lexicon   *lexicon.Lexicon
	Topics    *topic.Set
	TextLimit int   // bytes of body text kept of an article; 0 means text.DefaultLimit
	WorkLimit int64 // looks that an article may cost; 0 means DefaultWorkLimit
}

// New checks the topics against the built-in gazetteer and sets up the road.
func New(topics []topic.Topic, textLimit int) (*Pipeline, error) {
	failed := make(chan error, 1)
	var l *lexicon.Lexicon
	go func() { // names and words are read side by side
		var err error
		l, err = lexicon.Default()
		failed <- err
	}()
	g, err := gazetteer.Default()
	if err := errors.Join(err, <-failed); err != nil {
		return nil, err
	}
	ts, err := topic.NewSet(topics, func(code string) bool { return g.Name(code) != "" })
	if err != nil {
		return nil, err
	}
	return &Pipeline{Gazetteer: g, Lexicon: l, Topics: ts, TextLimit: textLimit}, nil
}

// Article parses an article and finds what it names. It looks for countries
// only where a topic is named: most articles of a night name none and cost
// little more than a scan.
func (p *Pipeline) Article(a datasets.Article) *syntax.Analysis {
	an := &syntax.Analysis{Document: text.Parse(a, p.TextLimit)}
	an.Lower = syntax.LowerWords(an.Document)
	an.Hits = p.Topics.Hits(an.Lower)
	if an.Topics = p.Topics.Named(an.Hits); len(an.Topics) == 0 {
		return an
	}
	mentions, namesakes := p.Gazetteer.Read(an.Document)
	an.Hits = topic.Without(an.Hits, namesakes)
	if an.Topics = p.Topics.Named(an.Hits); len(an.Topics) == 0 {
		return an
	}
	an.LookUp(p.Lexicon)
	an.Mentions = mentions
	an.Resolve()
	return an
}

// Text analyzes a text whose byte offsets must stay: nothing is cleaned. It
// serves corpora whose labels are spans.
func (p *Pipeline) Text(verbatim string) *syntax.Analysis {
	an := &syntax.Analysis{Document: text.ParseVerbatim(verbatim)}
	an.Lower = syntax.LowerWords(an.Document)
	an.LookUp(p.Lexicon)
	an.Mentions = p.Gazetteer.Mentions(an.Document)
	an.References = an.Mentions
	return an
}

// Questions lists what can be asked of an analysis, by country: the tone toward
// the country, then its stance on each topic that the document names.
func (p *Pipeline) Questions(an *syntax.Analysis) []syntax.Question {
	if len(an.Topics) == 0 {
		return nil
	}
	byCountry := map[string][]int{}
	for i, m := range an.Mentions {
		byCountry[m.Country] = append(byCountry[m.Country], i)
	}
	questions := make([]syntax.Question, 0, len(byCountry)*(1+len(an.Topics)))
	for _, c := range slices.Sorted(maps.Keys(byCountry)) {
		questions = append(questions,
			syntax.Question{Task: datasets.TaskSentiment, Country: c, Topic: -1,
				Mentions: byCountry[c]})
		for _, t := range an.Topics {
			questions = append(questions,
				syntax.Question{Task: datasets.TaskStance, Country: c, Topic: t,
					Stand: p.Topics.Stand(t, c), Mentions: byCountry[c]})
		}
	}
	return questions
}

// Scratch is the working space of one goroutine. The zero Scratch is ready.
type Scratch struct {
	emitter  family.Emitter
	marks    []syntax.Mark
	sentence syntax.Sentence
	acts     family.Acts
	tone     *family.Tone
	acting   []int32
	weight   float32 // of the sentence at hand
	ruled    bool    // it has a known act of the country
	cut      bool
}

// Features returns the features of a question. They belong to the scratch space
// and hold until its next use.
func (p *Pipeline) Features(an *syntax.Analysis, q syntax.Question, s *Scratch) []vector.Feature {
	s.emitter.Reset()
	s.acting, s.cut = s.acting[:0], false
	s.marks = syntax.Marks(s.marks[:0], an, p.Topics, q)
	kind := kindOf(q)
	if kind == askStance {
		s.emitter.Joints = append(s.emitter.Joints, joints[q.Stand][leanless])
	}
	if s.tone == nil {
		s.tone = family.NewTone(p.Lexicon)
	}
	in := &family.Input{Analysis: an, Question: q, Sentence: &s.sentence, Acts: &s.acts,
		Tone: s.tone}
	s.weight, s.ruled = 1, false
	s.emit(in, kind, perDocument)
	looks := int64(0)
	for i := range an.Document.Sentences {
		if kind == askStance || kind == askTone {
			if !an.Document.Sentences[i].Title && !p.names(an, q, i) {
				continue
			}
		}
		s.sentence.Mask(an, s.marks, i)
		if looks += windowCost(len(s.sentence.Words),
			len(s.sentence.Subjects)); looks > windowLimit {
			s.cut = true
			break
		}
		s.weight, s.ruled = 1, false
		if kind == askStance && !s.sentence.OnTopic {
			s.weight = offTopic
		}
		switch {
		case len(s.sentence.Subjects) > 0 || kind == askText:
			if kind&stanceLike != 0 {
				s.acts.Read(&s.sentence)
			}
			if kind == askStance {
				lean := s.acts.Lean
				if s.sentence.OnTopic {
					in.Leans[lean]++
				}
				s.emitter.Joints[0] = joints[q.Stand][lean]
				s.ruled = lean != family.LeansNot
			} else {
				s.tone.Read(&s.sentence)
			}
			does := slices.ContainsFunc(s.sentence.Subjects, s.sentence.Acts)
			if kind == askStance && !does && !s.ruled {
				s.weight *= actless
			}
			s.emit(in, kind, perSentence)
			if does {
				s.acting = append(s.acting, int32(i))
			}
		case s.sentence.Title:
			if kind == askStance {
				s.emitter.Joints[0] = joints[q.Stand][leanless]
			}
			s.emit(in, kind, perOtherTitle)
		}
	}
	if kind == askStance {
		s.emitter.Joints[0] = joints[q.Stand][leanless]
	}
	s.weight, s.ruled = 1, false
	s.emit(in, kind, afterAll)
	return s.emitter.Features
}

// The weights of sentences that name neither the topic nor its side, and of
// those in which the country does nothing.
const (
	offTopic = 0.5
	actless  = 0.5
)

// ruledBag is the weight of the words around a known act of the country. The
// act makes a few features, the words around it a hundred.
const ruledBag = 0.5

// emit calls the families that a kind of question asks, of one scope.
func (s *Scratch) emit(in *family.Input, kind ask, scope scope) {
	for i := range families {
		f := &families[i]
		if f.asked&kind != 0 && f.scope == scope {
			s.emitter.Weight = f.Weight * s.weight
			if s.ruled && f.Weight == 1 {
				s.emitter.Weight *= ruledBag
			}
			f.emit(in, &s.emitter)
		}
	}
}

// names reports whether a sentence names the country of a question. A question
// of stance takes pronouns for names; one of tone does not.
func (p *Pipeline) names(an *syntax.Analysis, q syntax.Question, sentence int) bool {
	list := an.References
	if q.Task == datasets.TaskSentiment {
		list = an.Mentions
	}
	i, _ := slices.BinarySearchFunc(list, sentence, func(m gazetteer.Mention, s int) int {
		return m.Sentence - s
	})
	for ; i < len(list) && list[i].Sentence == sentence; i++ {
		if list[i].Country == q.Country {
			return true
		}
	}
	return false
}

// kindOf is the kind of a question.
func kindOf(q syntax.Question) ask {
	switch {
	case q.Task == datasets.TaskStance:
		return askStance
	case q.Country != "":
		return askTone
	case q.Source.First < q.Source.Last && q.Target.First < q.Target.Last:
		return askRelation
	case q.Source.First < q.Source.Last || q.Target.First < q.Target.Last:
		return askTone
	}
	return askText
}

// joints are what features of stance are joined with: the country's stand to
// the topic, and what its own acts in the sentence mean for the topic's side.
// What the words around an act say depends on both.
var joints = func() (table [len(stands)][family.Leans + 1]vector.Symbol) {
	for stand, name := range stands {
		for lean := range family.Leans {
			table[stand][lean] = family.NewJoint(name + lean.String())
		}
		table[stand][leanless] = family.NewJoint(name)
	}
	return table
}()

// leanless is the index of joints for what lies outside sentences that name the
// country.
const leanless = family.Leans

// stands are the names of the stands.
var stands = [...]string{
	topic.Third:    topic.Third.String(),
	topic.Party:    topic.Party.String(),
	topic.Opponent: topic.Opponent.String(),
}

// allJoints lists the joints; isJoint holds their texts.
var (
	allJoints = slices.Concat(joints[topic.Third][:], joints[topic.Party][:],
		joints[topic.Opponent][:])
	isJoint = func() map[string]bool {
		texts := map[string]bool{}
		for _, s := range allJoints {
			texts[s.Text] = true
		}
		return texts
	}()
)

// Acting lists the sentences in which the country of the last question acts, in
// order: it governs a verb there.
func (s *Scratch) Acting() []int32 { return s.acting }

// Cut reports whether the text had more sentences about the last question than
// are looked at.
func (s *Scratch) Cut() bool { return s.cut }
