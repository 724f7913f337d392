package gesso.image.metadata;

import gesso.image.GeneratedPicture;
import gesso.request.Emphasis;
import gesso.request.GenerationRequest;
import gesso.request.Hires;
import gesso.request.Inpaint;
import gesso.request.InpaintArea;
import gesso.request.MaskMode;
import gesso.request.MaskedContent;
import gesso.request.Profile;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import gesso.request.Rng;
import gesso.request.SamplingSettings;
import gesso.request.SdUpscale;
import gesso.request.SeedSettings;
import gesso.request.SoftInpainting;
import java.util.Objects;

/**
 * What a picture's request is in A1111's words. The keys, their order and the cases in which each is written are those of
 * A1111 1.10.1's {@code create_infotext} and of what it calls; what that program does not know comes last, before the
 * version, and only where it differs from that program's way.
 */
public final class InfotextWriter {
    private final InfotextSettings settings = new InfotextSettings();
    private final GenerationRequest request;

    private InfotextWriter(GenerationRequest request) {
        this.request = request;
    }

    /** The parameters that are stored in the picture's file. */
    public static Infotext write(GeneratedPicture made) {
        InfotextWriter writer = new InfotextWriter(made.request());
        writer.basics(made.model());
        writer.seeds(made.request().seeds());
        if (made.request().hires() != null) {
            writer.hires(made.request().hires());
        }
        if (made.request().rework() != null) {
            writer.rework(made.request().rework());
        }
        if (made.request().sdUpscale() != null) {
            writer.sdUpscale(made.request().sdUpscale());
        }
        writer.text();
        TuningWriter.write(made.request().sampling(), made.request().profile(), writer.settings);
        TurnText.write(made.request().turns(), writer.settings);
        made.facts().forEach(writer.settings::put);
        made.request().extras().forEach(writer.settings::putIfAbsent);
        writer.own();
        return new Infotext(made.request().prompt(), made.request().negativePrompt(), writer.settings.written());
    }

    private void basics(GeneratedPicture.ModelIdentity model) {
        SamplingSettings sampling = request.sampling();
        settings.put("Steps", sampling.steps());
        settings.put("Sampler", sampling.sampler().label());
        settings.put("Schedule type", TuningWriter.scheduleLabel(sampling, request.profile()));
        settings.put("CFG scale", sampling.cfgScale());
        settings.put("Size", request.size().toString());
        settings.put("Model hash", model.hash());
        settings.put("Model", model.name());
        if (model.inpainting()) {
            settings.put("Conditional mask weight", request.maskWeight());
        }
        if (request.text().clipSkip() > 1) {
            settings.put("Clip skip", request.text().clipSkip());
        }
        if (request.tiling()) {
            settings.put("Tiling", "True");
        }
    }

    private void seeds(SeedSettings seeds) {
        settings.put("Seed", seeds.seed());
        if (seeds.variationStrength() > 0) {
            settings.put("Variation seed", seeds.variationSeed());
            settings.put("Variation seed strength", seeds.variationStrength());
        }
        if (seeds.resizeFrom() != null) {
            settings.put("Seed resize from", seeds.resizeFrom().toString());
        }
        if (seeds.ensd() != 0 && TuningWriter.usesEnsd(request.sampling())) {
            settings.put("ENSD", seeds.ensd());
        }
        if (seeds.rng() != Rng.GPU) {
            settings.put("RNG", seeds.rng().label());
        }
    }

