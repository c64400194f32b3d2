package dev.repsr.bench;

import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/**
 * A picture as comics, logos and diagrams are: flat colours, outlines, brush strokes, hatching, screen tones, lettering, put together by
 * chance. Made by this program alone, so that a network for drawings may be trained on them and given away. The same seed gives the
 * same picture on one kind of JVM.
 */
final class Drawing {
    /** Samples a side of a pixel: edges are smoothed as a renderer of good quality smooths them. */
    private static final int FINE = 3;

    private static final int LAYERS = 26;
    private static final Color INK = new Color(20, 16, 24);

    private final SplittableRandom random;
    private final int side;
    private final Graphics2D graphics;
    private final boolean grey;

    private Drawing(long seed, int side, Graphics2D graphics) {
        random = new SplittableRandom(seed);
        this.side = side;
        this.graphics = graphics;
        // Many comics are black and white.
        grey = random.nextInt(5) == 0;
    }

    /** A square picture, RGB of 8 bits. */
    static Picture of(long seed, int side) {
        BufferedImage image = new BufferedImage(side * FINE, side * FINE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.scale(FINE, FINE);
            new Drawing(seed, side, graphics).draw();
        } finally {
            graphics.dispose();
        }
        return reduced(image, side);
    }

    private static Picture reduced(BufferedImage image, int side) {
        byte[] samples = new byte[3 * side * side];
        for (int i = 0; i < side * side; i++) {
            int[] sums = new int[3];
            for (int k = 0; k < FINE * FINE; k++) {
                int rgb = image.getRGB(i % side * FINE + k % FINE, i / side * FINE + k / FINE);
                sums[0] += rgb >>> 16 & 0xFF;
                sums[1] += rgb >>> 8 & 0xFF;
                sums[2] += rgb & 0xFF;
            }
            for (int c = 0; c < 3; c++) {
                samples[3 * i + c] = (byte) ((sums[c] + FINE * FINE / 2) / (FINE * FINE));
            }
        }
        return Picture.of(new PictureFormat(side, side, 3, 8), samples);
    }

