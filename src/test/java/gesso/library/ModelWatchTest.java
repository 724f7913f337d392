package gesso.library;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelWatchTest {
    @TempDir
    Path folder;

    @Test
    void aNewFileIsTold() throws IOException, InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        try (ModelWatch watch = new ModelWatch(told::countDown)) {
            watch.watch(List.of(folder, folder.resolve("not there")));
            Files.createFile(folder.resolve("new.safetensors"));
            assertTrue(told.await(30, TimeUnit.SECONDS));
        }
    }

    @Test
    void whereTheSystemDoesNotTellFoldersAreLookedAt() throws IOException {
        try (ModelWatch watch = new ModelWatch(() -> {}, null)) {
            watch.watch(List.of(folder, folder.resolve("not there")));
            assertFalse(watch.poll());
            Files.setLastModifiedTime(folder, FileTime.fromMillis(1));
            assertTrue(watch.poll());
            assertFalse(watch.poll());
            Files.createDirectory(folder.resolve("not there"));
            assertTrue(watch.poll());
            watch.watch(List.of());
            Files.setLastModifiedTime(folder, FileTime.fromMillis(2));
            assertFalse(watch.poll());
        }
    }
}
