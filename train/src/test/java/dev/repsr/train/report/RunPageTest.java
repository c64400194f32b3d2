package dev.repsr.train.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.TestPictures;
import dev.repsr.image.ImageLimits;
import dev.repsr.image.ImageReader;
import dev.repsr.image.Picture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RunPageTest {
    private static RunPage page(List<CurveChart> charts, List<RunPage.Crop> crops) {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        sections.put("Machine", Map.of("Cores", "2 < 3"));
        return new RunPage(
                "a<b>&\"c\"",
                "3 of 9 iterations",
                charts,
                List.of(List.of("Set"), List.of("Set5")),
                crops,
                sections,
                "x=<1>");
    }

    @Test
    void textFromOutsideIsEscapedAndThePageNeedsNoOtherFile() throws IOException {
        String html = page(List.of(), List.of()).toHtml();

        assertThat(html)
                .contains(
                        "<h1>a&lt;b&gt;&amp;&quot;c&quot;</h1>", "<pre>x=&lt;1&gt;</pre>", "2 &lt; 3", "<td>Set5</td>")
                .doesNotContain("<script", "http:", "https:", "<b>&", "src=\"/");
    }

    @Test
    void curvesRunFromTheLowestToTheHighestValueWithinTheChart() throws IOException {
        Curve curve = new Curve(
                "Set5", List.of(new Curve.Point(10, 28), new Curve.Point(20, 31), new Curve.Point(30, 30)), false);
        String html = page(List.of(new CurveChart("PSNR", List.of(curve), false)), List.of())
                .toHtml();

        Matcher line = Pattern.compile("points=\"([^\"]+)\"").matcher(html);
        assertThat(line.find()).isTrue();
        double[] points = Pattern.compile("[ ,]")
                .splitAsStream(line.group(1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertThat(points).hasSize(6);
        assertThat(points[0]).isLessThan(points[2]);
        assertThat(points[2] - points[0]).isCloseTo(points[4] - points[2], within(0.11));
        // Up is smaller, and 30 lies two thirds of the way from 28 to 31.
        assertThat(points[3]).isLessThan(points[5]);
        assertThat((points[1] - points[5]) / (points[1] - points[3])).isBetween(0.66, 0.674);
        assertThat(html).contains("Set5 30.00", ">30 iterations<");
    }

    @Test
    void equalRatiosAreEqualDistancesOnALogarithmicChart() {
        Curve curve = new Curve(
                "rate", List.of(new Curve.Point(0, 1e-3), new Curve.Point(1, 1e-4), new Curve.Point(2, 1e-5)), false);
        String svg = new CurveChart("rate", List.of(curve), true).toSvg();

        Matcher line = Pattern.compile("points=\"[0-9.]+,([0-9.]+) [0-9.]+,([0-9.]+) [0-9.]+,([0-9.]+)\"")
                .matcher(svg);
        assertThat(line.find()).isTrue();
        double first = Double.parseDouble(line.group(2)) - Double.parseDouble(line.group(1));
        double second = Double.parseDouble(line.group(3)) - Double.parseDouble(line.group(2));
        assertThat(first).isBetween(second - 0.2, second + 0.2);
    }

    @Test
    void aSinglePointAndNoPointAreNoFailure() throws IOException {
        Curve one = new Curve("one", List.of(new Curve.Point(5, 1)), true);
        Curve none = new Curve("none", List.of(), false);
        String html = page(
                        List.of(
                                new CurveChart("single", List.of(one, none), false),
                                new CurveChart("empty", List.of(none), true)),
                        List.of())
                .toHtml();

        assertThat(html).contains("single", "stroke-dasharray").doesNotContain("NaN", "Infinity", "empty");
    }

    @Test
    void cropsStandBesideBicubicAndOriginal() throws IOException {
        Picture picture = TestPictures.noise(8, 8, 3, 8, 1);
        String html = page(List.of(), List.of(new RunPage.Crop("Set5, baby", picture, picture, picture)))
                .toHtml();

        Matcher image = Pattern.compile("base64,([^\"]+)\"").matcher(html);
        int images = 0;
        while (image.find()) {
            byte[] png = Base64.getDecoder().decode(image.group(1));
            assertThat(ImageReader.read(new ByteArrayInputStream(png), "p", ImageLimits.defaults())
                            .picture())
                    .isEqualTo(picture);
            images++;
        }
        assertThat(images).isEqualTo(3);
        assertThat(html).contains("Set5, baby, bicubic", "this network", "original");
    }

    @Test
    void gridsPutPicturesBesideAndBelowEachOther() {
        Picture a = TestPictures.noise(3, 2, 3, 8, 1);
        Picture b = TestPictures.noise(2, 4, 3, 8, 2);
        Picture grid = PictureGrid.of(List.of(List.of(a, b), List.of(b)));

        assertThat(grid.width()).isEqualTo(3 + 4 + 2);
        assertThat(grid.height()).isEqualTo(4 + 4 + 4);
        assertThat(grid.crop(0, 0, 3, 2)).isEqualTo(a);
        assertThat(grid.crop(7, 0, 2, 4)).isEqualTo(b);
        assertThat(grid.crop(0, 8, 2, 4)).isEqualTo(b);
        assertThat(grid.sample(5, 1, 0)).isEqualTo(255);
    }
}
