display-title = Hall display
display-nothing = The chair has not put a paragraph on the display yet.
display-back = To the text
