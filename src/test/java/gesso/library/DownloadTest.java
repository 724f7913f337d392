package gesso.library;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.request.Cancelled;
import gesso.request.GessoException;
import gesso.weights.FileHashes;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
    @TempDir
    Path folder;

    private final byte[] content = new byte[300_000];
    private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    private String base = "";

    @BeforeEach
    void serve() throws IOException {
        new Random(1).nextBytes(content);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
        base = "http://localhost:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private String at(String path, Answer answer) {
        server.createContext(path, exchange -> {
            ranges.add(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
            try (exchange) {
                answer.to(exchange);
            }
        });
        return base + path;
    }

    /** The rest that is asked for, of which no more than so many bytes are sent before the connection is cut. */
    private void rest(HttpExchange exchange, int most) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        if (from >= content.length) {
            exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
        OutputStream body = exchange.getResponseBody();
        body.write(content, from, Math.min(most, content.length - from));
        body.flush();
    }

    private Download.Received load(String link) {
        return new Download(link, null, 60_000).into(folder, (done, all) -> {}, new CancelToken());
    }

    private String refused(String link) {
        return assertThrows(GessoException.class, () -> load(link)).sentence();
    }

    private List<Path> parts() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void aFileComesWholeUnderTheNameThatItsSiteGives() throws IOException {
        String link = at("/file", exchange -> {
            exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=\"../ink v2.safetensors\"");
            rest(exchange, Integer.MAX_VALUE);
        });
        List<Long> heard = new ArrayList<>();
        Download.Received received =
                new Download(link, null).into(folder, (done, all) -> heard.add(all), new CancelToken());
        assertEquals("ink v2.safetensors", received.name());
        assertArrayEquals(content, Files.readAllBytes(received.file()));
        assertEquals(content.length, heard.get(0));
    }

    @Test
    void aCutConnectionGoesOnWhereItWas() throws IOException {
        String link = at("/cut/a.safetensors", exchange -> rest(exchange, 120_000));
        Download.Received received = load(link);
        assertEquals("a.safetensors", received.name());
        assertArrayEquals(content, Files.readAllBytes(received.file()));
        assertEquals(3, ranges.size(), ranges.toString());
        assertEquals("null", ranges.get(0));
        assertTrue(ranges.get(1).startsWith("bytes="), ranges.get(1));
    }

    @Test
    void aCancelledOneKeepsItsPartAndGoesOnLater() throws IOException {
        String link = at("/a.safetensors", exchange -> rest(exchange, Integer.MAX_VALUE));
        CancelToken token = new CancelToken();
        assertThrows(
                Cancelled.class,
                () -> new Download(link, null)
                        .into(
                                folder,
                                (done, all) -> {
                                    if (done > 100_000) {
                                        token.cancel();
                                    }
                                },
                                token));
        long kept = Files.size(parts().get(0));
        assertTrue(kept > 100_000 && kept < content.length, kept + " bytes kept");
        assertArrayEquals(content, Files.readAllBytes(load(link).file()));
        assertEquals("bytes=" + kept + "-", ranges.get(1));
        // Once more: all of it is there.
        assertArrayEquals(content, Files.readAllBytes(load(link).file()));
    }

    @Test
    void aServerThatStopsSayingAnythingIsLeft() {
        String link = at("/stalls.safetensors", exchange -> {
            if (exchange.getRequestHeaders().getFirst("Range") == null) {
                rest(exchange, 1000);
            } else {
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes 1000-%d/%d".formatted(content.length - 1, content.length));
                exchange.sendResponseHeaders(206, content.length - 1000);
                exchange.getResponseBody().flush();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        GessoException cut = assertThrows(
                GessoException.class,
                () -> new Download(link, null, 300).into(folder, (done, all) -> {}, new CancelToken()));
        assertTrue(cut.sentence().contains("it goes on from there"), cut.sentence());
    }

    @Test
    void aServerThatKnowsNoRangesSendsItAllAgain() throws IOException {
        String link = at("/a.safetensors", exchange -> {
            boolean first = ranges.size() == 1;
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, first ? 50_000 : content.length);
            exchange.getResponseBody().flush();
        });
        assertArrayEquals(content, Files.readAllBytes(load(link).file()));
    }

    @Test
    void aFileThatChangedMeanwhileIsTakenAnew() throws IOException {
        byte[] before = new byte[content.length];
        String link = at("/a.safetensors", exchange -> {
            boolean first = ranges.size() == 1;
            exchange.getResponseHeaders().set("ETag", first ? "\"1\"" : "\"2\"");
            if (first) {
                exchange.sendResponseHeaders(200, before.length);
                exchange.getResponseBody().write(before, 0, 70_000);
                exchange.getResponseBody().flush();
            } else {
                assertEquals("\"1\"", exchange.getRequestHeaders().getFirst("If-Range"));
                exchange.sendResponseHeaders(200, content.length);
                exchange.getResponseBody().write(content);
            }
        });
        assertArrayEquals(content, Files.readAllBytes(load(link).file()));
        assertEquals(1, parts().size(), parts().toString());
    }

    @Test
    void aWrongHashIsThrownAwayAndTheRightOneTaken() throws IOException {
        String link = at("/a.safetensors", exchange -> rest(exchange, Integer.MAX_VALUE));
        Download wrong = new Download(link, "0".repeat(64));
        assertTrue(assertThrows(BadInput.class, () -> wrong.into(folder, (done, all) -> {}, new CancelToken()))
                .sentence()
                .contains("not the file that was meant"));
        assertEquals(List.of(), parts());
        Path same = Files.write(folder.resolve("same"), content);
        String right = FileHashes.sha256(same, new CancelToken()).toUpperCase(Locale.ROOT);
        assertEquals(
                content.length,
                Files.size(new Download(link, right)
                        .into(folder, (done, all) -> {}, new CancelToken())
                        .file()));
        assertThrows(BadInput.class, () -> new Download(link, "abc"));
    }

    /** Hugging Face tells the hash while it redirects. */
    @Test
    void theHashThatARedirectionTellsCounts() {
        at("/store", exchange -> rest(exchange, Integer.MAX_VALUE));
        String link = at("/resolve/a.safetensors", exchange -> {
            exchange.getResponseHeaders().set("X-Linked-Etag", "\"" + "1".repeat(64) + "\"");
            exchange.getResponseHeaders().set("Location", "/store");
            exchange.sendResponseHeaders(302, -1);
        });
        assertTrue(refused(link).contains("not the file that was meant"));
    }

    @Test
    void aServerThatLiesAboutTheSize() throws IOException {
        String link = at("/a.safetensors", exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            if (range == null) {
                exchange.sendResponseHeaders(200, content.length);
                exchange.getResponseBody().write(content, 0, 1000);
                exchange.getResponseBody().flush();
            } else {
                // More than the whole was said to be, without a length.
                exchange.getResponseHeaders().set("Content-Range", "bytes 1000-1999/2000");
                exchange.sendResponseHeaders(206, 0);
                exchange.getResponseBody().write(content, 0, 5000);
            }
        });
        assertTrue(refused(link).contains("has 6000 bytes where 2000 were promised"));
        assertEquals(List.of(), parts());
    }

    @Test
    void redirectionsWithoutEndAndToUnsafePlaces() {
        String loop = at("/loop", exchange -> {
            exchange.getResponseHeaders().set("Location", "/loop");
            exchange.sendResponseHeaders(302, -1);
        });
        assertTrue(refused(loop).contains("without end"));
        for (String place : List.of("http://example.org/a", "file:///etc/passwd", "ftp://localhost/a")) {
            String link = at("/to" + place.hashCode(), exchange -> {
                exchange.getResponseHeaders().set("Location", place);
                exchange.sendResponseHeaders(302, -1);
            });
            assertTrue(refused(link).contains("is no https link"), place);
        }
        assertThrows(BadInput.class, () -> new Download("http://example.org/a.safetensors", null));
        assertThrows(BadInput.class, () -> new Download("https://a b", null));
    }

    @Test
    void pagesAndErrorsAreSentences() throws IOException {
        byte[] page = "<!DOCTYPE html><html>log in</html>".getBytes(StandardCharsets.UTF_8);
        String html = at("/page", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
        });
        assertTrue(refused(html).contains("a web page on localhost"));
        String silent = at("/silent", exchange -> {
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
        });
        assertTrue(refused(silent).contains("a web page on localhost"));
        for (int status : new int[] {401, 403, 404, 410, 500, 503}) {
            String link = at("/status" + status, exchange -> exchange.sendResponseHeaders(status, -1));
            String sentence = refused(link);
            assertTrue(sentence.contains("localhost") && sentence.endsWith("."), sentence);
        }
        assertTrue(refused(base + "/nothing").contains("no file at this address"));
        server.stop(0);
        assertTrue(refused(base + "/a").contains("connection to localhost"), refused(base + "/a"));
        assertFalse(Arrays.asList(folder.toFile().list()).contains("a.safetensors"));
    }

    @Test
    void aDownloadedModelIsPutWhereItsKindBelongs() throws IOException {
        byte[] lora = Files.readAllBytes(TinyModels.write(folder.resolve("l.safetensors"), TinyModels.LORA));
        Path models = folder.resolve("models");
        String link = at("/Ink.safetensors", exchange -> {
            exchange.sendResponseHeaders(200, lora.length);
            exchange.getResponseBody().write(lora);
        });
        try (SettingsFile settings = SettingsFile.open(folder.resolve("config"))) {
            ModelAdding adding = new ModelAdding(settings, models);
            assertEquals(
                    "Ink.safetensors (LoRA) is now in " + models.resolve("Lora") + ".",
                    adding.add(link, null, (done, all) -> {}, new CancelToken()));
            assertArrayEquals(lora, Files.readAllBytes(models.resolve("Lora/Ink.safetensors")));
            try (Stream<Path> left = Files.list(models)) {
                assertEquals(List.of(models.resolve("Lora")), left.toList());
            }
            assertEquals(
                    folder + " is searched for models from now on.",
                    adding.add(folder.toString(), null, (done, all) -> {}, new CancelToken()));
            assertEquals(List.of(folder), settings.settings().modelFolders());
            assertTrue(assertThrows(
                            BadInput.class, () -> adding.add("/not/there", null, (done, all) -> {}, new CancelToken()))
                    .sentence()
                    .contains("it is no link"));
        }
    }
}
