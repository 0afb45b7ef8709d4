"""The demo incident: what happened in the last three hours of a heavy rain, as tables that are played."""
