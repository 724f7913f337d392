package gesso.ui.common;

import java.util.Locale;

/** A language that the window speaks. */
public enum Language {
    ENGLISH("en", "English"),
    CHINESE("zh", "中文");

    private final String code;
    private final String ownName;

    Language(String code, String ownName) {
        this.code = code;
        this.ownName = ownName;
    }

    /** The ending of its file of words. */
    public String code() {
        return code;
    }

    /** Its name as its speakers write it. */
    public String ownName() {
        return ownName;
    }

    public Language other() {
        return this == ENGLISH ? CHINESE : ENGLISH;
    }

    /** The language of the desktop, as far as the window speaks it. */
    public static Language ofDesktop() {
        return Locale.getDefault().getLanguage().equals("zh") ? CHINESE : ENGLISH;
    }
}
