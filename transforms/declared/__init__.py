"""What a person reviews in config/, as rows: labelled samples, links to O*NET elements, rules of labels."""
