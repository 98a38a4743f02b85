"""Models of the sizes and shapes that people really train, of few small layers each.

The file needs torch alone, so that gradviz opens it as it opens any user's file:
`gradviz graph tests/real_models.py:GPT2 --args "layers=12" --input "randint(0, 96, (1, 8))"`.
`REAL_MODELS` has a row for each model.
"""

# To torch's types the result of a module may be anything.
# mypy: disable-error-code="no-any-return"

import math
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

VOCABULARY: Final = 96
_WIDTH, _HEADS = 16, 2


class SelfAttention(nn.Module):
    """Attention of several heads, as GPT-2 writes it: one projection to queries, keys, values."""

    def __init__(self, causal: bool = True) -> None:
        super().__init__()
        self.causal = causal
        self.c_attn = nn.Linear(_WIDTH, 3 * _WIDTH)
        self.c_proj = nn.Linear(_WIDTH, _WIDTH)

    def forward(self, x: Tensor) -> Tensor:
        batch, length, width = x.shape
        query, key, value = (
            part.view(batch, length, _HEADS, -1).transpose(1, 2)
            for part in self.c_attn(x).split(width, dim=2)
        )
        scores = query @ key.transpose(-2, -1) / math.sqrt(width / _HEADS)
        if self.causal:
            hidden = torch.ones(length, length, dtype=torch.bool).triu(1)
            scores = scores.masked_fill(hidden, -math.inf)
        mixed = scores.softmax(-1) @ value
        return self.c_proj(mixed.transpose(1, 2).reshape(batch, length, width))


class MLP(nn.Module):
    """The two layers behind each attention."""

    def __init__(self) -> None:
        super().__init__()
        self.c_fc = nn.Linear(_WIDTH, 4 * _WIDTH)
        self.c_proj = nn.Linear(4 * _WIDTH, _WIDTH)

    def forward(self, x: Tensor) -> Tensor:
        return self.c_proj(functional.gelu(self.c_fc(x)))


class Block(nn.Module):
    """A layer of a transformer, with its norms in front."""

    def __init__(self, causal: bool = True) -> None:
        super().__init__()
        self.ln_1 = nn.LayerNorm(_WIDTH)
        self.attn = SelfAttention(causal)
        self.ln_2 = nn.LayerNorm(_WIDTH)
        self.mlp = MLP()

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.attn(self.ln_1(x))
        return x + self.mlp(self.ln_2(x))


class GPT2(nn.Module):
    """A decoder whose head has the weights of the embedding."""

    def __init__(self, layers: int = 2) -> None:
        super().__init__()
        self.wte = nn.Embedding(VOCABULARY, _WIDTH)
        self.wpe = nn.Embedding(64, _WIDTH)
        self.h = nn.ModuleList(Block() for _ in range(layers))
        self.ln_f = nn.LayerNorm(_WIDTH)
        self.lm_head = nn.Linear(_WIDTH, VOCABULARY, bias=False)
        self.lm_head.weight = self.wte.weight

    def forward(self, tokens: Tensor) -> Tensor:
        x = self.wte(tokens) + self.wpe(torch.arange(tokens.shape[1]))
        for block in self.h:
            x = block(x)
        logits = self.lm_head(self.ln_f(x))[:, :-1]
        return functional.cross_entropy(logits.reshape(-1, VOCABULARY), tokens[:, 1:].reshape(-1))


