refusal-pdf-not-built = PDFs are not in this build. Print the page itself, or ask the administrator.
refusal-pdf-fonts-missing = The server has no font for: { $languages }. Ask the administrator.
