package gesso.pipeline;

import gesso.image.Blending;
import gesso.image.GeneratedPicture;
import gesso.prompt.ClipTokenizer;
import gesso.prompt.Wildcards;
import gesso.request.CancelToken;
import gesso.request.GenerationRequest;
import gesso.request.Interrogation;
import gesso.request.InterrogationRequest;
import gesso.request.Picture;
import gesso.request.PreprocessRequest;
import gesso.request.Refiner;
import gesso.request.Size;
import gesso.request.UpscaleRequest;
import gesso.runtime.Device;
import gesso.runtime.Devices;
import gesso.runtime.FreeMemory;
import gesso.runtime.Models;
import gesso.weights.FileHashes;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** The engine: text encoder, UNet and VAE on one device. All of it belongs to the thread that makes the first picture. */
public final class Pipeline implements Engine {
    private static final RandomGenerator SEEDS = new SecureRandom();

    private static final int WHITE = 0xFFFFFF;

    private final Device device;
    private final ModelHashes hashes;
    private final Supplier<Wildcards> wildcards;
    private final Supplier<NetworkLibrary> networks;
    private final NetworkHashes networkHashes = new NetworkHashes();
    private final ClipTokenizer tokenizer;
    private final Models models;
    private final TextConditioner conditioner;
    private final Interrogating interrogating;
    private final PredictionMemory memory = new PredictionMemory();
    private final Upscaling upscaling;
    private final Told told = new Told();
    private Supplier<Optional<FreeMemory>> freeMemory;

    /**
     * Starts the device; no model is loaded yet.
     *
     * @param device {@code auto} or a device's name, see {@link Devices#choose}
     * @param merges CLIP's byte-pair merges
     * @param vectors keeps those of word lists that pictures are compared with
     * @param wildcards the lists that prompts draw from, as they are when a job begins
     * @param upscalers the file of an upscaler by its name; says what is wrong where there is none
     * @param networks the networks and embeddings that prompts can name, as they are when a job begins
     * @param notice is told, in one sentence, where another device than the wanted one is used
     */
    public Pipeline(
            String device,
            Path merges,
            ModelHashes hashes,
            VectorStore vectors,
            Supplier<Wildcards> wildcards,
            Function<String, Path> upscalers,
            Supplier<NetworkLibrary> networks,
            Consumer<String> notice) {
        this.hashes = hashes;
        this.wildcards = wildcards;
        this.networks = networks;
        this.device = Devices.choose(device, notice);
        freeMemory = () -> FreeMemory.of(this.device);
        models = new Models(this.device, Models.defaultBudget(), told);
        tokenizer = ClipTokenizer.load(merges);
        conditioner = new TextConditioner(models, tokenizer);
        upscaling = new Upscaling(models, upscalers);
        interrogating = new Interrogating(models, tokenizer, conditioner, hashes, vectors);
    }

    @Override
    public void generate(GenerationRequest request, CancelToken token, Listener listener) {
        told.listener = Optional.of(listener);
        NetworkLibrary library = networks.get();
        Checkpoint checkpoint = Checkpoint.open(request.model(), request.vae(), library, listener::notice);
        Refiner asked = request.refiner();
        Checkpoint refiner = asked == null ? null : Checkpoint.refiner(asked.model(), request.vae(), checkpoint);
        // Read beside the sampling: a model of some gigabytes takes seconds, and only the file's text needs it.
        CompletableFuture<String> hash = hashes.sha256(request.model());
        VaeFacts vae = VaeFacts.of(checkpoint, hashes);
        GenerationRequest drawn =
                ExtraNetworks.unsaid(request).withSeeds(request.seeds().drawn(SEEDS));
        LearnedDrawing learned = new LearnedDrawing(models, library, token);
        List<PicturePrompts> prompts = prompts(drawn);
        ExtraNetworks extra =
                new ExtraNetworks(checkpoint, library, networkHashes, tokenizer, request.profile(), listener::notice);
        extra.check(prompts);
        MemoryPlan plan = plan(checkpoint, drawn);
        plan.notice().ifPresent(listener::notice);
        models.keepOneAtATime(plan.inTurn());
        Decoding decoding =
                new Decoding(models, checkpoint, token, drawn.vaeTiling() || plan.tiled(), listener::notice);
        Upscaling.ForJob enlarger = upscaling.forJob(token, listener);
        BiFunction<GenerationRequest, Listener, PictureRun> runs = (part, heard) -> new PictureRun(
                part,
                new PassRunner(
                        models,
                        new PassGuidance(conditioner, part, token),
                        memory,
                        checkpoint,
                        refiner,
                        new Controls(models, part, checkpoint, learned, token),
                        extra,
                        part,
                        token,
                        heard),
                decoding,
                checkpoint.info(),
                enlarger,
                heard);
        PictureMaker maker = drawn.rework() == null || drawn.sdUpscale() == null
                ? runs.apply(drawn, listener)
                : new SdUpscaling(drawn, drawn.rework(), drawn.sdUpscale(), runs, enlarger, listener);
        for (int i = 0; i < drawn.pictures(); i++) {
            token.check();
            if (listener.kept().isDone(i)) {
                continue;
            }
            Picture picture = maker.make(i, prompts.get(i));
            GeneratedPicture.ModelIdentity identity = new GeneratedPicture.ModelIdentity(
                    checkpoint.name(),
                    FileHashes.shortForm(hash.join()),
                    checkpoint.info().isInpainting());
            listener.picture(new GeneratedPicture(
                    picture,
                    prompts.get(i).in(drawn).withSeeds(drawn.seeds().forPicture(i)),
                    i,
                    identity,
                    vae.with(facts(maker, prompts.get(i), drawn, checkpoint, extra.facts(prompts.get(i))))));
        }
    }

