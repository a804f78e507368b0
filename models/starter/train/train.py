"""Trains the starter model, on a CPU or a CUDA GPU. Stops and goes on where it was; see ../README.md."""

import argparse
import contextlib
import json
import math
import os
import time

import torch
import torch.nn.functional as F

import checkpoint
from model import StarterModel, conversation_mask
from muon import Muon
from shards import Shards, all_written, read_rows, split_bits, start_writers

HERE = os.path.dirname(os.path.abspath(__file__))
# Where in the whole the stages of the curriculum end, and where the steps begin to shrink.
STAGE_ENDS = (0.08, 0.45, 1.0)
DECAY_FROM = 0.55
WARM_UP_STEPS = 60
# A fresh optimiser after a move needs a few careful steps.
WARM_AGAIN_STEPS = 100
LOOKED_AT_SHARE = 0.25


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--preset", default="full")
    parser.add_argument("--data", required=True, help="folder of shards")
    parser.add_argument("--out", required=True, help="folder for checkpoints, weights and the curve")
    parser.add_argument("--tokens", type=float, default=0, help="length of the whole training, in tokens")
    parser.add_argument("--seconds", type=float, default=0, help="or in seconds of training, over all runs")
    parser.add_argument("--stop-after", type=float, default=0, help="seconds after which this run saves and ends, all told")
    parser.add_argument("--batch-tokens", type=int, default=0)
    parser.add_argument("--micro-rows", type=int, default=0, help="rows calculated at once")
    parser.add_argument("--muon", type=float, default=0.01)
    parser.add_argument("--adam", type=float, default=0.003)
    parser.add_argument("--context-weight", type=float, default=0.15)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--evaluate-every", type=float, default=60, help="seconds")
    parser.add_argument("--held-out-rows", type=int, default=0, help="rows to evaluate on; 0: 64 on a GPU, 8 on a CPU")
    parser.add_argument("--row-tokens", default="", help="length of the rows of each stage, such as 256,384,512; the whole context if left out")
    parser.add_argument("--float32", action="store_true", help="no bfloat16, also where the machine calculates with it")
    parser.add_argument("--wait", action="store_true", help="never read a row twice; the same seed then gives the same model")
    parser.add_argument("--node", default="", help="Node 24, to write data meanwhile")
    parser.add_argument("--shards", default="60,400,1000")
    parser.add_argument("--shard-rows", type=int, default=512)
    parser.add_argument("--writers", type=int, default=max(1, (os.cpu_count() or 2) - 2))
    return parser.parse_args()


def learning_scale(progress, step, warm_from):
    warm = min(1.0, (step + 1) / WARM_UP_STEPS, (step - warm_from + 1) / WARM_AGAIN_STEPS if warm_from else 1.0)
    if progress <= DECAY_FROM:
        return warm
    return warm * max(0.02, (1 - progress) / (1 - DECAY_FROM))


def weighted_loss(model, rows, context_weight):
    tokens, weights = split_bits(rows, context_weight)
    mask = conversation_mask(tokens)
    hidden = model.hidden(tokens, mask)[:, :-1]
    targets, weights = tokens[:, 1:].reshape(-1), weights[:, 1:].reshape(-1)
    logits = F.linear(hidden.reshape(-1, hidden.size(-1)), model.token_embd.weight)
    losses = F.cross_entropy(logits.float(), targets, reduction="none")
    return (losses * weights).sum() / weights.sum().clamp(min=1)


def sampled_loss(model, rows, context_weight):
    """
    The same in the mean, for machines on which the wide last layer is what costs: of the tokens that hardly count only
    a share is looked at, each of them for several.
    """
    tokens, weights = split_bits(rows, context_weight)
    hidden = model.hidden(tokens, conversation_mask(tokens))[:, :-1].reshape(-1, model.shape["width"])
    targets, weights = tokens[:, 1:].reshape(-1), weights[:, 1:].reshape(-1)
    whole = weights.sum().clamp(min=1)
    light = (weights > 0) & (weights < 1)
    weights = torch.where(light, weights / LOOKED_AT_SHARE, weights)
    chosen = ((weights >= 1) | (light & (torch.rand(weights.shape) < LOOKED_AT_SHARE))).nonzero().squeeze(1)
    logits = F.linear(hidden[chosen], model.token_embd.weight)
    losses = F.cross_entropy(logits.float(), targets[chosen], reduction="none")
    return (losses * weights[chosen]).sum() / whole


