"""weight_trend.sql."""
