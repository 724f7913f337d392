package gesso.prompt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Named pieces of prompts, as A1111 keeps them in {@code styles.csv}: columns name, prompt, negative_prompt; UTF-8 with a byte order mark. */
public record Styles(List<Style> all) {
    public Styles {
        all = List.copyOf(all);
    }

    /** A style's two texts; either may hold {@code {prompt}}, the place of the prompt that the style is given to. */
    public record Style(String name, String prompt, String negativePrompt) {}

    /** A prompt and its negative prompt. */
    public record Prompts(String prompt, String negativePrompt) {}

    /**
     * Reads the file's text. Rows without a name and rows that begin with # are passed over, and of two styles of one name the later counts. A
     * column that is missing is empty; A1111's old files call the prompt's "text".
     */
    public static Styles parse(String csv) {
        List<List<String>> rows = Csv.parse(csv.startsWith("\ufeff") ? csv.substring(1) : csv);
        if (rows.isEmpty()) {
            return new Styles(List.of());
        }
        List<String> header = rows.get(0);
        int name = header.indexOf("name");
        int prompt = header.contains("prompt") ? header.indexOf("prompt") : header.indexOf("text");
        int negative = header.indexOf("negative_prompt");
        Map<String, Style> styles = new LinkedHashMap<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            Style style = new Style(cell(row, name), cell(row, prompt), cell(row, negative));
            if (!style.name().isEmpty() && !style.name().startsWith("#")) {
                styles.put(style.name(), style);
            }
        }
        return new Styles(List.copyOf(styles.values()));
    }

    private static String cell(List<String> row, int column) {
        return column >= 0 && column < row.size() ? row.get(column) : "";
    }

    /** The file's text, byte order mark and all. */
    public String toCsv() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("name", "prompt", "negative_prompt"));
        all.forEach(style -> rows.add(List.of(style.name(), style.prompt(), style.negativePrompt())));
        return "\ufeff" + Csv.write(rows);
    }

    /** The prompts with the named styles put to them, in that order. A name that is unknown is a style without text. */
    public Prompts apply(String prompt, String negativePrompt, List<String> names) {
        String positive = prompt;
        String negative = negativePrompt;
        for (String name : names) {
            Style style = named(name);
            positive = apply(style.prompt(), positive);
            negative = apply(style.negativePrompt(), negative);
        }
        return new Prompts(positive, negative);
    }

    private Style named(String name) {
        for (Style style : all) {
            if (style.name().equals(name)) {
                return style;
            }
        }
        return new Style(name, "", "");
    }

    private static String apply(String style, String prompt) {
        if (style.contains("{prompt}")) {
            return style.replace("{prompt}", prompt);
        }
        String text = PythonText.strip(style);
        String plain = PythonText.strip(prompt);
        return text.isEmpty() || plain.isEmpty() ? plain + text : plain + ", " + text;
    }
}
