display-title = Экран в зале
display-nothing = Председатель ещё не вывел на экран ни одного пункта.
display-back = К тексту
