package gesso.image.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gesso.image.GeneratedPicture;
import gesso.request.GenerationRequest;
import gesso.request.Picture;
import gesso.request.SeedSettings;
import gesso.request.Size;
import gesso.request.Turn;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurnTextTest {
    private static final GenerationRequest REQUEST = GenerationRequest.of("a fox", Path.of("m"), new Size(64, 64))
            .withSeeds(SeedSettings.DEFAULT.withSeed(1).withVariation(0, 0));

    private static final ModelFinder NO_MODELS = new ModelFinder() {
        @Override
        public Optional<Path> checkpoint(String name, String hash) {
            return Optional.of(Path.of("m"));
        }

        @Override
        public Optional<Path> vae(String name, String hash) {
            return Optional.empty();
        }

        @Override
        public Optional<Path> controlNet(String name) {
            return Optional.empty();
        }
    };

    @Test
    void turnsGoThroughAPicturesParameters() {
        List<Turn> turns =
                List.of(new Turn(3, "a \"red\" fox: at night,\nrunning", null, null), new Turn(8, null, "blue", 4.5));
        GeneratedPicture made = new GeneratedPicture(
                new Picture(1, 1, new int[] {-1}),
                REQUEST.edit(e -> e.turns(turns)),
                0,
                new GeneratedPicture.ModelIdentity("m", "0123456789", false),
                Map.of());
        Infotext text = Infotext.parse(InfotextWriter.write(made).text());
        assertEquals("4.5", text.settings().get("Turn 2 CFG scale"));
        assertEquals(
                turns, InfotextReader.apply(text, REQUEST, NO_MODELS).request().turns());
    }

    @Test
    void aTurnThatCannotBeIsANoteAndTheRestIsRead() {
        Infotext text = Infotext.parse(
                "a fox\nSteps: 9, Sampler: Euler, CFG scale: 7, Turn 1 after: many, Turn 1 CFG scale: 4");
        InfotextReader.Reading reading = InfotextReader.apply(text, REQUEST, NO_MODELS);
        assertEquals(List.of(), reading.request().turns());
        assertEquals(9, reading.request().sampling().steps());
        assertEquals(1, reading.notes().size());
    }
}
