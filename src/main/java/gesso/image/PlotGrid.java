package gesso.image;

import gesso.request.BadInput;
import gesso.request.GessoException;
import gesso.request.Picture;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Draws the pictures of a plot as a grid with labels above and at the left, black on white. */
public final class PlotGrid {
    private static final int MARGIN = 8;
    private static final int LARGEST_FONT = 28;
    private static final int SMALLEST_FONT = 9;

    /** Java's image of more pixels than this would not fit an array. */
    private static final long MOST_PIXELS = 500_000_000;

    private final String title;
    private final List<String> columns;
    private final List<String> rows;

    /**
     * A grid without pictures yet.
     *
     * @param title above all; empty: none
     * @param columns labels, one a column; empty strings where there is nothing to say
     * @param rows labels, one a row
     */
    public PlotGrid(String title, List<String> columns, List<String> rows) {
        this.title = title;
        this.columns = List.copyOf(columns);
        this.rows = List.copyOf(rows);
    }

    /**
     * Draws the grid. Cells are as large as the largest picture; a cell without one is grey.
     *
     * @param cells row by row
     */
    public Picture draw(List<Optional<Picture>> cells) {
        int width = cells.stream()
                .flatMap(Optional::stream)
                .mapToInt(Picture::width)
                .max()
                .orElse(64);
        int height = cells.stream()
                .flatMap(Optional::stream)
                .mapToInt(Picture::height)
                .max()
                .orElse(64);
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, Math.max(SMALLEST_FONT, Math.min(LARGEST_FONT, width / 10)));
        FontMetrics metrics = metrics(font);
        int left = rows.stream().mapToInt(metrics::stringWidth).max().orElse(0);
        // Labels of the rows may take half a cell; longer ones are broken into lines.
        left = left == 0 ? 0 : Math.min(left, Math.max(width / 2, 6 * font.getSize())) + 2 * MARGIN;
        int top = titleHeight(metrics) + labelHeight(metrics, width);
        long pixels = (long) (left + columns.size() * (width + MARGIN)) * (top + rows.size() * (height + MARGIN));
        if (pixels > MOST_PIXELS) {
            throw new BadInput(
                    "The grid would have %d million pixels; make the plot smaller. The single pictures are saved."
                            .formatted(pixels / 1_000_000));
        }
        BufferedImage image = new BufferedImage(
                left + columns.size() * (width + MARGIN) + (left == 0 ? MARGIN : 0),
                top + rows.size() * (height + MARGIN),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, image.getWidth(), image.getHeight());
        g.setColor(Color.BLACK);
        g.setFont(font);
        centred(g, lines(metrics, title, image.getWidth() - 2 * MARGIN), 0, image.getWidth(), titleHeight(metrics));
        int x0 = left == 0 ? MARGIN : left;
        for (int i = 0; i < columns.size(); i++) {
            centred(
                    g,
                    lines(metrics, columns.get(i), width),
                    x0 + i * (width + MARGIN),
                    width,
                    top + titleHeight(metrics));
        }
        for (int j = 0; j < rows.size(); j++) {
            int y = top + j * (height + MARGIN);
            centred(g, lines(metrics, rows.get(j), left - 2 * MARGIN), 0, left, 2 * y + height);
            for (int i = 0; i < columns.size(); i++) {
                cell(image, g, cells.get(j * columns.size() + i), x0 + i * (width + MARGIN), y, width, height);
            }
        }
        g.dispose();
        int w = image.getWidth();
        int[] argb = image.getRGB(0, 0, w, image.getHeight(), null, 0, w);
        return new Picture(w, image.getHeight(), argb);
    }

    private static void cell(
            BufferedImage image, Graphics2D g, Optional<Picture> picture, int x, int y, int width, int height) {
        if (picture.isEmpty()) {
            g.setColor(Color.LIGHT_GRAY);
            g.fillRect(x, y, width, height);
            g.setColor(Color.BLACK);
            return;
        }
        Picture p = picture.get();
        int left = x + (width - p.width()) / 2;
        int top = y + (height - p.height()) / 2;
        image.setRGB(left, top, p.width(), p.height(), p.argb(), 0, p.width());
    }

    private int titleHeight(FontMetrics metrics) {
        return title.isEmpty() ? 0 : metrics.getHeight() + 2 * MARGIN;
    }

    private int labelHeight(FontMetrics metrics, int width) {
        int most = columns.stream()
                .mapToInt(label ->
                        label.isEmpty() ? 0 : lines(metrics, label, width).size())
                .max()
                .orElse(0);
        return most == 0 ? MARGIN : most * metrics.getHeight() + 2 * MARGIN;
    }

    /** Draws lines centred between x and x + width, around half of {@code twiceMiddle}. */
    private static void centred(Graphics2D g, List<String> lines, int x, int width, int twiceMiddle) {
        FontMetrics metrics = g.getFontMetrics();
        int y = (twiceMiddle - lines.size() * metrics.getHeight()) / 2 + metrics.getAscent();
        for (String line : lines) {
            g.drawString(line, x + Math.max(0, (width - metrics.stringWidth(line)) / 2), y);
            y += metrics.getHeight();
        }
    }

    /** Breaks a label where it is too wide, between words where it can, by characters else (中文). */
    private static List<String> lines(FontMetrics metrics, String label, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int space = -1;
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            line.append(c);
            if (c == ' ') {
                space = line.length();
            }
            if (metrics.stringWidth(line.toString()) > width && line.length() > 1) {
                int cut = space > 0 ? space : line.length() - 1;
                lines.add(line.substring(0, cut).strip());
                line.delete(0, cut);
                space = -1;
            }
        }
        if (line.length() > 0) {
            lines.add(line.toString().strip());
        }
        return lines;
    }

    private static FontMetrics metrics(Font font) {
        Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        try {
            g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            return g.getFontMetrics(font);
        } catch (LinkageError | InternalError | NullPointerException e) {
            // What Java says where the system has no fonts, or no library that finds them.
            throw new GessoException(
                    "The grid's labels cannot be drawn, since there are no fonts here; install fontconfig and any font."
                            + " The single pictures are saved.",
                    e);
        } finally {
            g.dispose();
        }
    }
}
