package lexicon

import (
	"slices"
	"strings"
	"testing"
)

func TestInflections(t *testing.T) {
	tests := []struct{ lemma, part, marks, want string }{
		{"pledge", "verb", "", "pledge, pledged, pledges, pledging"},
		{"back", "verb", "inflected", "backed, backing, backs"},
		{"ban", "verb", "", "ban, banned, banning, bans"},
		{"re-arm", "verb", "", "re-arm, re-armed, re-arming, re-arms"},
		{"flip-flop", "verb", "double", "flip-flop, flip-flopped, flip-flopping, flip-flops"},
		{"quip", "verb", "", "quip, quipped, quipping, quips"},
		{"aid", "verb", "", "aid, aided, aiding, aids"},
		{"vow", "verb", "", "vow, vowed, vowing, vows"},
		{"visit", "verb", "", "visit, visited, visiting, visits"},
		{"permit", "verb", "double", "permit, permits, permitted, permitting"},
		{"deny", "verb", "", "denied, denies, deny, denying"},
		{"deploy", "verb", "", "deploy, deployed, deploying, deploys"},
		{"agree", "verb", "", "agree, agreed, agreeing, agrees"},
		{"eye", "verb", "", "eye, eyed, eyeing, eyes"},
		{"lie", "verb", "", "lie, lied, lies, lying"},
		{"veto", "verb", "", "veto, vetoed, vetoes, vetoing"},
		{"woo", "verb", "", "woo, wooed, wooing, woos"},
		{"push", "verb", "", "push, pushed, pushes, pushing"},
		{"panic", "verb", "", "panic, panicked, panicking, panics"},
		{"cancel", "verb", "", "cancel, canceled, canceling, cancelled, cancelling, cancels"},
		{"fuel", "verb", "", "fuel, fueled, fueling, fuelled, fuelling, fuels"},
		{"repel", "verb", "double", "repel, repelled, repelling, repels"},
		{"reveal", "verb", "", "reveal, revealed, revealing, reveals"},
		{"recognize", "verb", "", "recognise, recognised, recognises, recognising, recognize, recognized, recognizes, recognizing"},
		{"seize", "verb", "", "seize, seized, seizes, seizing"},
		{"cut off", "verb", "cut", "cut off, cuts off, cutting off"},
		{"fall back", "verb", "fell fallen", "fall back, fallen back, falling back, fell back, falls back"},
		{"lambast", "verb", "-", "lambast"},
		{"ally", "noun", "", "allies, ally"},
		{"peace talk", "noun", "", "peace talk, peace talks"},
		{"arms embargo", "noun", "embargoes", "arms embargo, arms embargoes"},
		{"oligarch", "noun", "oligarchs", "oligarch, oligarchs"},
		{"warning", "noun", "inflected", "warnings"},
		{"normalization", "noun", "", "normalisation, normalisations, normalization, normalizations"},
		{"both sides", "noun", "-", "both sides"},
		{"supportive", "adjective", "", "supportive"},
		{"in solidarity", "phrase", "", "in solidarity"},
	}
	for _, tt := range tests {
		forms, err := inflections(tt.lemma, tt.part, strings.Fields(tt.marks))
		want := strings.Split(tt.want, ", ")
		slices.Sort(want)
		if err != nil || !slices.Equal(forms, want) {
			t.Errorf("%s %q [%s]\n got %q, %v\nwant %q", tt.part, tt.lemma, tt.marks, forms, err,
				want)
		}
	}
}
