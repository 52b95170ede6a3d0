package program

import (
	"github.com/spf13/pflag"

	"stance/internal/config"
)

// Override ties a flag to the key of config.yaml that it stands for.
type Override struct{ Flag, Key string }

// Config loads the settings from path ("": the usual place) under the flags that were given. Flags of the list that fs
// does not have are passed over.
func Config(path string, fs *pflag.FlagSet, overrides []Override) (config.Config, error) {
	flags := config.Flags{}
	for _, o := range overrides {
		if f := fs.Lookup(o.Flag); f != nil {
			flags[o.Key] = f
		}
	}
	c, err := config.Load(path, flags)
	return c, Fail(Usage, err)
}
