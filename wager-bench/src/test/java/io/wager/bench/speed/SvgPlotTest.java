package io.wager.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.wager.bench.speed.Measurements.Curve;
import io.wager.bench.speed.Measurements.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class SvgPlotTest {

    @TempDir
    private Path folder;

    @Test
    void drawsEachPlotIntoAFileOfItsOwn() throws Exception {
        write(curve("a", "one", new Point(0, 1), new Point(1, 2)), curve("b", "two", new Point(0, 1)));

        assertThat(folder).isDirectoryContaining("glob:**/a.svg").isDirectoryContaining("glob:**/b.svg");
    }

    @Test
    void drawsEveryCurveAsAPathThroughAllOfItsPoints() throws Exception {
        write(
                curve("a", "one", new Point(0, 1), new Point(1, 2), new Point(2, 1)),
                curve("a", "two", new Point(0, 5), new Point(2, 3)));

        var svg = read("a");

        assertThat(paths(svg)).hasSize(2);
        assertThat(paths(svg).get(0)).startsWith("M ").contains(" L ");
        assertThat(paths(svg).get(0).split("L", -1)).hasSize(3);
        assertThat(paths(svg).get(1).split("L", -1)).hasSize(2);
        assertThat(texts(svg)).contains("one", "two");
    }

    @Test
    void drawsTheLeastAtTheBottomLeftAndTheMostAtTheTopRight() throws Exception {
        write(curve("a", "one", new Point(0, 0), new Point(10, 10)));

        assertThat(paths(read("a"))).containsExactly("M 80.0 460.0 L 940.0 50.0");
    }

    @Test
    void writesNamesThatAreNoXmlAsText() throws Exception {
        write(new Curve("a", "a < b & \"c\"", "<script>", "x > 0", "ü", List.of(new Point(0, 1))));

        assertThat(texts(read("a"))).contains("a < b & \"c\"", "<script>", "x > 0", "ü");
    }

    @Test
    void takesALogarithmicScaleForNumbersThatAreFarApart() throws Exception {
        write(curve("a", "one", new Point(0, 1), new Point(1, 10), new Point(2, 1_000)));

        var svg = read("a");

        assertThat(texts(svg)).contains("y, logarithmic", "1", "20", "500", "1,000");
    }

    @Test
    void drawsACurveOfNothingButZeros() throws Exception {
        write(curve("a", "one", new Point(0, 0), new Point(1, 0)));

        assertThat(paths(read("a"))).singleElement().asString().doesNotContain("NaN", "Infinity");
    }

    @Test
    void leavesOutCurvesWithoutPoints() throws Exception {
        write(curve("a", "none"), curve("b", "one", new Point(0, 1)), curve("b", "none"));

        assertThat(folder).isDirectoryNotContaining("glob:**/a.svg");
        assertThat(paths(read("b"))).hasSize(1);
    }

    private void write(Curve... curves) throws IOException {
        SvgPlot.write(folder, List.of(curves));
    }

    private static Curve curve(String plot, String name, Point... points) {
        return new Curve(plot, "title", name, "x", "y", List.of(points));
    }

    private Document read(String plot) throws Exception {
        try (var file = Files.newInputStream(folder.resolve(plot + ".svg"))) {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(file);
        }
    }

    private static List<String> paths(Document svg) {
        return elements(svg, "path").stream()
                .map(path -> path.getAttribute("d"))
                .toList();
    }

    private static List<String> texts(Document svg) {
        return elements(svg, "text").stream().map(Element::getTextContent).toList();
    }

    private static List<Element> elements(Document svg, String name) {
        var found = svg.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(index -> (Element) found.item(index))
                .toList();
    }
}
