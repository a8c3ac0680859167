"""What a contract buys: a category, with confidence and reason, or an abstention."""

from registry.classify.decide import Classification, Classifier, Item, classify, classify_many
from registry.classify.model import LabelledTitle

__all__ = ["Classification", "Classifier", "Item", "LabelledTitle", "classify", "classify_many"]
