"""The history of the tables' shape, packaged with the hub and applied at start-up."""