    /** How the job fits into memory; what SD upscale shows the networks is never larger than a tile. */
    private MemoryPlan plan(Checkpoint checkpoint, GenerationRequest request) {
        Optional<FreeMemory> free = freeMemory.get();
        Size size = request.hires() == null
                ? request.size()
                : HiresSize.of(request.hires(), request.size()).result();
        if (free.isEmpty() || request.sdUpscale() != null) {
            return MemoryPlan.PLAIN;
        }
        return MemoryNeeds.of(checkpoint, device, size)
                .map(needs ->
                        MemoryPlan.of(needs, free.get(), models.held(), request.vaeTiling(), size, device.label()))
                .orElse(MemoryPlan.PLAIN);
    }

    /** Tests say how much memory there is. */
    void useFreeMemory(Supplier<Optional<FreeMemory>> told) {
        freeMemory = told;
    }

    /** What only the run knows of a picture, in A1111's words. */
    private Map<String, String> facts(
            PictureMaker maker,
            PicturePrompts prompts,
            GenerationRequest request,
            Checkpoint checkpoint,
            Map<String, String> extra) {
        Map<String, String> facts = new LinkedHashMap<>(prompts.templates(request));
        facts.putAll(maker.facts());
        facts.putAll(extra);
        if (checkpoint.info().isInstruct()) {
            facts.put("Image CFG scale", plain(request.imageCfgScale()));
        }
        Refiner refiner = request.refiner();
        Checkpoint finisher = maker.finisher();
        if (refiner != null && !finisher.equals(checkpoint)) {
            String hash = FileHashes.shortForm(hashes.sha256(refiner.model()).join());
            facts.put("Refiner", "%s [%s]".formatted(finisher.name(), hash));
            facts.put("Refiner switch at", plain(refiner.switchAt()));
        }
        return facts;
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    @Override
    public Interrogation interrogate(InterrogationRequest request, CancelToken token, Listener listener) {
        told.listener = Optional.of(listener);
        return interrogating.run(request, token, listener);
    }

    @Override
    public Picture upscale(UpscaleRequest request, CancelToken token, Listener listener) {
        told.listener = Optional.of(listener);
        return upscaling.forJob(token, listener).enlarge(request.picture(), request.size(), request.upscaler());
    }

    @Override
    public Picture preprocess(PreprocessRequest request, CancelToken token, Listener listener) {
        told.listener = Optional.of(listener);
        LearnedDrawing drawing = new LearnedDrawing(models, networks.get(), token);
        return drawing.draw(request.preprocessor(), Blending.flatten(request.picture(), WHITE), request.resolution());
    }

    private List<PicturePrompts> prompts(GenerationRequest request) {
        Wildcards lists = wildcards.get();
        return IntStream.range(0, request.pictures())
                .mapToObj(i -> PicturePrompts.draw(request, i, lists))
                .toList();
    }

    @Override
    public void close() {
        models.close();
    }

    /** Seconds spent inside ONNX Runtime's runs so far: what is measured by {@code gesso bench}. */
    public double secondsInRuns() {
        return models.secondsInRuns();
    }

    /** What it runs on. */
    public Device device() {
        return device;
    }

    /** Passes on what the models say to whoever listens to the running job. */
    private static final class Told implements Models.Listener {
        private Optional<Listener> listener = Optional.empty();

        @Override
        public void loading(String network) {
            listener.ifPresent(l -> l.loading(network));
        }

        @Override
        public void notice(String sentence) {
            listener.ifPresent(l -> l.notice(sentence));
        }
    }
}