    private void draw() {
        graphics.setPaint(paint());
        graphics.fill(new Rectangle2D.Double(0, 0, side, side));
        for (int i = 0; i < LAYERS; i++) {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> outlined(blob(between(20, side / 2.5)));
                case 3 -> outlined(polygon());
                case 4, 5 -> brush();
                case 6 -> hatch(blob(between(30, side / 4.0)));
                case 7 -> screenTone(blob(between(30, side / 4.0)));
                case 8 -> letters();
                default -> thinLines();
            }
        }
    }

    private double between(double from, double to) {
        return from + (to - from) * random.nextDouble();
    }

    /** Small ones as often as those twice as large. */
    private double width(double least, double most) {
        return least * Math.pow(most / least, random.nextDouble());
    }

    private Color colour() {
        float saturation = grey ? 0 : (float) between(0, 1);
        return Color.getHSBColor((float) random.nextDouble(), saturation, (float) Math.sqrt(random.nextDouble()));
    }

    private Color ink() {
        return random.nextInt(4) == 0 ? colour().darker().darker() : INK;
    }

    private Paint paint() {
        if (random.nextInt(4) > 0) {
            return colour();
        }
        return new GradientPaint(
                (float) between(0, side),
                (float) between(0, side),
                colour(),
                (float) between(0, side),
                (float) between(0, side),
                colour());
    }

    private void outlined(Shape shape) {
        graphics.setPaint(paint());
        graphics.fill(shape);
        if (random.nextInt(5) > 0) {
            graphics.setPaint(ink());
            graphics.setStroke(new BasicStroke((float) width(0.8, 7), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            graphics.draw(shape);
        }
    }

    /** A closed smooth curve around a place by chance. */
    private Path2D blob(double radius) {
        int corners = 4 + random.nextInt(7);
        double x = between(0, side);
        double y = between(0, side);
        double[] points = new double[2 * corners];
        for (int i = 0; i < corners; i++) {
            double angle = 2 * Math.PI * (i + between(-0.3, 0.3)) / corners;
            double distance = radius * between(0.45, 1);
            points[2 * i] = x + distance * Math.cos(angle);
            points[2 * i + 1] = y + distance * Math.sin(angle);
        }
        return smooth(points);
    }

    /** Catmull and Rom's curve through the points and back to the first. */
    private static Path2D smooth(double... points) {
        int n = points.length / 2;
        Path2D path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 0; i < n; i++) {
            int before = (i + n - 1) % n;
            int next = (i + 1) % n;
            int after = (i + 2) % n;
            path.curveTo(
                    points[2 * i] + (points[2 * next] - points[2 * before]) / 6,
                    points[2 * i + 1] + (points[2 * next + 1] - points[2 * before + 1]) / 6,
                    points[2 * next] - (points[2 * after] - points[2 * i]) / 6,
                    points[2 * next + 1] - (points[2 * after + 1] - points[2 * i + 1]) / 6,
                    points[2 * next],
                    points[2 * next + 1]);
        }
        path.closePath();
        return path;
    }

    private Path2D polygon() {
        int corners = 3 + random.nextInt(3);
        double radius = between(15, side / 3.0);
        double x = between(0, side);
        double y = between(0, side);
        double turn = between(0, 2 * Math.PI);
        Path2D path = new Path2D.Double();
        for (int i = 0; i < corners; i++) {
            double angle = turn + 2 * Math.PI * i / corners;
            double px = x + radius * Math.cos(angle);
            double py = y + radius * Math.sin(angle);
            if (i == 0) {
                path.moveTo(px, py);
            } else {
                path.lineTo(px, py);
            }
        }
        path.closePath();
        return path;
    }

    /** Strokes that are thick in the middle and end in points, several side by side as hair is drawn. */
    private void brush() {
        graphics.setPaint(ink());
        int strokes = 1 + random.nextInt(9);
        double x = between(0, side);
        double y = between(0, side);
        double angle = between(0, 2 * Math.PI);
        double length = between(30, side / 2.0);
        double bend = between(-0.5, 0.5) * length;
        double thick = width(0.6, 6);
        for (int i = 0; i < strokes; i++) {
            double step = i * between(1.5, 2.5) * (thick + 1);
            AffineTransform place = AffineTransform.getTranslateInstance(x, y);
            place.rotate(angle + between(-0.05, 0.05));
            place.translate(between(-5, 5), step);
            Path2D path = new Path2D.Double();
            path.moveTo(0, 0);
            path.quadTo(length / 2, bend - thick, length, 0);
            path.quadTo(length / 2, bend + thick, 0, 0);
            graphics.fill(place.createTransformedShape(path));
        }
    }

    private void inside(Shape shape, Runnable drawing) {
        Shape before = graphics.getClip();
        graphics.clip(shape);
        drawing.run();
        graphics.setClip(before);
    }

    private void hatch(Shape shape) {
        double distance = between(3, 10);
        double angle = between(0, Math.PI);
        inside(shape, () -> {
            graphics.setPaint(ink());
            graphics.setStroke(new BasicStroke((float) (distance * between(0.15, 0.5))));
            lines(angle, distance);
            if (random.nextInt(3) == 0) {
                lines(angle + Math.PI / 2, distance);
            }
        });
    }

    private void lines(double angle, double distance) {
        AffineTransform turn = AffineTransform.getRotateInstance(angle, side / 2.0, side / 2.0);
        Path2D path = new Path2D.Double();
        for (double y = -side; y < 2 * side; y += distance) {
            path.moveTo(-side, y);
            path.lineTo(2 * side, y);
        }
        graphics.draw(turn.createTransformedShape(path));
    }

    /** Dots in a turned grid, as printed comics have them. */
    private void screenTone(Shape shape) {
        double distance = between(4, 9);
        double size = distance * between(0.25, 0.85);
        AffineTransform turn = AffineTransform.getRotateInstance(between(0, Math.PI), side / 2.0, side / 2.0);
        Rectangle2D bounds = shape.getBounds2D();
        inside(shape, () -> {
            graphics.setPaint(ink());
            double[] point = new double[2];
            for (double y = -side; y < 2 * side; y += distance) {
                for (double x = -side; x < 2 * side; x += distance) {
                    turn.transform(new double[] {x, y}, 0, point, 0, 1);
                    if (bounds.contains(point[0], point[1])) {
                        graphics.fill(new Ellipse2D.Double(point[0] - size / 2, point[1] - size / 2, size, size));
                    }
                }
            }
        });
    }

    /** Lines of letters, often on white as in a balloon. */
    private void letters() {
        double size = width(1, 6);
        int columns = 3 + random.nextInt(14);
        int rows = 1 + random.nextInt(4);
        double x = between(-20, side - 40.0);
        double y = between(0, side - 20.0);
        double leading = (StrokeFont.HEIGHT + 3) * size;
        if (random.nextBoolean()) {
            graphics.setPaint(random.nextInt(3) > 0 ? Color.WHITE : colour());
            graphics.fill(new Rectangle2D.Double(
                    x - 3 * size, y - 3 * size, (columns * StrokeFont.ADVANCE + 5) * size, rows * leading + 3 * size));
        }
        Path2D path = new Path2D.Double();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                char letter = StrokeFont.LETTERS.charAt(random.nextInt(StrokeFont.LETTERS.length()));
                if (random.nextInt(6) > 0) {
                    StrokeFont.append(path, letter, x + column * StrokeFont.ADVANCE * size, y + row * leading, size);
                }
            }
        }
        graphics.setPaint(ink());
        graphics.setStroke(
                new BasicStroke((float) (size * between(0.5, 1.4)), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        AffineTransform slant = AffineTransform.getShearInstance(random.nextInt(3) == 0 ? -0.2 : 0, 0);
        graphics.draw(slant.createTransformedShape(path));
    }

    private void thinLines() {
        graphics.setPaint(ink());
        for (int i = 0; i < 6; i++) {
            graphics.setStroke(new BasicStroke((float) width(0.6, 3), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            Path2D path = new Path2D.Double();
            double x = between(0, side);
            double y = between(0, side);
            path.moveTo(x, y);
            path.quadTo(x + between(-90, 90), y + between(-90, 90), x + between(-150, 150), y + between(-150, 150));
            graphics.draw(path);
        }
    }
}
