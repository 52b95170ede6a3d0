package golearn_test

import (
	"fmt"
	"log"
	"strings"

	"github.com/sjwhitworth/golearn/evaluation"

	"stance/features/vector"
	"stance/models"
	"stance/models/golearn"
	"stance/models/learn"
)

// Our sparse logistic regression where golearn's would stand: fitted on a
// sparse grid, judged by golearn's evaluation.
func Example() {
	classes := []string{"for", "against"}
	vocabulary := strings.Fields("aid approves blocks condemns pledges protest support welcomes")
	grid := func(y []int, lines ...string) *golearn.Grid {
		x := vector.NewMatrix(len(vocabulary))
		for _, line := range lines {
			var v vector.Vector // one entry for each word of the vocabulary in the line
			for j, word := range vocabulary {
				if strings.Contains(line, word) {
					v.Index, v.Value = append(v.Index, int32(j)), append(v.Value, 1)
				}
			}
			x.Append(v)
		}
		return golearn.NewGrid(x, y, classes, golearn.Weights)
	}
	train := grid([]int{0, 0, 0, 1, 1, 1},
		"minister welcomes aid and pledges support", "parliament approves aid", "leaders pledges support at summit",
		"minister condemns aid as provocation", "parliament blocks aid after protest", "envoy condemns summit")
	test := grid([]int{0, 1, 0},
		"envoy pledges aid and support", "leaders condemns provocation", "parliament blocks nothing")

	kind, err := models.FindKind(models.Kinds(), "logistic")
	if err != nil {
		log.Fatal(err)
	}
	classifier, err := golearn.NewClassifier(kind, learn.DefaultSettings())
	if err != nil {
		log.Fatal(err)
	}
	if err := classifier.Fit(train); err != nil {
		log.Fatal(err)
	}
	predictions, err := classifier.Predict(test)
	if err != nil {
		log.Fatal(err)
	}
	confusion, err := evaluation.GetConfusionMatrix(test, predictions)
	if err != nil {
		log.Fatal(err)
	}
	for _, class := range classes {
		fmt.Printf("%-7s  precision %.2f  recall %.2f\n", class,
			evaluation.GetPrecision(class, confusion), evaluation.GetRecall(class, confusion))
	}
	fmt.Printf("accuracy %.2f\n", evaluation.GetAccuracy(confusion))
	// Output:
	// for      precision 1.00  recall 0.50
	// against  precision 0.50  recall 1.00
	// accuracy 0.67
}
