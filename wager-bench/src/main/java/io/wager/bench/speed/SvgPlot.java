package io.wager.bench.speed;

import io.wager.bench.speed.Measurements.Curve;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Draws the curves of one plot as SVG. Written as text, since what draws by AWT wants fonts, and a bare server has none; the
 * fonts are those of whoever looks at it.
 */
final class SvgPlot {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 520;
    private static final int LEFT = 80;
    private static final int RIGHT = WIDTH - 20;
    private static final int TOP = 50;
    private static final int BOTTOM = HEIGHT - 60;
    private static final int TICK = 5;
    private static final int LINE_HEIGHT = 18;

    // Told apart by those who are colour-blind as well: Okabe and Ito's, without the yellow that is hard to see on
    // white.
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000", "#56b4e9", "#e69f00");

    private final List<Curve> curves;
    private final Scale x;
    private final Scale y;
    private final XMLStreamWriter svg;

    private SvgPlot(List<Curve> curves, XMLStreamWriter svg) {
        this.curves = curves;
        this.svg = svg;
        var points = curves.stream().flatMap(curve -> curve.points().stream()).toList();
        x = Scale.linear(points.stream().mapToDouble(Measurements.Point::x).toArray(), LEFT, RIGHT);
        y = Scale.of(points.stream().mapToDouble(Measurements.Point::y).toArray(), BOTTOM, TOP);
    }

    /**
     * Draws each plot into a file of its name.
     *
     * @param folder of the files
     * @param curves of any number of plots
     */
    static void write(Path folder, List<Curve> curves) throws IOException {
        var plots =
                curves.stream().filter(curve -> !curve.points().isEmpty()).collect(Collectors.groupingBy(Curve::plot));
        for (var plot : plots.entrySet()) {
            try (var file = Files.newBufferedWriter(folder.resolve(plot.getKey() + ".svg"))) {
                draw(plot.getValue(), file);
            }
        }
    }

    /**
     * Draws one plot.
     *
     * @param curves of the same plot, at least one, each with a point
     * @param target takes the text, in UTF-8 if it is a file
     */
    static void draw(List<Curve> curves, Writer target) throws IOException {
        try {
            var svg = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(target);
            new SvgPlot(curves, svg).draw();
            svg.close();
        } catch (XMLStreamException failure) {
            throw new IOException("a plot could not be written", failure);
        }
    }

    private void draw() throws XMLStreamException {
        svg.writeStartDocument("UTF-8", "1.0");
        svg.writeStartElement("svg");
        svg.writeDefaultNamespace("http://www.w3.org/2000/svg");
        attributes("viewBox", "0 0 " + WIDTH + ' ' + HEIGHT, "width", WIDTH, "height", HEIGHT);
        attributes("font-family", "sans-serif", "font-size", 13);
        empty("rect", "width", WIDTH, "height", HEIGHT, "fill", "white");
        var first = curves.getFirst();
        text(first.title(), WIDTH / 2.0, TOP / 2.0, "middle", "font-size", 17);
        drawAxes(first.x(), first.y() + (y.isLogarithmic() ? ", logarithmic" : ""));
        for (var index = 0; index < curves.size(); index++) {
            drawCurve(curves.get(index), index);
        }
        svg.writeEndElement();
        svg.writeEndDocument();
    }

    private void drawAxes(String nameOfX, String nameOfY) throws XMLStreamException {
        for (var tick : x.ticks()) {
            var at = x.at(tick);
            line(at, TOP, at, BOTTOM, "#e4e4e4");
            line(at, BOTTOM, at, BOTTOM + TICK, "black");
            text(number(tick), at, BOTTOM + TICK + LINE_HEIGHT, "middle");
        }
        for (var tick : y.ticks()) {
            var at = y.at(tick);
            line(LEFT, at, RIGHT, at, "#e4e4e4");
            line(LEFT - TICK, at, LEFT, at, "black");
            text(number(tick), LEFT - 2.0 * TICK, at + TICK, "end");
        }
        line(LEFT, BOTTOM, RIGHT, BOTTOM, "black");
        line(LEFT, TOP, LEFT, BOTTOM, "black");
        text(nameOfX, (LEFT + RIGHT) / 2.0, HEIGHT - 12.0, "middle");
        var middle = (TOP + BOTTOM) / 2.0;
        text(nameOfY, LINE_HEIGHT, middle, "middle", "transform", "rotate(-90 " + LINE_HEIGHT + ' ' + middle + ')');
    }

    private void drawCurve(Curve curve, int index) throws XMLStreamException {
        var colour = COLOURS.get(index % COLOURS.size());
        // Where the colours start over, the lines are dashed.
        var dashes = index < COLOURS.size() ? "none" : "6 3";
        var path = curve.points().stream()
                .map(point -> coordinate(x.at(point.x())) + ' ' + coordinate(y.at(point.y())))
                .collect(Collectors.joining(" L ", "M ", ""));
        empty("path", "d", path, "fill", "none", "stroke", colour, "stroke-width", 2, "stroke-dasharray", dashes);
        var row = TOP + 8 + index * LINE_HEIGHT;
        empty("rect", "x", LEFT + 12, "y", row, "width", 24, "height", 4, "fill", colour);
        text(curve.name(), LEFT + 42, row + TICK + 2, "start");
    }

    private void line(double fromX, double fromY, double toX, double toY, String colour) throws XMLStreamException {
        empty(
                "line",
                "x1",
                coordinate(fromX),
                "y1",
                coordinate(fromY),
                "x2",
                coordinate(toX),
                "y2",
                coordinate(toY),
                "stroke",
                colour);
    }

    private void text(String text, double atX, double atY, String anchor, Object... attributes)
            throws XMLStreamException {
        svg.writeStartElement("text");
        attributes("x", coordinate(atX), "y", coordinate(atY), "text-anchor", anchor);
        attributes(attributes);
        svg.writeCharacters(text);
        svg.writeEndElement();
    }

    private void empty(String element, Object... attributes) throws XMLStreamException {
        svg.writeEmptyElement(element);
        attributes(attributes);
    }

    private void attributes(Object... namesAndValues) throws XMLStreamException {
        for (var index = 0; index < namesAndValues.length; index += 2) {
            svg.writeAttribute(namesAndValues[index].toString(), namesAndValues[index + 1].toString());
        }
    }

    private static String coordinate(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    private static String number(double number) {
        if (number == Math.rint(number)) {
            return String.format(Locale.ROOT, "%,.0f", number);
        }
        return String.format(Locale.ROOT, Math.abs(number) < 0.1 ? "%.3f" : "%.1f", number);
    }
}
