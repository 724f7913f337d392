package gesso.job;

import gesso.image.PictureFiles;
import gesso.image.PngWriter;
import gesso.library.Json;
import gesso.library.RecordJson;
import gesso.library.SafeFiles;
import gesso.pipeline.KeptSteps;
import gesso.pipeline.QuestionDigest;
import gesso.request.BadInput;
import gesso.request.GessoException;
import gesso.request.Picture;
import gesso.request.Work;
import gesso.tensor.FloatTensor;
import java.io.IOException;
import java.lang.System.Logger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The queue on disk: {@code 12.json} for each job, {@code order.json}, {@code pictures/} with the pictures that jobs start from,
 * {@code 12.steps} with what the UNet answered so far. Each file is there whole or not at all.
 */
public final class QueueFolder implements Backlog {
    private static final Logger LOG = System.getLogger(QueueFolder.class.getName());
    private static final int VERSION = 1;
    private static final String ORDER = "order.json";

    private final Path folder;
    private final Executor io;
    private final Path pictures;
    private final RecordJson json;
    private final Map<Long, State> states = new HashMap<>();

    /**
     * The queue in this folder, which is made when it is needed.
     *
     * @param io the queue's io thread
     */
    QueueFolder(Path folder, Executor io) {
        this.folder = folder;
        this.io = io;
        this.pictures = folder.resolve("pictures");
        this.json = new RecordJson(new KeptPictures());
    }

    /**
     * A job from before.
     *
     * @param starts how often it was begun and cut off
     * @param failure why it could not be done, where that is known; null: it waits for its turn
     */
    record Kept(long id, Work work, int starts, @Nullable String failure) {}

    /** @param jobs the one that ran first, then in the order in which they waited */
    record Content(List<Kept> jobs, boolean paused) {}

    /** Everything that is known of a job, as its file says it. */
    private static final class State {
        final Map<String, @Nullable Object> work;
        final Set<Integer> done = new LinkedHashSet<>();
        int starts;

        @Nullable
        String failure;

        State(Map<String, @Nullable Object> work) {
            this.work = work;
        }
    }

