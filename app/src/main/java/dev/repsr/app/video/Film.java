package dev.repsr.app.video;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a file holds, as ffprobe says it.
 *
 * @param file that was asked about
 * @param streams all of them, in order
 * @param video the one that is enlarged: the first film that is no cover picture
 * @param layout in which its frames are asked for
 * @param colours what the numbers of its frames mean
 */
public record Film(Path file, List<Stream> streams, Stream video, PixelLayout layout, Colours colours) {
    private static final int SAMPLE_BYTES = 1 << 20;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String UNKNOWN = "unknown";

    /** A stream by ffprobe's words. */
    record Stream(Map<?, ?> facts) {
        String text(String key) {
            return facts.get(key) == null ? "" : String.valueOf(facts.get(key));
        }

        int number(String key) {
            return facts.get(key) instanceof Number number ? number.intValue() : 0;
        }

        int index() {
            return number("index");
        }

        String type() {
            return text("codec_type");
        }

        String codec() {
            return text("codec_name");
        }

        /** Whether a word of the stream's disposition is set. */
        boolean is(String word) {
            return facts.get("disposition") instanceof Map<?, ?> words
                    && words.get(word) instanceof Number flag
                    && flag.intValue() != 0;
        }

        /** The words of its disposition, as ffmpeg takes them; 0 for none. */
        String disposition() {
            List<String> set = new ArrayList<>();
            if (facts.get("disposition") instanceof Map<?, ?> words) {
                words.forEach((word, flag) -> {
                    if (flag instanceof Number number && number.intValue() != 0) {
                        set.add(String.valueOf(word));
                    }
                });
            }
            return set.isEmpty() ? "0" : String.join("+", set);
        }

        Optional<Map<?, ?>> sideData(String kind) {
            return facts.get("side_data_list") instanceof List<?> all
                    ? all.stream()
                            .filter(Map.class::isInstance)
                            .<Map<?, ?>>map(Map.class::cast)
                            .filter(one ->
                                    String.valueOf(one.get("side_data_type")).startsWith(kind))
                            .findFirst()
                    : Optional.empty();
        }

        /** A word about colours that says something, or empty. */
        String colour(String key) {
            String word = text(key);
            return word.equals(UNKNOWN) || word.equals("reserved") || word.equals("unspecified") ? "" : word;
        }
    }

