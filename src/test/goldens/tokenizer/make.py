"""Token ids by transformers' CLIPTokenizer for strings of every script. See README.md."""

import gzip
import io
import json
import pathlib
import random
import sys
import tempfile
import unicodedata

import ftfy
from transformers import CLIPTokenizer
from transformers.models.clip.tokenization_clip import BasicTokenizer

HERE = pathlib.Path(__file__).parent
OUT = HERE / "../../resources/tokenizer/ids.jsonl.gz"

SENTENCES = """a photo of a cat
Hello, World! It's 3.14 o'clock; they're we've I'm you'll he'd don't 'S 'RE
masterpiece, best quality, (1girl:1.2), ultra-detailed, 8k uhd, dslr, f/1.8, <lora:x:0.8>
trending on artstation, by Greg Rutkowski --ar 16:9 #art @someone http://example.com/a?b=c&d=e
supercalifragilisticexpialidocious pneumonoultramicroscopicsilicovolcanoconiosis
UPPER lower MiXeD CaSe_with_underscores and-hyphens 100% $5.00 €20 £3 ¥500
气球，(蓝色背景:1.2)
一只可爱的猫坐在窗台上，阳光明媚，高清，杰作。
小熊猫、红苹果；黑色背景！“引号”‘单引号’《书名》【方】…——
繁體中文：龍、鳳、麒麟
日本語のテスト：かわいい女の子、東京タワー、ｱﾆﾒ、ＡＢＣ１２３
カタカナ ひらがな 漢字 がぎぐげご ぱぴぷ
한국어 테스트: 귀여운 고양이, 서울의 밤
Привет, мир! Красивый закат над морем, ё Ё й
Ελληνικά: ΟΔΥΣΣΕΥΣ, ένα όμορφο τοπίο, ς σ Σ
مرحبا بالعالم، قطة جميلة ١٢٣
שלום עולם, חתול יפה
हिन्दी में एक सुंदर चित्र १२३ क्ष त्र
বাংলা ভাষায় একটি ছবি
ไทย: แมวน่ารักบนหลังคา ๑๒๓
தமிழ் மொழியில் ஒரு படம்
తెలుగు ಕನ್ನಡ മലയാളം ગુજરાતી ਪੰਜਾਬੀ ଓଡ଼ିଆ සිංහල
ພາສາລາວ ភាសាខ្មែរ မြန်မာဘာသာ བོད་སྐད
ქართული ᲥᲐᲠᲗᲣᲚᲘ Հայերեն
አማርኛ ᏣᎳᎩ ᓀᐦᐃᔭᐍᐏᐣ ᚠᚢᚦ ⴰⵎⴰⵣⵉⵖ ߒߞߏ
Tiếng Việt: một con mèo dễ thương đang ngủ
Türkçe: İstanbul'da ışık, ğüşiöç IİıI
Polski: zażółć gęślą jaźń; čeština: příliš žluťoučký kůň; Deutsch: Straße GRÖẞE; français: œuvre, garçon, où; español: ¿qué? ¡niño!
naïve café résumé Ångström Ørsted Æon þorn ðe ñandú
cafe\u0301 n\u0303 A\u030a e\u0323\u0302 o\u0302\u0323 zalgo h\u0335\u0321e\u0337l\u0338l\u0336o
😀 😃 🐱‍👤 👩‍👩‍👧‍👦 👍🏽 🏳️‍🌈 🇩🇪🇯🇵 ❤️ ☀️ ✨🌟💫
mathematical 𝒜𝓑𝕮 𝟘𝟙𝟚 ∑∫√∞ ≠≤≥ ½⅓¼ ² ³ ₂ Ⅳ ⅷ ①②③
ﬁne ﬂow oﬃce baﬄe ﬅop ﬆill Ĳssel ĳs ŉ Ǆ ǅ ǆ Ǉ ǈ ǉ Ǌ ǋ ǌ Ǳ ǲ ǳ
ＦＵＬＬ　ＷＩＤＴＨ，（）［］：；！？　１２３ ﾊﾝｶｸ ｶﾞｷﾞ ﾡﾢ ￠￡￥￦
“curly” ‘quotes’ „low‟ ‚single‛ ʼn rock ’n’ roll don’t it‘s
&amp; &lt;b&gt; &quot;x&quot; &eacute;&EACUTE; &#233; &#xe9; &#x1F600; &hellip; &nbsp; &notanentity; &amp;amp; &#59; &#0; &#128; &#xD800; &Jscr; AT&T R&D
<b>&amp;</b> and &amp;
<|startoftext|>a cat<|endoftext|> <|STARTOFTEXT|> <|endoftext <| |>
tab\tnewline\nreturn\rcrlf\r\nvertical\x0bform\x0cnel\x85ls\u2028ps\u2029end
nbsp\xa0ogham\u1680en\u2002em\u2003thin\u2009hair\u200anarrow\u202fmath\u205fideographic\u3000end
zero\u200bwidth\u200cnon\u200djoin\u2060word\ufeffbom soft\xadhyphen
control\x00\x01\x02\x07\x08\x0e\x1b\x1c\x1d\x1e\x1f\x7fchars
\x1b[31mred\x1b[0m \x1b[1;32;40mgreen\x1b[m \x1b[x
annotation\ufff9\ufffa\ufffb\ufffc\ufffd arabic\u206a\u206f
\u017fhort 'ſ it'ſ ſs K (Kelvin) Å (Angstrom) Ω (Ohm)
''' '' ' 's 't' 'll've'd'm're 'x s't
!!!!!!! ..... ,,,,, ----- _____ ===== ~~~~~ :-) ;) <3 ^_^ (╯°□°)╯︵ ┻━┻
0 1 12 123 1234567890 3d 2d 4k a1b2c3 ٣٤٥ १२३ ௧௨௩ 〇一二三 ⅫⅬ 𝟗
aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
的的的的的的的的的的的的的的的的的的的的的的的的的的的的的的的的的的的的的的的的的的的的的的的的
ΑΣ ΑΣΑ Σ ΣΑ ΑΣ. ΑΣ'Α αΣ\u0301 ΑΣ𝒜
""".split("\n")

