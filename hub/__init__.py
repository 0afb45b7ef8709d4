"""Huishang (会商): a self-hosted hub for joint video consultation and real-time coordination."""

__version__ = "0.1.0"
