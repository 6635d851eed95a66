sheet-save = Сохранить список:
