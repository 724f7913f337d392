package gesso.bench;

import gesso.image.GeneratedPicture;
import gesso.library.Gallery;
import gesso.pipeline.Engine;
import gesso.pipeline.NetworkLibrary;
import gesso.pipeline.Pipeline;
import gesso.pipeline.VectorStore;
import gesso.prompt.Wildcards;
import gesso.request.BadInput;
import gesso.request.CancelToken;
import gesso.request.GenerationRequest;
import gesso.request.SeedSettings;
import gesso.runtime.Device;
import gesso.runtime.Devices;
import gesso.runtime.Lease;
import gesso.runtime.ModelFigures;
import gesso.runtime.Models;
import gesso.runtime.ProcessMemory;
import gesso.runtime.TextEncoder;
import gesso.runtime.UNetModel;
import gesso.runtime.VaeDecoder;
import gesso.tensor.FloatTensor;
import gesso.weights.Architecture;
import gesso.weights.ModelInfo;
import gesso.weights.WeightFile;
import gesso.weights.WeightFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Measures one model on one device: first each network by itself, then whole pictures. One thread, the one that calls. */
final class Bench {
    private static final long SETTLED = 1L << 20;
    private static final int MOST_ROUNDS = 20;

    private static final double NANOS = 1e9;
    private static final int MOST_RUNS = 3;
    private static final double ENOUGH_SECONDS = 10;

    private final GenerationRequest request;
    private final String name;
    private final String wantedDevice;
    private final Consumer<String> notice;

    /**
     * @param request the whole picture, and so the model and the size that everything is measured at
     * @param name the model's
     * @param device as {@code --device} takes it
     * @param notice is told what the user should know, in a sentence
     */
    Bench(GenerationRequest request, String name, String device, Consumer<String> notice) {
        this.request = request;
        this.name = name;
        this.wantedDevice = device;
        this.notice = notice;
    }

    /**
     * Runs it all.
     *
     * @param merges CLIP's byte-pair merges
     * @param scratch a folder for the pictures
     */
    BenchResult run(Path merges, Path scratch) {
        Device device = Devices.choose(wantedDevice, notice);
        settle();
        WeightFile file = WeightFiles.open(request.model());
        List<ModelFigures> networks;
        double step;
        long stepBytes;
        double vae;
        try (Models models = new Models(device, Long.MAX_VALUE, new Told())) {
            loadTexts(models, file);
            try (Lease<UNetModel> unet = models.unet(file)) {
                long before = ProcessMemory.own().orElse(0);
                Runnable forward = forward(unet.get());
                forward.run();
                stepBytes = ProcessMemory.own().orElse(0) - before;
                step = fastest(forward);
            }
            try (Lease<VaeDecoder> decoder = models.vaeDecoder(file)) {
                FloatTensor latent = latent(4);
                vae = fastest(() -> decoder.get().decode(latent, new CancelToken()));
            }
            networks = models.figures();
        }
        double change =
                file.network("unet").isPresent() ? 0 : new StrengthChange(file, scratch).measure(device, new Told());
        Optional<BenchResult.PictureFigures> picture = picture(merges, scratch);
        long peak = ProcessMemory.peak().orElse(0);
        return new BenchResult(
                name, device.id(), request.size(), networks, step, stepBytes, vae, change, picture, peak);
    }

    /**
     * What a ControlNet and only-masked inpainting take, each against what it is measured by, in a line.
     *
     * @param merges CLIP's byte-pair merges
     * @param scratch a folder for a ControlNet
     */
    List<String> control(Path merges, Path scratch) {
        Device device = Devices.choose(wantedDevice, notice);
        WeightFile file = WeightFiles.open(request.model());
        String guided = new ControlBench(file, request.size(), scratch).line(device, new Told());
        try (Pipeline pipeline = pipeline(merges)) {
            return List.of(guided, new InpaintBench(request, notice).line(pipeline));
        }
    }

    /**
     * Lets garbage go now: what went during a load would count as memory that the load gave back. Buffers outside the heap
     * follow a collection on another thread, so it is repeated until nothing changes any more.
     */
    private static void settle() {
        long before;
        long now = ProcessMemory.own().orElse(0);
        int rounds = 0;
        do {
            before = now;
            System.gc();
            now = ProcessMemory.own().orElse(0);
        } while (before - now > SETTLED && ++rounds < MOST_ROUNDS);
    }