    /**
     * Asks ffprobe.
     *
     * @throws FilmRefused if it is missing, no film, or of a kind that is not enlarged
     */
    public static Film open(Ffmpeg ffmpeg, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new FilmRefused(FilmRefused.Reason.MISSING, file + " is missing, or no file");
        }
        List<String> question = new ArrayList<>(List.of("-show_streams", "-of", "json"));
        question.addAll(Ffmpeg.input(file));
        String answer;
        try {
            answer = new String(ffmpeg.ask(ffmpeg.ffprobe(), question), StandardCharsets.UTF_8);
        } catch (FilmRefused e) {
            throw new FilmRefused(
                    FilmRefused.Reason.DAMAGED, file + " is no film, or damaged: ffprobe says: " + e.getMessage());
        }
        Object parsed = MAPPER.readValue(answer, Object.class);
        List<Stream> streams = new ArrayList<>();
        if (parsed instanceof Map<?, ?> all && all.get("streams") instanceof List<?> list) {
            list.forEach(one -> {
                if (one instanceof Map<?, ?> facts) {
                    streams.add(new Stream(facts));
                }
            });
        }
        Stream video = streams.stream()
                .filter(stream -> stream.type().equals("video") && !stream.is("attached_pic"))
                .findFirst()
                .orElseThrow(() -> new FilmRefused(
                        FilmRefused.Reason.UNSUPPORTED, file + " holds no film; repsr upscale is for pictures"));
        return of(file, streams, video);
    }

    private static Film of(Path file, List<Stream> streams, Stream video) throws FilmRefused {
        if (video.text("codec_tag_string").startsWith("enc") || video.codec().isEmpty()) {
            throw new FilmRefused(
                    FilmRefused.Reason.UNSUPPORTED,
                    file
                            + " is encrypted, or of a kind that ffmpeg does not know; only films that can be played are enlarged");
        }
        if (video.number("width") < 1 || video.number("height") < 1) {
            throw new FilmRefused(FilmRefused.Reason.DAMAGED, file + " is damaged: its film has no size");
        }
        String pixels =
                hasAlphaBeside(video) && video.text("pix_fmt").equals("yuv420p") ? "yuva420p" : video.text("pix_fmt");
        PixelLayout layout = PixelLayout.of(pixels)
                .orElseThrow(() -> new FilmRefused(
                        FilmRefused.Reason.UNSUPPORTED,
                        file + " has frames of the kind '" + video.text("pix_fmt")
                                + "', which is not read; convert it with ffmpeg -pix_fmt yuv444p16le -c:v ffv1"));
        boolean full =
                video.text("color_range").equals("pc") || video.text("pix_fmt").startsWith("yuvj");
        Colours colours = Colours.of(
                        video.text("color_space"), full, video.text("chroma_location"), video.number("height"))
                .orElseThrow(() -> new FilmRefused(
                        FilmRefused.Reason.UNSUPPORTED,
                        file + " has colours of the kind '" + video.text("color_space")
                                + "', which is not read; convert it with ffmpeg -vf zscale=matrix=709"));
        return new Film(file, List.copyOf(streams), video, layout, colours);
    }

    /** The codec that is nearest to its own; empty if there is none of these. */
    public Optional<FilmCodec> codec() {
        return FilmCodec.of(video.codec());
    }

    /** The codec that is usual for such a film: HDR needs another one than all else. */
    public FilmCodec usualCodec() {
        return isHdr() ? FilmCodec.HEVC : FilmCodec.H264;
    }

    /** Bytes of the largest of its frames, whichever way it is turned. */
    long mostFrameBytes() {
        int width = video.number("width");
        int height = video.number("height");
        return Math.max(layout.frameBytes(width, height), layout.frameBytes(height, width));
    }

    /** What it is known by: its size, its time and its ends. */
    byte[] identity() throws IOException {
        byte[] facts = (Files.size(file) + " " + Files.getLastModifiedTime(file)).getBytes(StandardCharsets.UTF_8);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] begin = in.readNBytes(SAMPLE_BYTES);
            in.skipNBytes(Math.max(0, Files.size(file) - begin.length - SAMPLE_BYTES));
            return ByteBuffer.allocate(facts.length + 2 * SAMPLE_BYTES)
                    .put(facts)
                    .put(begin)
                    .put(in.readNBytes(SAMPLE_BYTES))
                    .array();
        }
    }

    /** Whether the transparency of VP8 or VP9 comes beside its frames. */
    boolean hasAlphaBeside() {
        return hasAlphaBeside(video);
    }

    private static boolean hasAlphaBeside(Stream video) {
        return video.codec().matches("vp[89]")
                && video.facts().get("tags") instanceof Map<?, ?> tags
                && (tags.containsKey("alpha_mode") || tags.containsKey("ALPHA_MODE"));
    }

    /** Whether two fields make a frame. */
    boolean isInterlaced() {
        return List.of("tt", "bb", "tb", "bt").contains(video.text("field_order"));
    }

    /** Whether brightness goes beyond what screens used to show: by the curve of SMPTE 2084 (HDR10) or ARIB B67 (HLG). */
    boolean isHdr() {
        String transfer = video.text("color_transfer");
        return transfer.equals("smpte2084") || transfer.equals("arib-std-b67");
    }

    /** The first timestamp, in the stream's own time base; may be negative. */
    long startTicks() {
        return video.facts().get("start_pts") instanceof Number number ? number.longValue() : 0;
    }

    /** Numerator and denominator of the time base. */
    long[] timeBase() {
        String[] parts = video.text("time_base").split("/", -1);
        try {
            return new long[] {Long.parseLong(parts[0]), Long.parseLong(parts[1])};
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return new long[] {1, 1_000_000};
        }
    }

    /** Frames, as far as the container says it; 0 if it does not. */
    long frames() {
        try {
            return Long.parseLong(video.text("nb_frames"));
        } catch (NumberFormatException e) {
            double seconds = seconds();
            return rate() > 0 && seconds > 0 ? Math.round(seconds * rate()) : 0;
        }
    }

    /** Frames a second in the mean; 0 if it is not said. */
    double rate() {
        String[] parts = video.text("avg_frame_rate").split("/", -1);
        try {
            double rate = Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
            return Double.isFinite(rate) ? rate : 0;
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return 0;
        }
    }

    /** Length; 0 if it is not said. */
    double seconds() {
        try {
            return Double.parseDouble(video.text("duration"));
        } catch (NumberFormatException e) {
            return taggedSeconds(video);
        }
    }

    /** Matroska says it as a tag: hours, minutes and seconds. */
    private static double taggedSeconds(Stream stream) {
        if (stream.facts().get("tags") instanceof Map<?, ?> words && words.get("DURATION") instanceof String text) {
            double seconds = 0;
            for (String part : text.split(":", -1)) {
                try {
                    seconds = seconds * 60 + Double.parseDouble(part);
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
            return seconds;
        }
        return 0;
    }
}
