package gesso.pipeline;

import gesso.prompt.ClipTokenizer;
import gesso.prompt.PromptConditioning;
import gesso.prompt.PromptPlan;
import gesso.prompt.TextEncoding;
import gesso.request.CancelToken;
import gesso.request.Profile;
import gesso.request.Size;
import gesso.request.TextSettings;
import gesso.runtime.Models;
import gesso.sampling.Conditioning;
import gesso.sampling.ConditioningSchedule;
import gesso.sampling.Guidance;
import gesso.tensor.FloatTensor;
import gesso.weights.Architecture;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns prompts into what guides the sampling, and remembers the last ones: pictures of a batch or a plot share them. */
final class TextConditioner {
    private static final int REMEMBERED = 64;

    private final Models models;
    private final ClipTokenizer tokenizer;
    private final Map<Key, Guidance> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Guidance> eldest) {
            return size() > REMEMBERED;
        }
    };

    TextConditioner(Models models, ClipTokenizer tokenizer) {
        this.models = models;
        this.tokenizer = tokenizer;
    }

    /**
     * Encodes a prompt and its negative, unless they are still known.
     *
     * @param size of the picture, which SDXL is told
     */
    Guidance guidance(
            Checkpoint checkpoint,
            PromptPlan positive,
            PromptPlan negative,
            Size size,
            Profile profile,
            TextSettings settings,
            CancelToken token) {
        Key key = new Key(
                checkpoint.identity(), positive, negative, checkpoint.isSdxl() ? size : null, profile, settings);
        Guidance guidance = known.get(key);
        if (guidance == null) {
            guidance = encode(checkpoint, key, token);
            known.put(key, guidance);
        }
        return guidance;
    }

    private Guidance encode(Checkpoint checkpoint, Key key, CancelToken token) {
        try (TextEncoders encoders =
                TextEncoders.open(models, checkpoint, tokenizer, key.profile(), key.settings(), token)) {
            PromptConditioning with = encoders.encode(key.positive());
            PromptConditioning without = encoders.encode(key.negative());
            Seen positive = encoding -> conditioning(checkpoint, key.size(), encoding, false);
            boolean nothing = isNothing(checkpoint, key);
            Seen negative =
                    encoding -> conditioning(checkpoint, key.size(), nothing ? encoding.zeros() : encoding, true);
            return new Guidance(
                    with.parts().stream()
                            .map(part -> new Guidance.Part(schedule(part, positive), part.weight()))
                            .toList(),
                    schedule(without.parts().get(0), negative));
        }
    }

    /** How an encoded text becomes what the network sees. */
    private interface Seen {
        Conditioning of(TextEncoding encoding);
    }

    private static ConditioningSchedule schedule(PromptConditioning.Part part, Seen seen) {
        return new ConditioningSchedule(part.schedule().stream()
                .map(s -> new ConditioningSchedule.Entry(s.until(), seen.of(s.encoding())))
                .toList());
    }

    private static Conditioning conditioning(
            Checkpoint checkpoint, @Nullable Size size, TextEncoding encoding, boolean negative) {
        FloatTensor pooled = encoding.pooled();
        if (size == null || pooled == null) {
            return new Conditioning(encoding.hidden(), null);
        }
        return new Conditioning(
                encoding.hidden(),
                checkpoint.info().architecture() == Architecture.SDXL_REFINER
                        ? SizeConditioning.refiner(pooled, size, negative)
                        : SizeConditioning.base(pooled, size));
    }

    /**
     * Whether the negative prompt is to be zeros instead of what an empty text becomes: SDXL was trained so. A1111 does it for
     * the refiner too, diffusers' refiner does not, ComfyUI never does.
     */
    private static boolean isNothing(Checkpoint checkpoint, Key key) {
        boolean empty = key.negative().parts().stream()
                .flatMap(part -> part.schedule().stream())
                .allMatch(stretch -> stretch.text().isEmpty());
        return empty
                && switch (key.profile()) {
                    case A1111 -> checkpoint.isSdxl();
                    case DIFFUSERS -> checkpoint.info().architecture().family() == Architecture.SDXL;
                    case COMFYUI -> false;
                };
    }

    private record Key(
            Object model,
            PromptPlan positive,
            PromptPlan negative,
            @Nullable Size size,
            Profile profile,
            TextSettings settings) {}
}
