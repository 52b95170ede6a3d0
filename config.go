// Package stance carries the default configuration, so that the programs run
// from any folder. The programs are stance/cmd/classify and stance/cmd/train;
// ARCHITECTURE.md says where everything else lies.
package stance

import _ "embed"

//go:embed config.yaml
var defaultConfig []byte

// DefaultConfig is a copy of the text of config.yaml as it was built in.
func DefaultConfig() []byte { return append([]byte(nil), defaultConfig...) }
