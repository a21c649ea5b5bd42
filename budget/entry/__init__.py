"""What people type: drawn from declarations as fields, read back, checked. Knows no request."""
