def check(reading):
    return iter(())
