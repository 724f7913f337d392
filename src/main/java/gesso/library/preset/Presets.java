package gesso.library.preset;

import gesso.library.Folders;
import gesso.library.NearestNames;
import gesso.library.SafeFiles;
import gesso.request.BadInput;
import gesso.request.GessoException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The presets there are: those that ship with Gesso, and the user's, a JSON each. Safe to use from several threads. */
public final class Presets {
    private static final String ENDING = ".json";

    private final Optional<Path> shipped;
    private final Path own;

    /**
     * Those in these folders.
     *
     * @param shipped never written to
     * @param own is made with the first preset
     */
    public Presets(Optional<Path> shipped, Path own) {
        this.shipped = shipped;
        this.own = own;
    }

    /** This user's. */
    public static Presets of(Folders folders) {
        return new Presets(Folders.shippedPresets(), folders.presets());
    }

    /**
     * A preset with its place.
     *
     * @param isShipped whether it came with Gesso: it can be copied, not changed
     */
    public record Stored(Path file, boolean isShipped, Preset preset) {
        /** What it is asked for by: the file's name without its ending. */
        public String id() {
            return stem(file);
        }
    }

    /**
     * What the folders hold.
     *
     * @param presets the user's first, then by their English names
     * @param notices a sentence for each file that is no preset that can be read
     */
    public record Listing(List<Stored> presets, List<String> notices) {}

    public Listing list() {
        List<Stored> found = new ArrayList<>();
        List<String> notices = new ArrayList<>();
        read(own, false, found, notices);
        shipped.ifPresent(folder -> read(folder, true, found, notices));
        found.sort(Comparator.comparing(Stored::isShipped)
                .thenComparing(s -> s.preset().name("en").toLowerCase(Locale.ROOT)));
        return new Listing(List.copyOf(found), List.copyOf(notices));
    }

    private static void read(Path folder, boolean isShipped, List<Stored> found, List<String> notices) {
        for (Path file : files(folder, notices)) {
            try {
                found.add(new Stored(file, isShipped, readFile(file)));
            } catch (BadInput e) {
                notices.add("The preset %s cannot be used: %s".formatted(file.getFileName(), e.sentence()));
            }
        }
    }

    private static List<Path> files(Path folder, List<String> notices) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            notices.add("The presets in %s cannot be read.".formatted(folder));
            return List.of();
        }
    }

    /** A preset from a JSON file. @throws BadInput where it is none */
    static Preset readFile(Path file) {
        try {
            if (Files.size(file) > PresetText.LONGEST) {
                throw new BadInput("%s is too large to be a preset.".formatted(file.getFileName()));
            }
            return PresetText.read(Files.readString(file));
        } catch (IOException e) {
            throw new BadInput("%s cannot be read as text.".formatted(file.getFileName()), e);
        }
    }

    /**
     * The preset of a name: an id, or a name in any of its languages, whatever the case.
     *
     * @throws BadInput with the nearest names where there is none
     */
    public Stored find(String name) {
        List<Stored> all = list().presets();
        String wanted = name.strip();
        return all.stream()
                .filter(s -> s.id().equalsIgnoreCase(wanted))
                .findFirst()
                .or(() -> all.stream()
                        .filter(s -> s.preset().names().values().stream().anyMatch(wanted::equalsIgnoreCase))
                        .findFirst())
                .orElseThrow(() -> missing(name, all));
    }

    private static BadInput missing(String name, List<Stored> all) {
        List<String> near = NearestNames.of(
                name,
                all.stream()
                        .flatMap(s -> Stream.of(s.id(), s.preset().name("en")))
                        .toList());
        return new BadInput("There is no preset \"%s\"; %s"
                .formatted(
                        name,
                        near.isEmpty()
                                ? "gesso presets lists those there are."
                                : "did you mean " + String.join(" or ", near) + "?"));
    }

    /**
     * Keeps a preset as a new file, named after it.
     *
     * @throws GessoException where it cannot be written
     */
    public Stored add(Preset preset) {
        checkWritable(preset);
        String name = fileName(preset.name("en"));
        try {
            Path file =
                    SafeFiles.writeNew(n -> own.resolve((n == 1 ? name : name + "-" + n) + ENDING), 1, bytes(preset));
            return new Stored(file, false, preset);
        } catch (IOException | RuntimeException e) {
            throw unwritten(own.resolve(name + ENDING), e);
        }
    }

    /**
     * Writes a changed preset in the place of the one before it.
     *
     * @throws GessoException where it cannot be written; the one before stays
     */
    public Stored replace(Stored stored, Preset preset) {
        if (stored.isShipped()) {
            return add(preset);
        }
        checkWritable(preset);
        try {
            SafeFiles.replace(stored.file(), bytes(preset));
            return new Stored(stored.file(), false, preset);
        } catch (IOException | RuntimeException e) {
            throw unwritten(stored.file(), e);
        }
    }

    /** Deletes one of the user's; what it held is returned, so that it can be put back with {@link #add}. */
    public Preset delete(Stored stored) {
        if (stored.isShipped()) {
            throw new BadInput("\"%s\" ships with Gesso and stays."
                    .formatted(stored.preset().name("en")));
        }
        try {
            Files.deleteIfExists(stored.file());
            return stored.preset();
        } catch (IOException e) {
            throw new GessoException(
                    "The preset %s could not be deleted: %s.".formatted(stored.file(), SafeFiles.why(e)), e);
        }
    }

    /**
     * Writes what is exported, whole or not at all and never over another file: {@code NAME-2.json} where the name is taken.
     *
     * @throws GessoException where it cannot be written
     */
    public static Path export(Path target, byte[] content) {
        String name = target.getFileName().toString();
        int dot = name.lastIndexOf('.') < 0 ? name.length() : name.lastIndexOf('.');
        try {
            return SafeFiles.writeNew(
                    n -> target.resolveSibling(n == 1 ? name : name.substring(0, dot) + "-" + n + name.substring(dot)),
                    1,
                    content);
        } catch (IOException | RuntimeException e) {
            throw unwritten(target, e);
        }
    }

    private static void checkWritable(Preset preset) {
        if (preset.isReadOnly()) {
            throw new BadInput("\"%s\" was made by a newer Gesso (version %d of the form): it can be used, not changed."
                    .formatted(preset.name("en"), preset.version()));
        }
    }

    private static byte[] bytes(Preset preset) {
        return PresetText.write(preset).getBytes(StandardCharsets.UTF_8);
    }

    /** A name that every file system takes; letters of every language stay. */
    static String fileName(String name) {
        String plain = name.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", "-")
                .replaceAll("^-|-$", "");
        String cut = plain.codePoints()
                .limit(60)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        boolean reserved = cut.matches("con|prn|aux|nul|com\\d|lpt\\d");
        return cut.isEmpty() || reserved ? "preset" + (reserved ? "-" + cut : "") : cut;
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ENDING.length());
    }

    private static GessoException unwritten(Path file, Exception e) {
        return new GessoException("The preset could not be saved as %s: %s.".formatted(file, SafeFiles.why(e)), e);
    }
}
