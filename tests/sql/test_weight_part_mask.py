"""weight_part_mask.sql."""
