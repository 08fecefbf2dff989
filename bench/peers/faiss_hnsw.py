"""faiss HNSW over the vectors of a folder: builds once, searches one by one on one thread at several ef, prints one line of JSON."""

import json
import sys
import time

import faiss
import numpy as np

task = json.loads(sys.argv[1])
dimensions, k = task["dimensions"], task["k"]
read = lambda name: np.fromfile(f"{task['dir']}/{name}", dtype="<f4").reshape(-1, dimensions)
vectors, queries = read("vectors.f32"), read("queries.f32")

faiss.omp_set_num_threads(task["threads"])
index = faiss.IndexHNSWFlat(dimensions, task["m"], faiss.METRIC_INNER_PRODUCT)
index.hnsw.efConstruction = task["efConstruction"]
begun = time.perf_counter()
index.add(vectors)
build_seconds = time.perf_counter() - begun

faiss.omp_set_num_threads(1)
exact = faiss.IndexFlatIP(dimensions)
exact.add(vectors)
truth = [set(row) for row in exact.search(queries, k)[1]]
points = []
for ef in (10, 12, 16, 20, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 1024, 2048, 4096):
    index.hnsw.efSearch = ef
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        answers = [index.search(queries[at : at + 1], k)[1][0] for at in range(len(queries))]
        times.append(time.perf_counter() - begun)
    found = sum(len(truth[at].intersection(answer)) for at, answer in enumerate(answers))
    recall = found / (len(queries) * k)
    points.append({"ef": ef, "recallAt10": recall, "perSecond": len(queries) / sorted(times)[1]})
    if recall >= 0.9995:
        break
print(json.dumps({"version": faiss.__version__, "buildSeconds": build_seconds, "points": points}))
