refusal-amendment-order = 排序须包含全部修正案，且每项仅出现一次。
refusal-amendment-settled = 该修正案已有结论。
