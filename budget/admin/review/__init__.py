"""审核: what the county looks at before it decides, on one page; and comments at cells, for county and clerk."""
