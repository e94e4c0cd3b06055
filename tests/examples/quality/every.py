"""All faults, by their names in faults.jsonl."""

from tests.examples.quality import faults_of_data, faults_of_terms, faults_of_words
from tests.examples.quality.making import FAULTS

__all__ = ["FAULTS"]

MODULES = (faults_of_data, faults_of_terms, faults_of_words)  # importing them fills FAULTS
