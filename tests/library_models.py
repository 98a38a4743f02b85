"""Models as people build them with the library `transformers`: small, with random weights.

A file of a user, which gradviz opens as any other; nothing is loaded and no network is needed:
`gradviz graph tests/library_models.py:gpt2 --args "layers=12" --input "randint(0, 96, (1, 8))"`.
"""

# The library is not read by the type checker, so the module that it makes may be anything.
# mypy: disable-error-code="no-any-return"

from typing import Any, Final

import transformers
from torch import nn

VOCABULARY: Final = 96
_WIDTH: Final = 16
_HEADS: Final = 2
#: The special tokens of a vocabulary this small.
_TOKENS: Final = {"pad_token_id": 0, "bos_token_id": 1, "eos_token_id": 2}
#: As BERT, ViT and others call the sizes of their layers.
_ENCODER: Final[dict[str, Any]] = {
    "hidden_size": _WIDTH,
    "num_attention_heads": _HEADS,
    "intermediate_size": 2 * _WIDTH,
    "hidden_dropout_prob": 0.0,
    "attention_probs_dropout_prob": 0.0,
}
_DECODER: Final[dict[str, Any]] = {
    "vocab_size": VOCABULARY,
    "hidden_size": _WIDTH,
    "num_attention_heads": _HEADS,
    "num_key_value_heads": 1,
    "intermediate_size": 2 * _WIDTH,
    "max_position_embeddings": 64,
    "use_cache": False,
    **_TOKENS,
}


def gpt2(layers: int = 2) -> nn.Module:
    return transformers.GPT2LMHeadModel(
        transformers.GPT2Config(
            vocab_size=VOCABULARY,
            n_positions=64,
            n_embd=_WIDTH,
            n_layer=layers,
            n_head=_HEADS,
            resid_pdrop=0.0,
            embd_pdrop=0.0,
            attn_pdrop=0.0,
            use_cache=False,
            **_TOKENS,
        )
    )


def llama(layers: int = 2) -> nn.Module:
    return transformers.LlamaForCausalLM(
        transformers.LlamaConfig(num_hidden_layers=layers, **_DECODER)
    )


def mixtral(layers: int = 2) -> nn.Module:
    return transformers.MixtralForCausalLM(
        transformers.MixtralConfig(
            num_hidden_layers=layers, num_local_experts=4, num_experts_per_tok=2, **_DECODER
        )
    )


def mamba(layers: int = 2) -> nn.Module:
    return transformers.MambaForCausalLM(
        transformers.MambaConfig(
            vocab_size=VOCABULARY,
            hidden_size=_WIDTH,
            state_size=4,
            num_hidden_layers=layers,
            use_cache=False,
            **_TOKENS,
        )
    )


def bert(layers: int = 4) -> nn.Module:
    return transformers.BertForSequenceClassification(
        transformers.BertConfig(
            vocab_size=VOCABULARY,
            num_hidden_layers=layers,
            max_position_embeddings=64,
            **_ENCODER,
        )
    )


def vit(layers: int = 4) -> nn.Module:
    return transformers.ViTForImageClassification(
        transformers.ViTConfig(image_size=16, patch_size=4, num_hidden_layers=layers, **_ENCODER)
    )


def t5(layers: int = 2) -> nn.Module:
    return transformers.T5ForConditionalGeneration(
        transformers.T5Config(
            vocab_size=VOCABULARY,
            d_model=_WIDTH,
            d_kv=_WIDTH // _HEADS,
            d_ff=2 * _WIDTH,
            num_layers=layers,
            num_heads=_HEADS,
            dropout_rate=0.0,
            decoder_start_token_id=0,
            use_cache=False,
            **_TOKENS,
        )
    )


def whisper(layers: int = 2) -> nn.Module:
    return transformers.WhisperForConditionalGeneration(
        transformers.WhisperConfig(
            vocab_size=VOCABULARY,
            num_mel_bins=8,
            d_model=_WIDTH,
            encoder_layers=layers,
            encoder_attention_heads=_HEADS,
            encoder_ffn_dim=2 * _WIDTH,
            decoder_layers=layers,
            decoder_attention_heads=_HEADS,
            decoder_ffn_dim=2 * _WIDTH,
            max_source_positions=8,
            max_target_positions=64,
            dropout=0.0,
            decoder_start_token_id=1,
            use_cache=False,
            **_TOKENS,
        )
    )


def clip(layers: int = 2) -> nn.Module:
    sizes = {
        "hidden_size": _WIDTH,
        "num_attention_heads": _HEADS,
        "intermediate_size": 2 * _WIDTH,
        "num_hidden_layers": layers,
        "projection_dim": _WIDTH,
    }
    return transformers.CLIPModel(
        transformers.CLIPConfig(
            text_config={
                "vocab_size": VOCABULARY,
                "max_position_embeddings": 64,
                **sizes,
                **_TOKENS,
            },
            vision_config={"image_size": 16, "patch_size": 4, **sizes},
            projection_dim=_WIDTH,
        )
    )


def detr(layers: int = 2) -> nn.Module:
    backbone = transformers.ResNetConfig(
        embedding_size=4, hidden_sizes=[8, 16], depths=[1, 1], out_features=["stage2"]
    )
    return transformers.DetrForObjectDetection(
        transformers.DetrConfig(
            backbone_config=backbone,
            num_queries=5,
            d_model=_WIDTH,
            encoder_layers=layers,
            encoder_attention_heads=_HEADS,
            encoder_ffn_dim=2 * _WIDTH,
            decoder_layers=layers,
            decoder_attention_heads=_HEADS,
            decoder_ffn_dim=2 * _WIDTH,
            dropout=0.0,
            num_labels=3,
        )
    )


def swin() -> nn.Module:
    return transformers.SwinForImageClassification(
        transformers.SwinConfig(
            image_size=32,
            patch_size=2,
            embed_dim=8,
            depths=[2, 2],
            num_heads=[1, 2],
            window_size=4,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            drop_path_rate=0.0,
        )
    )


def resnet50() -> nn.Module:
    """Have the 3 + 4 + 6 + 3 blocks of ResNet-50, each of a sixteenth of the usual width."""
    return transformers.ResNetForImageClassification(
        transformers.ResNetConfig(
            embedding_size=4,
            hidden_sizes=[16, 32, 64, 128],
            depths=[3, 4, 6, 3],
            layer_type="bottleneck",
        )
    )
