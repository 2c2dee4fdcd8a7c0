"""Tables declared once; see schemas/table.py for what a declaration holds."""
