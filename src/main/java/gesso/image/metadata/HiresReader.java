package gesso.image.metadata;

import gesso.request.GenerationRequest;
import gesso.request.Hires;
import gesso.request.InvalidRequest;
import gesso.request.Sampler;
import gesso.request.ScheduleType;
import gesso.request.Size;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The second pass ("hires fix") that an infotext tells of. */
final class HiresReader {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");

    /** Area of the first pass, in pixels, by A1111's rule before 2023. */
    private static final double OLD_AREA = 512.0 * 512;

    private HiresReader() {}

    /** null: the text tells of none. */
    static @Nullable Hires read(TakenSettings settings, GenerationRequest request) {
        boolean there = settings.has("Denoising strength")
                && (settings.has("Hires upscale") || settings.has("Hires upscaler") || settings.has("Hires resize"));
        if (!there) {
            return null;
        }
        Size size = resize(settings.take("Hires resize", ""), request.size());
        Sampler sampler = settings.take("Hires sampler", HiresReader::sampler).orElse(null);
        ScheduleType schedule =
                settings.take("Hires schedule type", ScheduleType::parse).orElse(null);
        return new Hires(
                settings.takeNumber("Hires upscale", Hires.DEFAULT.scale()),
                size,
                settings.take("Hires upscaler", Hires.DEFAULT.upscaler()),
                (int) settings.takeNumber("Hires steps", 0),
                settings.takeNumber("Denoising strength", Hires.DEFAULT.denoisingStrength()),
                sampler,
                schedule,
                cfg(settings, request),
                settings.take("Hires prompt", ""),
                settings.take("Hires negative prompt", ""));
    }

    /** Forge writes it always; where it is the first pass's, none is meant. */
    private static double cfg(TakenSettings settings, GenerationRequest request) {
        double cfg = settings.takeNumber("Hires CFG Scale", 0);
        return cfg == request.sampling().cfgScale() ? 0 : cfg;
    }

    private static Sampler sampler(String name) {
        return SamplerNames.parse(name)
                .map(SamplerNames.Named::sampler)
                .orElseThrow(() -> new InvalidRequest("hires-sampler", "there is no sampler " + name + "."));
    }

    /** A side of 0 follows from the other and the first pass's shape. */
    private static @Nullable Size resize(String text, Size first) {
        Matcher sides = SIZE.matcher(text);
        if (!sides.matches()) {
            return null;
        }
        int width = Integer.parseInt(sides.group(1));
        int height = Integer.parseInt(sides.group(2));
        if (width == 0 && height == 0) {
            return null;
        }
        return new Size(
                width == 0 ? height * first.width() / first.height() : width,
                height == 0 ? width * first.height() / first.width() : height);
    }

    /**
     * Texts of 2022 give the last pass's size as "Size" and the first pass's as "First pass size", 0x0 for the one that A1111
     * chose: about 512² pixels in the last pass's shape, in multiples of 64. Both are brought into today's form.
     */
    static void modernize(TakenSettings settings) {
        Matcher first = SIZE.matcher(settings.take("First pass size", ""));
        Matcher last = SIZE.matcher(settings.peek("Size"));
        if (!first.matches() || !last.matches()) {
            return;
        }
        int width = Integer.parseInt(first.group(1));
        int height = Integer.parseInt(first.group(2));
        if (width == 0 || height == 0) {
            double w = Double.parseDouble(last.group(1));
            double h = Double.parseDouble(last.group(2));
            double scale = Math.sqrt(OLD_AREA / Math.max(1, w * h));
            width = (int) Math.ceil(scale * w / 64) * 64;
            height = (int) Math.ceil(scale * h / 64) * 64;
        }
        settings.put("Hires resize", last.group());
        settings.put("Size", width + "x" + height);
    }
}
