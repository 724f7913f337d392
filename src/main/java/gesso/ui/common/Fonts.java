package gesso.ui.common;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.text.Font;

/**
 * The system's font, and one for Chinese. Windows and macOS find one by themselves; on Linux JavaFX 21 falls back to
 * WenQuanYi's fonts but not to Noto's, which must be named.
 */
public final class Fonts {
    private static final List<String> FALL_BACK_BY_THEMSELVES = List.of("WenQuanYi Micro Hei", "WenQuanYi Zen Hei");
    private static final List<String> TO_BE_NAMED =
            List.of("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN");

    private Fonts() {}

    /** The family to name so that Chinese can be read; none where the system's own font will do. */
    public static Optional<String> toName() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (!system.contains("linux") || FALL_BACK_BY_THEMSELVES.stream().anyMatch(Fonts::isInstalled)) {
            return Optional.empty();
        }
        return TO_BE_NAMED.stream().filter(Fonts::isInstalled).findFirst();
    }

    private static boolean isInstalled(String family) {
        return Font.font(family).getFamily().equals(family);
    }
}
