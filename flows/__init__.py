"""What runs: the night and its steps, the command line, measurements."""

import os

# Before anything imports numpy. On matrices of a few hundred rows two BLAS threads wait for each other (measured:
# clusters of one role 3.7 s instead of 0.05 s), and one thread gives the same bytes whatever the machine's cores.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
