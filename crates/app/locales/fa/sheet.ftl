sheet-save = ذخیرهٔ این فهرست:
