"""Laws along temperature: gap, linewidth and quenching."""
