package program

import (
	"fmt"

	"stance/features"
	"stance/internal/config"
	"stance/models"
	"stance/models/golearn"
)

// Kinds is every kind of classifier there is, the default first.
func Kinds() []models.Kind { return append(models.Kinds(), golearn.Kinds()...) }

// Pipeline is the road from an article to features under a config: the built-in
// gazetteer and the config's topics.
func Pipeline(c config.Config) (*features.Pipeline, error) {
	pl, err := features.New(c.Topics, c.TextLimit)
	if err != nil {
		return nil, Fail(Usage, fmt.Errorf("config: %w", err))
	}
	pl.WorkLimit = c.Limits.Work
	return pl, nil
}

// Load reads the pipeline and the bundle of a config, side by side.
func Load(c config.Config) (*features.Pipeline, *models.Bundle, error) {
	failed := make(chan error, 1)
	var b *models.Bundle
	go func() {
		var err error
		b, err = Bundle(c.Model)
		failed <- err
	}()
	pl, err := Pipeline(c)
	if bundleErr := <-failed; err == nil {
		err = bundleErr
	}
	return pl, b, err
}

// Bundle loads the bundle at path, or the built-in one for "".
func Bundle(path string) (*models.Bundle, error) {
	if path == "" {
		b, err := models.Default(Kinds())
		return b, Fail(Model, err)
	}
	b, err := models.Load(path, Kinds())
	return b, Fail(Model, err)
}
