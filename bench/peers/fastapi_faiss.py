"""FastAPI + faiss HNSW on one port, ids only: POST /search {"vector": base64 float32, "k": 10}. Options as JSON in the first argument."""

import base64
import json
import socket
import sys

import faiss
import numpy
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel

options = json.loads(sys.argv[1])
faiss.omp_set_num_threads(options["threads"])
vectors = numpy.fromfile(options["vectors"], dtype="<f4").reshape(-1, options["dimensions"])
index = faiss.IndexHNSWFlat(options["dimensions"], options["m"], faiss.METRIC_INNER_PRODUCT)
index.hnsw.efConstruction = options["efConstruction"]
index.add(vectors)
index.hnsw.efSearch = options["ef"]
faiss.omp_set_num_threads(1)
app = FastAPI()


class Search(BaseModel):
    vector: str
    k: int = 10


class Batch(BaseModel):
    vectors: list[str]
    k: int = 10


def decoded(texts):
    return numpy.stack([numpy.frombuffer(base64.b64decode(text), dtype="<f4") for text in texts])


@app.post("/search")
async def search(body: Search):
    scores, ids = index.search(decoded([body.vector]), body.k)
    return {"ids": ids[0].tolist(), "scores": scores[0].tolist()}


@app.post("/batch")
async def batch(body: Batch):
    scores, ids = index.search(decoded(body.vectors), body.k)
    return {"ids": ids.tolist(), "scores": scores.tolist()}


# Told to be TCP, for asyncio sets TCP_NODELAY on no other: without it each answer waits 40 ms for an acknowledgement.
listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
listener.bind(("127.0.0.1", 0))
print(json.dumps({"ready": f"faiss {faiss.__version__}", "port": listener.getsockname()[1]}), flush=True)
uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False)).run(sockets=[listener])
