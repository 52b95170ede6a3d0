package models

import _ "embed"

//go:embed default.bundle
var defaultBundle []byte

// Default reads the built-in model. What it was trained on and how well it does stand in docs/model.md.
func Default(kinds []Kind) (*Bundle, error) { return Decode(defaultBundle, kinds) }