class RMSNorm(nn.Module):
    """A norm without a mean, as Llama and T5 have it."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(_WIDTH))

    def forward(self, x: Tensor) -> Tensor:
        scale: Tensor = self.weight * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6)
        return x * scale


def rotate_half(x: Tensor) -> Tensor:
    """Return the second half, negated, before the first."""
    first, second = x.chunk(2, dim=-1)
    return torch.cat((-second, first), dim=-1)


class LlamaAttention(nn.Module):
    """Attention with turned queries and keys, and fewer keys than queries."""

    def __init__(self) -> None:
        super().__init__()
        self.q_proj = nn.Linear(_WIDTH, _WIDTH, bias=False)
        self.k_proj = nn.Linear(_WIDTH, _WIDTH // _HEADS, bias=False)
        self.v_proj = nn.Linear(_WIDTH, _WIDTH // _HEADS, bias=False)
        self.o_proj = nn.Linear(_WIDTH, _WIDTH, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        batch, length, width = x.shape
        size = width // _HEADS
        query = self.q_proj(x).view(batch, length, _HEADS, size).transpose(1, 2)
        key, value = (
            part.view(batch, length, 1, size).transpose(1, 2)
            for part in (self.k_proj(x), self.v_proj(x))
        )
        angle = torch.arange(length)[:, None] / 10_000 ** (torch.arange(size) / size)
        query, key = (part * angle.cos() + rotate_half(part) * angle.sin() for part in (query, key))
        mixed = functional.scaled_dot_product_attention(
            query, key.expand_as(query), value.expand_as(query), is_causal=True
        )
        return self.o_proj(mixed.transpose(1, 2).reshape(batch, length, width))


class GatedMLP(nn.Module):
    """The gated layers of Llama, also one expert of Mixtral."""

    def __init__(self) -> None:
        super().__init__()
        self.gate_proj = nn.Linear(_WIDTH, 2 * _WIDTH, bias=False)
        self.up_proj = nn.Linear(_WIDTH, 2 * _WIDTH, bias=False)
        self.down_proj = nn.Linear(2 * _WIDTH, _WIDTH, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.down_proj(functional.silu(self.gate_proj(x)) * self.up_proj(x))


class MixtureOfExperts(nn.Module):
    """Each token goes through the two experts that it likes most: branches that data decide."""

    def __init__(self, experts: int = 4) -> None:
        super().__init__()
        self.gate = nn.Linear(_WIDTH, experts, bias=False)
        self.experts = nn.ModuleList(GatedMLP() for _ in range(experts))

    def forward(self, x: Tensor) -> Tensor:
        tokens = x.reshape(-1, x.shape[-1])
        weights, chosen = self.gate(tokens).softmax(-1).topk(2, dim=-1)
        weights = weights / weights.sum(-1, keepdim=True)
        mixed = torch.zeros_like(tokens)
        for place, expert in enumerate(self.experts):
            rows, ranks = (chosen == place).nonzero(as_tuple=True)
            if len(rows):
                mixed = mixed.index_add(0, rows, expert(tokens[rows]) * weights[rows, ranks, None])
        return mixed.view_as(x)


class LlamaLayer(nn.Module):
    """A layer of Llama, or of Mixtral where it has experts."""

    def __init__(self, experts: int = 0) -> None:
        super().__init__()
        self.input_layernorm = RMSNorm()
        self.self_attn = LlamaAttention()
        self.post_attention_layernorm = RMSNorm()
        self.mlp = MixtureOfExperts(experts) if experts else GatedMLP()

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.self_attn(self.input_layernorm(x))
        return x + self.mlp(self.post_attention_layernorm(x))


class Llama(nn.Module):
    """A decoder with turned queries, and experts where it is to be Mixtral."""

    def __init__(self, layers: int = 2, experts: int = 0) -> None:
        super().__init__()
        self.embed_tokens = nn.Embedding(VOCABULARY, _WIDTH)
        self.layers = nn.ModuleList(LlamaLayer(experts) for _ in range(layers))
        self.norm = RMSNorm()
        self.lm_head = nn.Linear(_WIDTH, VOCABULARY, bias=False)

    def forward(self, tokens: Tensor) -> Tensor:
        x = self.embed_tokens(tokens)
        for layer in self.layers:
            x = layer(x)
        logits = self.lm_head(self.norm(x))[:, :-1]
        return functional.cross_entropy(logits.reshape(-1, VOCABULARY), tokens[:, 1:].reshape(-1))


class BertLayer(nn.Module):
    """An encoder's layer, with its norms behind."""

    def __init__(self) -> None:
        super().__init__()
        self.attention = SelfAttention(causal=False)
        self.attention_norm = nn.LayerNorm(_WIDTH)
        self.intermediate = nn.Linear(_WIDTH, 4 * _WIDTH)
        self.output = nn.Linear(4 * _WIDTH, _WIDTH)
        self.output_norm = nn.LayerNorm(_WIDTH)

    def forward(self, x: Tensor) -> Tensor:
        x = self.attention_norm(x + self.attention(x))
        return self.output_norm(x + self.output(functional.gelu(self.intermediate(x))))


