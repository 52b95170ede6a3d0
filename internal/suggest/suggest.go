// Package suggest finds the known word that somebody meant when they typed
// an unknown one.
package suggest

import (
	"fmt"
	"strings"
)

// maxWord is the longest word, in bytes, that is compared with the known ones.
const maxWord = 64

// Nearest returns the known word with the fewest edits to word, case ignored,
// or "" when none is near: at most two edits, or a third of the word. The
// first of equally near words wins. The empty string is never suggested.
func Nearest(word string, known []string) string {
	if len(word) > maxWord {
		return ""
	}
	word = strings.ToLower(word)
	best, least := "", 1+max(2, len(word)/3)
	for _, k := range known {
		if d := distance(word, strings.ToLower(k)); d < least && d < len(k) {
			best, least = k, d
		}
	}
	return best
}

// Hint is the nearest known word as the end of an error message, such as
// `; did you mean "workers"?`, or "" when none is near.
func Hint(word string, known []string) string {
	if best := Nearest(word, known); best != "" {
		return fmt.Sprintf("; did you mean %q?", best)
	}
	return ""
}

// distance is the number of bytes to insert, delete or replace to turn a into
// b (Levenshtein distance).
func distance(a, b string) int {
	above := make([]int, len(b)+1)
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		above, row = row, above
		row[0] = i + 1
		for j := range len(b) {
			replace := above[j]
			if a[i] != b[j] {
				replace++
			}
			row[j+1] = min(replace, above[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
