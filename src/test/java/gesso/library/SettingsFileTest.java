package gesso.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gesso.request.GessoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {
    @TempDir
    Path folder;

    @Test
    void startsWithDefaultsAndWritesNothing() {
        try (SettingsFile file = SettingsFile.open(folder)) {
            assertEquals(Settings.DEFAULT, file.settings());
            assertEquals(List.of(), file.notices());
        }
        assertFalse(Files.exists(folder.resolve("settings.json")));
    }

    @Test
    void keepsWhatWasChosen() {
        Settings chosen = Settings.DEFAULT
                .withLanguage("zh")
                .withTheme("dark")
                .withPictures(Path.of("/pictures/图 片"))
                .withModelFolders(List.of(Path.of("/a"), Path.of("/b c")))
                .withLastModel(Path.of("/a/x.safetensors"))
                .withDevice("cuda")
                .withState("generate", Map.of("prompt", "a \"fox\",\n狐狸 🦊", "steps", 20, "cfg", 7.5, "tiled", true));
        try (SettingsFile file = SettingsFile.open(folder)) {
            file.update(s -> chosen);
        }
        try (SettingsFile again = SettingsFile.open(folder)) {
            assertEquals(chosen, again.settings());
            assertEquals(List.of(), again.notices());
        }
    }

    @Test
    void keepsFieldsOfANewerVersion() throws IOException {
        Files.writeString(folder.resolve("settings.json"), "{\"theme\":\"dark\",\"future\":{\"x\":[1,2.5,null]}}");
        try (SettingsFile file = SettingsFile.open(folder)) {
            file.update(s -> s.withTheme("light"));
        }
        Map<String, ?> written = Json.readObject(Files.readString(folder.resolve("settings.json")));
        assertEquals("light", written.get("theme"));
        assertEquals("{\"x\":[1,2.5,null]}", Json.line(written.get("future")));
    }

    @Test
    void aWrongFieldFallsBackAlone() throws IOException {
        Files.writeString(
                folder.resolve("settings.json"),
                "{\"theme\":\"dark\",\"language\":7,\"modelFolders\":[\"/a\",3],\"state\":[],\"device\":\"\"}");
        try (SettingsFile file = SettingsFile.open(folder)) {
            assertEquals("dark", file.settings().theme());
            assertEquals("", file.settings().language());
            assertEquals(List.of(Path.of("/a")), file.settings().modelFolders());
            assertEquals("auto", file.settings().device());
            assertEquals(4, file.notices().size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1]", "\"x\"", "{\"theme\":\"dark\"} trailing", "null", "\u0000\u0001"})
    void aBrokenFileIsKeptAsideAndTheBackupUsed(String broken) throws IOException {
        try (SettingsFile file = SettingsFile.open(folder)) {
            file.update(s -> s.withTheme("dark"));
            file.save();
            file.update(s -> s.withTheme("light"));
        }
        Files.writeString(folder.resolve("settings.json"), broken);
        try (SettingsFile file = SettingsFile.open(folder)) {
            assertEquals("dark", file.settings().theme());
            assertEquals(1, file.notices().size());
            assertTrue(
                    file.notices().get(0).contains("settings before it"),
                    file.notices().get(0));
        }
        assertEquals(broken, Files.readString(folder.resolve("settings.broken.json")));
    }

    @Test
    void bytesThatAreNoTextAndNoBackupGiveDefaults() throws IOException {
        Files.write(folder.resolve("settings.json"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        try (SettingsFile file = SettingsFile.open(folder)) {
            assertEquals(Settings.DEFAULT, file.settings());
            assertEquals(1, file.notices().size());
        }
    }

    @Test
    void tenThousandBracketsAreNoTrouble() throws IOException {
        Files.writeString(folder.resolve("settings.json"), "{\"state\":" + "[".repeat(10_000));
        try (SettingsFile file = SettingsFile.open(folder)) {
            assertEquals(Settings.DEFAULT, file.settings());
        }
    }

    @Test
    void saysWhyItCannotSave() throws IOException {
        Path notAFolder = Files.writeString(folder.resolve("file"), "");
        SettingsFile file = SettingsFile.open(notAFolder);
        file.update(s -> s.withTheme("dark"));
        GessoException e = assertThrows(GessoException.class, file::save);
        assertTrue(e.sentence().startsWith("The settings could not be saved in "), e.sentence());
    }
}
