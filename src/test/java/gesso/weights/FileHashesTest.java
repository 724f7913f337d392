package gesso.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.request.Cancelled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHashesTest {
    /** By sha256sum, and as A1111 1.10.1 writes it into its pictures. */
    private static final String STARTER = "9bdce7172bf1fe924f2abd142fac315bed2bec139c879b914ed67338307fb9b7";

    @TempDir
    Path folder;

    @Test
    void theStartersHashIsTheOneThatA1111Writes() {
        String hash = FileHashes.sha256(Fixtures.starter("gesso-starter.safetensors"), new CancelToken());
        assertEquals(STARTER, hash);
        assertEquals("9bdce7172b", FileHashes.shortForm(hash));
    }

    /** By {@code tail -c +$((9 + header)) FILE | sha256sum} and {@code dd bs=64K skip=16 count=1 | sha256sum}. */
    @Test
    void theOtherForms() {
        Path starter = Fixtures.starter("gesso-starter.safetensors");
        assertEquals(
                "5eb282f1e2a2e02a372769e11b56e8cf2eeefaa81e356cfd7c79e4b626b4f406",
                FileHashes.sha256OfTensors(starter, new CancelToken()));
        assertEquals("7906d997", FileHashes.autoV1(starter));
    }

    /** FIPS 180-2's examples; more than a piece, too. */
    @Test
    void knownHashes() {
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                FileHashes.sha256(write("abc"), new CancelToken()));
        assertEquals(
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                FileHashes.sha256(write(""), new CancelToken()));
        assertEquals("e3b0c442", FileHashes.autoV1(write("short")));
        Path million = Fixtures.write(folder.resolve("m"), "a".repeat(1_000_000).getBytes(StandardCharsets.UTF_8));
        assertEquals(
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
                FileHashes.sha256(million, new CancelToken()));
    }

    @Test
    void cancelledWorkStops() {
        CancelToken token = new CancelToken();
        token.cancel();
        assertThrows(Cancelled.class, () -> FileHashes.sha256(write("abc"), token));
    }

    @Test
    void aMissingFileIsASentence() {
        assertThrows(BadInput.class, () -> FileHashes.sha256(folder.resolve("none"), new CancelToken()));
        assertThrows(BadInput.class, () -> FileHashes.sha256OfTensors(write("abc"), new CancelToken()));
    }

    private Path write(String text) {
        return Fixtures.write(folder.resolve("f"), text.getBytes(StandardCharsets.UTF_8));
    }
}
