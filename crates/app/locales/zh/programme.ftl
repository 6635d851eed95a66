refusal-pdf-not-built = 此版本不含 PDF 打印功能。请联系系统管理员，或打印网页。
refusal-pdf-fonts-missing = 服务器缺少以下语言的字体：{ $languages }。请联系系统管理员。
