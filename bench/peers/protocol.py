"""A peer says `ready` with its version, then for each line `N` on standard input runs N steps and prints their seconds as JSON."""

import json
import sys
import time


def serve(step, version, warm_up=3):
    for _ in range(warm_up):
        step()
    print(json.dumps({"ready": version}), flush=True)
    for line in sys.stdin:
        times = []
        for _ in range(int(line)):
            begun = time.perf_counter()
            step()
            times.append(time.perf_counter() - begun)
        print(json.dumps(times), flush=True)
