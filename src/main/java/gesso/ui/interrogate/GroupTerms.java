package gesso.ui.interrogate;

import gesso.request.WordGroup;

/** What the groups of words are called, as keys of words. */
final class GroupTerms {
    private GroupTerms() {}

    static String of(WordGroup group) {
        return switch (group) {
            case CAPTION -> "group.caption";
            case TAGS -> "group.tags";
            case MEDIUM -> "group.medium";
            case ARTIST -> "group.artist";
            case MOVEMENT -> "group.movement";
            case FLAVOUR -> "group.flavour";
        };
    }
}
