refusal-unsafe-text = 第 { $line } 行含有不能出现在签署文本中的字符 { $code }。请删除或改写后重试。
refusal-declaration-behind-itself = 段落不能排在自身之后，请选择其他位置。
refusal-declaration-language = 本文本没有这一语言版本。
refusal-declaration-languages-apart =
    { $lang ->
        [zh] 中文本
        [ru] 俄文本
        [en] 英文本
       *[other] 其他作准文本
    }与最新内容尚未一致，须先行更新，方可确认文本一致。
refusal-declaration-moved = 您查看之后文本已有改动。请先阅读现行文本，再作处理。
refusal-declaration-no-authentic = 请至少指定一种作准语言。
refusal-declaration-not-neighbours = 只有前后相邻的两段可以合并。
refusal-declaration-own-wording = 文本一致须由未参与撰写该文字的语文官员确认。
refusal-declaration-second-person = 编辑性更正须由另一人共同确认。
refusal-declaration-too-long = 一份文本最多包含 { $most } 个段落。
refusal-declaration-translation-leads = 实质内容只能在作准语言文本中修改。
refusal-declaration-unit-gone = 该段落已不在文本中。
refusal-declaration-unit-known = 该段落已经存在，请刷新页面后重试。
refusal-declaration-words-lost = 拆分后的两部分必须包含原段落的全部文字。
refusal-declaration-wrong-state = 该语言文本目前的状态不允许此操作。请查看其状态后再试。
