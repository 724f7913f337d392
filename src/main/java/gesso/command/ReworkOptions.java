package gesso.command;

import static gesso.command.RequestOptions.or;

import gesso.image.Outpainting;
import gesso.image.PictureFiles;
import gesso.request.GenerationRequest;
import gesso.request.Inpaint;
import gesso.request.InpaintArea;
import gesso.request.InvalidRequest;
import gesso.request.MaskMode;
import gesso.request.MaskedContent;
import gesso.request.Picture;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import gesso.request.Size;
import gesso.request.SoftInpainting;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Picture to picture, and inpainting, as options. */
final class ReworkOptions {
    /** A1111's default for pictures that start from another. */
    private static final double DEFAULT_DENOISE = 0.75;

    @Option(
            names = "--image",
            paramLabel = "FILE|FOLDER",
            description = "the picture to start from, or a folder of them: each in turn")
    @Nullable
    Path image;

    @Option(
            names = "--denoise",
            paramLabel = "X",
            description = "0 keeps the picture, 1 repaints it (0.75; hires fix 0.7)")
    @Nullable
    Double denoise;

    @Option(
            names = "--strength-map",
            paramLabel = "FILE",
            description = "a grey picture: --denoise (then 1) counts in full where it is white, not at all where black")
    @Nullable
    Path strengthMap;

    @Option(names = "--resize-mode", paramLabel = "MODE", description = "just, crop, fill or latent (just)")
    @Nullable
    String resizeMode;

    @Option(names = "--exact-steps", description = "run as many steps as --steps says, whatever --denoise is")
    boolean exactSteps;

    @Option(names = "--color-correction", description = "bring the colours to those of --image")
    boolean colorCorrection;

    @Option(
            names = "--encode-seed",
            paramLabel = "N",
            description =
                    "seed of the noise with which the VAE reads --image (none); A1111: of the picture made before")
    @Nullable
    Long encodingSeed;

    @Option(names = "--mask", paramLabel = "FILE", description = "white is repainted")
    @Nullable
    Path mask;

    @Option(names = "--mask-blur", paramLabel = "N", description = "in pixels, 0 to 64 (4)")
    @Nullable
    Integer maskBlur;

    @Option(names = "--mask-mode", paramLabel = "MODE", description = "masked or not-masked (masked)")
    @Nullable
    String maskMode;

    @Option(
            names = "--masked-content",
            paramLabel = "WHAT",
            description = "fill, original, noise or nothing (original)")
    @Nullable
    String maskedContent;

    @Option(names = "--area", paramLabel = "AREA", description = "whole or masked (whole)")
    @Nullable
    String area;

    @Option(names = "--padding", paramLabel = "N", description = "surroundings seen with --area masked, in pixels (32)")
    @Nullable
    Integer padding;

    @Option(names = "--soft-inpainting", description = "grey in the mask blends")
    boolean soft;

    @Mixin
    OutpaintOption outpaint = new OutpaintOption();

    /**
     * The request with the picture to start from, and the mask; all else about them is as A1111 begins.
     *
     * @param sized whether a size was asked for; else the picture's own is taken
     * @param notes is told, in sentences, what of the files is not used
     */
    GenerationRequest start(GenerationRequest from, boolean sized, Consumer<String> notes) {
        if (image == null) {
            return from;
        }
        Picture source = PictureFiles.read(image, notes);
        if (outpaint.asked()) {
            outpaint.refuseWith("--mask", mask);
            outpaint.refuseWith("--strength-map", strengthMap);
            return outpaint.start(from, source, or(maskBlur, Outpainting.BLUR));
        }
        Inpaint inpaint = mask == null
                ? null
                : new Inpaint(
                        PictureFiles.read(mask, notes),
                        Inpaint.DEFAULT_BLUR,
                        MaskMode.MASKED,
                        MaskedContent.ORIGINAL,
                        InpaintArea.WHOLE_PICTURE,
                        Inpaint.DEFAULT_PADDING,
                        null);
        Rework rework = new Rework(
                        source,
                        ResizeMode.JUST_RESIZE,
                        strengthMap == null ? DEFAULT_DENOISE : 1,
                        false,
                        false,
                        inpaint)
                .withStrengthMap(strengthMap == null ? null : PictureFiles.read(strengthMap, notes));
        return from.edit(e -> e.rework(rework).size(sized ? from.size() : near(source.size())));
    }

    /**
     * The request with what was said of the picture to start from.
     *
     * @param sized whether a size was asked for
     */
    GenerationRequest apply(GenerationRequest from, boolean sized) {
        Rework start = from.rework();
        if (start == null) {
            refuseWithoutImage(from);
            return from;
        }
        Rework rework = new Rework(
                start.source(),
                resizeMode == null ? start.resizeMode() : Choices.RESIZE_MODE.parse(resizeMode),
                or(denoise, start.denoisingStrength()),
                exactSteps || start.exactSteps(),
                colorCorrection || start.colorCorrection(),
                inpaint(start.inpaint()),
                encodingSeed == null ? start.encodingSeed() : encodingSeed,
                start.strengthMap(),
                start.upscaler());
        return outpaint.finish(from.edit(e -> e.rework(rework)), sized);
    }

    private @Nullable Inpaint inpaint(@Nullable Inpaint start) {
        if (start == null) {
            refuseWithoutMask();
            return null;
        }
        return new Inpaint(
                start.mask(),
                or(maskBlur, start.blur()),
                maskMode == null ? start.mode() : Choices.MASK_MODE.parse(maskMode),
                maskedContent == null ? start.content() : Choices.MASKED_CONTENT.parse(maskedContent),
                area == null ? start.area() : Choices.AREA.parse(area),
                or(padding, start.padding()),
                soft ? SoftInpainting.DEFAULT : start.soft());
    }

    private void refuseWithoutImage(GenerationRequest from) {
        Needs needs = new Needs("--image");
        needs.check("--mask", mask);
        needs.check("--strength-map", strengthMap);
        needs.check("--outpaint", outpaint.asked());
        needs.check("--resize-mode", resizeMode);
        needs.check("--exact-steps", exactSteps);
        needs.check("--color-correction", colorCorrection);
        needs.check("--encode-seed", encodingSeed);
        if (from.hires() == null) {
            new Needs("--image or --hires").check("--denoise", denoise);
        }
        refuseWithoutMask();
    }

    private void refuseWithoutMask() {
        Needs needs = new Needs("--mask");
        needs.check("--mask-blur", maskBlur);
        needs.check("--mask-mode", maskMode);
        needs.check("--masked-content", maskedContent);
        needs.check("--area", area);
        needs.check("--padding", padding);
        needs.check("--soft-inpainting", soft);
    }

    /** The largest size a request may have that is no larger than the picture. */
    private static Size near(Size picture) {
        return new Size(side(picture.width(), picture), side(picture.height(), picture));
    }

    private static int side(int pixels, Size picture) {
        if (pixels < GenerationRequest.SMALLEST_SIDE || pixels > GenerationRequest.LARGEST_SIDE) {
            throw new InvalidRequest(
                    "size",
                    "The picture to start from has %s pixels; say with --size what to make of it (sides of %d to %d)."
                            .formatted(picture, GenerationRequest.SMALLEST_SIDE, GenerationRequest.LARGEST_SIDE));
        }
        return pixels / GenerationRequest.SIDE_STEP * GenerationRequest.SIDE_STEP;
    }
}
