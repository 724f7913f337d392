package gesso.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gesso.request.BadInput;
import gesso.request.ControlUnit;
import gesso.request.GenerationRequest;
import gesso.request.Hires;
import gesso.request.Inpaint;
import gesso.request.InpaintArea;
import gesso.request.InterrogationRequest;
import gesso.request.Interrogator;
import gesso.request.MaskMode;
import gesso.request.MaskedContent;
import gesso.request.Picture;
import gesso.request.Preprocessing;
import gesso.request.ResizeMode;
import gesso.request.Rework;
import gesso.request.SdUpscale;
import gesso.request.SeedSettings;
import gesso.request.Size;
import gesso.request.SoftInpainting;
import gesso.request.Work;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordJsonTest {
    private final List<Picture> pictures = new ArrayList<>();
    private final RecordJson json = new RecordJson(new RecordJson.Pictures() {
        @Override
        public String write(Picture picture) {
            pictures.add(picture);
            return String.valueOf(pictures.size() - 1);
        }

        @Override
        public Picture read(String name) {
            return pictures.get(Integer.parseInt(name));
        }
    });

    private Work again(Work work) {
        Map<String, Object> written = new LinkedHashMap<>(json.write((Record) work));
        written.put("type", work.getClass().getSimpleName());
        return json.read(Json.readObject(Json.line(written)), Work.class);
    }

    @Test
    void aRequestComesBackWhole() {
        Picture source = new Picture(2, 1, new int[] {0x00FF1122, 0xFF334455});
        Picture mask = new Picture(1, 2, new int[] {0xFFFFFFFF, 0xFF000000});
        Inpaint inpaint = new Inpaint(
                mask, 4, MaskMode.NOT_MASKED, MaskedContent.FILL, InpaintArea.ONLY_MASKED, 32, SoftInpainting.DEFAULT);
        GenerationRequest text = GenerationRequest.of("a \"fox\"\n狐", Path.of("/m/a.safetensors"), new Size(512, 768))
                .withSeeds(SeedSettings.DEFAULT.withSeed((1L << 53) - 1))
                .edit(e -> e.extras(Map.of("k", "v")).hires(Hires.DEFAULT).vae(Path.of("vae.pt")));
        GenerationRequest rework = text.edit(e -> e.hires(null)
                .rework(new Rework(
                        source, ResizeMode.RESIZE_AND_FILL, 0.1 + 0.2, true, true, inpaint, 5L, mask, "4x-Foo"))
                .sdUpscale(new SdUpscale(1.5, 32, "Lanczos"))
                .vaeTiling(true)
                .controls(List.of(
                        ControlUnit.of(Path.of("c.pth"), source).withPreprocessing(Preprocessing.of("canny")))));
        assertEquals(text, again(text));
        assertEquals(rework, again(rework));
    }

    @Test
    void otherWorkComesBackToo() {
        Picture picture = new Picture(1, 1, new int[] {-1});
        InterrogationRequest tags =
                new InterrogationRequest(picture, new Interrogator.Tagger(Path.of("t.onnx"), 0.35, null, true));
        assertEquals(tags, again(tags));
    }

    @Test
    void whatDoesNotMakeARecordIsASentence() {
        for (String broken : List.of(
                "{}",
                "{\"type\": \"Runtime\"}",
                "{\"type\": \"GenerationRequest\"}",
                "{\"type\": \"GenerationRequest\", \"prompt\": 5}",
                "{\"type\": \"InterrogationRequest\", \"picture\": \"0\", \"by\": {\"type\": \"ProcessBuilder\"}}")) {
            pictures.add(new Picture(1, 1, new int[] {-1}));
            assertThrows(BadInput.class, () -> json.read(Json.readObject(broken), Work.class), broken);
        }
    }
}
