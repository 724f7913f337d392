package gesso.library.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gesso.image.metadata.Infotext;
import gesso.image.metadata.InfotextReader;
import gesso.image.metadata.ModelFinder;
import gesso.image.metadata.PictureMetadata;
import gesso.library.Json;
import gesso.request.GenerationRequest;
import gesso.request.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures as other programs write them, made by {@code src/test/goldens/metadata/programs.py}. */
class ProgramsTest {
    private static final Path FILES = Path.of("src/test/resources/metadata/programs");

    private static final ModelFinder NOTHING = new ModelFinder() {
        @Override
        public Optional<Path> checkpoint(String name, String hash) {
            return Optional.empty();
        }

        @Override
        public Optional<Path> vae(String name, String hash) {
            return Optional.empty();
        }
    };

    @TestFactory
    List<DynamicTest> programs() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        JsonNode all = Json.tree(Files.readString(FILES.resolve("programs.json")));
        for (Map.Entry<String, JsonNode> file : all.properties()) {
            tests.add(
                    DynamicTest.dynamicTest(file.getKey(), () -> check(FILES.resolve(file.getKey()), file.getValue())));
        }
        assertTrue(tests.size() >= 17);
        return tests;
    }

    private static void check(Path file, JsonNode expected) {
        PictureSettings read = PictureSettings.read(file).orElseThrow();
        assertEquals(expected.get("program").asText(), read.program());
        assertEquals(expected.get("prompt").asText(), read.infotext().prompt());
        assertEquals(expected.get("negative").asText(), read.infotext().negativePrompt());
        for (Map.Entry<String, JsonNode> setting : expected.get("settings").properties()) {
            assertEquals(setting.getValue().asText(), read.infotext().get(setting.getKey()), setting.getKey());
        }
        // Whatever was read can be written as A1111 writes it, and comes back.
        assertEquals(
                read.infotext().settings(),
                Infotext.parse(read.infotext().text()).settings());
        GenerationRequest before = GenerationRequest.of("", Path.of("m.safetensors"), new Size(512, 512));
        InfotextReader.Reading reading = InfotextReader.apply(read.infotext(), before, NOTHING);
        assertEquals(
                expected.get("notes").asInt(),
                reading.notes().size(),
                reading.notes().toString());
    }

    @Test
    void aPictureWithoutSettingsHasNone() {
        assertEquals(Optional.empty(), PictureSettings.read(Path.of("src/test/resources/metadata/plain.jpg")));
        assertEquals(Optional.empty(), PictureSettings.read(Path.of("src/test/resources/metadata/plain-alpha.webp")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a, {b}, {{c d}} | a, (b:1.05), (c d:1.103)",
                "[x] [[y]] | (x:0.9524) (y:0.907)",
                "{a [b] c} | (a :1.05)b( c:1.05)",
                "f(x) | f\\(x\\)",
                "1.3::sky, sea:: land -2::fog:: | (sky, sea:1.3) land (fog:-2)",
                "{unclosed | (unclosed:1.05)",
                "plain 12 words | plain 12 words",
            })
    void novelAiEmphasisBecomesA1111s(String theirs, String ours) {
        assertEquals(ours, NovelAiPrompt.toA1111(theirs));
    }

    private static PictureMetadata texts(String key, String value) {
        return new PictureMetadata("PNG", Map.of(key, value));
    }

    @Test
    void graphsInCirclesAndHugeOnesEnd() {
        StringBuilder doubling = new StringBuilder(
                "{\"0\":{\"class_type\":\"KSampler\",\"inputs\":{\"seed\":1,\"steps\":2,\"sampler_name\":\"euler\","
                        + "\"positive\":[\"1\",0],\"negative\":[\"9999\",0],\"latent_image\":[\"0\",0],\"model\":[\"0\",0]}}");
        for (int i = 1; i < 300; i++) {
            doubling.append(
                    ",\"%d\":{\"class_type\":\"ConditioningCombine\",\"inputs\":{\"conditioning_1\":[\"%d\",0],\"conditioning_2\":[\"%d\",0]}}"
                            .formatted(i, i + 1, i % 7 == 0 ? i - 3 : i + 1));
        }
        doubling.append(",\"90\":{\"class_type\":\"CLIPTextEncode\",\"inputs\":{\"text\":\"")
                .append("x".repeat(1000))
                .append("\",\"clip\":[\"90\",0]}}}");
        StringBuilder samplers = new StringBuilder("{");
        for (int i = 0; i < 4000; i++) {
            samplers.append(i == 0 ? "" : ",")
                    .append(
                            "\"%d\":{\"class_type\":\"KSampler\",\"inputs\":{\"sampler_name\":\"euler\",\"positive\":[\"%d\",0],\"latent_image\":[\"%d\",0]}}"
                                    .formatted(i, (i + 1) % 4000, (i + 2) % 4000));
        }
        samplers.append("}");
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            assertTrue(PictureSettings.of(texts("prompt", doubling.toString())).isPresent());
            assertTrue(PictureSettings.of(texts("prompt", samplers.toString())).isPresent());
            assertEquals(Optional.empty(), PictureSettings.of(texts("prompt", "{\"a\":".repeat(5000))));
        });
    }

    /** Files whose JSON is cut, changed or of other types: settings or none, never an exception. */
    @Test
    void strangeValuesDoNoHarm() throws IOException {
        Random random = new Random(2);
        for (String name : List.of(
                "comfy.png",
                "comfy-advanced.png",
                "comfy-workflow.png",
                "invoke.png",
                "invoke-2.png",
                "fooocus.png",
                "novelai.png",
                "swarm.png")) {
            PictureMetadata good = PictureMetadata.read(FILES.resolve(name));
            for (int i = 0; i < 400; i++) {
                Map<String, String> texts = new LinkedHashMap<>();
                good.texts().forEach((key, value) -> texts.put(key, mutated(value, random)));
                PictureSettings.of(new PictureMetadata("PNG", texts)).ifPresent(read -> {
                    GenerationRequest before = GenerationRequest.of("", Path.of("m"), new Size(512, 512));
                    InfotextReader.apply(read.infotext(), before, NOTHING);
                });
            }
        }
    }

    private static String mutated(String text, Random random) {
        List<String> others =
                List.of("null", "[]", "{}", "-1e99", "\"x\"", "true", "99999999999999999999", "[\"3\",0]", "0.5");
        Matcher value = Pattern.compile("(?<=: )(\"[^\"]*\"|-?[\\d.]+)").matcher(text);
        StringBuilder out = new StringBuilder();
        while (value.find()) {
            String instead = random.nextInt(8) == 0 ? others.get(random.nextInt(others.size())) : value.group();
            value.appendReplacement(out, Matcher.quoteReplacement(instead));
        }
        value.appendTail(out);
        return random.nextInt(10) == 0 ? out.substring(0, random.nextInt(out.length() + 1)) : out.toString();
    }
}