    /** Reads what the texts are encoded with; SDXL has two of them. */
    private static void loadTexts(Models models, WeightFile file) {
        try (Lease<TextEncoder> text = models.textEncoder(file)) {
            text.get().layers();
        }
        if (ModelInfo.of(file).architecture().family() == Architecture.SDXL) {
            try (Lease<TextEncoder> second = models.secondTextEncoder(file)) {
                second.get().layers();
            }
        }
    }

    /** One forward over a latent of this size and one chunk of tokens, all zeros: the time does not depend on the values. */
    private Runnable forward(UNetModel unet) {
        FloatTensor x = latent(unet.inputChannels());
        FloatTensor context = FloatTensor.zeros(1, 77, unet.contextWidth());
        FloatTensor y = unet.labelWidth() == 0 ? null : FloatTensor.zeros(1, unet.labelWidth());
        return () -> unet.predict(x, new float[] {500}, context, y, new CancelToken());
    }

    /** [1, channels, h/8, w/8] */
    private FloatTensor latent(int channels) {
        return FloatTensor.zeros(
                1, channels, request.size().height() / 8, request.size().width() / 8);
    }

    /** The second of two pictures, when everything is loaded. Empty, and a notice, where the engine makes none with this model. */
    private Optional<BenchResult.PictureFigures> picture(Path merges, Path scratch) {
        try (Pipeline pipeline = pipeline(merges)) {
            Saving saving = new Saving(scratch);
            // Another prompt and seed, so that the second picture finds nothing of the first but the loaded networks.
            GenerationRequest first = request.withPrompt("owl").withSeeds(SeedSettings.DEFAULT.withSeed(2));
            pipeline.generate(first, new CancelToken(), saving);
            double before = pipeline.secondsInRuns();
            long start = System.nanoTime();
            pipeline.generate(request, new CancelToken(), saving);
            double seconds = (System.nanoTime() - start) / NANOS;
            double inside = pipeline.secondsInRuns() - before;
            return Optional.of(
                    new BenchResult.PictureFigures(request.sampling().steps(), seconds, 1 - inside / seconds));
        } catch (BadInput e) {
            notice.accept("No whole picture was measured: " + e.sentence());
            return Optional.empty();
        }
    }

    private Pipeline pipeline(Path merges) {
        String noHash = "0".repeat(64);
        return new Pipeline(
                wantedDevice,
                merges,
                file -> CompletableFuture.completedFuture(noHash),
                VectorStore.NONE,
                () -> Wildcards.NONE,
                Path::of,
                () -> NetworkLibrary.EMPTY,
                notice);
    }

    /** Seconds of the fastest of up to three runs, or of as many as ten seconds suffice for. */
    private static double fastest(Runnable work) {
        double best = Double.MAX_VALUE;
        double sum = 0;
        for (int i = 0; i < MOST_RUNS && sum < ENOUGH_SECONDS; i++) {
            long start = System.nanoTime();
            work.run();
            double seconds = (System.nanoTime() - start) / NANOS;
            best = Math.min(best, seconds);
            sum += seconds;
        }
        return best;
    }

    private final class Told implements Models.Listener {
        @Override
        public void loading(String network) {}

        @Override
        public void notice(String sentence) {
            notice.accept(sentence);
        }
    }

    /** Does what the studio does with a picture on its way: a preview of each step, and a file at the end. */
    private final class Saving implements Engine.Listener {
        private final Path folder;

        Saving(Path folder) {
            this.folder = folder;
        }

        @Override
        public void loading(String network) {}

        @Override
        public void step(Engine.Step step) {
            Objects.requireNonNull(step.preview().get());
        }

        @Override
        public void progress(String task, int done, int total) {}

        @Override
        public void decoding(int picture) {}

        @Override
        public void picture(GeneratedPicture picture) {
            Gallery.saveTo(picture, folder);
        }

        @Override
        public void notice(String sentence) {
            notice.accept(sentence);
        }
    }
}