WORDS = """cat dog red apple lemon banana fox panda owl house sailboat rocket crown portrait landscape masterpiece beautiful girl
intricate elegant highly detailed digital painting artstation concept art smooth sharp focus illustration by and greg rutkowski
alphonse mucha octane render unreal engine cinematic lighting volumetric 4k 8k HDR realistic anime studio ghibli watercolor oil on
canvas ugly blurry lowres bad anatomy extra limbs watermark text signature cropped worst quality jpeg artifacts , . : ; ( ) [ ] < > - _ ' " ! ?""".split()


def scripts():
    """Characters by the first word of their Unicode name: LATIN, CJK, ARABIC …"""
    groups = {}
    for c in range(0x20, 0x30000):
        name = unicodedata.name(chr(c), "")
        if name:
            groups.setdefault(name.split(" ")[0].split("-")[0], []).append(chr(c))
    return [group for group in groups.values() if len(group) >= 8]


def strings(rng):
    for sentence in SENTENCES:
        yield sentence
    yield "".join(chr(c) for c in range(256))
    groups = scripts()
    for group in groups:
        for _ in range(5):
            yield "".join(rng.choice(group) for _ in range(rng.randint(1, 24)))
            yield " ".join("".join(rng.choice(group) for _ in range(rng.randint(1, 6))) for _ in range(rng.randint(1, 6)))
    for _ in range(500):
        yield " ".join(rng.choice(WORDS) for _ in range(rng.randint(1, 30)))
    for _ in range(300):
        yield "".join(rng.choice(WORDS + [" ", " ", "，", "猫", "'s", "7"]) for _ in range(rng.randint(1, 16)))
    for _ in range(300):
        yield "".join(rng.choice(rng.choice(groups)) for _ in range(rng.randint(1, 20)))
    for _ in range(200):
        yield "".join(chr(rng.choice([rng.randrange(0xD800), rng.randrange(0xE000, 0x110000)])) for _ in range(rng.randint(1, 12)))


# Capital letters and combining marks of Unicode 14. A1111's Python (3.10) and Java 17 know Unicode 13 and neither
# lower nor order them; the Python that runs this script may.
NEWER = [(0x898, 0x89F), (0x8CA, 0x8D2), (0xC3C, 0xC3C), (0x1715, 0x1715), (0x1AC1, 0x1ACE), (0x1DFA, 0x1DFA), (0x2C2F, 0x2C2F), (0xA7C0, 0xA7C0),
         (0xA7D0, 0xA7D0), (0xA7D6, 0xA7D6), (0xA7D8, 0xA7D8), (0x10570, 0x10595), (0x10F82, 0x10F85), (0x11070, 0x11070), (0x110C2, 0x110C2), (0x1E2AE, 0x1E2AE)]


def is_left_out(text):
    return repairs_encoding(text) or any(low <= ord(c) <= high for c in text for low, high in NEWER)


def repairs_encoding(text):
    return ftfy.fix_text(text) != ftfy.fix_text(text, fix_encoding=False)


def tokenizer(merges):
    printing = list(range(33, 127)) + list(range(161, 173)) + list(range(174, 256))
    letters = [chr(b) for b in printing] + [chr(256 + i) for i in range(256 - len(printing))]
    lines = [line for line in merges.split("\n") if line]
    vocabulary = letters + [c + "</w>" for c in letters] + [line.replace(" ", "") for line in lines] + ["<|startoftext|>", "<|endoftext|>"]
    folder = pathlib.Path(tempfile.mkdtemp())
    (folder / "vocab.json").write_text(json.dumps({token: i for i, token in enumerate(vocabulary)}), "utf-8")
    (folder / "merges.txt").write_text("#version: 0.2\n" + merges, "utf-8")
    return CLIPTokenizer(str(folder / "vocab.json"), str(folder / "merges.txt"))


def encode(clip, string):
    return clip(string, truncation=False, add_special_tokens=False)["input_ids"]


def main():
    merges = gzip.open(sys.argv[1], "rt", encoding="utf-8").read()
    clip = tokenizer(merges)
    plain = tokenizer(merges)
    plain.fix_text = None  # as where ftfy is not installed
    plain.nlp = BasicTokenizer(strip_accents=False, do_split_on_punc=False)
    rng = random.Random(77)
    text = io.StringIO()
    count, left_out = 0, 0
    for string in dict.fromkeys(strings(rng)):
        if is_left_out(string):
            left_out += 1
            continue
        ids = [encode(clip, string)]
        if count % 4 == 0 and all(unicodedata.category(c) != "Cn" for c in string):
            ids.append(encode(plain, string))
        text.write(json.dumps([string] + ids, separators=(",", ":")) + "\n")
        count += 1
    with open(OUT, "wb") as out, gzip.GzipFile(fileobj=out, mode="wb", mtime=0, filename="") as packed:
        packed.write(text.getvalue().encode("ascii"))
    print(count, "strings;", left_out, "left out")


if __name__ == "__main__":
    main()
