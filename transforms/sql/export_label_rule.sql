-- One row per rule that gives a label, as published in config/label_rules.toml.
SELECT core_label_rule.*, $method_version AS method_version
FROM core_label_rule
