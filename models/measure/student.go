package measure

import "math"

// normal975 is the 97.5th percentile of the normal distribution.
const normal975 = 1.959963984540054

// Student975 is the 97.5th percentile of Student's t distribution with df
// degrees of freedom: a mean of df + 1 values lies within that many standard
// errors, 95 times in 100. df must be positive.
func Student975(df float64) float64 {
	if df > 5000 { // where the two differ by less than 0.0005
		return normal975
	}
	low, high := normal975, 13.0 // t is 12.71 at one degree
	if df < 1 {
		high = 1e6
	}
	for range 60 {
		t := (low + high) / 2
		if studentTwoSided(t/math.Sqrt(df+t*t), df) > 0.05 {
			low = t
		} else {
			high = t
		}
	}
	return (low + high) / 2
}

// studentTwoSided is P(|T| >= |t|) for Student's t with df degrees of freedom
// at t = r sqrt(df/(1-r^2)): the regularised incomplete beta function
// I_{df/(df+t^2)}(df/2, 1/2), whose argument is simply 1-r^2.
func studentTwoSided(r, df float64) float64 {
	return incompleteBeta(df/2, 0.5, (1-r)*(1+r))
}

// incompleteBeta is I_x(a, b) by the continued fraction DLMF 8.17.22, taken on
// the side where it converges fast (I_x(a, b) = 1 - I_{1-x}(b, a), DLMF
// 8.17.4).
func incompleteBeta(a, b, x float64) float64 {
	if x <= 0 {
		return 0
	}
	if x >= 1 {
		return 1
	}
	if x > (a+1)/(a+b+2) {
		return 1 - incompleteBeta(b, a, 1-x)
	}
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	lab, _ := math.Lgamma(a + b)
	front := math.Exp(lab-la-lb+a*math.Log(x)+b*math.Log1p(-x)) / a
	fraction := 1.0 // evaluated from the far end; 300 terms are plenty for a + b below about 10^4
	for m := 300; m >= 1; m-- {
		k := float64(m / 2)
		d := k * (b - k) * x / ((a + 2*k - 1) * (a + 2*k))
		if m%2 == 1 {
			d = -(a + k) * (a + b + k) * x / ((a + 2*k) * (a + 2*k + 1))
		}
		fraction = 1 + d/fraction
	}
	return front / fraction
}
