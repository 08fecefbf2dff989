"""sentence-transformers' StaticEmbedding with WordPiece learned on the data, in-batch loss and Adam. Options as JSON in the first argument."""

import json
import sys
import warnings

warnings.filterwarnings("ignore")
import torch
import sentence_transformers
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

from protocol import serve

options = json.loads(sys.argv[1])
torch.set_num_threads(options["threads"])
torch.manual_seed(1)
with open(options["pairs"], encoding="utf-8") as file:
    pairs = [json.loads(line) for line in file]

tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
tokenizer.normalizer = normalizers.BertNormalizer()
tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
trainer = trainers.WordPieceTrainer(vocab_size=options["vocabulary"], special_tokens=["[UNK]"], show_progress=False)
tokenizer.train_from_iterator((text for pair in pairs for text in pair), trainer)

model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=options["dimensions"])], device="cpu")
loss = MultipleNegativesRankingLoss(model)
optimizer = torch.optim.Adam(model.parameters(), lr=0.05, fused=True)
batch, at = options["batch"], 0
model.train()


def step():
    global at
    chosen = [pairs[(at + i) % len(pairs)] for i in range(batch)]
    at = (at + batch) % len(pairs)
    optimizer.zero_grad(set_to_none=True)
    features = [model.preprocess([pair[side] for pair in chosen]) for side in (0, 1)]
    value = loss(features, None)
    value.backward()
    optimizer.step()
    return value.item()


serve(step, f"sentence-transformers {sentence_transformers.__version__}, torch {torch.__version__}")
