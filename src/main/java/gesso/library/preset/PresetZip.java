package gesso.library.preset;

import gesso.request.BadInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Several presets in one file. Read from the archive itself: nothing is unpacked, so no name in it can lead anywhere. */
public final class PresetZip {
    private static final int MOST_FILES = 1000;
    private static final long MOST_BYTES = 8L * PresetText.LONGEST;

    private PresetZip() {}

    /** A JSON for each preset. */
    public static byte[] encode(List<Preset> presets) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Set<String> taken = new HashSet<>();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (Preset preset : presets) {
                String stem = Presets.fileName(preset.name("en"));
                String name = stem;
                for (int n = 2; !taken.add(name); n++) {
                    name = stem + "-" + n;
                }
                zip.putNextEntry(new ZipEntry(name + ".json"));
                zip.write(PresetText.write(preset).getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e); // there is no disk in it
        }
        return bytes.toByteArray();
    }

    static List<Preset> read(Path file) {
        String zipName = String.valueOf(file.getFileName());
        List<Preset> presets = new ArrayList<>();
        try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            List<? extends ZipEntry> entries =
                    zip.stream().filter(PresetZip::isText).toList();
            if (entries.size() > MOST_FILES) {
                throw new BadInput("%s holds too much to be a collection of presets.".formatted(zipName));
            }
            long left = MOST_BYTES;
            for (ZipEntry entry : entries) {
                byte[] content;
                try (InputStream in = zip.getInputStream(entry)) {
                    content = in.readNBytes(PresetText.LONGEST + 1);
                }
                left -= content.length;
                if (content.length > PresetText.LONGEST || left < 0) {
                    throw new BadInput("%s holds too much to be a collection of presets.".formatted(zipName));
                }
                presets.addAll(PresetImport.read(new String(content, StandardCharsets.UTF_8), plainName(entry)));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInput("%s is no ZIP that can be read, or it is damaged.".formatted(zipName), e);
        }
        if (presets.isEmpty()) {
            throw new BadInput("There is no preset in %s.".formatted(zipName));
        }
        return presets;
    }

    private static boolean isText(ZipEntry entry) {
        String name = plainName(entry).toLowerCase(Locale.ROOT);
        return name.endsWith(".json") || name.endsWith(".csv");
    }

    private static String plainName(ZipEntry entry) {
        return entry.getName().replaceFirst(".*[/\\\\]", "");
    }
}
