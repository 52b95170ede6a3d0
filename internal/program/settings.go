package program

import (
	"errors"

	"github.com/spf13/pflag"

	"stance/internal/config"
)

// logFormat is the flag that stands for log_format.
const logFormat = "log-format"

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
	if f := fs.Lookup(logFormat); f != nil && !f.Changed && c.LogFormat != "" {
		err = errors.Join(err, f.Value.Set(c.LogFormat)) // for [Run], which knows flags alone
	}
	return c, Fail(Usage, err)
}
