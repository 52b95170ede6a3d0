package config

import (
	"fmt"
	"slices"

	"github.com/spf13/pflag"
)

// AddFlags registers the flags of the settings that have one of the uses.
func AddFlags(fs *pflag.FlagSet, uses ...Use) {
	for _, s := range settings() {
		if s.Flag != "" && slices.Contains(uses, s.Use) {
			addFlag(fs, s, s.Flag)
		}
	}
}

// AddFlagAs registers the flag of one setting under another name, for a
// command that has another meaning for the usual one. It panics when there is
// no such key.
func AddFlagAs(fs *pflag.FlagSet, key, name string) {
	s, known, group := find(settings(), key)
	if !known || group {
		panic(fmt.Sprintf("config: no setting %q for flag --%s", key, name))
	}
	addFlag(fs, s, name)
}

func addFlag(fs *pflag.FlagSet, s Setting, name string) {
	help := s.Help
	if s.Check.OneOf != nil {
		help += ": " + s.Check.Words()
	}
	f := fs.VarPF(&flagValue{s, fmt.Sprint(s.Default)}, name, "", help)
	if _, is := s.Default.(bool); is {
		f.NoOptDefVal = "true"
	}
}

// flagValue is the value of a flag that stands for a setting. It keeps the
// text; [Load] checks it, together with all other faults.
type flagValue struct {
	setting Setting
	text    string
}

func (v *flagValue) String() string { return v.text }

// Set keeps the text.
func (v *flagValue) Set(text string) error {
	v.text = text
	return nil
}

// Type is the word that --help prints for the value.
func (v *flagValue) Type() string {
	switch v.setting.Default.(type) {
	case int:
		return "int"
	case float64:
		return "float64"
	case bool:
		return "bool"
	}
	return "string"
}

// Choices are the values of a closed set, for shells to complete; nil when
// there is none.
func (v *flagValue) Choices() []string {
	return named(v.setting.Check.OneOf)
}

// given returns the flags of fs that stand for settings and stand on the
// command line, by key.
func given(fs *pflag.FlagSet) map[string]*pflag.Flag {
	flags := map[string]*pflag.Flag{}
	if fs != nil {
		fs.Visit(func(f *pflag.Flag) {
			if v, is := f.Value.(*flagValue); is {
				flags[v.setting.Key] = f
			}
		})
	}
	return flags
}
