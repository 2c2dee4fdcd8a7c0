"""export_ladder.sql."""
