sheet-save = Save this list:
