package gesso.library.preset;

import gesso.library.NearestNames;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which of the installed checkpoints a preset is to be used with. */
public final class PresetModels {
    /** The digits that both kinds of hash have. */
    private static final int SHORT = 10;

    private PresetModels() {}

    /** How sure it is that a checkpoint is the one that is meant. */
    public enum Match {
        /** The same file, by its hash. */
        SAME,
        /** Of the same name, while a hash is not known. */
        NAMED,
        /** Of the same name, but another file. */
        OTHER_FILE,
        /** Another model of the same architecture. */
        FAMILY,
        /** None fits. */
        NONE
    }

    /**
     * An installed checkpoint.
     *
     * @param hash empty: not known
     * @param family empty: not known
     */
    public record Installed(String name, String hash, String family) {}

    /**
     * What was found.
     *
     * @param installed null with {@link Match#NONE}
     */
    public record Choice(Match match, @Nullable Installed installed) {}

    /**
     * The nearest: by hash, else by name, else of the family.
     *
     * @param now the one that is chosen, which is preferred among equals of the family; null: none
     */
    public static Choice nearest(Preset.Model wanted, List<Installed> all, @Nullable Installed now) {
        Optional<Installed> same = first(all, i -> isSameHash(wanted.hash(), i.hash()));
        if (same.isPresent()) {
            return new Choice(Match.SAME, same.get());
        }
        Optional<Installed> named = first(all, i -> plain(i.name()).equals(plain(wanted.name())));
        if (named.isPresent() && !wanted.name().isBlank()) {
            boolean unknown = wanted.hash().isEmpty() || named.get().hash().isEmpty();
            return new Choice(unknown ? Match.NAMED : Match.OTHER_FILE, named.get());
        }
        List<Installed> kin = all.stream()
                .filter(i -> isSameFamily(wanted.family(), i.family()))
                .toList();
        if (kin.isEmpty()) {
            return new Choice(Match.NONE, null);
        }
        List<String> near =
                NearestNames.of(wanted.name(), kin.stream().map(Installed::name).toList());
        Installed best = now != null && kin.contains(now)
                ? now
                : near.isEmpty()
                        ? kin.get(0)
                        : first(kin, i -> i.name().equals(near.get(0))).orElse(kin.get(0));
        return new Choice(Match.FAMILY, best);
    }

    private static Optional<Installed> first(List<Installed> all, Predicate<Installed> test) {
        return all.stream().filter(test).findFirst();
    }

    private static boolean isSameHash(String a, String b) {
        return a.length() >= SHORT
                && b.length() >= SHORT
                && a.substring(0, SHORT).equalsIgnoreCase(b.substring(0, SHORT))
                && (a.length() != b.length() || a.equalsIgnoreCase(b));
    }

    private static boolean isSameFamily(String a, String b) {
        String one = family(a);
        return !one.isEmpty() && one.equals(family(b));
    }

    /** "Stable Diffusion 1.x" and "Stable Diffusion 1" are the same. */
    private static String family(String name) {
        return plain(name.replaceFirst("\\.[x5]$", ""));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT)
                .replaceFirst("\\.(safetensors|ckpt|gguf)$", "")
                .replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
