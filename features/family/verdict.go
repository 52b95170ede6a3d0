package family

import (
	"math"

	"stance/features/vector"
)

// verdict tells what the country's acts on the topic mean together.
var verdict = newPrefix("verdict")

// clearly is the ratio of sentences at which one side outweighs the other.
const clearly = 3

var (
	mostlyFor     = vector.NewSymbol("++-")
	mostlyAgainst = vector.NewSymbol("--+")
)

// Verdict sums up the leans of sentences that name the country and the topic.
// In a long article many words share the length of the vector, so the verdict
// weighs more the more sentences it sums up.
func Verdict(in *Input, e *Emitter) {
	sentences := 0
	for _, n := range in.Leans {
		sentences += n
	}
	if sentences == 0 {
		return
	}
	e.Weight *= float32(math.Sqrt(float64(sentences)))
	e.add(verdict, nowhere, verdictOn(&in.Leans))
}

// verdictOn is the sign of a verdict.
func verdictOn(leans *[Leans]int) vector.Symbol {
	for_, against := leans[LeansFor]+leans[LeansBoth], leans[LeansAgainst]+leans[LeansBoth]
	switch {
	case for_ > 0 && against == 0:
		return leanSymbols[LeansFor]
	case against > 0 && for_ == 0:
		return leanSymbols[LeansAgainst]
	case for_ > 0 && for_ >= clearly*against:
		return mostlyFor
	case for_ > 0 && against >= clearly*for_:
		return mostlyAgainst
	case for_ > 0:
		return leanSymbols[LeansBoth]
	}
	for lean := LeansMaybe; lean < Leans; lean++ {
		if leans[lean] > 0 {
			return leanSymbols[lean]
		}
	}
	return leanSymbols[LeansNot]
}