class BertEmbeddings(nn.Module):
    """Words, positions and sentences as one sum."""

    def __init__(self) -> None:
        super().__init__()
        self.word_embeddings = nn.Embedding(VOCABULARY, _WIDTH)
        self.position_embeddings = nn.Embedding(64, _WIDTH)
        self.token_type_embeddings = nn.Embedding(2, _WIDTH)
        self.norm = nn.LayerNorm(_WIDTH)

    def forward(self, tokens: Tensor) -> Tensor:
        places = torch.arange(tokens.shape[1])
        sentences = self.token_type_embeddings(torch.zeros_like(tokens))
        return self.norm(
            self.word_embeddings(tokens) + self.position_embeddings(places) + sentences
        )


class Bert(nn.Module):
    """An encoder with a pooled first token."""

    def __init__(self, layers: int = 4) -> None:
        super().__init__()
        self.embeddings = BertEmbeddings()
        self.encoder = nn.Sequential(*(BertLayer() for _ in range(layers)))
        self.pooler = nn.Linear(_WIDTH, _WIDTH)
        self.classifier = nn.Linear(_WIDTH, 2)

    def forward(self, tokens: Tensor) -> Tensor:
        first = self.encoder(self.embeddings(tokens))[:, 0]
        return functional.cross_entropy(
            self.classifier(torch.tanh(self.pooler(first))), tokens[:, 0] % 2
        )


class T5Attention(nn.Module):
    """Attention of one sequence to itself or to another."""

    def __init__(self) -> None:
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(_WIDTH, _WIDTH, bias=False) for _ in range(4))

    def forward(self, x: Tensor, other: Tensor) -> Tensor:
        def heads(each: Tensor) -> Tensor:
            return each.view(*each.shape[:2], _HEADS, -1).transpose(1, 2)

        query, key, value = heads(self.q(x)), heads(self.k(other)), heads(self.v(other))
        mixed = (query @ key.transpose(-2, -1)).softmax(-1) @ value
        return self.o(mixed.transpose(1, 2).reshape(x.shape))


class T5Layer(nn.Module):
    """A layer of the encoder, or of the decoder where it looks at the encoder's end."""

    def __init__(self, decodes: bool) -> None:
        super().__init__()
        self.norms = nn.ModuleList(RMSNorm() for _ in range(3 if decodes else 2))
        self.SelfAttention = T5Attention()
        if decodes:
            self.EncDecAttention = T5Attention()
        self.DenseReluDense = nn.Sequential(
            nn.Linear(_WIDTH, 4 * _WIDTH, bias=False),
            nn.ReLU(),
            nn.Linear(4 * _WIDTH, _WIDTH, bias=False),
        )

    def forward(self, x: Tensor, encoded: Tensor | None = None) -> Tensor:
        normed = self.norms[0](x)
        x = x + self.SelfAttention(normed, normed)
        if encoded is not None:
            x = x + self.EncDecAttention(self.norms[1](x), encoded)
        return x + self.DenseReluDense(self.norms[-1](x))


