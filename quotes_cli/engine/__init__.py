"""Inputs and options go out to many machines here, and records come back: other engines than the loop of `commands`."""
