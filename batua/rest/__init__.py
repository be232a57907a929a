"""What every part of the JSON API shares and what knows no app: errors, bodies, pages, versions, its description."""
