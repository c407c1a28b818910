"""What a curve can be drawn along: wavelength or energy, 2θ or d or q, each with what happens to its intensities."""
