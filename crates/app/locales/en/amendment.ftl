refusal-amendment-order = The order must name every amendment exactly once.
refusal-amendment-settled = This amendment has been decided already.