class T5(nn.Module):
    """An encoder and a decoder that share their embedding."""

    def __init__(self, layers: int = 2) -> None:
        super().__init__()
        self.shared = nn.Embedding(VOCABULARY, _WIDTH)
        self.encoder = nn.ModuleList(T5Layer(decodes=False) for _ in range(layers))
        self.decoder = nn.ModuleList(T5Layer(decodes=True) for _ in range(layers))
        self.final_layer_norm = RMSNorm()
        self.lm_head = nn.Linear(_WIDTH, VOCABULARY, bias=False)

    def forward(self, tokens: Tensor, answers: Tensor) -> Tensor:
        encoded = self.shared(tokens)
        for layer in self.encoder:
            encoded = layer(encoded)
        x = self.shared(answers)
        for layer in self.decoder:
            x = layer(x, encoded)
        logits = self.lm_head(self.final_layer_norm(x))
        return functional.cross_entropy(logits.reshape(-1, VOCABULARY), answers.reshape(-1))


class ViT(nn.Module):
    """A transformer over the patches of an image."""

    def __init__(self, layers: int = 4) -> None:
        super().__init__()
        self.patch_embed = nn.Conv2d(3, _WIDTH, 4, stride=4)
        self.cls_token = nn.Parameter(torch.zeros(1, 1, _WIDTH))
        self.pos_embed = nn.Parameter(torch.randn(1, 17, _WIDTH))
        self.blocks = nn.ModuleList(Block(causal=False) for _ in range(layers))
        self.norm = nn.LayerNorm(_WIDTH)
        self.head = nn.Linear(_WIDTH, 10)

    def forward(self, images: Tensor) -> Tensor:
        patches = self.patch_embed(images).flatten(2).transpose(1, 2)
        first = self.cls_token.expand(len(images), -1, -1)
        x = torch.cat((first, patches), dim=1) + self.pos_embed
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x)[:, 0]).logsumexp(-1).sum()


class MambaBlock(nn.Module):
    """A scan over the steps of a sequence, with gates that its input chooses."""

    def __init__(self, states: int = 4) -> None:
        super().__init__()
        self.norm = RMSNorm()
        self.in_proj = nn.Linear(_WIDTH, 2 * _WIDTH, bias=False)
        self.conv1d = nn.Conv1d(_WIDTH, _WIDTH, 3, groups=_WIDTH, padding=2)
        self.x_proj = nn.Linear(_WIDTH, 2 * states + 1, bias=False)
        self.dt_proj = nn.Linear(1, _WIDTH)
        self.A_log = nn.Parameter(torch.arange(1.0, states + 1).log().repeat(_WIDTH, 1))
        self.D = nn.Parameter(torch.ones(_WIDTH))
        self.out_proj = nn.Linear(_WIDTH, _WIDTH, bias=False)
        self.states = states

    def forward(self, x: Tensor) -> Tensor:
        inner, gate = self.in_proj(self.norm(x)).chunk(2, dim=-1)
        inner = self.conv1d(inner.transpose(1, 2))[..., : x.shape[1]].transpose(1, 2)
        inner = functional.silu(inner)
        step, taken, given = self.x_proj(inner).split((1, self.states, self.states), dim=-1)
        step = functional.softplus(self.dt_proj(step))
        kept = torch.exp(step[..., None] * -self.A_log.exp())
        added = step[..., None] * taken[:, :, None] * inner[..., None]
        return x + self.out_proj(self.scan(kept, added, given, inner) * functional.silu(gate))

    def scan(self, kept: Tensor, added: Tensor, given: Tensor, inner: Tensor) -> Tensor:
        """Return the states' outputs, one step after another."""
        state, outputs = torch.zeros_like(added[:, 0]), []
        for place in range(added.shape[1]):
            state = kept[:, place] * state + added[:, place]
            outputs.append((state * given[:, place, None]).sum(-1))
        return torch.stack(outputs, dim=1) + self.D * inner


