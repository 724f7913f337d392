package gesso.runtime;

import gesso.graph.BlipParts;
import gesso.graph.BlipText;
import gesso.graph.BlipVision;
import gesso.graph.ClipParts;
import gesso.graph.ClipText;
import gesso.graph.ClipVision;
import gesso.graph.ControlNet;
import gesso.graph.ForeignUpscaler;
import gesso.graph.Networks;
import gesso.graph.OnnxModel;
import gesso.graph.Parts;
import gesso.graph.PictureGraph;
import gesso.graph.UpscalerGraph;
import gesso.graph.Upscalers;
import gesso.request.BadInput;
import gesso.weights.WeightFile;
import gesso.weights.WeightFiles;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The models in memory. A model is loaded when it is first leased and stays after the lease, as long as all models together
 * keep to the budget; then those go that were used least lately, never one that is leased. All calls come from one thread, the
 * one that makes the first.
 */
public final class Models implements AutoCloseable {
    private final Device device;
    private final long budget;
    private final LoadedModels loaded;
    private final Map<ModelKey, UpscalerTrial> trials = new HashMap<>();

    /**
     * Nothing is loaded yet.
     *
     * @param budget how many bytes the models may take together, see {@link #defaultBudget}
     */
    public Models(Device device, long budget, Listener listener) {
        this.device = device;
        this.budget = budget;
        this.loaded = new LoadedModels(budget, listener);
    }

    /**
     * From now on, whether one network alone stays in memory beside those that are at work.
     *
     * @param inTurn false: as many as the budget allows
     */
    public void keepOneAtATime(boolean inTurn) {
        loaded.keepTo(inTurn ? 0 : budget);
    }

    /** Bytes that the models in memory take. */
    public long held() {
        return loaded.held();
    }

    /** Hears what the user should know, on the inference thread. */
    public interface Listener {
        /** A network is being loaded: its name, e.g. "UNet". */
        void loading(String network);

        /** One sentence: another device had to be used. */
        void notice(String sentence);
    }

    /** Half of the machine's memory. */
    public static long defaultBudget() {
        return ProcessMemory.physical() / 2;
    }

    /** The file's text encoder. @throws BadInput where it has none, or a broken one */
    public Lease<TextEncoder> textEncoder(WeightFile file) {
        return textEncoder(file, Networks.text(file));
    }

    /** SDXL's second text encoder. @throws BadInput where the file has none, or a broken one */
    public Lease<TextEncoder> secondTextEncoder(WeightFile file) {
        return textEncoder(file, Networks.secondText(file));
    }

    private Lease<TextEncoder> textEncoder(WeightFile file, Networks.Text text) {
        return lease(
                ModelKey.of("text encoder", text.place(), file), text.model(), s -> new TextEncoder(s, text.layers()));
    }

    /** The file's UNet. @throws BadInput where it has none, or a broken one */
    public Lease<UNetModel> unet(WeightFile file) {
        return lease(ModelKey.of("UNet", unetPrefix(file), file), () -> Networks.unet(file), UNetModel::new);
    }

    private static String unetPrefix(WeightFile file) {
        return file.network("unet").isPresent() ? "" : Parts.unet(file);
    }

    /** The file's UNet, which also takes what ControlNets say. @throws BadInput where it has none, or a broken one */
    public Lease<UNetModel> controlledUnet(WeightFile file) {
        return lease(
                ModelKey.of("UNet", unetPrefix(file), file).controlled(),
                () -> Networks.controlledUnet(file),
                UNetModel::new);
    }

    /**
     * A ControlNet, see {@link gesso.weights.ControlWeights}.
     *
     * @param pooled whether each residual is its mean over the picture (the shuffle model)
     * @throws BadInput where it is broken
     */
    public Lease<ControlNetModel> controlNet(WeightFile file, boolean pooled) {
        return lease(
                ModelKey.of("ControlNet", pooled ? "pooled" : "", file),
                () -> ControlNet.build(file, pooled),
                s -> new ControlNetModel(s, ControlNet.residuals(file)));
    }

    /** The part of it that reads the control image. @throws BadInput where it is broken */
    public Lease<ControlHintModel> controlHint(WeightFile file) {
        return lease(
                ModelKey.of("ControlNet's image reader", "", file), () -> ControlNet.hint(file), ControlHintModel::new);
    }

    /** The file's VAE, to pixels. @throws BadInput where it has none, or a broken one */
    public Lease<VaeDecoder> vaeDecoder(WeightFile file) {
        return vaeDecoder("VAE decoder", file, device);
    }

    /** The same on the CPU, where numbers are whole float32 whatever the device does. */
    public Lease<VaeDecoder> vaeDecoderOnCpu(WeightFile file) {
        return vaeDecoder("VAE decoder on the CPU", file, Device.CPU);
    }

