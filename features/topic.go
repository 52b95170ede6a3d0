package features

// Topic is a proposition countries can be for or against, with the words that name it and the sides that stand to it by
// definition (parties and opponents).
type Topic struct {
	ID          string // lower-case, dashed
	Proposition string
	Terms       []string // words and phrases that name the topic
	For         Side     // the proposition's own party
	Against     Side     // its opponents
}

// Side is one side of a topic: countries by code, and terms that speak for that side.
type Side struct {
	Countries []string
	Terms     []string
}
