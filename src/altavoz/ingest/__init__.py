"""Sources and what they publish: discovery, polling, push, proofs and catalogue imports."""
