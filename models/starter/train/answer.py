"""Greedy answers of the trained weights in float32, to hold llama.cpp's against: token lists in, token lists out."""

import json
import sys

import torch

import checkpoint
from model import StarterModel, conversation_mask

TURN_END = 260


@torch.no_grad()
def main():
    folder, prompts_file, longest = sys.argv[1], sys.argv[2], int(sys.argv[3])
    torch.set_num_threads(1)
    tensors, about = checkpoint.read_weights(folder)
    model = StarterModel(about["shape"], tensors["token_embd.weight"].size(0))
    model.load_state_dict(tensors)
    model.eval()
    for line in open(prompts_file):
        tokens = json.loads(line)
        start = len(tokens)
        while len(tokens) < min(start + longest, about["shape"]["context"]):
            row = torch.tensor([tokens])
            said = int(model(row, conversation_mask(row))[0, -1].argmax())
            if said == TURN_END:
                break
            tokens.append(said)
        print(json.dumps(tokens[start:]), flush=True)


main()
