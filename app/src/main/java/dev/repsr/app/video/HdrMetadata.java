package dev.repsr.app.video;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an HDR film says of the screen that it was made on (SMPTE ST 2086) and of its light (CTA-861.3).
 *
 * @param words by ffprobe's names
 */
record HdrMetadata(Map<String, Map<?, ?>> words) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** Asks ffprobe what the first frame says. */
    static HdrMetadata ask(Ffmpeg ffmpeg, Film film) throws IOException {
        List<String> question = new ArrayList<>(
                List.of("-select_streams", Integer.toString(film.video().index())));
        question.addAll(List.of("-read_intervals", "%+#1", "-show_frames", "-of", "json"));
        question.addAll(Ffmpeg.input(film.file()));
        byte[] answer = ffmpeg.ask(ffmpeg.ffprobe(), question);
        Map<String, Map<?, ?>> words = new HashMap<>();
        Object parsed = MAPPER.readValue(new String(answer, StandardCharsets.UTF_8), Object.class);
        if (parsed instanceof Map<?, ?> all
                && all.get("frames") instanceof List<?> frames
                && !frames.isEmpty()
                && frames.getFirst() instanceof Map<?, ?> frame
                && frame.get("side_data_list") instanceof List<?> list) {
            for (Object one : list) {
                if (one instanceof Map<?, ?> data) {
                    words.put(String.valueOf(data.get("side_data_type")), data);
                }
            }
        }
        return new HdrMetadata(words);
    }

    /** Whether it says anything. */
    boolean says() {
        return words.keySet().stream().anyMatch(word -> word.contains("display") || word.contains("light"));
    }

    /** The same as x265 takes it. */
    List<String> x265() {
        List<String> said = new ArrayList<>(List.of("hdr10-opt=1", "repeat-headers=1"));
        Map<?, ?> display = words.get("Mastering display metadata");
        if (display != null) {
            said.add("master-display=G(" + parts(display, "green_x", 50_000) + ","
                    + parts(display, "green_y", 50_000)
                    + ")B(" + parts(display, "blue_x", 50_000) + "," + parts(display, "blue_y", 50_000)
                    + ")R(" + parts(display, "red_x", 50_000) + "," + parts(display, "red_y", 50_000)
                    + ")WP(" + parts(display, "white_point_x", 50_000) + ","
                    + parts(display, "white_point_y", 50_000)
                    + ")L(" + parts(display, "max_luminance", 10_000) + ","
                    + parts(display, "min_luminance", 10_000) + ")");
        }
        Map<?, ?> light = words.get("Content light level metadata");
        if (light != null) {
            said.add("max-cll=" + light.get("max_content") + "," + light.get("max_average"));
        }
        return said;
    }

    /** A fraction such as 34000/50000 as a whole number of its parts. */
    private static long parts(Map<?, ?> words, String key, int parts) {
        String[] fraction = String.valueOf(words.get(key)).split("/", -1);
        try {
            return Math.round(Double.parseDouble(fraction[0]) / Double.parseDouble(fraction[1]) * parts);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            return 0;
        }
    }
}
