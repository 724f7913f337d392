package gesso.prompt;

import java.util.regex.Pattern;

/** Comments in prompts: from # to the end of the line, on by default in A1111 ({@code enable_prompt_comments}). */
public final class Comments {
    private static final Pattern WHOLE_LINE = Pattern.compile("(?:\\A|\n)#[^\n]*(?:\n|\\z)");
    private static final Pattern END_OF_LINE = Pattern.compile("#[^\n]*(?:\n|\\z)");

    private Comments() {}

    /** The text without its comments, each of which leaves a newline. */
    public static String strip(String text) {
        if (text.indexOf('#') < 0) {
            return text;
        }
        return END_OF_LINE.matcher(WHOLE_LINE.matcher(text).replaceAll("\n")).replaceAll("\n");
    }
}
