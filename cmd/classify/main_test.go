//go:build unix

package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"stance/internal/program/scripttest"
)

func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"classify": main}) }

func TestScripts(t *testing.T) { scripttest.Run(t) }

func TestHelp(t *testing.T) { scripttest.Help(t, rootCommand) }
