refusal-amendment-order = Порядок должен включать все поправки, каждую один раз.
refusal-amendment-settled = По этой поправке решение уже принято.
