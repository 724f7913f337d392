package gesso.library.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import gesso.library.Json;
import gesso.request.BadInput;

/** JSON out of files that may hold anything. */
final class Trees {
    private Trees() {}

    /** The object that a text is; something without members for any other text. */
    static JsonNode object(String text) {
        String json = text.strip();
        if (!json.startsWith("{")) {
            return MissingNode.getInstance();
        }
        try {
            return Json.tree(json);
        } catch (BadInput e) {
            return MissingNode.getInstance();
        }
    }
}
