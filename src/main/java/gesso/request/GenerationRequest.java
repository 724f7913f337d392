package gesso.request;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Everything that affects a pixel. Immutable, and valid once it exists: a bad value is an {@link InvalidRequest}.
 *
 * @param model the checkpoint's file
 * @param vae a VAE's file that replaces the checkpoint's; null: its own
 * @param size of the pictures; multiples of 8, 64–2048 a side
 * @param batchSize pictures at a time, 1–16
 * @param batchCount how often, 1–100
 * @param hires the second pass of text-to-image; null: none
 * @param rework the picture to start from; null: text-to-image
 * @param sdUpscale the picture to start from is enlarged and reworked tile by tile, in tiles of {@code size}; null: it is not
 * @param controls the ControlNets that guide the picture; they add up
 * @param refiner a model that finishes what this one began; null: none
 * @param imageCfgScale how much a model that edits by instruction (InstructPix2Pix) holds to the picture, 0–3
 * @param maskWeight {@code inpainting_mask_weight}, "conditional mask weight" of 9-channel models, 0–1
 * @param tiling the picture's edges meet when it is laid as tiles
 * @param vaeTiling the VAE works in overlapping tiles, in bounded memory; the picture differs a little from the whole one's
 * @param turns changes of prompt and guidance on the way, the earliest first
 * @param extras infotext keys that Gesso does not know, kept in order and written back
 */
public record GenerationRequest(
        String prompt,
        String negativePrompt,
        Path model,
        @Nullable Path vae,
        Size size,
        int batchSize,
        int batchCount,
        SamplingSettings sampling,
        SeedSettings seeds,
        TextSettings text,
        @Nullable Hires hires,
        @Nullable Rework rework,
        @Nullable SdUpscale sdUpscale,
        List<ControlUnit> controls,
        @Nullable Refiner refiner,
        double imageCfgScale,
        double maskWeight,
        boolean tiling,
        boolean vaeTiling,
        Profile profile,
        List<Turn> turns,
        Map<String, String> extras)
        implements Work {
    public static final double DEFAULT_IMAGE_CFG = 1.5;

    public static final int SMALLEST_SIDE = 64;
    public static final int LARGEST_SIDE = 2048;

    /** Sides are multiples of this: one latent pixel is 8×8 pixels. */
    public static final int SIDE_STEP = 8;

    public GenerationRequest {
        checkSize(size);
        InvalidRequest.range("batch", "Batch size", batchSize, 1, 16);
        InvalidRequest.range("count", "Batch count", batchCount, 1, 100);
        InvalidRequest.range("image-cfg", "Image CFG scale", imageCfgScale, 0, 3);
        InvalidRequest.range("mask-weight", "Inpainting mask weight", maskWeight, 0, 1);
        if (hires != null && rework != null) {
            throw new InvalidRequest("hires", "Hires fix belongs to text-to-image; take it off to rework a picture.");
        }
        if (sdUpscale != null && rework == null) {
            throw new InvalidRequest("sd-upscale", "SD upscale reworks a picture; give it one to start from.");
        }
        if (sdUpscale != null && sdUpscale.overlap() >= Math.min(size.width(), size.height())) {
            throw new InvalidRequest(
                    "sd-upscale-overlap",
                    "SD upscale's tiles have %s pixels and cannot overlap by %d; choose a smaller overlap."
                            .formatted(size, sdUpscale.overlap()));
        }
        controls = List.copyOf(controls);
        if (rework == null && controls.stream().anyMatch(c -> c.picture() == null)) {
            throw new InvalidRequest("control", "A ControlNet needs a picture to follow; give it one.");
        }
        turns = turns.stream().sorted(Comparator.comparingInt(Turn::after)).toList();
        extras = Collections.unmodifiableMap(new LinkedHashMap<>(extras));
    }

    /** Text-to-image with every other setting at its default. */
    public static GenerationRequest of(String prompt, Path model, Size size) {
        return new GenerationRequest(
                prompt,
                "",
                model,
                null,
                size,
                1,
                1,
                SamplingSettings.DEFAULT,
                SeedSettings.DEFAULT,
                TextSettings.DEFAULT,
                null,
                null,
                null,
                List.of(),
                null,
                DEFAULT_IMAGE_CFG,
                1,
                false,
                false,
                Profile.A1111,
                List.of(),
                Map.of());
    }

    /** How many pictures the request makes. */
    public int pictures() {
        return batchSize * batchCount;
    }

    private static void checkSize(Size size) {
        InvalidRequest.range("width", "Width", size.width(), SMALLEST_SIDE, LARGEST_SIDE);
        InvalidRequest.range("height", "Height", size.height(), SMALLEST_SIDE, LARGEST_SIDE);
        if (size.width() % SIDE_STEP != 0 || size.height() % SIDE_STEP != 0) {
            Size down = new Size(size.width() / SIDE_STEP * SIDE_STEP, size.height() / SIDE_STEP * SIDE_STEP);
            Size up = new Size(roundUp(size.width()), roundUp(size.height()));
            throw new InvalidRequest(
                    size.width() % SIDE_STEP != 0 ? "width" : "height",
                    "Width and height must be multiples of %d, which %s is not; the nearest sizes that work are %s and %s."
                            .formatted(SIDE_STEP, size, down, up));
        }
    }

    private static int roundUp(int side) {
        return (side + SIDE_STEP - 1) / SIDE_STEP * SIDE_STEP;
    }

    public GenerationRequest withPrompt(String value) {
        return edit(e -> e.prompt(value));
    }

    public GenerationRequest withSize(Size value) {
        return edit(e -> e.size(value));
    }

    public GenerationRequest withBatch(int newSize, int newCount) {
        return edit(e -> e.batch(newSize, newCount));
    }

    public GenerationRequest withSampling(SamplingSettings value) {
        return edit(e -> e.sampling(value));
    }

    public GenerationRequest withSeeds(SeedSettings value) {
        return edit(e -> e.seeds(value));
    }

    /** A copy with some values changed, checked as a whole when all of them are set. */
    public GenerationRequest edit(UnaryOperator<RequestEdit> change) {
        return change.apply(new RequestEdit(this)).done();
    }
}