@torch.no_grad()
def exact_values(model, rows, autocast, step=16):
    """Share of the marked values of which every token would be said, each given the right ones before it."""
    right = total = 0
    for start in range(0, rows.size(0), step):
        part = rows[start : start + step]
        tokens, weights = split_bits(part, 0.0)
        with autocast():
            said = model(tokens, conversation_mask(tokens))[:, :-1].argmax(-1)
        wanted = weights[:, 1:] > 0
        wrong = wanted & (said != tokens[:, 1:])
        begins = wanted & ~F.pad(wanted, (1, 0))[:, :-1]
        value = begins.int().cumsum(1)
        count = int(value.max()) + 1 if value.numel() else 1
        index = value + torch.arange(value.size(0), device=value.device)[:, None] * count
        missed = torch.zeros(value.size(0) * count, device=value.device)
        missed.scatter_add_(0, index.reshape(-1), wrong.float().reshape(-1))
        present = torch.zeros_like(missed).scatter_add_(0, index.reshape(-1), begins.float().reshape(-1)) > 0
        right += int(((missed == 0) & present).sum())
        total += int(present.sum())
    return right / max(total, 1)


def main():
    options = arguments()
    torch.manual_seed(options.seed)
    if options.threads:
        torch.set_num_threads(options.threads)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    with open(os.path.join(HERE, "presets.json")) as presets:
        shape = json.load(presets)[options.preset]
    with open(os.path.join(HERE, "../tokeniser/pieces.json")) as pieces:
        vocabulary = len(json.load(pieces)) + 269
    on_gpu = device == "cuda"
    options.batch_tokens = options.batch_tokens or (2**18 if on_gpu else 2**12)
    options.micro_rows = options.micro_rows or (64 if on_gpu else options.batch_tokens)
    row_tokens = [int(length) for length in options.row_tokens.split(",") if length] or [shape["context"]] * len(STAGE_ENDS)
    if len(row_tokens) != len(STAGE_ENDS) or max(row_tokens) > shape["context"]:
        raise SystemExit(f"--row-tokens: {len(STAGE_ENDS)} lengths of at most {shape['context']}")
    os.makedirs(options.out, exist_ok=True)
    writers = []
    if options.node and not (os.path.isdir(options.data) and all_written(options.data, options.shards)):
        writers = start_writers(
            options.node, options.data, row_tokens, options.shard_rows, options.shards, options.writers
        )
    try:
        train(options, device, shape, vocabulary, row_tokens, writers)
    finally:
        for writer in writers:
            writer.terminate()


