"""How the work is done, whatever it is: within its time, in several processes, and resumed where it was broken off."""
