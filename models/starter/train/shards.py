"""Reads the files that models/starter/generate/write-shards.ts writes, as they appear."""

import glob
import os
import re
import subprocess
import time

import numpy as np
import torch

LEARNED = 0x8000


def read_rows(path, row_tokens):
    rows = np.fromfile(path, dtype="<u2").reshape(-1, row_tokens)
    return torch.from_numpy(rows.astype(np.int32))


def split_bits(rows, context_weight):
    """Tokens, and how much each counts when it is the one to be said; padding never does."""
    tokens = (rows & (LEARNED - 1)).long()
    weights = torch.where((rows & LEARNED) != 0, 1.0, context_weight)
    weights = torch.where(tokens == 0, torch.zeros_like(weights), weights)
    # The beginning of a conversation cannot be guessed from the one before.
    return tokens, torch.where(tokens == 1, torch.zeros_like(weights), weights)


class Shards:
    """The rows of one stage after the other. Where reading is faster than writing, earlier rows come again."""

    def __init__(self, folder, row_tokens, device, seed, wait, taken, writers):
        """`row_tokens` are the lengths of each stage's rows. `taken` counts the shards of each stage that an earlier run has read; they come last."""
        self.folder, self.row_tokens, self.device, self.wait = folder, row_tokens, device, wait
        self.writers = writers
        self.loaded = {}
        self.random = np.random.default_rng(seed)
        self.queue = {}
        self.taken = taken

    def files(self, stage):
        return sorted(glob.glob(os.path.join(self.folder, f"stage-{stage}-*.bin")))

    def take_shard(self, stage):
        known = self.loaded.setdefault(stage, {})
        began = time.time()
        while True:
            skipped = self.taken.get(stage, 0)
            fresh = [path for path in self.files(stage)[skipped:] if path not in known]
            if not fresh and not known and not self.wait:
                fresh = self.files(stage)
            if fresh:
                known[fresh[0]] = read_rows(fresh[0], self.row_tokens[stage]).to(self.device)
                return known[fresh[0]]
            if known and not self.wait:
                return known[sorted(known)[self.random.integers(len(known))]]
            if any(writer.poll() not in (None, 0) for writer in self.writers):
                raise SystemExit(f"Writing data failed; {self.folder}/writers.log says why.")
            if time.time() - began > 300:
                raise SystemExit(f"No data of stage {stage} came within five minutes in {self.folder}.")
            time.sleep(0.2)

    def counts(self):
        stages = set(self.loaded) | set(self.taken)
        return {stage: self.taken.get(stage, 0) + len(self.loaded.get(stage, {})) for stage in stages}

    def rows(self, stage, count):
        queue = self.queue.get(stage)
        while queue is None or queue.size(0) < count:
            shard = self.take_shard(stage)
            order = torch.from_numpy(self.random.permutation(shard.size(0))).to(shard.device)
            queue = shard[order] if queue is None else torch.cat((queue, shard[order]))
        self.queue[stage] = queue[count:]
        return queue[:count]


def start_writers(node, folder, row_tokens, rows, shards, workers):
    script = os.path.join(os.path.dirname(__file__), "../generate/write-shards.ts")
    os.makedirs(folder, exist_ok=True)
    errors = open(os.path.join(folder, "writers.log"), "w")
    return [
        subprocess.Popen(
            [node, script, "--out", folder, "--shards", shards, "--context", ",".join(map(str, row_tokens)), "--rows", str(rows)]
            + ["--worker", str(worker), "--workers", str(workers)],
            stdout=errors,
            stderr=errors,
        )
        for worker in range(workers)
    ]


def all_written(folder, shards):
    wanted = sum(int(count) for count in shards.split(","))
    return len([name for name in os.listdir(folder) if re.match(r"stage-\d-\d+\.bin$", name)]) >= wanted
