"""One core for every fit: likelihoods, bounds, covariance, intervals and what tells whether to believe them."""
