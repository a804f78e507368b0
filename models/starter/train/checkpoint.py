"""Two kinds of checkpoint: everything, for the same machine; and the weights in small parts, for the way to another."""

import glob
import json
import os

import numpy as np
import torch

PART_BYTES = 15 * 2**20


def save_everything(folder, model, optimisers, state):
    path = os.path.join(folder, "checkpoint.pt")
    torch.save({"model": model.state_dict(), "optimisers": [each.state_dict() for each in optimisers], "state": state}, path + ".part")
    os.replace(path + ".part", path)


def save_weights(folder, model, state):
    """Half precision: as fine as the exported model, and half as much to carry."""
    tensors, pieces = [], []
    for name, weight in model.state_dict().items():
        values = weight.detach().float().cpu().numpy().astype("<f2")
        tensors.append({"name": name, "shape": list(weight.shape)})
        pieces.append(values.tobytes())
    data = b"".join(pieces)
    for old in glob.glob(os.path.join(folder, "weights-*.part")):
        os.remove(old)
    for index, start in enumerate(range(0, len(data), PART_BYTES)):
        with open(os.path.join(folder, f"weights-{index}.part"), "wb") as part:
            part.write(data[start : start + PART_BYTES])
    with open(os.path.join(folder, "weights.json"), "w") as described:
        json.dump({"tensors": tensors, "shape": model.shape, "state": state}, described)


def read_weights(folder):
    with open(os.path.join(folder, "weights.json")) as described:
        about = json.load(described)
    paths = sorted(glob.glob(os.path.join(folder, "weights-*.part")), key=lambda path: int(path.split("-")[-1][:-5]))
    data = np.frombuffer(b"".join(open(path, "rb").read() for path in paths), dtype="<f2")
    tensors, at = {}, 0
    for tensor in about["tensors"]:
        count = int(np.prod(tensor["shape"]))
        tensors[tensor["name"]] = torch.from_numpy(data[at : at + count].astype("f4")).view(tensor["shape"])
        at += count
    return tensors, about


def resume(folder, model, optimisers):
    """What was reached: from everything when it is there, else from the weights, else from nothing."""
    everything = os.path.join(folder, "checkpoint.pt")
    if os.path.exists(everything):
        saved = torch.load(everything, map_location=model.token_embd.weight.device)
        model.load_state_dict(saved["model"])
        for optimiser, state in zip(optimisers, saved["optimisers"]):
            optimiser.load_state_dict(state)
        return saved["state"]
    if os.path.exists(os.path.join(folder, "weights.json")):
        tensors, about = read_weights(folder)
        if about["shape"] != model.shape:
            raise SystemExit(f"The weights in {folder} are of another shape: {about['shape']}")
        model.load_state_dict(tensors)
        return about["state"]
    return None
