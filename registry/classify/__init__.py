"""What a contract buys: a category, with confidence and reason, or an abstention."""

from registry.classify.decide import Classification, Classifier, Item, classify, classify_many

__all__ = ["Classification", "Classifier", "Item", "classify", "classify_many"]
