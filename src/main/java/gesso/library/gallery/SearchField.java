package gesso.library.gallery;

import gesso.request.BadInput;
import gesso.request.InvalidRequest;
import gesso.request.Size;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a search can ask for by name. */
enum SearchField {
    MODEL(Kind.TEXT, "model", "模型"),
    SAMPLER(Kind.TEXT, "sampler", "采样"),
    PROGRAM(Kind.TEXT, "program", "程序"),
    FILE(Kind.LONG, "path", "文件"),
    NEGATIVE(Kind.LONG, "negative", "反向"),
    NOTE(Kind.LONG, "note", "备注"),
    TAG(Kind.TAG, "tags", "标签"),
    SEED(Kind.NUMBER, "seed", "种子"),
    RATING(Kind.NUMBER, "rating", "评分"),
    CFG(Kind.NUMBER, "cfg", "相关性"),
    STEPS(Kind.NUMBER, "steps", "步数"),
    DENOISE(Kind.NUMBER, "denoise", "重绘幅度"),
    WIDTH(Kind.NUMBER, "width", "宽度"),
    HEIGHT(Kind.NUMBER, "height", "高度"),
    SIZE(Kind.SIZE, "width", "尺寸"),
    DATE(Kind.DATE, "taken", "日期"),
    JOB(Kind.JOB, "job", "任务");

    private enum Kind {
        TEXT,
        /** One that lies apart from the others. */
        LONG,
        TAG,
        NUMBER,
        SIZE,
        DATE,
        JOB
    }

    private final Kind kind;
    private final String column;
    private final String chinese;

    SearchField(Kind kind, String column, String chinese) {
        this.kind = kind;
        this.column = column;
        this.chinese = chinese;
    }

    /** By its English or Chinese name. */
    static SearchField named(String name) {
        for (SearchField field : values()) {
            if (field.name().equalsIgnoreCase(name) || field.chinese.equals(name)) {
                return field;
            }
        }
        throw new BadInput("\"%s:\" is nothing to search by; there are %s. Put quotes around words with a colon."
                .formatted(name, Arrays.stream(values()).map(SearchField::word).collect(Collectors.joining(", "))));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The condition that a comparison makes. */
    GallerySearch condition(String comparison, String text) {
        String value = text.strip();
        if (value.isEmpty()) {
            throw new BadInput("There is nothing after \"%s%s\"; give it a value.".formatted(word(), comparison));
        }
        boolean equal = comparison.equals(":") || comparison.equals("=");
        if (kind == Kind.NUMBER) {
            return new GallerySearch(column + sign(comparison) + "?", List.of(number(value)));
        }
        if (kind == Kind.DATE) {
            return date(comparison, value);
        }
        if (!equal) {
            throw new BadInput("Larger and smaller are for numbers; write %s:%s.".formatted(word(), value));
        }
        return switch (kind) {
            case SIZE -> size(value);
            case LONG -> contains(column, value);
            case TAG -> new GallerySearch("instr(lower(tags), lower(?)) > 0", List.of("\n" + value + "\n"));
            case JOB -> new GallerySearch("job = ?", List.of(value));
            default -> new GallerySearch("instr(lower(" + column + "), lower(?)) > 0", List.of(value));
        };
    }

    /** A text within one of the long ones. */
    static GallerySearch contains(String column, String text) {
        return new GallerySearch(
                "picture.id IN (SELECT id FROM texts WHERE instr(lower(" + column + "), lower(?)) > 0)", List.of(text));
    }

    private static String sign(String comparison) {
        return comparison.equals(":") ? "=" : comparison;
    }

    private Object number(String value) {
        try {
            return this == SEED ? (Object) Long.valueOf(value) : (Object) Double.valueOf(value);
        } catch (NumberFormatException e) {
            throw new BadInput("\"%s\" is no number for \"%s\".".formatted(value, word()), e);
        }
    }

    private static GallerySearch size(String value) {
        try {
            Size size = Size.parse(value);
            return new GallerySearch("width = ? AND height = ?", List.of((long) size.width(), (long) size.height()));
        } catch (InvalidRequest e) {
            throw new BadInput(e.sentence(), e);
        }
    }

    /** A year, a month or a day, by this machine's calendar. */
    private static GallerySearch date(String comparison, String value) {
        LocalDate first;
        LocalDate after;
        try {
            String[] parts = value.split("-", -1);
            int year = Integer.parseInt(parts[0]);
            if (year < 0 || year > 9999 || parts.length > 3) {
                throw new DateTimeException(value);
            }
            YearMonth month = YearMonth.of(year, parts.length > 1 ? Integer.parseInt(parts[1]) : 1);
            first = month.atDay(1);
            after = parts.length > 1 ? first.plusMonths(1) : first.plusYears(1);
            if (parts.length == 3) {
                first = LocalDate.of(year, month.getMonth(), Integer.parseInt(parts[2]));
                after = first.plusDays(1);
            }
        } catch (NumberFormatException | DateTimeException e) {
            throw new BadInput("\"%s\" is no date; write 2026, 2026-11 or 2026-11-25.".formatted(value), e);
        }
        Long from = IndexRows.firstId(millis(first));
        Long until = IndexRows.firstId(millis(after));
        return switch (comparison) {
            case ">" -> new GallerySearch("picture.id >= ?", List.of(until));
            case ">=" -> new GallerySearch("picture.id >= ?", List.of(from));
            case "<" -> new GallerySearch("picture.id < ?", List.of(from));
            case "<=" -> new GallerySearch("picture.id < ?", List.of(until));
            default -> new GallerySearch("picture.id >= ? AND picture.id < ?", List.of(from, until));
        };
    }

    private static long millis(LocalDate day) {
        return day.atStartOfDay(ZoneId.systemDefault()).toInstant().toEpochMilli();
    }
}
