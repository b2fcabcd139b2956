"""The one room through which commands and flows open a ledger."""