class Mamba(nn.Module):
    """Two scans above an embedding."""

    def __init__(self, layers: int = 2) -> None:
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, _WIDTH)
        self.layers = nn.ModuleList(MambaBlock() for _ in range(layers))
        self.norm_f = RMSNorm()
        self.lm_head = nn.Linear(_WIDTH, VOCABULARY, bias=False)

    def forward(self, tokens: Tensor) -> Tensor:
        x = self.embedding(tokens)
        for layer in self.layers:
            x = layer(x)
        return self.lm_head(self.norm_f(x)).logsumexp(-1).mean()


class Bottleneck(nn.Module):
    """The block of ResNet-50."""

    def __init__(self, inputs: int, width: int, stride: int = 1) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, width, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride=stride, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, 4 * width, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(4 * width)
        self.downsample = None
        if stride > 1 or inputs != 4 * width:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, 4 * width, 1, stride=stride, bias=False),
                nn.BatchNorm2d(4 * width),
            )

    def forward(self, x: Tensor) -> Tensor:
        beside = x if self.downsample is None else self.downsample(x)
        x = functional.relu(self.bn1(self.conv1(x)))
        x = functional.relu(self.bn2(self.conv2(x)))
        return functional.relu(self.bn3(self.conv3(x)) + beside)


class ResNet50(nn.Module):
    """3 + 4 + 6 + 3 blocks, each of a sixteenth of the usual width."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 7, stride=2, padding=3, bias=False)
        self.bn1 = nn.BatchNorm2d(4)
        self.maxpool = nn.MaxPool2d(3, stride=2, padding=1)
        inputs = 4
        for place, (count, width) in enumerate(((3, 4), (4, 8), (6, 16), (3, 32)), start=1):
            blocks = []
            for block in range(count):
                stride = 2 if place > 1 and block == 0 else 1
                blocks.append(Bottleneck(inputs, width, stride))
                inputs = 4 * width
            setattr(self, f"layer{place}", nn.Sequential(*blocks))
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(inputs, 10)

    def forward(self, images: Tensor) -> Tensor:
        x = self.maxpool(functional.relu(self.bn1(self.conv1(images))))
        for place in range(1, 5):
            x = getattr(self, f"layer{place}")(x)
        return self.fc(self.avgpool(x).flatten(1)).logsumexp(-1).sum()


class ResidualBlock(nn.Module):
    """A layer beside the way around it."""

    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Linear(4, 4)

    def forward(self, x: Tensor) -> Tensor:
        return x + torch.tanh(self.linear(x)) / 32


class ResidualNet(nn.Module):
    """Very many equal blocks in a row."""

    def __init__(self, blocks: int = 500) -> None:
        super().__init__()
        self.blocks = nn.Sequential(*(ResidualBlock() for _ in range(blocks)))
        self.head = nn.Linear(4, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.blocks(x)).sum()


class DoubleConv(nn.Sequential):
    """Two convolutions, each with a norm."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__(
            nn.Conv2d(inputs, outputs, 3, padding=1),
            nn.BatchNorm2d(outputs),
            nn.ReLU(),
            nn.Conv2d(outputs, outputs, 3, padding=1),
            nn.BatchNorm2d(outputs),
            nn.ReLU(),
        )


class UNet(nn.Module):
    """Down, and up again with a way across at each level."""

    def __init__(self) -> None:
        super().__init__()
        widths = (4, 8, 16, 32)
        pairs = list(zip((3, *widths), widths, strict=False))
        self.down = nn.ModuleList(DoubleConv(*pair) for pair in pairs)
        self.up = nn.ModuleList(
            nn.ConvTranspose2d(high, low, 2, stride=2)
            for low, high in reversed(list(pairwise(widths)))
        )
        self.join = nn.ModuleList(DoubleConv(2 * low, low) for low in reversed(widths[:-1]))
        self.head = nn.Conv2d(widths[0], 1, 1)

    def forward(self, images: Tensor) -> Tensor:
        skips: list[Tensor] = []
        x = images
        for place, down in enumerate(self.down):
            x = down(x if place == 0 else functional.max_pool2d(x, 2))
            skips.append(x)
        for up, join, skip in zip(self.up, self.join, skips[-2::-1], strict=True):
            x = join(torch.cat((up(x), skip), dim=1))
        return torch.sigmoid(self.head(x)).mean()