    private void hires(Hires hires) {
        settings.put("Denoising strength", hires.denoisingStrength());
        if (hires.sampler() != null && hires.sampler() != request.sampling().sampler()) {
            settings.put("Hires sampler", hires.sampler().label());
        }
        settings.putUnless("Hires prompt", hires.prompt(), request.prompt());
        settings.putUnless("Hires negative prompt", hires.negativePrompt(), request.negativePrompt());
        if (hires.cfgScale() != 0) {
            settings.put("Hires CFG Scale", hires.cfgScale()); // Forge's key; A1111 has no such setting
        }
        SamplingSettings second = secondPass(hires);
        if (!TuningWriter.scheduleLabel(second, request.profile())
                .equals(TuningWriter.scheduleLabel(request.sampling(), request.profile()))) {
            settings.put("Hires schedule type", TuningWriter.scheduleLabel(second, request.profile()));
        }
        if (hires.size() == null) {
            settings.put("Hires upscale", hires.scale());
        } else {
            settings.put("Hires resize", hires.size().toString());
        }
        if (hires.steps() != 0) {
            settings.put("Hires steps", hires.steps());
        }
        settings.put("Hires upscaler", hires.upscaler());
    }

    private SamplingSettings secondPass(Hires hires) {
        SamplingSettings first = request.sampling();
        return first.withSampler(Objects.requireNonNullElse(hires.sampler(), first.sampler()))
                .withSchedule(Objects.requireNonNullElse(hires.schedule(), first.schedule()));
    }

    private void rework(Rework rework) {
        settings.put("Denoising strength", rework.denoisingStrength());
        Inpaint inpaint = rework.inpaint();
        if (inpaint == null) {
            return;
        }
        if (inpaint.soft() != null) {
            soft(inpaint.soft());
        }
        if (inpaint.mode() == MaskMode.NOT_MASKED) {
            settings.put("Mask mode", inpaint.mode().label());
        }
        if (inpaint.blur() > 0) {
            settings.put("Mask blur", inpaint.blur());
        }
        if (inpaint.area() == InpaintArea.ONLY_MASKED) {
            settings.put("Inpaint area", inpaint.area().label());
            settings.put("Masked area padding", inpaint.padding());
        }
        if (inpaint.content() != MaskedContent.ORIGINAL) {
            settings.put("Masked content", inpaint.content().label());
        }
    }

    private void sdUpscale(SdUpscale asked) {
        settings.put("SD upscale overlap", asked.overlap());
        settings.put("SD upscale upscaler", asked.upscaler());
    }

    private void soft(SoftInpainting soft) {
        settings.put("Soft inpainting enabled", "True");
        settings.put("Soft inpainting schedule bias", soft.scheduleBias());
        settings.put("Soft inpainting preservation strength", soft.preservationStrength());
        settings.put("Soft inpainting transition contrast boost", soft.transitionContrastBoost());
        settings.put("Soft inpainting mask influence", soft.maskInfluence());
        settings.put("Soft inpainting difference threshold", soft.differenceThreshold());
        settings.put("Soft inpainting difference contrast", soft.differenceContrast());
    }

    private void text() {
        String both = request.prompt() + request.negativePrompt();
        boolean weighted = both.indexOf('(') >= 0 || both.indexOf('[') >= 0;
        if (weighted && request.text().emphasis() != Emphasis.ORIGINAL) {
            settings.put("Emphasis", request.text().emphasis().label());
        }
    }

    /** What A1111 does not write at all. */
    private void own() {
        settings.putUnless("CFG Rescale", request.sampling().tuning().cfgRescale(), 0);
        if (request.sdUpscale() != null) {
            settings.put("SD upscale factor", request.sdUpscale().factor());
        }
        if (request.vaeTiling()) {
            settings.put("VAE tiling", "True");
        }
        Rework rework = request.rework();
        if (rework != null) {
            if (rework.resizeMode() != ResizeMode.JUST_RESIZE) {
                settings.put("Resize mode", rework.resizeMode().label());
            }
            if (rework.upscaler() != null) {
                settings.put("Img2img upscaler", rework.upscaler());
            }
            if (rework.exactSteps()) {
                settings.put("Exact steps", "True");
            }
            if (rework.colorCorrection()) {
                settings.put("Color correction", "True");
            }
        }
        if (request.profile() != Profile.A1111) {
            settings.put("Profile", request.profile().label());
        }
        settings.putLast("Version", "gesso " + Version.NUMBER);
    }
}
