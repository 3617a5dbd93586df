"""Verifying badges of every version: one door, `verify`."""
