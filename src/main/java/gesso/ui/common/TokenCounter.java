package gesso.ui.common;

/** How long a prompt is for the model, in tokens. */
@FunctionalInterface
public interface TokenCounter {
    int count(String prompt);
}
