"""What the hub keeps of a session: from the packets of a source to the page where it is reviewed."""
