package gesso.pipeline;

import gesso.prompt.ClipTokenizer;
import gesso.prompt.PromptConditioning;
import gesso.prompt.PromptEncoder;
import gesso.prompt.PromptPlan;
import gesso.prompt.TextEncoding;
import gesso.prompt.TokenChunk;
import gesso.request.CancelToken;
import gesso.request.Profile;
import gesso.request.TextSettings;
import gesso.runtime.Lease;
import gesso.runtime.Models;
import gesso.runtime.TextEncoder;
import java.util.List;

/**
 * A checkpoint's text encoders at work: SD1's CLIP; SD2's OpenCLIP, of which the last layer but one is taken, normed; the
 * refiner's OpenCLIP, of which that layer is taken as it is, and the pooled vector; SDXL's two side by side.
 */
final class TextEncoders implements AutoCloseable {
    /** Layers of SD2's encoder where its file leaves out the last, which is never used (diffusers). */
    private static final int SD2_LAYERS_WITHOUT_LAST = 23;

    private static final int PENULTIMATE = 2;

    private final List<Encoder> encoders;

    private TextEncoders(List<Encoder> encoders) {
        this.encoders = encoders;
    }

    /** One encoder with its tokenizer, and how it is asked. */
    private record Encoder(Lease<TextEncoder> lease, PromptEncoder prompts, gesso.prompt.TextEncoder network) {
        PromptConditioning encode(PromptPlan plan) {
            return prompts.encode(plan, network);
        }
    }

    /** @throws gesso.request.BadInput where the checkpoint lacks one of them */
    static TextEncoders open(
            Models models,
            Checkpoint checkpoint,
            ClipTokenizer tokenizer,
            Profile profile,
            TextSettings settings,
            CancelToken token) {
        Opening opening = new Opening(models, checkpoint, tokenizer, profile, settings, token);
        return new TextEncoders(
                switch (checkpoint.info().architecture().family()) {
                    case SD2 -> List.of(opening.sd2());
                    case SDXL_REFINER -> List.of(opening.pooling(0));
                    case SDXL -> opening.both();
                    default -> List.of(opening.sd1());
                });
    }

    /** The plan's texts as the UNet sees them; with the pooled vector where the family has one. */
    PromptConditioning encode(PromptPlan plan) {
        PromptConditioning first = encoders.get(0).encode(plan);
        return encoders.size() == 1 ? first : first.beside(encoders.get(1).encode(plan));
    }

    @Override
    public void close() {
        encoders.forEach(e -> e.lease().close());
    }

    private record Opening(
            Models models,
            Checkpoint checkpoint,
            ClipTokenizer tokenizer,
            Profile profile,
            TextSettings settings,
            CancelToken token) {
        Encoder sd1() {
            Lease<TextEncoder> lease = models.textEncoder(checkpoint.file());
            int skip = Math.max(1, settings.clipSkip());
            return encoder(
                    lease,
                    tokenizer,
                    chunks -> TextEncoding.of(lease.get().encode(tokens(chunks, ClipTokenizer.END, 0), skip, token)));
        }

        Encoder sd2() {
            Lease<TextEncoder> lease = models.secondTextEncoder(checkpoint.file());
            int layers = lease.get().layers();
            int cut = layers == SD2_LAYERS_WITHOUT_LAST || layers == 0 ? 1 : 0;
            return encoder(
                    lease,
                    openClip(),
                    chunks -> TextEncoding.of(lease.get().encode(tokens(chunks, 0, 0), skip() - cut, token)));
        }

        List<Encoder> both() {
            Lease<TextEncoder> lease = models.textEncoder(checkpoint.file());
            Encoder first = encoder(
                    lease,
                    tokenizer,
                    chunks -> TextEncoding.of(
                            lease.get().encodePlain(tokens(chunks, ClipTokenizer.END, 0), skip(), token)));
            return List.of(first, pooling(1));
        }

        /** @param index which of the model's encoders it is */
        Encoder pooling(int index) {
            Lease<TextEncoder> lease = models.secondTextEncoder(checkpoint.file());
            return encoder(lease, openClip(), chunks -> {
                TextEncoder.Pooled encoded = lease.get().encodePooled(tokens(chunks, 0, index), skip(), token);
                return new TextEncoding(encoded.hidden(), encoded.pooled());
            });
        }

        private Encoder encoder(Lease<TextEncoder> lease, ClipTokenizer words, gesso.prompt.TextEncoder network) {
            return new Encoder(
                    lease,
                    PromptEncoder.of(profile, words, checkpoint.words().embeddings(), settings.emphasis()),
                    network);
        }

        private TextEncoder.Tokens tokens(List<TokenChunk> chunks, int pad, int encoder) {
            return checkpoint.words().tokens(chunks, pad, encoder);
        }

        /** The families after SD1 were trained on the last layer but one; A1111 takes no other, whatever clip skip says. */
        private int skip() {
            return profile == Profile.A1111 ? PENULTIMATE : Math.max(PENULTIMATE, settings.clipSkip());
        }

        /** Of the programs, A1111 alone reads texts for OpenCLIP as OpenCLIP does; the encoder fills up with 0 in all of them. */
        private ClipTokenizer openClip() {
            return profile == Profile.A1111 ? tokenizer.openClip() : tokenizer;
        }
    }
}
