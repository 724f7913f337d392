package gesso.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    private static final Path HOME = Path.of("/home/ada");

    @Test
    void followsXdg() {
        Folders usual = Folders.of(Map.of(), "Linux", HOME, null);
        assertEquals(HOME.resolve(".config/gesso"), usual.config());
        assertEquals(HOME.resolve(".local/share/gesso/models"), usual.models());
        assertEquals(HOME.resolve(".cache/gesso"), usual.cache());
        assertEquals(HOME.resolve("Pictures/Gesso"), usual.pictures());
        Folders moved = Folders.of(Map.of("XDG_CONFIG_HOME", "/c", "XDG_DATA_HOME", "relative"), "Linux", HOME, null);
        assertEquals(Path.of("/c/gesso"), moved.config());
        assertEquals(HOME.resolve(".local/share/gesso"), moved.data());
    }

    @Test
    void findsThePicturesFolderInAnyLanguage(@TempDir Path home) throws IOException {
        Files.createDirectories(home.resolve(".config"));
        Files.writeString(home.resolve(".config/user-dirs.dirs"), "# x\nXDG_PICTURES_DIR=\"$HOME/图片\"\n");
        assertEquals(
                home.resolve("图片/Gesso"),
                Folders.of(Map.of(), "Linux", home, null).pictures());
    }

    @Test
    void knowsTheOtherSystems() {
        Folders mac = Folders.of(Map.of(), "Mac OS X", HOME, null);
        assertEquals(HOME.resolve("Library/Application Support/Gesso"), mac.config());
        Folders windows = Folders.of(Map.of("APPDATA", "/roaming", "LOCALAPPDATA", "/local"), "Windows 11", HOME, null);
        assertEquals(Path.of("/roaming/Gesso"), windows.config());
        assertEquals(Path.of("/local/Gesso/models"), windows.models());
    }

    @Test
    void oneFolderForAllWhereAsked() {
        assertEquals(Folders.under(Path.of("/g")), Folders.of(Map.of("GESSO_HOME", "/g"), "Linux", HOME, null));
        assertEquals(Folders.under(Path.of("/p")), Folders.of(Map.of("GESSO_HOME", "/g"), "Linux", HOME, "/p"));
    }

    @Test
    void findsWhatShips() {
        assertTrue(Files.isDirectory(Folders.assets().orElseThrow().resolve("models")));
    }
}
