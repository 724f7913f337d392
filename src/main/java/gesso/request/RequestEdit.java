package gesso.request;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request under change; {@link #done} makes the checked, immutable record. Used through {@link GenerationRequest#edit}. */
public final class RequestEdit {
    private String prompt;
    private String negativePrompt;
    private Path model;
    private @Nullable Path vae;
    private Size size;
    private int batchSize;
    private int batchCount;
    private SamplingSettings sampling;
    private SeedSettings seeds;
    private TextSettings text;
    private @Nullable Hires hires;
    private @Nullable Rework rework;
    private @Nullable SdUpscale sdUpscale;
    private List<ControlUnit> controls;
    private @Nullable Refiner refiner;
    private double imageCfgScale;
    private double maskWeight;
    private boolean tiling;
    private boolean vaeTiling;
    private Profile profile;
    private List<Turn> turns;
    private Map<String, String> extras;

    RequestEdit(GenerationRequest from) {
        prompt = from.prompt();
        negativePrompt = from.negativePrompt();
        model = from.model();
        vae = from.vae();
        size = from.size();
        batchSize = from.batchSize();
        batchCount = from.batchCount();
        sampling = from.sampling();
        seeds = from.seeds();
        text = from.text();
        hires = from.hires();
        rework = from.rework();
        sdUpscale = from.sdUpscale();
        controls = from.controls();
        refiner = from.refiner();
        imageCfgScale = from.imageCfgScale();
        maskWeight = from.maskWeight();
        tiling = from.tiling();
        vaeTiling = from.vaeTiling();
        profile = from.profile();
        turns = from.turns();
        extras = from.extras();
    }

    public RequestEdit prompt(String value) {
        prompt = value;
        return this;
    }

    public RequestEdit negativePrompt(String value) {
        negativePrompt = value;
        return this;
    }

    public RequestEdit model(Path value) {
        model = value;
        return this;
    }

    public RequestEdit vae(@Nullable Path value) {
        vae = value;
        return this;
    }

    public RequestEdit size(Size value) {
        size = value;
        return this;
    }

    public RequestEdit batch(int newSize, int newCount) {
        batchSize = newSize;
        batchCount = newCount;
        return this;
    }

    public RequestEdit sampling(SamplingSettings value) {
        sampling = value;
        return this;
    }

    public RequestEdit seeds(SeedSettings value) {
        seeds = value;
        return this;
    }

    public RequestEdit text(TextSettings value) {
        text = value;
        return this;
    }

    public RequestEdit hires(@Nullable Hires value) {
        hires = value;
        return this;
    }

    public RequestEdit rework(@Nullable Rework value) {
        rework = value;
        return this;
    }

    public RequestEdit sdUpscale(@Nullable SdUpscale value) {
        sdUpscale = value;
        return this;
    }

    public RequestEdit controls(List<ControlUnit> value) {
        controls = value;
        return this;
    }

    public RequestEdit refiner(@Nullable Refiner value) {
        refiner = value;
        return this;
    }

    public RequestEdit imageCfgScale(double value) {
        imageCfgScale = value;
        return this;
    }

    public RequestEdit maskWeight(double value) {
        maskWeight = value;
        return this;
    }

    public RequestEdit tiling(boolean value) {
        tiling = value;
        return this;
    }

    public RequestEdit vaeTiling(boolean value) {
        vaeTiling = value;
        return this;
    }

    public RequestEdit profile(Profile value) {
        profile = value;
        return this;
    }

    public RequestEdit turns(List<Turn> value) {
        turns = value;
        return this;
    }

    public RequestEdit extras(Map<String, String> value) {
        extras = value;
        return this;
    }

    GenerationRequest done() {
        return new GenerationRequest(
                prompt,
                negativePrompt,
                model,
                vae,
                size,
                batchSize,
                batchCount,
                sampling,
                seeds,
                text,
                hires,
                rework,
                sdUpscale,
                controls,
                refiner,
                imageCfgScale,
                maskWeight,
                tiling,
                vaeTiling,
                profile,
                turns,
                extras);
    }
}
