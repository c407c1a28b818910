"""The constants of nature that the analyses use, in the units they are used in."""

# Planck constant times speed of light (exact since 2019, rounded to the digits of the specification).
HC_EV_NM = 1239.841984332
# Boltzmann constant.
K_B_EV_PER_K = 8.617333262145e-5
# Avogadro constant.
N_A_PER_MOL = 6.02214076e23
# The full width of a Gaussian in units of its standard deviation, 2 √(2 ln 2).
FWHM_PER_SIGMA = 2.3548200450309493
