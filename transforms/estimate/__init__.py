"""Estimators that are more than a SELECT: plain functions over arrays, and the tables they fill."""