class DenseBlock(nn.Module):
    """Each layer sees all that came before it, side by side."""

    def __init__(self, inputs: int, layers: int, growth: int = 4) -> None:
        super().__init__()
        self.layers = nn.ModuleList(
            nn.Sequential(
                nn.BatchNorm2d(inputs + place * growth),
                nn.ReLU(),
                nn.Conv2d(inputs + place * growth, growth, 3, padding=1, bias=False),
            )
            for place in range(layers)
        )

    def forward(self, x: Tensor) -> Tensor:
        found = [x]
        for layer in self.layers:
            found.append(layer(torch.cat(found, dim=1)))
        return torch.cat(found, dim=1)


class DenseNet(nn.Module):
    """Three dense blocks with a way to fewer channels behind each."""

    def __init__(self) -> None:
        super().__init__()
        parts: list[nn.Module] = [nn.Conv2d(3, 8, 3, padding=1, bias=False)]
        width = 8
        for layers in (4, 6, 4):
            parts += [DenseBlock(width, layers), nn.Conv2d(width + 4 * layers, 8, 1)]
            parts.append(nn.AvgPool2d(2))
            width = 8
        self.features = nn.Sequential(*parts)
        self.classifier = nn.Linear(width, 10)

    def forward(self, images: Tensor) -> Tensor:
        x = self.features(images).mean((2, 3))
        return self.classifier(x).logsumexp(-1).sum()


class Transformer(nn.Module):
    """PyTorch's own transformer of an encoder and a decoder."""

    def __init__(self, layers: int = 12) -> None:
        super().__init__()
        self.transformer = nn.Transformer(
            _WIDTH, _HEADS, layers, layers, 2 * _WIDTH, dropout=0.0, batch_first=True
        )

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        return self.transformer(source, target).pow(2).mean()


class LSTM(nn.Module):
    """PyTorch's own LSTM, which is few nodes."""

    def __init__(self) -> None:
        super().__init__()
        self.lstm = nn.LSTM(4, 8, num_layers=2, batch_first=True)
        self.head = nn.Linear(8, 1)

    def forward(self, x: Tensor) -> Tensor:
        outputs, _ = self.lstm(x)
        return self.head(outputs[:, -1]).sum()


class UnrolledLSTM(nn.Module):
    """One cell, called for each step of a sequence."""

    def __init__(self, steps: int = 1000) -> None:
        super().__init__()
        self.cell = nn.LSTMCell(8, 8)
        self.steps = steps

    def forward(self, x: Tensor) -> Tensor:
        h = c = torch.zeros(1, 8)
        for _ in range(self.steps):
            h, c = self.cell(x, (h, c))
        return h.sum()


