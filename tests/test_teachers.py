"""Teachers of names and of syntax, with a transformer of two small layers: `quotes_cli.training.teacher` and what
builds on it. Needs the extra `train`."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

from quotes_cli.training import names_teacher, syntax_teacher, teacher  # noqa: E402 # they import torch
from quotes_cli.training.corpora import Sentence  # noqa: E402
from quotes_cli.training.teacher import mean_chances  # noqa: E402

VERBS, OTHERS = ("left", "spoke", "slept"), ("dam", "rain", "ana", "bo", "mia", "lee")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A transformer with weights drawn at random, whose word pieces are words."""
    from transformers import MPNetConfig, MPNetModel, MPNetTokenizerFast

    torch.manual_seed(1)
    target = tmp_path_factory.mktemp("transformer")
    words = ["<s>", "<pad>", "</s>", "[UNK]", "<mask>", ".", *VERBS, *OTHERS]
    (target / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    MPNetTokenizerFast(vocab=str(target / "vocab.txt")).save_pretrained(target)
    sizes = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
    MPNetModel(MPNetConfig(vocab_size=len(words), **sizes)).save_pretrained(target)
    return target


@pytest.fixture(autouse=True)
def _in_few_updates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(teacher, "WARM_UP", 5)
    monkeypatch.setattr(teacher, "HEADS_RATE", 0.01)
    for kind in (names_teacher, syntax_teacher):
        monkeypatch.setattr(kind, "RATE", 0.003)


def spoken(rng: Random) -> Sentence:
    """Somebody, or something, does something: a capital makes a person."""
    word = rng.choice(OTHERS)
    person = rng.random() < 0.5
    words = [word.capitalize() if person else word, rng.choice(VERBS), "."]
    labels = ["B-PERSON" if person else "O", "O", "O"]
    return Sentence(
        words, [True] * 3, ["NN", "VBD", "."], ["NOUN", "VERB", "PUNCT"], [1, 1, 1], ["nsubj", "ROOT", "punct"], labels
    )


def names_epoch(rng: Random) -> list[names_teacher.Labelled]:
    return [names_teacher.Labelled(spoken(rng), rng.randrange(4)) for _ in range(600)]


def test_a_teacher_learns_names_and_goes_on_where_it_was_cut_off(folder: Path, tmp_path: Path) -> None:
    lines: list[str] = []
    names_teacher.teach(names_epoch, folder, 1, tmp_path / "whole.pt", lines.append)
    assert not (tmp_path / "whole.state").exists()

    calls = 0

    def cut_off(rng: Random) -> list[names_teacher.Labelled]:
        nonlocal calls
        calls += 1
        if calls == 4:  # one counts the batches
            raise InterruptedError
        return names_epoch(rng)

    with pytest.raises(InterruptedError):
        names_teacher.teach(cut_off, folder, 1, tmp_path / "cut.pt", lines.append)
    names_teacher.teach(names_epoch, folder, 1, tmp_path / "cut.pt", lines.append)
    assert any("cut: going on at step" in line for line in lines)
    whole, cut = (torch.load(tmp_path / f"{name}.pt") for name in ("whole", "cut"))
    assert all(torch.equal(whole[key], cut[key]) for key in whole)

    given = [Sentence(["Mia", "left", "."], [True] * 3), Sentence(["dam", "."], [True] * 2)]
    answers = sorted(names_teacher.label(folder, [tmp_path / "whole.pt", tmp_path / "cut.pt"], given))
    assert [labels for _, labels, _ in answers] == [["B-PERSON", "O", "O"], ["O", "O"]]
    assert all(0.5 < chance <= 1 for _, _, chances in answers for chance in chances)


def test_teachers_parse_together(folder: Path, tmp_path: Path) -> None:
    def epoch(rng: Random) -> list[list[Sentence]]:
        return [[spoken(rng) for _ in range(rng.choice((1, 2)))] for _ in range(400)]

    labels = syntax_teacher.Labels(epoch(Random(1)))
    weights = [tmp_path / "1.pt", tmp_path / "2.pt"]
    for seed, path in enumerate(weights):
        syntax_teacher.teach(epoch, labels, folder, seed, path, lambda _: None)
    words = "Bo left . rain spoke .".split()
    ((parsed, chance),) = syntax_teacher.parse(folder, labels, weights, [Sentence(words, [True] * 6)])
    assert (parsed.words, parsed.heads) == (words, [1, 1, 1, 4, 4, 4])
    assert parsed.deps == ["nsubj", "ROOT", "punct"] * 2
    assert (parsed.tags, parsed.pos) == (["NN", "VBD", "."] * 2, ["NOUN", "VERB", "PUNCT"] * 2)
    assert 0.5 < chance <= 1


def test_teachers_answer_with_the_mean_of_their_chances() -> None:
    scores = [torch.tensor([[0.0, 0.0]]), torch.tensor([[0.0, -1e9]])]
    assert torch.allclose(mean_chances(scores), torch.tensor([[0.75, 0.25]]))


@pytest.mark.parametrize(
    ("chances", "wanted"),
    [
        ([[0.1, 0.5, 0.4], [0.2, 0.1, 0.7]], [1, 2]),
        ([[0.1, 0.3, 0.6], [0.6, 0.2, 0.2]], [1, 0]),  # nothing begins inside a name
        ([[0.6, 0.4, 0.0], [0.1, 0.0, 0.9]], [1, 2]),
    ],
    ids=["as it is", "a begun name", "a name that began before"],
)
def test_labels_follow_one_another(chances: list[list[float]], wanted: list[int]) -> None:
    table = torch.full((2, 3, len(names_teacher.LABELS)), 1e-9)
    table[0, :2, :3] = torch.tensor(chances)
    table[1, :, 0] = 1.0
    real = torch.tensor([[True, True, False], [True, True, True]])
    assert names_teacher.best_paths(table.log(), real).tolist()[0][:2] == wanted
    assert names_teacher.best_paths(table.log(), real).tolist()[1] == [0, 0, 0]
