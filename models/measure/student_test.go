package measure

import (
	"math"
	"testing"
)

// The expected values are scipy.stats.t.ppf(0.975, df) of SciPy 1.17.1.
func TestStudent975(t *testing.T) {
	for _, test := range []struct{ df, want float64 }{
		{1, 12.706204736}, {2, 4.302652730}, {3, 3.182446305}, {5.5, 2.501858618},
		{10, 2.228138852}, {30, 2.042272456}, {1000, 1.962339081},
		{6000, 1.960359},
	} {
		if got := Student975(test.df); math.Abs(got-test.want) > 5e-4 {
			t.Errorf("%v degrees: %.6f, want %.6f", test.df, got, test.want)
		}
	}
}
