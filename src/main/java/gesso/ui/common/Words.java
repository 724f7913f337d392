package gesso.ui.common;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;

/**
 * Every word that the window shows, in the language that is chosen. Texts are bound, so that a change of language shows at
 * once. In {@code words_en.properties} and {@code words_zh.properties}, {@code {0}} stands for the first argument.
 */
public final class Words {
    private final ObjectProperty<Language> language = new SimpleObjectProperty<>(this, "language", Language.ENGLISH);
    private final Map<Language, Properties> read = new EnumMap<>(Language.class);

    public ObjectProperty<Language> languageProperty() {
        return language;
    }

    /** The text as it reads now. */
    public String get(String key, Object... arguments) {
        String text = in(language.get(), key);
        for (int i = 0; i < arguments.length; i++) {
            Object argument = arguments[i] instanceof ObservableValue<?> value ? value.getValue() : arguments[i];
            text = text.replace("{" + i + "}", String.valueOf(argument));
        }
        return text;
    }

    /** The text in a language, with its arguments still to be put in. */
    public String in(Language which, String key) {
        String text = read.computeIfAbsent(which, Words::read).getProperty(key);
        if (text == null) {
            throw new IllegalArgumentException("There are no words for " + key);
        }
        return text;
    }

    /** The text in the language of the moment; arguments that are observable are followed too. */
    public StringBinding text(String key, Object... arguments) {
        Observable[] followed = Arrays.stream(arguments)
                .filter(Observable.class::isInstance)
                .map(Observable.class::cast)
                .toArray(Observable[]::new);
        Observable[] all = Arrays.copyOf(followed, followed.length + 1);
        all[followed.length] = language;
        return Bindings.createStringBinding(() -> get(key, arguments), all);
    }

    private static Properties read(Language language) {
        String file = "/gesso/ui/words_" + language.code() + ".properties";
        try (InputStream in = Words.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("There is no " + file);
            }
            Properties words = new Properties();
            words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
