"""The registry of study findings: entry, checks, effects, pooling, renderings. Pure functions only."""
