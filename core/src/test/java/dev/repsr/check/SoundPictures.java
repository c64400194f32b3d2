package dev.repsr.check;

import dev.repsr.image.Picture;
import dev.repsr.image.PictureFormat;
import java.util.SplittableRandom;

/**
 * Pictures of all kinds that people enlarge, and none of which may be refused: picture n of a kind is always the same, and no two are
 * alike. Most are RGB, some grey or half transparent, and sides go from 1 to 128 pixels.
 */
enum SoundPictures {
    PLOT {
        @Override
        void paint(Canvas c, SplittableRandom r) {
            c.fill(Paint.flat(Ink.WHITE));
            int left = c.width() / 8;
            int right = c.width() * 3 / 4;
            int bottom = c.height() * 7 / 8;
            if (r.nextBoolean()) {
                Ink low = Ink.random(r);
                Ink high = Ink.random(r);
                c.box(left, 2, right, bottom, (x, y) -> low.to(high, 0.5 + 0.5 * Math.sin(x / 9) * Math.cos(y / 7)));
            }
            for (int i = 0; i < 3; i++) {
                double high = r.nextDouble(4, c.height() / 2.0 + 5);
                double wave = r.nextDouble(3, 20);
                double rise = r.nextDouble(-0.5, 0.5);
                double middle = c.height() / 2.0;
                c.curve(left, right, x -> middle + rise * (x - left) + high / 2 * Math.sin(x / wave), Ink.random(r));
            }
            Ink low = Ink.random(r);
            Ink high = Ink.random(r);
            c.box(right + 3, 2, right + 3 + c.width() / 12, bottom, Paint.ramp(low, high, 0, 1.0 / bottom, 0));
            c.line(left, 2, left, bottom, 0.6, Ink.BLACK);
            c.line(left, bottom, right, bottom, 0.6, Ink.BLACK);
            c.text(left, bottom + 2, 1, Ink.BLACK, r);
        }
    },
    WINDOW {
        @Override
        void paint(Canvas c, SplittableRandom r) {
            int shade = r.nextInt(200, 250);
            c.fill(Paint.flat(Ink.of(shade, shade, shade)));
            Ink title = Ink.random(r);
            c.box(0, 0, c.width(), 10, Paint.ramp(title, Ink.WHITE, 0, 0.05, 0));
            c.text(3, 2, 1, Ink.WHITE, r);
            for (int y = 14; y + 14 < c.height(); y += 18) {
                int x = r.nextInt(2, 12);
                int wide = r.nextInt(16, 50);
                Ink top = Ink.of(250, 250, 252);
                c.box(x, y, x + wide, y + 13, Paint.flat(Ink.of(120, 120, 125)));
                c.box(
                        x + 1,
                        y + 1,
                        x + wide - 1,
                        y + 12,
                        Paint.ramp(top, Ink.of(205, 207, 215), 0, 1 / 12.0, -y / 12.0));
                c.text(x + 4, y + 3, 1, Ink.of(20, 20, 30), r);
                c.box(x + wide + 4, y, c.width() - 8, y + 9, Paint.flat(r.nextBoolean() ? Ink.WHITE : Ink.random(r)));
            }
            c.box(c.width() - 6, 10, c.width(), c.height(), Paint.ramp(Ink.WHITE, Ink.of(170, 170, 180), 0.16, 0, 0));
        }
    },
    RAMP {
        @Override
        void paint(Canvas c, SplittableRandom r) {
            int ramps = r.nextInt(1, 5);
            boolean across = r.nextBoolean();
            for (int i = 0; i < ramps; i++) {
                double slope = 1.0 / (r.nextBoolean() ? c.width() : c.height());
                Paint ramp = Paint.ramp(Ink.random(r), Ink.random(r), r.nextInt(2) * slope, r.nextInt(2) * slope, 0);
                double from = i / (double) ramps;
                double to = (i + 1) / (double) ramps;
                c.box(
                        across ? from * c.width() : 0,
                        across ? 0 : from * c.height(),
                        across ? to * c.width() : c.width(),
                        across ? c.height() : to * c.height(),
                        ramp);
            }
        }
    },
    CHANNEL_CARD {
        @Override
        void paint(Canvas c, SplittableRandom r) {
            int rows = r.nextInt(2, 7);
            int which = r.nextInt(3);
            double level = r.nextInt(256);
            for (int i = 0; i < rows; i++) {
                double other = 255.0 * i / (rows - 1);
                double width = c.width();
                c.box(0, i * c.height() / (double) rows, width, (i + 1) * c.height() / (double) rows, (x, y) -> {
                    double[] values = {level, other, 255 * x / width};
                    return Ink.of(values[which], values[(which + 1) % 3], values[(which + 2) % 3]);
                });
            }
        }
    },
    CHART {
        @Override
        void paint(Canvas c, SplittableRandom r) {
            c.fill(Paint.flat(r.nextInt(4) == 0 ? Ink.random(r) : Ink.WHITE));
            if (r.nextBoolean()) {
                double step = r.nextInt(5, 14);
                for (double x = 4; x + step < c.width(); x += step) {
                    c.box(x, r.nextDouble(0, c.height()), x + step - 2, c.height() - 4, Paint.flat(Ink.random(r)));
                }
            } else {
                double turn = r.nextDouble(0.3, 1.5);
                Ink[] inks = {Ink.random(r), Ink.random(r), Ink.random(r), Ink.random(r), Ink.random(r)};
                double middle = Math.min(c.width(), c.height()) / 2.0;
                c.disc(
                        middle,
                        middle,
                        middle * 0.9,
                        (x, y) -> inks[Math.min(4, (int) ((Math.atan2(y - middle, x - middle) + Math.PI) / turn))]);
            }
            c.text(2, 2, r.nextInt(1, 3), Ink.BLACK, r);
        }
    },
    ICON {
        @Override
        void paint(Canvas c, SplittableRandom r) {
            c.fill(Paint.flat(r.nextBoolean() ? Ink.WHITE : Ink.random(r)));
            double middle = Math.min(c.width(), c.height()) / 2.0;
            c.disc(middle, middle, middle * 0.9, Paint.ramp(Ink.random(r), Ink.random(r), 0, 0.5 / middle, 0));
            c.disc(middle * 0.7, middle * 0.6, middle * r.nextDouble(0.1, 0.4), Paint.flat(Ink.WHITE));
            c.box(middle * 0.8, middle * 0.5, middle * 1.2, middle * 1.6, Paint.flat(Ink.random(r)));
            c.line(0, middle, 2 * middle, middle * r.nextDouble(0.2, 1.8), r.nextDouble(0.5, 3), Ink.random(r));
        }
    },
    TEXT {
        @Override
        void paint(Canvas c, SplittableRandom r) {
            boolean plain = r.nextBoolean();
            c.fill(Paint.flat(plain ? Ink.WHITE : Ink.random(r)));
            int size = r.nextInt(1, 4);
            Ink ink = plain ? Ink.BLACK : Ink.random(r);
            for (int y = 2; y + 7 * size < c.height(); y += 9 * size) {
                for (int x = 2; x < c.width(); x += 40 * size) {
                    c.text(x, y, size, ink, r);
                }
            }
        }
    },
    LINE_ART {
        @Override
        void paint(Canvas c, SplittableRandom r) {
            c.fill(Paint.flat(Ink.WHITE));
            double width = r.nextDouble(0.4, 1.5);
            for (int i = 0; i < 14; i++) {
                double x = r.nextDouble(c.width());
                double y = r.nextDouble(c.height());
                if (r.nextBoolean()) {
                    c.line(x, y, r.nextDouble(c.width()), r.nextDouble(c.height()), width, Ink.BLACK);
                } else {
                    double radius = r.nextDouble(2, 30);
                    c.disc(x, y, radius, Paint.flat(Ink.BLACK));
                    c.disc(x, y, radius - width * 1.5, Paint.flat(r.nextInt(3) == 0 ? Ink.random(r) : Ink.WHITE));
                }
            }
        }
    },
    HALFTONE {
        @Override
        void paint(Canvas c, SplittableRandom r) {
            double pitch = r.nextDouble(2, 8);
            double[] angles = {r.nextDouble(3), r.nextDouble(3), r.nextDouble(3)};
            boolean colour = r.nextBoolean();
            double wide = r.nextDouble(20, 80);
            c.fill((x, y) -> {
                double tone = 0.5 + 0.5 * Math.sin(x / wide) * Math.cos(y / wide);
                double[] v = new double[3];
                for (int i = 0; i < 3; i++) {
                    double a = angles[colour ? i : 0];
                    double u = Math.cos(2 * Math.PI * (x * Math.cos(a) + y * Math.sin(a)) / pitch);
                    double w = Math.cos(2 * Math.PI * (y * Math.cos(a) - x * Math.sin(a)) / pitch);
                    v[i] = (u + w) / 4 + 0.5 < tone ? 255 : 0;
                }
                return Ink.of(v[0], v[1], v[2]);
            });
        }
    },
    DITHER {
        private static final int[] BAYER = {0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5};

        @Override
        void paint(Canvas c, SplittableRandom r) {
            boolean ordered = r.nextBoolean();
            int levels = r.nextInt(1, 4);
            boolean colour = r.nextBoolean();
            double wide = r.nextDouble(10, 60);
            double[] phase = {0, colour ? 1 : 0, colour ? 2.5 : 0};
            c.pixels((x, y) -> {
                double grain = r.nextDouble();
                double[] v = new double[3];
                for (int i = 0; i < 3; i++) {
                    double tone = levels * (0.5 + 0.5 * Math.sin(x / wide + phase[i]) * Math.cos(y / wide));
                    double limit = ordered ? (BAYER[(int) y % 4 * 4 + (int) x % 4] + 0.5) / 16 : grain;
                    v[i] = 255 * Math.floor(tone + limit) / levels;
                }
                return Ink.of(v[0], v[1], v[2]);
            });
        }
    },
    NOISE {
        @Override
        void paint(Canvas c, SplittableRandom r) {
            Ink flat = Ink.random(r);
            int kind = r.nextInt(4);
            double sigma = r.nextDouble(2, 60);
            c.pixels((x, y) -> switch (kind) {
                case 0 -> Ink.random(r);
                case 1 -> flat.plus(sigma * r.nextGaussian(), sigma * r.nextGaussian(), sigma * r.nextGaussian());
                case 2 -> flat.plus(sigma * r.nextGaussian());
                default -> r.nextInt(20) > 0 ? flat : r.nextBoolean() ? Ink.WHITE : Ink.BLACK;
            });
        }
    },
    PHOTOGRAPH {
        @Override
        void paint(Canvas c, SplittableRandom r) {
            Paint.scene(c, r);
            c.grain(r.nextBoolean() ? r.nextDouble(0, 12) : 0, r);
        }
    },
    PATTERN {
        @Override
        void paint(Canvas c, SplittableRandom r) {
            Ink a = r.nextBoolean() ? Ink.BLACK : Ink.random(r);
            Ink b = r.nextBoolean() ? Ink.WHITE : Ink.random(r);
            int across = r.nextInt(1, 6);
            int down = r.nextInt(1, 6);
            int kind = r.nextInt(4);
            c.pixels((x, y) -> {
                int u = (int) x / across;
                int v = (int) y / down;
                boolean first = kind == 0
                        ? (u + v) % 2 == 0
                        : kind == 1 ? u % 2 == 0 : kind == 2 ? v % 2 == 0 : (u + v) % 3 == 0;
                return first ? a : b;
            });
        }
    },
    POSTER {
        @Override
        void paint(Canvas c, SplittableRandom r) {
            c.fill(Paint.flat(Ink.vivid(r)));
            for (int i = 0; i < 8; i++) {
                double x = r.nextDouble(c.width());
                double y = r.nextDouble(c.height());
                double size = r.nextDouble(4, 50);
                if (r.nextBoolean()) {
                    c.box(x, y, x + size, y + r.nextDouble(4, 50), Paint.flat(Ink.vivid(r)));
                } else {
                    c.disc(x, y, size / 2, Paint.flat(Ink.vivid(r)));
                }
            }
        }
    },
    PIXEL_ART {
        @Override
        void paint(Canvas c, SplittableRandom r) {
            int size = r.nextInt(1, 5);
            Ink[] palette = {Ink.BLACK, Ink.random(r), Ink.random(r), Ink.vivid(r), Ink.WHITE};
            int[][] sprite = new int[12][12];
            for (int[] row : sprite) {
                for (int x = 0; x < 6; x++) {
                    row[x] = r.nextInt(5);
                    row[11 - x] = row[x];
                }
            }
            c.pixels((x, y) -> palette[sprite[(int) y / size % 12][(int) x / size % 12]]);
        }
    },
    CODE {
        @Override
        void paint(Canvas c, SplittableRandom r) {
            int size = r.nextInt(1, 6);
            boolean bars = r.nextInt(3) == 0;
            long seed = r.nextLong();
            c.pixels((x, y) -> {
                long module = (int) x / size + (bars ? 0 : 1009L * ((int) y / size));
                return new SplittableRandom(seed + module).nextBoolean() ? Ink.WHITE : Ink.BLACK;
            });
        }
    },
    SPHERES {
        @Override
        void paint(Canvas c, SplittableRandom r) {
            c.fill(Paint.ramp(Ink.random(r), Ink.random(r), 0, 1.0 / c.height(), 0));
            for (int i = 0; i < 4; i++) {
                double x = r.nextDouble(c.width());
                double y = r.nextDouble(c.height());
                double radius = r.nextDouble(5, 40);
                Ink ink = Ink.vivid(r);
                c.disc(x, y, radius, (px, py) -> {
                    double u = (px - x) / radius;
                    double v = (py - y) / radius;
                    double light = Math.max(0, Math.sqrt(Math.max(0, 1 - u * u - v * v)) - 0.4 * u - 0.5 * v) / 1.2;
                    return Ink.BLACK.to(ink, light).to(Ink.WHITE, Math.pow(Math.min(1, light), 30));
                });
            }
        }
    },
    SMOOTH {
        @Override
        void paint(Canvas c, SplittableRandom r) {
            double[] f = r.doubles(12, 0.005, 0.12).toArray();
            double[] high = r.doubles(3, 5, 127).toArray();
            c.fill((x, y) -> Ink.of(
                    128 + high[0] * Math.sin(x * f[0] + y * f[1] + 50 * f[2]),
                    128 + high[1] * Math.sin(x * f[3] - y * f[4] + 50 * f[5]),
                    128 + high[2] * Math.cos(x * f[6] + y * f[7] + 50 * f[8])));
        }
    },
    MOSAIC {
        @Override
        void paint(Canvas c, SplittableRandom r) {
            Paint.scene(c, r);
            boolean colour = r.nextBoolean();
            c.repaint((x, y, ink) -> {
                boolean red = x % 2 == 0 && y % 2 == 0;
                boolean blue = x % 2 == 1 && y % 2 == 1;
                double one = red ? ink.red() : blue ? ink.blue() : ink.green();
                return colour ? Ink.of(red ? one : 0, red || blue ? 0 : one, blue ? one : 0) : Ink.of(one, one, one);
            });
        }
    },
    SCAN {
        @Override
        void paint(Canvas c, SplittableRandom r) {
            int paper = r.nextInt(190, 250);
            c.fill(Paint.flat(Ink.of(paper, paper - r.nextInt(3), paper - r.nextInt(20))));
            for (int y = 4; y + 8 < c.height(); y += 12) {
                c.text(4, y, 1, Ink.of(60, 60, 60), r);
                c.line(c.width() / 2.0, y, c.width() - 4, y + r.nextDouble(6), 0.7, Ink.of(40, 40, 60));
            }
            c.grain(r.nextDouble(0, 15), r);
        }
    },
    FLAT {
        @Override
        void paint(Canvas c, SplittableRandom r) {
            c.fill(Paint.flat(r.nextBoolean() ? Ink.random(r) : Ink.vivid(r)));
            if (r.nextBoolean()) {
                c.box(r.nextInt(c.width()), 0, c.width(), c.height(), Paint.flat(Ink.random(r)));
            }
        }
    };

    private static final int LEAST = 24;
    private static final int MOST = 129;

    /** Every so many pictures are grey, half transparent or tiny. */
    private static final int GREY = 7;

    private static final int SOFT = 11;
    private static final int TINY = 13;

    abstract void paint(Canvas canvas, SplittableRandom random);

    /** Picture n of this kind. */
    Picture picture(int n) {
        SplittableRandom random = new SplittableRandom(31L * name().hashCode() + n);
        boolean tiny = n % TINY == TINY - 1;
        int width = tiny ? random.nextInt(1, LEAST) : random.nextInt(LEAST, MOST);
        int height = tiny ? random.nextInt(1, LEAST) : random.nextInt(LEAST, MOST);
        Canvas canvas = new Canvas(width, height, random.nextInt(1, 4));
        paint(canvas, random);
        int channels = n % GREY == GREY - 1 ? 1 : n % SOFT == SOFT - 1 ? 4 : 3;
        return Picture.of(new PictureFormat(width, height, channels, 8), canvas.samples(channels));
    }
}