class TiedWeights(nn.Module):
    """An autoencoder whose way back has the weights of the way there."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = nn.Linear(8, 3)
        self.norm = nn.LayerNorm(3)

    def forward(self, x: Tensor) -> Tensor:
        hidden = torch.tanh(self.norm(self.encoder(x)))
        return functional.mse_loss(functional.linear(hidden, self.encoder.weight.t()), x)


class TreeCell(nn.Module):
    """Joins what two branches say."""

    def __init__(self) -> None:
        super().__init__()
        self.join = nn.Linear(2 * 8, 8)

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        return torch.tanh(self.join(torch.cat((left, right), dim=-1)))


class TreeNet(nn.Module):
    """Calls one cell at each fork of a tree, from the leaves of the tree up."""

    def __init__(self) -> None:
        super().__init__()
        self.cell = TreeCell()
        self.head = nn.Linear(8, 1)

    def forward(self, words: Tensor) -> Tensor:
        return self.head(self.joined(list(words))).sum()

    def joined(self, words: Sequence[Tensor]) -> Tensor:
        """Return the vector of a tree over these words, the left branch being shorter."""
        if len(words) == 1:
            return words[0]
        cut = max(1, len(words) // 3)
        joined: Tensor = self.cell(self.joined(words[:cut]), self.joined(words[cut:]))
        return joined


class GAN(nn.Module):
    """A generator and a discriminator in one loss."""

    def __init__(self) -> None:
        super().__init__()
        self.generator = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 8))
        self.discriminator = nn.Sequential(nn.Linear(8, 16), nn.LeakyReLU(), nn.Linear(16, 1))

    def forward(self, noise: Tensor, real: Tensor) -> Tensor:
        made, seen = self.discriminator(self.generator(noise)), self.discriminator(real)
        judged = functional.binary_cross_entropy_with_logits
        return judged(seen, torch.ones_like(seen)) + judged(made, torch.zeros_like(made))


class GradientPenalty(nn.Module):
    """A loss with the gradient of a network in it, which `autograd.grad` takes on the way."""

    def __init__(self) -> None:
        super().__init__()
        self.critic = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 1))

    def forward(self, x: Tensor) -> Tensor:
        x = x.detach().requires_grad_()
        score = self.critic(x).sum()
        (gradient,) = torch.autograd.grad(score, x, create_graph=True)
        return score + (gradient.norm(dim=-1) - 1).pow(2).mean()


class RealModel(NamedTuple):
    """A row of the table: the model, and what is typed to build it.

    Attributes:
        name: By which tests and figures call it.
        class_name: The class, or the function that returns a module.
        inputs: The example inputs as they are typed.
        arguments: The arguments of the class as they are typed.
        file: The file that it is in.
        output: The tensor of its output whose sum is differentiated, as it is typed.
    """

    name: str
    class_name: str
    inputs: str
    arguments: str = ""
    file: Path = Path(__file__)
    output: str = ""


_TOKENS: Final = f"randint(0, {VOCABULARY}, (1, 8))"
_IMAGES: Final = "randn(2, 3, 16, 16)"

REAL_MODELS: Final = (
    RealModel("GPT-2, 2 layers", "GPT2", _TOKENS),
    RealModel("GPT-2, 12 layers", "GPT2", _TOKENS, "layers=12"),
    RealModel("Llama, 2 layers", "Llama", _TOKENS),
    RealModel("Llama, 12 layers", "Llama", _TOKENS, "layers=12"),
    RealModel("BERT", "Bert", _TOKENS),
    RealModel("T5", "T5", f"{_TOKENS}; {_TOKENS}"),
    RealModel("ViT", "ViT", _IMAGES),
    RealModel("Mixtral", "Llama", _TOKENS, "layers=2, experts=4"),
    RealModel("Mamba", "Mamba", _TOKENS),
    RealModel("ResNet-50", "ResNet50", "randn(2, 3, 32, 32)"),
    RealModel("residual net, 500 blocks", "ResidualNet", "randn(2, 4)"),
    RealModel("U-Net", "UNet", _IMAGES),
    RealModel("DenseNet", "DenseNet", _IMAGES),
    RealModel("nn.Transformer, 2 × 12", "Transformer", "randn(1, 5, 16); randn(1, 4, 16)"),
    RealModel("nn.LSTM", "LSTM", "randn(2, 6, 4)"),
    RealModel("LSTMCell × 1,000", "UnrolledLSTM", "randn(1, 8)"),
    RealModel("weight tying", "TiedWeights", "randn(5, 8)"),
    RealModel("recursion over a tree", "TreeNet", "randn(12, 8)"),
    RealModel("GAN", "GAN", "randn(3, 4); randn(3, 8)"),
    RealModel("nested autograd.grad", "GradientPenalty", "randn(3, 4)"),
)
