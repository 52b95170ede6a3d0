package program

import (
	"errors"

	"github.com/spf13/pflag"

	"stance/internal/config"
)

// logFormat is the flag that stands for log_format.
const logFormat = "log-format"

// Config loads the settings from path ("": the usual place) under the flags
// that were given.
func Config(path string, fs *pflag.FlagSet) (config.Config, error) {
	c, err := config.Load(path, fs)
	if f := fs.Lookup(logFormat); f != nil && !f.Changed && c.LogFormat != "" {
		err = errors.Join(err, f.Value.Set(c.LogFormat)) // for [Run], which knows flags alone
	}
	return c, Fail(Usage, err)
}
