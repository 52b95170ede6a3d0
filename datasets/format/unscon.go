package format

import (
	"path"
	"strings"

	"stance/datasets"
)

// unsconColumns are the columns of main_conflicts_sents.csv that are read.
var unsconColumns = []string{"filename", "fileid", "speech_sentence_id", "text", "A0_Negative_Evaluation", "B1_ChallengeType"}

// decodeUNSCon gives one example per sentence of a speech with two labels: is
// it verbal conflict, and of which kind. Group is the speech and Source the
// delegation that gave it. Rows without text mark the end of a paragraph; they
// are no records. A row has at most one of negative evaluation and challenge;
// "_" means none.
func decodeUNSCon(s *stream) {
	at := make([]int, len(unsconColumns))
	s.eachRow(dialect{comma: ','}, func(header []string) *fault {
		for i, name := range unsconColumns {
			if at[i] = columnOf(header, name); at[i] < 0 {
				return noColumn(name, header)
			}
		}
		return nil
	}, func(_ line, row []string) (datasets.Example, *fault) {
		filename, speech, sentence, text := row[at[0]], row[at[1]], row[at[2]], row[at[3]]
		if strings.TrimSpace(text) == "" {
			return datasets.Example{}, noRecord()
		}
		kind := row[at[4]]
		if kind == "_" {
			kind = row[at[5]]
		}
		e := datasets.Example{Group: speech,
			Article: datasets.Article{ID: speech + "-" + sentence, Source: delegation(filename),
				Text: text}}
		answer := "conflict"
		switch kind {
		case "":
			return e, badLabel(nil, `neither kind of conflict is given; write "_" for none`)
		case "_":
			answer, kind = "none", "none"
		}
		e.Labels = []datasets.Label{{Task: datasets.TaskConflict, Answer: answer},
			{Task: datasets.TaskConflictKind, Answer: kind}}
		return e, longFields(e)
	})
}

// delegation is the speaker's country in the name of a speech's file:
// "..._preproc_Russian_Federation.txt".
func delegation(filename string) string {
	_, name, _ := strings.Cut(filename, "_preproc_")
	return strings.ReplaceAll(strings.TrimSuffix(name, path.Ext(name)), "_", " ")
}
