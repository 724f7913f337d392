package gesso.prompt;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decodes HTML's character references, by name, in capitals too, and by number; only those that end in a semicolon. */
final class HtmlEntities {
    private static final Pattern ENTITY = Pattern.compile("&#?[0-9A-Za-z]{1,24};");
    private static final Pattern NUMERIC = Pattern.compile("&#(?:[0-9]+|[xX][0-9a-fA-F]+);");

    /** The names are the HTML standard's, and the capital forms of those that have none of their own. */
    private static final class Names {
        static final Map<String, String> ALL = read();

        private static Map<String, String> read() {
            Map<String, String> names = new HashMap<>();
            InputStream in = Objects.requireNonNull(HtmlEntities.class.getResourceAsStream("html-entities.txt"));
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    String[] words = line.split(" ", -1);
                    StringBuilder text = new StringBuilder();
                    for (int i = 1; i < words.length; i++) {
                        text.appendCodePoint(Integer.parseInt(words[i], 16));
                    }
                    names.put(words[0], text.toString());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return names;
        }
    }

    private HtmlEntities() {}

    static String decode(String text) {
        if (text.indexOf('&') < 0) {
            return text;
        }
        return ENTITY.matcher(text).replaceAll(match -> Matcher.quoteReplacement(character(match.group())));
    }

    private static String character(String entity) {
        if (NUMERIC.matcher(entity).matches()) {
            return numbered(entity);
        }
        return Names.ALL.getOrDefault(entity.substring(1, entity.length() - 1), entity);
    }

    /** As the HTML standard reads numbers: Windows-1252 for the C1 controls, nothing for what is no character. */
    private static String numbered(String entity) {
        boolean hex = Character.toLowerCase(entity.charAt(2)) == 'x';
        String digits = entity.substring(hex ? 3 : 2, entity.length() - 1).replaceFirst("^0+(?=.)", "");
        long number = digits.length() > 8 ? Long.MAX_VALUE : Long.parseLong(digits, hex ? 16 : 10);
        if (number == ';') {
            return entity;
        }
        if (number == 0 || number > Character.MAX_CODE_POINT || (number >= 0xd800 && number <= 0xdfff)) {
            return "\ufffd";
        }
        boolean noCharacter = (number & 0xfffe) == 0xfffe || (number >= 0xfdd0 && number <= 0xfdef);
        return noCharacter ? "" : Character.toString((int) number);
    }
}
