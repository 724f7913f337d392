package gesso.pipeline;

import gesso.request.BadInput;
import gesso.request.Size;
import gesso.runtime.FreeMemory;
import java.util.Locale;
import java.util.Optional;

/**
 * How a picture is made to fit into the memory that there is; known before anything is loaded.
 *
 * @param inTurn whether each network is let go before the next one is loaded
 * @param tiled whether the VAE works in tiles
 * @param notice a sentence that says so; empty where everything fits as it is
 */
record MemoryPlan(boolean inTurn, boolean tiled, Optional<String> notice) {
    static final MemoryPlan PLAIN = new MemoryPlan(false, false, Optional.empty());

    /**
     * The first plan that fits, those first that change no pixel.
     *
     * @param held bytes that models take now and would give back
     * @throws BadInput where none fits
     */
    static MemoryPlan of(MemoryNeeds needs, FreeMemory free, long held, boolean tiledAnyway, Size size, String device) {
        long now = free.now() + held;
        if (needs.together(tiledAnyway) <= now) {
            return PLAIN;
        }
        String why = "A picture of %s takes about %s, and %s are free on %s: "
                .formatted(size, gigabytes(needs.together(tiledAnyway)), gigabytes(now), device);
        if (needs.inTurn(tiledAnyway) <= now) {
            return new MemoryPlan(
                    true, false, Optional.of(why + "one network at a time is in memory, which takes a little longer."));
        }
        if (!tiledAnyway && needs.together(true) <= now) {
            return new MemoryPlan(false, true, Optional.of(why + "the VAE works in tiles."));
        }
        if (needs.inTurn(true) <= now) {
            return new MemoryPlan(
                    true,
                    !tiledAnyway,
                    Optional.of(why + "one network at a time is in memory, and the VAE works in tiles."));
        }
        if (needs.inTurn(true) <= free.atMost() + held) {
            return new MemoryPlan(
                    true,
                    !tiledAnyway,
                    Optional.of(
                            why
                                    + "one network at a time is in memory, the VAE works in tiles, and the disk has to help, which is slow; close other programs to make it faster."));
        }
        throw new BadInput(
                "A picture of %s takes at least %s, and %s are free on %s: choose a smaller size or a smaller model, or close other programs."
                        .formatted(size, gigabytes(needs.inTurn(true)), gigabytes(free.atMost() + held), device));
    }

    private static String gigabytes(long bytes) {
        return bytes < 100_000_000
                ? String.format(Locale.ROOT, "%d MB", bytes / 1_000_000)
                : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