    private Lease<VaeDecoder> vaeDecoder(String name, WeightFile file, Device on) {
        return loaded.lease(ModelKey.of(name, "", file), () -> Networks.vaeDecoder(file), VaeDecoder::new, on);
    }

    /** What the models run on. */
    public Device device() {
        return device;
    }

    /** The file's VAE, from pixels. @throws BadInput where it has none, or a broken one */
    public Lease<VaeEncoder> vaeEncoder(WeightFile file) {
        return lease(ModelKey.of("VAE encoder", "", file), () -> Networks.vaeEncoder(file), VaeEncoder::new);
    }

    /** CLIP's image encoder, which lies where {@code parts} says. @throws BadInput where it is broken */
    public Lease<ImageEncoder> clipVision(WeightFile file, ClipParts parts) {
        return lease(
                ModelKey.of("CLIP image encoder", "", file), () -> ClipVision.build(file, parts), ImageEncoder::new);
    }

    /** The text encoder that goes with it. @throws BadInput where it is broken */
    public Lease<TextEncoder> clipText(WeightFile file, ClipParts parts) {
        return lease(
                ModelKey.of("CLIP text encoder", "", file),
                () -> ClipText.build(file, parts),
                s -> new TextEncoder(s, ClipText.layers(file, parts.text())));
    }

    /** BLIP's image encoder. @throws BadInput where it is broken */
    public Lease<BlipEncoder> blipVision(WeightFile file, BlipParts parts) {
        return lease(
                ModelKey.of("BLIP image encoder", "", file), () -> BlipVision.build(file, parts), BlipEncoder::new);
    }

    /** BLIP's text decoder. @throws BadInput where it is broken */
    public Lease<BlipDecoder> blipText(WeightFile file, BlipParts parts) {
        return lease(ModelKey.of("BLIP text decoder", "", file), () -> BlipText.build(file, parts), BlipDecoder::new);
    }

    /** A tagger that is an ONNX file. @throws BadInput where the file is none, or broken */
    public Lease<TagNetwork> tagger(Path file) {
        ModelKey key = ModelKey.of("tagger", file);
        return lease(
                key, () -> OnnxModel.ofFile("tagger", file, key.files().get(0).size()), TagNetwork::new);
    }

    /**
     * An upscaler.
     *
     * @throws BadInput where the file is none, or one that Gesso does not know, or a broken one
     */
    public Lease<UpscalerModel> upscaler(WeightFile file) {
        ModelKey key = ModelKey.of("upscaler", "", file);
        UpscalerGraph graph = Upscalers.build(file);
        return lease(key, graph::model, s -> new UpscalerModel(s, graph.scale(), graph.multiple(), Integer.MAX_VALUE));
    }

    /**
     * An upscaler of any kind; what an ONNX file's own is, is tried when it is first loaded.
     *
     * @throws BadInput where the file is none, or one that Gesso does not know, or a broken one
     */
    public Lease<UpscalerModel> upscaler(Path file) {
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".onnx")) {
            return upscaler(WeightFiles.open(file));
        }
        ModelKey key = ModelKey.of("upscaler", file);
        Lease<Session> plain = lease(key, () -> ForeignUpscaler.build(file), Function.identity());
        try {
            UpscalerTrial found = trials.computeIfAbsent(key, k -> UpscalerTrial.run(plain.get()));
            UpscalerModel model = new UpscalerModel(plain.get(), found.scale(), found.multiple(), found.largest());
            return new Lease<>(model, plain::close);
        } catch (RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    /**
     * A preprocessor that is an ONNX file.
     *
     * @param output the name of what it draws; null: see {@code last}
     * @param last whether, of several outputs, the last is meant, not the first
     * @throws BadInput where the file is none, or broken, or takes no picture
     */
    public Lease<PictureNetwork> preprocessor(Path file, @Nullable String output, boolean last) {
        PictureGraph graph = PictureGraph.of(file, output, last);
        ModelKey key = ModelKey.of("preprocessor", graph.output(), graph.file());
        return lease(key, graph::model, s -> new PictureNetwork(s, graph.channels(), graph.width(), graph.height()));
    }

    /** What is in memory, least lately used first. */
    public List<ModelFigures> figures() {
        return loaded.figures();
    }

    /** Seconds spent inside ONNX Runtime's runs so far, over all models. */
    public double secondsInRuns() {
        return loaded.secondsInRuns();
    }

    private <T> Lease<T> lease(ModelKey key, Supplier<OnnxModel> build, Function<Session, T> wrap) {
        return loaded.lease(key, build, wrap, device);
    }

    /** Lets all models go, leased or not. */
    @Override
    public void close() {
        loaded.close();
    }
}
