"""weight_concentration.sql."""
