# Keeps the lease: its age is the time since this touch, by this machine's clock.
guard
