package gesso.ui.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.library.NetworkKind;
import gesso.ui.common.ModelChoices;
import gesso.ui.common.ModelChoices.Network;
import gesso.ui.generate.NetworksModel.Entry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworksModelTest {
    private final RecipeModel recipe = new RecipeModel();
    private final NetworksModel networks = recipe.networks();

    NetworksModelTest() {
        recipe.setModels(new ModelChoices(
                List.of(),
                List.of(),
                Map.of(
                        NetworkKind.LORA, List.of(network("Ink (soft)"), network("paper cut")),
                        NetworkKind.EMBEDDING, List.of(network("easynegative"))),
                Path.of("/models")));
    }

    private static Network network(String name) {
        return new Network(name, Path.of("/models/" + name + ".safetensors"), "");
    }

    @Test
    void aLoraIsPutBehindThePromptAndTakenOutAgain() {
        Entry ink = networks.entries().get(0);
        recipe.prompt().set("a fox ");
        networks.toggle(ink);
        assertEquals("a fox <lora:Ink (soft):1>", recipe.prompt().get());
        assertTrue(networks.isUsed(ink));
        recipe.prompt().set("a <lora:Ink (soft):0.6:0.8> fox");
        assertTrue(networks.isUsed(ink));
        networks.toggle(ink);
        assertEquals("a fox", recipe.prompt().get());
        assertFalse(networks.isUsed(ink));
    }

    @Test
    void anEmbeddingIsItsNameAsAWholeWord() {
        Entry embedding = networks.entries().get(2);
        recipe.prompt().set("easynegative-v2");
        assertFalse(networks.isUsed(embedding));
        networks.toggle(embedding);
        assertEquals("easynegative-v2, easynegative", recipe.prompt().get());
        networks.toggle(embedding);
        assertEquals("easynegative-v2", recipe.prompt().get());
        recipe.prompt().set("");
        networks.toggle(embedding);
        assertEquals("easynegative", recipe.prompt().get());
    }

    @Test
    void aSearchTakesItsWordsInAnyOrder() {
        assertEquals(List.of("paper cut"), names("CUT pap"));
        assertEquals(List.of("Ink (soft)"), names("(s"));
        assertEquals(3, networks.found(" ").size());
        assertEquals(List.of(), names("nothing"));
    }

    private List<String> names(String search) {
        return networks.found(search).stream().map(e -> e.network().name()).toList();
    }
}
