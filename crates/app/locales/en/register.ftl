refusal-register-empty = This register has not been signed yet.
refusal-register-note = This is no signed state of a register. Send the whole file as the witness wrote it.
refusal-register-other-state = This register has never had such a state.
refusal-register-forked = This state bears the signature of our key and is not our register: two histories are told. The evidence is kept; tell the secretariat and every witness.
refusal-register-no-witness = None of the known witnesses signed this.
