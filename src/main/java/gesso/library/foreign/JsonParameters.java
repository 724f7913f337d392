package gesso.library.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import gesso.image.metadata.PictureMetadata;
import java.util.Optional;

/** Programs that keep JSON where A1111 keeps its text: SwarmUI and Fooocus. */
final class JsonParameters {
    private JsonParameters() {}

    static Optional<PictureSettings> read(PictureMetadata metadata) {
        String text = metadata.parameters()
                .or(() -> Optional.ofNullable(metadata.texts().get("Model")))
                .orElse("");
        JsonNode json = Trees.object(text);
        if (json.has("sui_image_params")) {
            return Optional.of(SwarmSettings.of(json));
        }
        boolean fooocus = metadata.texts().getOrDefault("fooocus_scheme", "").equals("fooocus")
                || json.has("base_model")
                || json.has("Base Model");
        return fooocus && !json.isEmpty() ? Optional.of(FooocusSettings.of(json)) : Optional.empty();
    }
}
