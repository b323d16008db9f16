package io.jenkins.plugins.gateddeploy.cli.terminal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows under headers, fitted to the width of the screen: the column that may be cut is cut, nothing else. */
public final class Table {
    private static final String GAP = "  ";
    private static final int SHORTEST_CUT = 8;

    private final List<String> headers;
    private final int elastic;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * An empty table.
     *
     * @param elastic the column that gives way when the screen is too narrow
     * @param headers of the columns
     */
    public Table(int elastic, String... headers) {
        this.headers = List.of(headers);
        this.elastic = elastic;
    }

    /** Adds a row; the texts are freed of what a terminal would obey. */
    public void row(String... cells) {
        if (cells.length != headers.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + headers.size() + " columns");
        }
        rows.add(List.of(cells).stream().map(Style::plain).toList());
    }

    /** Prints the table. */
    public void print(PrintStream out, Screen screen) {
        Style style = new Style(screen.colours());
        int[] widths = IntStream.range(0, headers.size()).map(this::width).toArray();
        long all = IntStream.of(widths).asLongStream().sum() + (long) GAP.length() * (widths.length - 1);
        long tooMuch = all - screen.width();
        if (tooMuch > 0) {
            widths[elastic] = (int) Math.max(SHORTEST_CUT, widths[elastic] - tooMuch);
        }
        out.println(style.dim(line(headers, widths)));
        rows.forEach(row -> out.println(line(row, widths)));
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> length(row.get(column))).reduce(length(headers.get(column)), Math::max);
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cut(cells.get(i), widths[i]);
            line.append(i == 0 ? "" : GAP).append(cell).append(" ".repeat(widths[i] - length(cell)));
        }
        return line.toString().stripTrailing();
    }

    /** {@return the text in at most so many characters} */
    public static String cut(String text, int width) {
        return length(text) <= width ? text : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
