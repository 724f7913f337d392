package gesso.library.foreign;

import gesso.image.metadata.Infotext;
import gesso.image.metadata.PictureMetadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A1111's own text, and that of the programs which grew out of it: Forge, SD.Next, Fooocus' "a1111" scheme. */
final class A1111Settings {
    /** SD.Next's words for what A1111 calls otherwise ({@code modules/processing_info.py}). */
    private static final Map<String, String> SDNEXT_KEYS = Map.of(
            "Sampler eta delta", "ENSD",
            "Variation strength", "Variation seed strength",
            "Hires scale", "Hires upscale",
            "Hires fixed", "Hires resize",
            "Hires strength", "Denoising strength",
            "Hires CFG scale", "Hires CFG Scale",
            "Mask weight", "Conditional mask weight");

    /** Its names for samplers are those of diffusers' classes where it has no A1111 label. */
    private static final Map<String, String> SDNEXT_SAMPLERS = Map.of(
            "LMSD", "LMS",
            "KDPM2", "DPM2",
            "KDPM2 a", "DPM2 a",
            "PNDM", "PLMS",
            "DPM SDE", "DPM++ SDE");

    /** True of one file alone, or other things under a name that A1111 has too. */
    private static final Set<String> SDNEXT_DROPPED =
            Set.of("Batch", "Index", "Resize mode", "Color correction", "Refine");

    private A1111Settings() {}

    static Optional<PictureSettings> read(PictureMetadata metadata) {
        String words = metadata.parameters().orElse("");
        if (words.isEmpty() || !Trees.object(words).isMissingNode()) {
            return Optional.empty();
        }
        Infotext text = Infotext.parse(words);
        // A comment of a camera or a painter is no prompt.
        boolean meant = !text.settings().isEmpty() || metadata.texts().containsKey(PictureMetadata.PARAMETERS);
        return meant ? Optional.of(of(text)) : Optional.empty();
    }

    static PictureSettings of(Infotext text) {
        String version = text.settings().getOrDefault("Version", "");
        if (version.startsWith("gesso")) {
            return new PictureSettings("Gesso", text);
        }
        if (version.startsWith("Fooocus")) {
            return new PictureSettings("Fooocus", fooocus(text));
        }
        if (text.settings().getOrDefault("App", "").equals("SD.Next")
                || text.settings().containsKey("Backend")) {
            return new PictureSettings("SD.Next", sdNext(text));
        }
        return new PictureSettings(version.startsWith("f") ? "Forge" : "A1111", text);
    }

    private static Infotext sdNext(Infotext text) {
        Map<String, String> settings = new LinkedHashMap<>();
        text.settings().forEach((key, value) -> {
            if (!SDNEXT_DROPPED.contains(key)) {
                settings.putIfAbsent(SDNEXT_KEYS.getOrDefault(key, key), value);
            }
        });
        settings.computeIfPresent("Sampler", (key, name) -> SDNEXT_SAMPLERS.getOrDefault(name, name));
        String sigma = settings.getOrDefault("Sampler sigma", "");
        if (!sigma.isEmpty()) {
            settings.putIfAbsent("Schedule type", KDiffusionNames.schedule(sigma));
        }
        boolean legacy = Set.of("Legacy", "Original").contains(settings.getOrDefault("Backend", ""));
        if (!legacy) {
            settings.putIfAbsent("Profile", "diffusers");
        }
        return new Infotext(text.prompt(), text.negativePrompt(), settings);
    }

    /** Labels of A1111 where it has them, with the schedule a second time under another key. */
    private static Infotext fooocus(Infotext text) {
        Map<String, String> settings = new LinkedHashMap<>(text.settings());
        settings.computeIfPresent("Sampler", (key, name) -> KDiffusionNames.sampler(name));
        String schedule = settings.getOrDefault("Scheduler", "");
        if (!schedule.isEmpty()) {
            settings.put("Schedule type", KDiffusionNames.schedule(schedule));
            settings.remove("Scheduler");
        }
        settings.putIfAbsent("RNG", "CPU");
        return new Infotext(text.prompt(), text.negativePrompt(), settings);
    }
}