def train(options, device, shape, vocabulary, row_tokens, writers):
    # Compiling counts for when to stop, but not as training.
    started = time.time()
    on_gpu = device == "cuda"
    if on_gpu:
        torch.backends.cuda.matmul.allow_tf32 = True
    halves = on_gpu or (not options.float32 and calculates_with_halves())
    autocast = (lambda: torch.autocast(device, dtype=torch.bfloat16)) if halves else contextlib.nullcontext
    model = StarterModel(shape, vocabulary).to(device)
    matrices = [weight for name, weight in model.blk.named_parameters() if weight.dim() == 2]
    inside = {id(weight) for weight in matrices}
    others = [weight for weight in model.parameters() if id(weight) not in inside]
    optimisers = [
        Muon(matrices, lr=options.muon, halves=halves),
        torch.optim.AdamW(others, lr=options.adam, betas=(0.9, 0.95), weight_decay=0.0),
    ]
    base = [options.muon, options.adam]
    state = checkpoint.resume(options.out, model, optimisers) or {"step": 0, "tokens": 0, "seconds": 0.0}
    moved = state["step"] > 0 and not os.path.exists(os.path.join(options.out, "checkpoint.pt"))
    warm_from = state["step"] if moved else 0
    taken = {stage: state.get(f"shards{stage}", 0) for stage in range(len(STAGE_ENDS))}
    shards = Shards(options.data, row_tokens, device, options.seed + state["step"], options.wait, taken, writers)
    batches = [batch_of(options, length) for length in row_tokens]
    loss_of = sampled_loss
    if on_gpu:
        loss_of = fastest_loss(model, shards.rows(0, batches[0][1]), options, autocast)
    held_out = {}
    began, first_seconds, last_evaluated = time.time(), state["seconds"], 0.0
    curve = open(os.path.join(options.out, "curve.jsonl"), "a")
    size = sum(weight.numel() for weight in model.parameters())
    log(curve, {"event": "start", "parameters": size, "device": device, "halves": halves, "batchTokens": options.batch_tokens, **state})
    running = None
    while True:
        state["seconds"] = first_seconds + time.time() - began
        progress = state["tokens"] / options.tokens if options.tokens else state["seconds"] / options.seconds
        if progress >= 1:
            break
        if options.stop_after and time.time() - started > options.stop_after:
            break
        stage = next(index for index, end in enumerate(STAGE_ENDS) if progress < end)
        scale = learning_scale(progress, state["step"], warm_from)
        for optimiser, rate in zip(optimisers, base):
            for group in optimiser.param_groups:
                group["lr"] = rate * scale
        batch_rows, micro_rows = batches[stage]
        rows = shards.rows(stage, batch_rows)
        total = 0.0
        for start in range(0, batch_rows, micro_rows):
            part = rows[start : start + micro_rows]
            with autocast():
                loss = loss_of(model, part, options.context_weight) * (part.size(0) / batch_rows)
            loss.backward()
            total = total + loss.detach()
        torch.nn.utils.clip_grad_norm_(others, 1.0)
        for optimiser in optimisers:
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        state["step"] += 1
        state["tokens"] += batch_rows * row_tokens[stage]
        running = total if running is None else running * 0.98 + total * 0.02
        if state["step"] % 20 == 0:
            value = float(running)
            if not math.isfinite(value):
                raise SystemExit("The loss is no number any more; take a smaller --muon.")
            log(curve, {"event": "step", "stage": stage, "loss": round(value, 4), "scale": round(scale, 3), **state})
        if time.time() - last_evaluated > options.evaluate_every and state["step"] % 10 == 0:
            evaluate(model, options, held_out, row_tokens[-1], device, autocast, curve, state)
            state.update({f"shards{stage}": count for stage, count in shards.counts().items()})
            checkpoint.save_everything(options.out, model, optimisers, state)
            last_evaluated = time.time()
    evaluate(model, options, held_out, row_tokens[-1], device, autocast, curve, state)
    state.update({f"shards{stage}": count for stage, count in shards.counts().items()})
    checkpoint.save_everything(options.out, model, optimisers, state)
    checkpoint.save_weights(options.out, model, state)
    log(curve, {"event": "end", **state})


def batch_of(options, row_tokens):
    """Rows of a step, and of what is calculated at once. One size only: another one would be compiled anew."""
    rows = max(1, options.batch_tokens // row_tokens)
    at_once = min(rows, options.micro_rows)
    return rows - rows % at_once, at_once


def calculates_with_halves():
    """Whether the processor multiplies bfloat16; where it does not, that only costs exactness."""
    try:
        with open("/proc/cpuinfo") as processor:
            return "avx512_bf16" in processor.read()
    except OSError:
        return False


def fastest_loss(model, rows, options, autocast):
    """torch.compile where it works forwards and backwards on rows of this size; the plain function where it does not."""
    if not hasattr(torch, "compile"):
        return weighted_loss
    fast = torch.compile(weighted_loss, dynamic=False)
    try:
        with autocast():
            loss = fast(model, rows, options.context_weight)
        loss.backward()
        return fast
    except Exception as error:  # noqa: BLE001 - whatever the compiler fails with, training goes on
        print(f"torch.compile is left out: {error}", flush=True)
        return weighted_loss
    finally:
        model.zero_grad(set_to_none=True)


def evaluate(model, options, held_out, row_tokens, device, autocast, curve, state):
    found = {}
    for name in ("seen", "unseen"):
        path = os.path.join(options.data, f"held-out-{name}.bin")
        if name not in held_out and os.path.exists(path):
            rows = options.held_out_rows or (64 if device == "cuda" else 8)
            held_out[name] = read_rows(path, row_tokens)[:rows].to(device)
        if name in held_out:
            found[name] = round(exact_values(model, held_out[name], autocast), 4)
    log(curve, {"event": "evaluated", "exactValues": found, **state})


def log(curve, line):
    text = json.dumps(line)
    print(text, flush=True)
    curve.write(text + "\n")
    curve.flush()


if __name__ == "__main__":
    main()
