package gesso.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import gesso.graph.Parts;
import gesso.graph.UNet;
import gesso.request.CancelToken;
import gesso.request.Cancelled;
import gesso.request.GessoException;
import gesso.tensor.FloatTensor;
import gesso.weights.ModelInfo;
import gesso.weights.WeightFile;
import gesso.weights.lora.AppliedNetwork;
import gesso.weights.lora.LoraFile;
import gesso.weights.lora.MergedFile;
import gesso.weights.lora.Merging;
import gesso.weights.lora.Strength;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelsTest {
    private final WeightFile file = NetworksTest.starter("gesso-starter");
    private final Golden golden = Golden.of("starter");
    private final CancelToken token = new CancelToken();
    private final Quiet heard = new Quiet();
    private Models models = new Models(Device.CPU, Models.defaultBudget(), heard);

    @AfterEach
    void close() {
        models.close();
    }

    @Test
    void aModelIsLoadedOnceAndStaysAfterItsLease() {
        models.vaeDecoder(file).close();
        models.vaeDecoder(file).close();
        assertEquals(1, heard.loads);
        ModelFigures figures = models.figures().get(0);
        assertEquals("VAE decoder", figures.name());
        assertTrue(figures.loadSeconds() > 0);
        assertEquals(7_124_828, figures.weightBytes(), 1000);
    }

    @Test
    void theBudgetEvictsTheLeastLatelyUsedButNeverWhatIsLeased() {
        models = new Models(Device.CPU, 12_000_000, heard); // two of the VAE's parts, not three models
        Lease<TextEncoder> held = models.textEncoder(file);
        models.vaeEncoder(file).close();
        models.vaeDecoder(file).close();
        assertEquals(List.of("text encoder", "VAE decoder"), names());
        held.close();
        models.vaeEncoder(file).close();
        assertEquals(List.of("VAE decoder", "VAE encoder"), names());
        models.vaeDecoder(file).close();
        assertEquals(List.of("VAE encoder", "VAE decoder"), names());
    }

    @Test
    void aLeaseThatIsOverGivesNothing() {
        Lease<VaeEncoder> lease = models.vaeEncoder(file);
        lease.close();
        lease.close();
        assertThrows(IllegalStateException.class, lease::get);
    }

    @Test
    void otherRunsChangeNoBit() {
        try (Lease<UNetModel> unet = models.unet(file)) {
            FloatTensor first = predict(unet.get(), "unet0.");
            predict(unet.get(), "unet1.");
            unet.get().shrinkAfterNextRun();
            assertArrayEquals(first.data(), predict(unet.get(), "unet0.").data());
            assertArrayEquals(first.data(), predict(unet.get(), "unet0.").data());
        }
        assertTrue(models.secondsInRuns() > 0);
    }

    @Test
    void aRunStopsInTheMiddleAndTheModelStaysUsable() {
        try (Lease<UNetModel> unet = models.unet(file)) {
            FloatTensor before = predict(unet.get(), "unet0.");
            FloatTensor large = FloatTensor.zeros(4, 4, 128, 128); // seconds
            FloatTensor context = FloatTensor.zeros(4, 77, 128);
            Thread inference = Thread.currentThread();
            CompletableFuture<Void> stopper = CompletableFuture.runAsync(() -> {
                while (!isInRun(inference)) {
                    Thread.onSpinWait();
                }
                token.cancel();
            });
            assertThrows(Cancelled.class, () -> unet.get().predict(large, new float[4], context, null, token));
            stopper.join();
            FloatTensor after = unet.get()
                    .predict(
                            golden.get("unet0.x"),
                            golden.get("unet0.t").data(),
                            golden.get("unet0.context"),
                            null,
                            new CancelToken());
            assertArrayEquals(before.data(), after.data());
        }
    }

    private static boolean isInRun(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length > 0
                && stack[0].isNativeMethod()
                && stack[0].getClassName().equals("ai.onnxruntime.OrtSession")
                && stack[0].getMethodName().equals("run");
    }

    @Test
    void nothingRunsOnceTheTokenIsCancelled() {
        try (Lease<UNetModel> unet = models.unet(file)) {
            token.cancel();
            assertThrows(Cancelled.class, () -> predict(unet.get(), "unet0."));
            assertEquals(0, models.secondsInRuns());
        }
    }

    @Test
    void anInputOfAnotherWidthIsNamedBeforeTheRun() {
        try (Lease<UNetModel> unet = models.unet(file)) {
            FloatTensor narrow = FloatTensor.zeros(1, 77, 64);
            GessoException e = assertThrows(
                    GessoException.class,
                    () -> unet.get().predict(golden.get("unet0.x"), new float[1], narrow, null, token));
            assertTrue(e.sentence().startsWith("The UNet takes “context” of the shape [any, any, 128]"), e.sentence());
            assertEquals(0, models.secondsInRuns());
        }
    }

    /** That there are as many times as latents only the run finds. */
    @Test
    void aRunThatFailsIsASentence() {
        try (Lease<UNetModel> unet = models.unet(file)) {
            FloatTensor two = FloatTensor.zeros(2, 4, 8, 8);
            GessoException e = assertThrows(
                    GessoException.class,
                    () -> unet.get().predict(two, new float[3], FloatTensor.zeros(2, 77, 128), null, token));
            assertTrue(e.sentence().startsWith("The UNet could not be run on the CPU: "), e.sentence());
            golden.check("unet0.out", predict(unet.get(), "unet0."));
        }
    }

    @Test
    void anotherThreadIsRefused() {
        try (Lease<UNetModel> unet = models.unet(file)) {
            assertRefused(() -> predict(unet.get(), "unet0."));
            assertRefused(() -> models.unet(file));
            assertRefused(models::close);
        }
    }

    private static void assertRefused(Runnable action) {
        CompletionException e = assertThrows(CompletionException.class, CompletableFuture.runAsync(action)::join);
        assertTrue(e.getCause() instanceof IllegalStateException, e::toString);
    }

    @Test
    void aDeviceThatCannotLoadLeavesTheModelToTheCpuAndSaysSo() {
        Device missing = Arrays.stream(Device.values())
                .filter(d -> !Devices.probe(d).works())
                .findFirst()
                .orElseThrow();
        models = new Models(missing, Models.defaultBudget(), heard);
        try (Lease<UNetModel> unet = models.unet(file)) {
            golden.check("unet0.out", predict(unet.get(), "unet0."));
        }
        assertEquals(Device.CPU, models.figures().get(0).device());
        assertTrue(heard.notice.startsWith(missing.label() + " could not load the UNet ("), heard.notice);
        assertFalse(heard.notice.contains("\n"));
    }

    private List<String> names() {
        return models.figures().stream().map(ModelFigures::name).toList();
    }

    private FloatTensor predict(UNetModel unet, String at) {
        return unet.predict(golden.get(at + "x"), golden.get(at + "t").data(), golden.get(at + "context"), null, token);
    }

    /** The starter's weights are half as wide as what runs: each is converted once, whatever networks lie over the others. */
    @Test
    void anotherStrengthConvertsOnlyWhatTheNetworkChanges() {
        SharedWeights shared = new SharedWeights();
        LoraFile lora = LoraFile.open(Path.of("src/test/resources/lora/pictures/ink.safetensors"));
        Merging merging = new Merging(file, ModelInfo.of(file), Parts.networks(file));
        long plain = open(file, shared);
        long first = open(merged(merging, lora, 0.5), shared);
        long second = open(merged(merging, lora, 0.75), shared);
        assertEquals(UNet.build(file, Parts.unet(file)).suppliedBytes(), plain);
        assertTrue(first < plain / 2, first + " of " + plain);
        assertEquals(first, second);
        opened.forEach(Session::close);
        assertEquals(0, shared.bytes());
    }

    /** The session stays: other values are written where it reads them. */
    @Test
    void anotherStrengthIsTheSameToTheBitAsASessionOfItsOwn() {
        LoraFile lora = LoraFile.open(Path.of("src/test/resources/lora/pictures/ink.safetensors"));
        Merging merging = new Merging(file, ModelInfo.of(file), Parts.networks(file));
        FloatTensor plain = predicted(file);
        FloatTensor half = predicted(merged(merging, lora, 0.5));
        assertFalse(Arrays.equals(plain.data(), half.data()));
        assertArrayEquals(plain.data(), predicted(file).data());
        assertEquals(1, models.figures().size());
        try (Models fresh = new Models(Device.CPU, Models.defaultBudget(), heard);
                Lease<UNetModel> unet = fresh.unet(merged(merging, lora, 0.5))) {
            assertArrayEquals(half.data(), predict(unet.get(), "unet0.").data());
        }
    }

    private FloatTensor predicted(WeightFile weights) {
        try (Lease<UNetModel> unet = models.unet(weights)) {
            return predict(unet.get(), "unet0.");
        }
    }

    /** Under a ControlNet, and while a model is leased, each has a session of its own. */
    @Test
    void whatIsInUseIsLeftAsItIs() {
        LoraFile lora = LoraFile.open(Path.of("src/test/resources/lora/pictures/ink.safetensors"));
        Merging merging = new Merging(file, ModelInfo.of(file), Parts.networks(file));
        try (Lease<UNetModel> held = models.unet(file)) {
            FloatTensor before = predict(held.get(), "unet0.");
            assertFalse(Arrays.equals(
                    before.data(), predicted(merged(merging, lora, 0.5)).data()));
            assertArrayEquals(before.data(), predict(held.get(), "unet0.").data());
            assertEquals(2, models.figures().size());
            // Shares its weights with the one that is leased.
            models.controlledUnet(file).close();
            models.controlledUnet(merged(merging, lora, 0.5)).close();
            assertArrayEquals(before.data(), predict(held.get(), "unet0.").data());
            assertEquals(4, models.figures().size());
            models.controlledUnet(merged(merging, lora, 0.5)).close();
            assertEquals(4, models.figures().size());
        }
    }

    private final List<Session> opened = new ArrayList<>();

    private static MergedFile merged(Merging merging, LoraFile lora, double strength) {
        return merging.merge(List.of(new AppliedNetwork(lora, Strength.of(strength))));
    }

    /** How many bytes of weights a session adds. */
    private long open(WeightFile weights, SharedWeights shared) {
        long before = shared.bytes();
        try {
            opened.add(Session.open(UNet.build(weights, Parts.unet(weights)), Device.CPU, shared));
        } catch (OrtException e) {
            throw new AssertionError(e);
        }
        return shared.bytes() - before;
    }
}
