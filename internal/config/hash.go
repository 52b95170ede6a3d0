package config

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"stance/models"
)

// SHA256 is the lower-case hex hash of everything that can change an answer
// besides the model and the article: the settings marked so in the table, the
// fingerprint of how articles are read (features.Pipeline.Fingerprint), and the
// version of the code that answers. It stands in
// the column config_sha256, and a part is predicted again when it differs. How
// inputs are decoded is left out: that shows in the articles, which have
// hashes of their own.
func (c Config) SHA256(reading string) string {
	type named struct {
		Name  string `json:"name"`
		Value any    `json:"value"`
	}
	list := []named{
		{"reading", reading},
		{"answers_version", models.Version},
	}
	for _, s := range settings() {
		if s.Answers {
			list = append(list, named{s.Key, s.field(&c)})
		}
	}
	text, err := json.Marshal(list)
	if err != nil {
		panic(fmt.Sprintf("config: strings and numbers do not marshal: %v", err))
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
