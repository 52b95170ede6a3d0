package config

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"stance/features"
	"stance/models"
)

// answering is what answers depend on besides the model and the articles. Its JSON is hashed, so the order of its fields
// is part of the contract.
type answering struct {
	Topics    []features.Topic `json:"topics"`
	TextLimit int              `json:"text_limit"`
	Gazetteer string           `json:"gazetteer_sha256"`
	Features  int              `json:"features_version"`
	Answers   int              `json:"answers_version"`
}

// SHA256 is the lower-case hex hash of the settings that change answers, with the gazetteer that names are found by
// and the versions of the code that reads texts and answers. It stands in the column config_sha256, and a part is
// predicted again when it differs: also after an upgrade of the program that changes answers. How inputs are decoded is left out:
// that shows in the articles, which have hashes of their own.
func (c Config) SHA256(gazetteer string) string {
	text, err := json.Marshal(answering{c.Topics, c.TextLimit, gazetteer, features.Version, models.Version})
	if err != nil {
		panic(fmt.Sprintf("config: strings and numbers do not marshal: %v", err))
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
