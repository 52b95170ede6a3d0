package models

// Profile is what the training data looked like through the trained model. A run compares itself with it to notice that
// its input has moved away from what the model knows. It is part of the bundle's manifest.
type Profile struct {
	MeanOOV       float64 `json:"mean_oov"`       // mean Prediction.OOVRatio over pairs
	StanceShares  []Share `json:"stance_shares"`  // by stance, over predictions that have one; sorted by name, sum 1
	CountryShares []Share `json:"country_shares"` // by country, over the same predictions; sorted by name, sum 1
}

// Share is how much of a whole goes by one name.
type Share struct {
	Name  string  `json:"name"`
	Share float64 `json:"share"` // 0 to 1
}
