"""The procedures of the source as recipes, and the shape every recipe has."""
