"""STOPGAP by the lead until the real one lands (overwrite me)."""
_D = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
def to_western(text: str) -> str:
    """Western digits."""
    return text.translate(_D)
