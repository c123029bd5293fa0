"""The network: an encoder that gives every word a vector, and heads that read words, arcs and relations off the vectors.

Both encoders feed the same heads, and the file format and the program know only "encoder" and "heads".
"""

import math

import torch
from torch import nn
from torch.nn import functional as F

SHAPES = 24
TAGS = ("upos", "xpos", "feats", "lemma", "end", "named", "outer", "inner")


def gelu(x):
    """The form with tanh, which needs no error function where the model runs."""
    return F.gelu(x, approximate="tanh")


class Layer(nn.Module):
    """A layer of BERT, normalised after."""

    def __init__(self, width, inner, heads, dropout):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, mask):
        b, t, w = x.shape
        q, k, v = self.qkv(x).float().view(b, t, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        # In 32 bits: on a CPU attention in bfloat16 is the slower one.
        with torch.autocast("cpu", enabled=False):
            a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.dropout(self.out(a.transpose(1, 2).reshape(b, t, w))))
        return self.norm2(x + self.dropout(self.down(gelu(self.up(x)))))


class MiniLM(nn.Module):
    """The pretrained encoder; a word is the mean of its first and last piece."""

    kind = "minilm"

    def __init__(self, vocabulary=30522, width=384, inner=1536, heads=12, layers=6, dropout=0.0):
        super().__init__()
        self.width = width
        self.pieces = nn.Embedding(vocabulary, width)
        self.places = nn.Embedding(512, width)
        self.shapes = nn.Embedding(SHAPES, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(width, inner, heads, dropout) for _ in range(layers))
        self.dropout = nn.Dropout(dropout)

    def forward(self, batch):
        ids = batch["pieces"]
        place = torch.arange(ids.shape[1])
        x = self.pieces(ids) + self.places(place)[None] + self.shapes(batch["piece_shapes"])
        x = self.dropout(self.norm(x))
        # What every padded place looks at does not matter; it must only be something.
        keep = batch["piece_mask"]
        mask = keep[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        pick = lambda at: x.gather(1, at[:, :, None].expand(-1, -1, x.shape[2]))
        return (pick(batch["first"]) + pick(batch["last"])) * 0.5

    def load_pretrained(self, state):
        """Takes the weights of a BERT checkpoint; types of sentences are folded into the places."""
        g = lambda name: state[name].float()
        with torch.no_grad():
            self.pieces.weight.copy_(g("embeddings.word_embeddings.weight"))
            self.places.weight.copy_(
                g("embeddings.position_embeddings.weight") + g("embeddings.token_type_embeddings.weight")[0]
            )
            self.shapes.weight.zero_()
            self.norm.weight.copy_(g("embeddings.LayerNorm.weight"))
            self.norm.bias.copy_(g("embeddings.LayerNorm.bias"))
            for i, layer in enumerate(self.layers):
                p = f"encoder.layer.{i}."
                for part in ("weight", "bias"):
                    parts = [g(f"{p}attention.self.{n}.{part}") for n in ("query", "key", "value")]
                    getattr(layer.qkv, part).copy_(torch.cat(parts))
                    getattr(layer.out, part).copy_(g(f"{p}attention.output.dense.{part}"))
                    getattr(layer.norm1, part).copy_(g(f"{p}attention.output.LayerNorm.{part}"))
                    getattr(layer.up, part).copy_(g(f"{p}intermediate.dense.{part}"))
                    getattr(layer.down, part).copy_(g(f"{p}output.dense.{part}"))
                    getattr(layer.norm2, part).copy_(g(f"{p}output.LayerNorm.{part}"))


class Small(nn.Module):
    """Hashed spellings and shapes, then convolutions over three words, the later ones further apart, with a way past."""

    kind = "small"

    def __init__(self, rows=40000, parts=6, inner=96, width=192, apart=(1, 1, 2, 4, 8), dropout=0.1):
        super().__init__()
        self.width, self.apart = width, apart
        self.spellings = nn.Embedding(rows, inner)
        self.shapes = nn.Embedding(SHAPES, inner)
        self.mix = nn.Linear(inner * (parts + 1), width)
        self.norms = nn.ModuleList(nn.LayerNorm(width, eps=1e-12) for _ in range(len(apart) + 1))
        self.convs = nn.ModuleList(nn.Linear(3 * width, width) for _ in apart)
        self.dropout = nn.Dropout(dropout)
        nn.init.normal_(self.spellings.weight, std=0.1)
        nn.init.normal_(self.shapes.weight, std=0.1)

    def forward(self, batch):
        e = self.spellings(batch["hashes"])
        b, w, p, d = e.shape
        e = torch.cat([e.reshape(b, w, p * d), self.shapes(batch["word_shapes"])], -1)
        keep = batch["word_mask"][:, :, None].to(e.dtype)
        x = self.dropout(self.norms[0](gelu(self.mix(self.dropout(e)))))
        for conv, norm, d in zip(self.convs, self.norms[1:], self.apart):
            y = x * keep
            y = torch.cat([F.pad(y, (0, 0, d, 0))[:, :w], y, F.pad(y, (0, 0, 0, d))[:, d:]], -1)
            x = norm(x + self.dropout(gelu(conv(y))))
        return x


class Heads(nn.Module):
    """Tags from one hidden layer; arcs by a biaffine product; relations by a sum and a product of both ends."""

    def __init__(self, width, sizes, relations, tag=384, arc=256, rel=192, dropout=0.25):
        super().__init__()
        self.arc, self.rel = arc, rel
        self.hidden = nn.Linear(width, tag)
        self.tags = nn.ModuleDict({name: nn.Linear(tag, sizes[name]) for name in TAGS})
        self.arc_dep = nn.Linear(width, arc)
        self.arc_head = nn.Linear(width, arc)
        self.arc_mix = nn.Linear(arc, arc)
        self.rel_dep = nn.Linear(width, 2 * rel)
        self.rel_head = nn.Linear(width, 2 * rel)
        self.rel_out = nn.Linear(rel, relations)
        self.root = nn.Parameter(torch.randn(width) * 0.1)
        self.dropout = nn.Dropout(dropout)
        nn.init.orthogonal_(self.arc_mix.weight)
        nn.init.zeros_(self.arc_mix.bias)

    def forward(self, x):
        x = self.dropout(x)
        hidden = self.dropout(gelu(self.hidden(x)))
        tags = {name: layer(hidden) for name, layer in self.tags.items()}
        up = torch.cat([self.root.to(x.dtype).expand(x.shape[0], 1, -1), x], 1)
        dep = self.dropout(gelu(self.arc_dep(x)))
        head = self.dropout(gelu(self.arc_head(up)))
        arcs = self.arc_mix(dep) @ head.transpose(1, 2) / math.sqrt(self.arc)
        return tags, arcs, (self.rel_dep(x), self.rel_head(up))

    def relations(self, ends, heads):
        """Scores of the relations of every word to the head given (0 is the root, word i is i + 1)."""
        dep, up = ends
        up = up.gather(1, heads[:, :, None].expand(-1, -1, up.shape[2]))
        a, d = dep.chunk(2, -1)
        b, e = up.chunk(2, -1)
        return self.rel_out(self.dropout(gelu(a + b) + d * e))


class Network(nn.Module):
    def __init__(self, encoder, heads):
        super().__init__()
        self.encoder, self.heads = encoder, heads

    def forward(self, batch):
        return self.heads(self.encoder(batch))
