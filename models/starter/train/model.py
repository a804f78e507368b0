"""The starter model: the Llama architecture, so that llama.cpp runs it as it is."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F

ROPE_BASE = 10_000.0
NORM_EPSILON = 1e-6


class RmsNorm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x):
        wide = x.float()
        wide = wide * torch.rsqrt(wide.pow(2).mean(-1, keepdim=True) + NORM_EPSILON)
        return wide.type_as(x) * self.weight.type_as(x)


def rotate(x, cos, sin):
    """RoPE on neighbouring pairs, the order of llama.cpp's `llama`: so the weights need no permutation."""
    even, odd = x[..., 0::2], x[..., 1::2]
    turned = torch.stack((even * cos - odd * sin, even * sin + odd * cos), dim=-1)
    return turned.flatten(-2)


def attend(q, k, v, mask):
    """Heads that share keys and values are rows of one product: nothing is copied for them."""
    batch, heads, length, head_width = q.shape
    groups = heads // k.size(1)
    if hasattr(F, "scaled_dot_product_attention"):
        k, v = k.repeat_interleave(groups, dim=1), v.repeat_interleave(groups, dim=1)
        return F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
    q = q.reshape(-1, groups * length, head_width)
    k, v = k.reshape(-1, length, head_width), v.reshape(-1, length, head_width)
    unseen = torch.zeros_like(mask, dtype=q.dtype).masked_fill_(~mask, float("-inf"))
    unseen = unseen.expand(-1, heads, -1, -1).reshape(-1, groups * length, length)
    scores = torch.baddbmm(unseen, q, k.transpose(-2, -1), alpha=1.0 / math.sqrt(head_width))
    return torch.bmm(scores.softmax(-1), v).view(batch, heads, length, head_width)


class Block(nn.Module):
    def __init__(self, shape):
        super().__init__()
        width, self.heads, self.heads_kv = shape["width"], shape["heads"], shape["headsKv"]
        self.head_width = width // self.heads
        self.attn_norm = RmsNorm(width)
        self.attn_q = nn.Linear(width, width, bias=False)
        self.attn_k = nn.Linear(width, self.heads_kv * self.head_width, bias=False)
        self.attn_v = nn.Linear(width, self.heads_kv * self.head_width, bias=False)
        self.attn_output = nn.Linear(width, width, bias=False)
        self.ffn_norm = RmsNorm(width)
        self.ffn_gate = nn.Linear(width, shape["feedForward"], bias=False)
        self.ffn_up = nn.Linear(width, shape["feedForward"], bias=False)
        self.ffn_down = nn.Linear(shape["feedForward"], width, bias=False)

    def forward(self, x, cos, sin, mask):
        batch, length, width = x.shape
        y = self.attn_norm(x)
        q = self.attn_q(y).view(batch, length, self.heads, self.head_width).transpose(1, 2)
        k = self.attn_k(y).view(batch, length, self.heads_kv, self.head_width).transpose(1, 2)
        v = self.attn_v(y).view(batch, length, self.heads_kv, self.head_width).transpose(1, 2)
        # The turning is done in float32; under autocast the rest is bfloat16.
        q, k = rotate(q, cos, sin).type_as(v), rotate(k, cos, sin).type_as(v)
        y = attend(q, k, v, mask).transpose(1, 2).reshape(batch, length, width)
        x = x + self.attn_output(y)
        y = self.ffn_norm(x)
        return x + self.ffn_down(F.silu(self.ffn_gate(y)) * self.ffn_up(y))


class StarterModel(nn.Module):
    def __init__(self, shape, vocabulary):
        super().__init__()
        self.shape = shape
        self.token_embd = nn.Embedding(vocabulary, shape["width"])
        self.blk = nn.ModuleList(Block(shape) for _ in range(shape["layers"]))
        self.output_norm = RmsNorm(shape["width"])
        head_width = shape["width"] // shape["heads"]
        angles = torch.outer(
            torch.arange(shape["context"]).float(),
            ROPE_BASE ** (-torch.arange(0, head_width, 2).float() / head_width),
        )
        self.register_buffer("cos", angles.cos(), persistent=False)
        self.register_buffer("sin", angles.sin(), persistent=False)
        self.begin(shape["layers"])

    def begin(self, layers):
        for name, weight in self.named_parameters():
            if weight.dim() < 2:
                continue
            spread = 0.02 if "token_embd" in name else weight.size(1) ** -0.5
            if "attn_output" in name or "ffn_down" in name:
                spread /= math.sqrt(2 * layers)
            nn.init.normal_(weight, std=spread)

    def hidden(self, tokens, mask):
        x = self.token_embd(tokens)
        length = tokens.size(1)
        cos, sin = self.cos[:length], self.sin[:length]
        for block in self.blk:
            x = block(x, cos, sin, mask)
        return self.output_norm(x)

    def forward(self, tokens, mask):
        return F.linear(self.hidden(tokens, mask), self.token_embd.weight)


def conversation_mask(tokens, begin_id=1):
    """True where a token may look: back, and within its own conversation of the row."""
    conversation = (tokens == begin_id).int().cumsum(1)
    same = conversation[:, :, None] == conversation[:, None, :]
    length = tokens.size(1)
    past = torch.ones(length, length, dtype=torch.bool, device=tokens.device).tril()
    return (same & past)[:, None]
