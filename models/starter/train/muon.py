"""Muon (Jordan et al. 2024): momentum whose steps are made orthogonal, for the matrices inside the layers."""

import torch


def orthogonal(matrices, halves, steps=5):
    """The Newton-Schulz iteration of fifth order on a matrix or a stack of them; bfloat16 is exact enough for it."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = matrices.bfloat16() if halves else matrices
    tall = x.size(-2) > x.size(-1)
    if tall:
        x = x.transpose(-2, -1)
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    for _ in range(steps):
        gram = x @ x.transpose(-2, -1)
        x = a * x + (b * gram + c * gram @ gram) @ x
    return (x.transpose(-2, -1) if tall else x).float()


class Muon(torch.optim.Optimizer):
    """Matrices of one shape are stepped together, which keeps a GPU busy."""

    def __init__(self, parameters, lr=0.01, momentum=0.95, weight_decay=0.01, halves=True):
        self.halves = halves
        by_shape = {}
        for parameter in parameters:
            by_shape.setdefault(tuple(parameter.shape), []).append(parameter)
        groups = [{"params": same} for same in by_shape.values()]
        super().__init__(groups, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            parameters = group["params"]
            moved = []
            for parameter in parameters:
                state = self.state[parameter]
                if "momentum" not in state:
                    state["momentum"] = torch.zeros_like(parameter)
                state["momentum"].lerp_(parameter.grad, 1 - group["momentum"])
                moved.append(parameter.grad.lerp(state["momentum"], group["momentum"]))
            rows, columns = parameters[0].shape
            size = group["lr"] * max(1.0, rows / columns) ** 0.5
            if parameters[0].is_cuda:
                steps = orthogonal(torch.stack(moved), True)
            else:
                # Stacks of bfloat16 matrices are slow on a CPU.
                steps = [orthogonal(each, self.halves) for each in moved]
            for parameter, step in zip(parameters, steps):
                parameter.mul_(1 - group["lr"] * group["weight_decay"])
                parameter.add_(step, alpha=-size)