    /**
     * What is there from before, in the order in which it waited.
     *
     * @param notices gets a sentence for each job that cannot be read; its file is kept aside
     */
    synchronized Content load(List<String> notices) {
        List<Kept> jobs = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.getFileName().toString().matches("\\d{1,18}\\.json"))
                    .toList()) {
                try {
                    jobs.add(read(file));
                } catch (RuntimeException | IOException e) {
                    // Whatever is wrong with one file is that file's own: the other jobs are still to be read.
                    notices.add(
                            "A job of the queue could not be read and is left out (%s); its file is kept as %s.broken."
                                    .formatted(e.getMessage(), file.getFileName()));
                    keepAside(file);
                }
            }
        } catch (IOException e) {
            return new Content(jobs, false); // no queue yet
        }
        List<Long> order = new ArrayList<>();
        boolean paused = readOrder(order);
        jobs.sort(Comparator.comparingInt(
                        (Kept job) -> order.contains(job.id()) ? order.indexOf(job.id()) : Integer.MAX_VALUE)
                .thenComparingLong(Kept::id));
        sweep();
        return new Content(jobs, paused);
    }

    private Kept read(Path file) throws IOException {
        Map<String, @Nullable Object> members = Json.readObject(Files.readString(file));
        long id = Long.parseLong(file.getFileName().toString().replace(".json", ""));
        if (!(members.get("work") instanceof Map<?, ?> work)
                || !Integer.valueOf(VERSION).equals(members.get("version"))) {
            throw new BadInput("another version of Gesso wrote it");
        }
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        work.forEach((key, value) -> plain.put(String.valueOf(key), value));
        State state = new State(plain);
        if (members.get("done") instanceof List<?> done) {
            done.forEach(index -> state.done.add(((Number) index).intValue()));
        }
        state.starts = members.get("starts") instanceof Number starts ? starts.intValue() : 0;
        state.failure = members.get("failure") instanceof String sentence ? sentence : null;
        Kept kept = new Kept(id, json.read(plain, Work.class), state.starts, state.failure);
        states.put(id, state);
        return kept;
    }

    private void keepAside(Path file) {
        try {
            Files.move(file, file.resolveSibling(file.getFileName() + ".broken"));
        } catch (IOException e) {
            LOG.log(Logger.Level.DEBUG, "It stays where it is.", e);
        }
    }

    /** @return whether the queue was paused */
    private boolean readOrder(List<Long> order) {
        try {
            Map<String, ?> members = Json.readObject(Files.readString(folder.resolve(ORDER)));
            if (members.get("order") instanceof List<?> ids) {
                ids.forEach(id -> order.add(id instanceof Number number ? number.longValue() : -1L));
            }
            return Boolean.TRUE.equals(members.get("paused"));
        } catch (IOException | BadInput e) {
            return false; // by age, then
        }
    }

    /** The highest number that a job has or had. */
    long lastId() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(name -> name.matches("\\d{1,18}\\.json(\\.broken)?"))
                    .mapToLong(name -> Long.parseLong(name.substring(0, name.indexOf('.'))))
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public synchronized void added(Job job) {
        Map<String, @Nullable Object> work = json.write((Record) job.work());
        work.put("type", job.work().getClass().getSimpleName());
        State state = new State(work);
        State before = states.put(job.id(), state);
        if (before != null) {
            state.done.addAll(before.done);
        }
        write(job.id());
    }

    @Override
    public synchronized void ordered(List<Job> jobs, boolean paused) {
        Map<String, Object> members = Map.of("order", jobs.stream().map(Job::id).toList(), "paused", paused);
        replace(folder.resolve(ORDER), Json.line(members));
    }

    @Override
    public synchronized void started(Job job) {
        change(job, state -> state.starts++);
    }

    @Override
    public synchronized void setAside(Job job) {
        change(job, state -> state.starts = 0);
    }

    @Override
    public synchronized void saved(Job job, int picture) {
        change(job, state -> state.done.add(picture));
        // The next picture's steps are its own.
        steps(job.id()).clear();
    }

    @Override
    public synchronized void failed(Job job, String sentence) {
        change(job, state -> state.failure = sentence);
    }

    @Override
    public synchronized void ended(Job job) {
        states.remove(job.id());
        try {
            Files.deleteIfExists(file(job.id()));
        } catch (IOException e) {
            LOG.log(Logger.Level.WARNING, "A job that is over could not be taken off the disk.", e);
        }
        steps(job.id()).clear();
        sweep();
    }

    @Override
    public synchronized KeptSteps steps(Job job) {
        State state = states.get(job.id());
        if (state == null) {
            return KeptSteps.NONE;
        }
        Set<Integer> done = Set.copyOf(state.done);
        StepFile file = steps(job.id());
        return new OnDisk(done, file.read(), file, io);
    }

    /** @param done the pictures that were finished when the job began; those that it finishes itself are not asked for again */
    private record OnDisk(Set<Integer> done, Map<QuestionDigest, FloatTensor> answers, StepFile file, Executor io)
            implements KeptSteps {
        @Override
        public boolean isDone(int picture) {
            return done.contains(picture);
        }

        @Override
        public Optional<FloatTensor> answer(QuestionDigest question) {
            return Optional.ofNullable(answers.get(question));
        }

        @Override
        public void keep(QuestionDigest question, FloatTensor answer) {
            io.execute(() -> file.append(question, answer));
        }
    }

    private interface Change {
        void apply(State state);
    }

    private void change(Job job, Change change) {
        State state = states.get(job.id());
        if (state != null) {
            change.apply(state);
            write(job.id());
        }
    }

    private void write(long id) {
        State state = states.get(id);
        if (state == null) {
            return;
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("version", VERSION);
        members.put("starts", state.starts);
        members.put("done", List.copyOf(state.done));
        members.put("failure", state.failure);
        members.put("work", state.work);
        replace(file(id), Json.line(members));
    }

    private void replace(Path file, String text) {
        try {
            SafeFiles.replace(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new GessoException("The queue could not be kept in %s: %s.".formatted(folder, SafeFiles.why(e)), e);
        }
    }

    private Path file(long id) {
        return folder.resolve(id + ".json");
    }

    private StepFile steps(long id) {
        return new StepFile(folder.resolve(id + ".steps"));
    }

    /** Takes away the pictures and steps that no job asks for, and what a kill left half written. */
    private void sweep() {
        Set<String> used = new HashSet<>();
        states.forEach((id, state) -> {
            used.add(id + ".steps");
            collect(state.work, used);
        });
        for (Path where : List.of(folder, pictures)) {
            try (Stream<Path> files = Files.list(where)) {
                for (Path file : files.toList()) {
                    String name = file.getFileName().toString();
                    boolean swept = name.endsWith(".steps") || name.endsWith(".png") || name.endsWith(".tmp");
                    if (swept && !used.contains(name)) {
                        Files.deleteIfExists(file);
                    }
                }
            } catch (IOException e) {
                // Nothing there, or it stays a while longer.
            }
        }
    }

    private static void collect(@Nullable Object value, Set<String> names) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(each -> collect(each, names));
        } else if (value instanceof List<?> list) {
            list.forEach(each -> collect(each, names));
        } else if (value instanceof String text && text.endsWith(".png")) {
            names.add(text);
        }
    }

    /** Each picture once, under its digest: jobs of one source share it. */
    private final class KeptPictures implements RecordJson.Pictures {
        @Override
        public String write(Picture picture) {
            String name = digest(picture) + ".png";
            Path file = pictures.resolve(name);
            try {
                if (!Files.exists(file)) {
                    SafeFiles.replace(file, PngWriter.encode(picture, List.of()));
                }
                return name;
            } catch (IOException e) {
                throw new GessoException(
                        "The queue could not be kept in %s: %s.".formatted(folder, SafeFiles.why(e)), e);
            }
        }

        @Override
        public Picture read(String name) {
            return PictureFiles.read(pictures.resolve(Path.of(name).getFileName()));
        }

        private static String digest(Picture picture) {
            try {
                MessageDigest sha = MessageDigest.getInstance("SHA-256");
                ByteBuffer row = ByteBuffer.allocate(picture.width() * Integer.BYTES);
                sha.update(ByteBuffer.allocate(8)
                        .putInt(picture.width())
                        .putInt(picture.height())
                        .flip());
                for (int y = 0; y < picture.height(); y++) {
                    row.clear();
                    row.asIntBuffer().put(picture.argb(), y * picture.width(), picture.width());
                    sha.update(row);
                }
                return HexFormat.of().formatHex(sha.digest());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e); // every Java has it
            }
        }
    }
}
