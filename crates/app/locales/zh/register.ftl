refusal-register-empty = 此登记簿尚未签署。
refusal-register-note = 这不是登记簿的签名状态。请按见证方写出的原样发送整个文件。
refusal-register-other-state = 此登记簿从未有过这样的状态。
refusal-register-forked = 此状态带有我方密钥的签名，却不是我方的登记簿：有人在讲述两套历史。证据已保存；请告知秘书处和每一见证方。
refusal-register-no-witness = 已知的见证方均未签署此内容。
