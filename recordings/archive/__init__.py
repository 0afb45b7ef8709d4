"""What lies in an archive package (归档包) beside the tracks: the page that plays it, data, the checker."""
