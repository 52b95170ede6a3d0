//go:build !(cgo && cgo_knn)

package golearn

import "stance/models"

// knnKinds is empty in a build without golearn's package knn.
func knnKinds() []models.Kind { return nil }
