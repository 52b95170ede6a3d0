package models

import _ "embed"

//go:embed default.bundle
var defaultBundle []byte

// Default reads the built-in model. docs/model.md says what it was trained on
// and how good it is.
func Default(kinds []Kind) (*Bundle, error) { return Decode(defaultBundle, kinds) }
