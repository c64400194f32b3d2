package dev.repsr.app;

import static dev.repsr.app.TestFilms.ffmpeg;
import static dev.repsr.app.TestFilms.frames;
import static dev.repsr.app.TestFilms.probe;
import static dev.repsr.app.TestFilms.timestamps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.TestModels;
import dev.repsr.TestPictures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Films of FFmpeg's test sources through the whole program; ffprobe is the judge. */
@Tag("slow")
class VideoCommandTest {
    private static final String CLIP = "-f lavfi -i testsrc2=s=64x48:r=25:d=2 ";
    private static final String SOUND = "-f lavfi -i sine=d=2 ";

    @TempDir
    private Path folder;

    private Path model = Path.of("");

    @BeforeAll
    static void needsFfmpeg() {
        TestFilms.assumeFfmpeg();
    }

    @BeforeEach
    void model() throws IOException {
        model = TestModels.writeNearest(folder, 2);
    }

    private Path film(String name, String arguments) throws Exception {
        ffmpeg(folder, arguments + " " + name);
        return folder.resolve(name);
    }

    private Run video(Path in, Path out, Object... more) {
        Object[] arguments = {"video", in, "-o", out, "-m", model};
        Object[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return Run.of(all);
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "plain.mp4|out.mp4||-c:v libx264 -pix_fmt yuv420p -bf 3 -c:a aac -shortest",
                "plain.mp4|out.mkv|--codec hevc|-c:v libx264 -pix_fmt yuv420p -bf 3 -c:a aac -shortest",
                "ten.mkv|out.mkv|--codec ffv1|-vf crop=63:47 -c:v ffv1 -pix_fmt yuv420p10le -c:a flac",
                "odd.mkv|out.mp4||-vf crop=63:47 -c:v ffv1 -pix_fmt yuv444p -c:a aac",
                "silent.mkv|out.mov|--codec prores|-an -c:v ffv1 -pix_fmt yuv422p10le",
                "vfr.mkv|out.mp4||-vf select='not(mod(n,3))+not(mod(n,7))' -fps_mode passthrough -c:v libx264 -c:a aac",
                "vfr.mkv|out.mkv|--codec ffv1|-vf select='not(mod(n,3))+not(mod(n,7))' -fps_mode passthrough -c:v libx264 -c:a aac",
                "stream.ts|out.ts||-c:v libx264 -pix_fmt yuv420p -bf 2 -c:a aac",
                "stream.ts|out.mkv||-c:v libx264 -pix_fmt yuv420p -bf 2 -c:a aac",
                "one.mp4|out.mp4||-an -frames:v 1 -c:v libx264 -pix_fmt yuv420p",
                "grey.avi|out.mkv|--codec ffv1|-an -c:v ffv1 -pix_fmt gray"
            })
    void everyFrameKeepsItsTimestamp(String in, String out, String options, String making) throws Exception {
        Path film = film(in, CLIP + SOUND + making);

        Run run = video(film, folder.resolve(out), options == null ? new Object[0] : options.split(" ", -1));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(timestamps(folder.resolve(out))).isNotEmpty().isEqualTo(timestamps(film));
        assertThat(folder.resolve(out + ".parts")).doesNotExist();
    }

    @Test
    void anEditListAndALateStartKeepTheirTimes() throws Exception {
        Path whole = film("whole.mp4", CLIP + SOUND + "-c:v libx264 -bf 2 -g 25 -pix_fmt yuv420p -c:a aac");
        Path edit = film("edit.mp4", "-ss 0.7 -i whole.mp4 -c copy");
        Path late = film(
                "late.mkv", "-itsoffset 1.5 " + CLIP + "-f lavfi -i sine=d=4 -c:v libx264 -pix_fmt yuv420p -c:a aac");
        for (Path film : new Path[] {whole, edit, late}) {
            Path out = folder.resolve("out_" + film.getFileName());

            Run run = video(film, out);

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(timestamps(out)).as(film.toString()).isEqualTo(timestamps(film));
        }
    }

    @Test
    void aDamagedFilmBecomesWhatCanBeDecodedOfIt() throws Exception {
        Path whole = film("whole.ts", CLIP + "-c:v libx264 -g 10 -pix_fmt yuv420p");
        byte[] bytes = Files.readAllBytes(whole);
        Path film = Files.write(folder.resolve("half.ts"), Arrays.copyOf(bytes, bytes.length * 2 / 3));

        Run run = video(film, folder.resolve("out.ts"), "--json");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(timestamps(folder.resolve("out.ts"))).isNotEmpty().isEqualTo(timestamps(film));
    }

    @Test
    void soundSubtitlesChaptersTagsAndLanguagesAreKept() throws Exception {
        Files.writeString(folder.resolve("s.srt"), "1\n00:00:00,500 --> 00:00:01,500\nHello\n");
        Files.writeString(
                folder.resolve("m.txt"),
                ";FFMETADATA1\ntitle=A film\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1000\ntitle=One\n");
        Path film = film(
                "film.mkv",
                CLIP + SOUND
                        + "-i s.srt -i m.txt -map 0 -map 1 -map 2 -map_metadata 3 -c:v libx264 -pix_fmt yuv420p -c:a"
                        + " flac -c:s srt -metadata:s:a:0 language=deu -disposition:s:0 forced");
        String question = "stream=codec_type,codec_name:stream_tags=language:stream_disposition=forced";

        Run run = video(film, folder.resolve("out.mkv"));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(probe(folder.resolve("out.mkv"), "-show_entries", question))
                .isEqualTo(probe(film, "-show_entries", question));
        String rest = "chapter=start_time,end_time:chapter_tags=title:format_tags=title";
        assertThat(probe(folder.resolve("out.mkv"), "-show_chapters", "-show_entries", rest))
                .contains("One", "A film")
                .isEqualTo(probe(film, "-show_chapters", "-show_entries", rest));
        String sound = "-v quiet -nostdin -i %s -map 0:a -f md5 %s.md5";
        ffmpeg(folder, String.format(sound, "film.mkv", "in"));
        ffmpeg(folder, String.format(sound, "out.mkv", "out"));
        assertThat(folder.resolve("out.md5")).hasSameTextualContentAs(folder.resolve("in.md5"));
    }

    /** A white flash and a click at the same moment, in the middle of a minute. */
    @Test
    void flashAndClickStayTogether() throws Exception {
        Path film = film(
                "flash.mp4",
                "-f lavfi -i color=black:s=32x32:r=25:d=60,drawbox=t=fill:c=white:enable='between(t,30,30.03)' -f lavfi -i"
                        + " aevalsrc='if(between(t,30,30.02),sin(6000*t),0)':d=60:s=16000 -c:v libx264 -pix_fmt yuv420p -c:a"
                        + " aac");

        Run run = video(film, folder.resolve("out.mp4"), "--json");

        assertThat(run.code()).as(run.err()).isZero();
        double before = flash("flash.mp4") - click("flash.mp4");
        double after = flash("out.mp4") - click("out.mp4");
        assertThat(after).isCloseTo(before, within(0.001)).isCloseTo(0, within(0.04));
        assertThat(line(run).get("repeated"))
                .as("equal frames are computed once")
                .asInstanceOf(InstanceOfAssertFactories.INTEGER)
                .isGreaterThan(1000);
    }

    /** Seconds of the brightest frame. */
    private double flash(String film) throws Exception {
        ffmpeg(folder, "-i " + film + " -vf scale=1:1,format=gray -fps_mode passthrough -f rawvideo flash.raw");
        byte[] luma = Files.readAllBytes(folder.resolve("flash.raw"));
        int best = 0;
        for (int i = 0; i < luma.length; i++) {
            best = (luma[i] & 0xFF) > (luma[best] & 0xFF) ? i : best;
        }
        return Double.parseDouble(timestamps(folder.resolve(film)).get(best));
    }

    /** Seconds of the first loud sample. */
    private double click(String film) throws Exception {
        ffmpeg(folder, "-i " + film + " -map 0:a -af aresample=16000:async=1:first_pts=0 -ac 1 -f s16le click.raw");
        ByteBuffer samples =
                ByteBuffer.wrap(Files.readAllBytes(folder.resolve("click.raw"))).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < samples.limit() / 2; i++) {
            if (Math.abs(samples.getShort(2 * i)) > 8000) {
                return i / 16_000.0;
            }
        }
        throw new AssertionError("no click in " + film);
    }

    @Test
    void aFrameBecomesWhatThePictureBecomes() throws Exception {
        TestPictures.writeScene(folder, "scene.png", 64, 48);
        Path film = film("scene.mkv", "-i scene.png -c:v ffv1 -pix_fmt gbrp");
        String net = "repsr-m4c16-x2";

        assertThat(Run.of("upscale", folder.resolve("scene.png"), "-o", folder.resolve("up.png"), "-m", net)
                        .code())
                .isZero();
        Run run = Run.of("video", film, "-o", folder.resolve("out.mkv"), "-m", net, "--codec", "ffv1");

        assertThat(run.code()).as(run.err()).isZero();
        ffmpeg(folder, "-i up.png -f rawvideo -pix_fmt rgb24 up.raw");
        ffmpeg(folder, "-i out.mkv -f rawvideo -pix_fmt rgb24 out.raw");
        byte[] picture = Files.readAllBytes(folder.resolve("up.raw"));
        byte[] frame = Files.readAllBytes(folder.resolve("out.raw"));
        assertThat(frame).hasSameSizeAs(picture);
        int others = 0;
        for (int i = 0; i < frame.length; i++) {
            // Direct convolution and Winograd's round otherwise, one number in thousands.
            assertThat((frame[i] & 0xFF) - (picture[i] & 0xFF)).isBetween(-1, 1);
            others += frame[i] == picture[i] ? 0 : 1;
        }
        assertThat(others).isLessThan(frame.length / 500);
    }

    @Test
    void rotationIsAppliedAndTransparencyAndColoursAreKept() throws Exception {
        film("upright.mp4", CLIP + "-c:v libx264 -pix_fmt yuv420p");
        Path turned = film("turned.mp4", "-i upright.mp4 -c copy -metadata:s:v:0 rotate=90");
        Path clear = film("clear.mov", CLIP + "-pix_fmt yuva444p10le -c:v prores_ks");
        Path tagged = film(
                "tagged.mkv",
                CLIP
                        + "-pix_fmt yuv420p10le -color_range pc -color_primaries bt709 -color_trc bt709 -colorspace bt709 -c:v ffv1");
        String colours = "stream=pix_fmt,color_range,color_space,color_transfer,color_primaries";

        assertThat(video(turned, folder.resolve("t.mp4")).code()).isZero();
        assertThat(video(clear, folder.resolve("c.mov"), "--codec", "prores").code())
                .isZero();
        assertThat(video(tagged, folder.resolve("k.mkv"), "--codec", "ffv1").code())
                .isZero();

        assertThat(probe(folder.resolve("t.mp4"), "-show_entries", "stream=width,height"))
                .isEqualToIgnoringNewLines("96,128");
        assertThat(probe(folder.resolve("c.mov"), "-show_entries", "stream=pix_fmt"))
                .startsWith("yuva444p");
        assertThat(probe(folder.resolve("k.mkv"), "-show_entries", colours))
                .isEqualTo(probe(tagged, "-show_entries", colours));
    }

    @Test
    void aStreamIsMatroskaOnStandardOutput() throws Exception {
        Path film = film("film.mp4", CLIP + SOUND + "-c:v libx264 -pix_fmt yuv420p -c:a aac -shortest");

        Run run = Run.of("video", film, "-o", "-", "-m", model);

        assertThat(run.code()).as(run.err()).isZero();
        Path out = Files.write(folder.resolve("stream.mkv"), run.out());
        assertThat(timestamps(out)).isEqualTo(timestamps(film));
        assertThat(probe(out, "-show_entries", "stream=codec_type")).contains("audio");
    }

    @Test
    void aPieceAndAPreview() throws Exception {
        Path film = film("film.mp4", CLIP + SOUND + "-c:v libx264 -g 10 -pix_fmt yuv420p -c:a aac -shortest");
        Path out = folder.resolve("piece.mp4");

        Run run = video(film, out, "--start", "0.4", "--duration", "1", "--preview", "1");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(timestamps(out)).hasSize(25);
        assertThat(folder.resolve("piece_preview.mp4")).isNotEmptyFile();
        assertThat(folder.resolve("piece_preview.html")).content().contains("data:image/png;base64,iVBOR");
    }

    @Test
    void aPlanSaysWhatTheFilmBecomesAndWritesNothing() throws Exception {
        Path film = film("film.mp4", CLIP + "-c:v libx264 -pix_fmt yuv420p");
        Path out = folder.resolve("out.mp4");

        Map<?, ?> plan = line(video(film, out, "--dry-run", "--json"));

        assertThat(plan.get("width")).isEqualTo(128);
        assertThat(plan.get("height")).isEqualTo(96);
        assertThat(plan.get("frames")).isEqualTo(50);
        assertThat(out).doesNotExist();
        assertThat(folder.resolve("out.mp4.parts")).doesNotExist();
    }

    static Map<?, ?> line(Run run) {
        assertThat(run.code()).as(run.err()).isZero();
        return (Map<?, ?>) JsonLines.parse(run.outText().lines().toList().getLast());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none.mp4|out.mp4||3|none.mp4 is missing, or no file",
                "text.mp4|out.mp4||3|text.mp4 is no film, or damaged",
                "sound.m4a|out.mp4||3|sound.m4a holds no film; repsr upscale is for pictures",
                "film.mp4|out.xyz||2|its ending is no kind of film that is written",
                "film.mp4|out.mp4|--max-megapixels=0|2|out of range",
                "big.mkv|out.mp4|--max-megapixels=1|3|--max-megapixels",
                "film.mp4|out.mp4|--codec=mpeg2|2|there is no codec",
                "film.mp4|out.mp4|--crf=99|2|--crf 99 is out of range; 0 to 51 is allowed with h264",
                "film.mp4|out.mp4|--start=soon|2|is no time",
                "film.mp4|out.mp4|--start=100|3|has no frame in that part of it",
                "film.mp4|film.mp4|--overwrite|2|is the film itself; choose another name",
                "film.mp4|text.mp4||3|text.mp4",
                "film.mp4|no/out.mp4||1|create it first",
                "film.mp4|out.webm|--codec=h264|3|name the output .mkv",
                "film.mp4|out.mp4|--preset=hasty|1|hasty",
                "film.mp4|out.mp4|--ffmpeg=/nowhere|3|install the package ffmpeg, or name the program with --ffmpeg",
                "hdr.mkv|out.mp4|--codec=h264|3|which only --codec hevc keeps here"
            })
    void refusalsAreOneSentenceAndLeaveNothing(String in, String out, String option, int code, String words)
            throws Exception {
        film("film.mp4", CLIP + "-c:v libx264 -pix_fmt yuv420p");
        film("big.mkv", "-f lavfi -i color=s=1200x900:r=5:d=1 -c:v ffv1 -pix_fmt yuv420p");
        film("sound.m4a", SOUND + "-c:a aac");
        film(
                "hdr.mkv",
                CLIP + "-pix_fmt yuv420p10le -color_trc smpte2084 -colorspace bt2020nc -c:v libx265 -x265-params"
                        + " log-level=error:hdr10=1:master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)"
                        + "L(10000000,1):max-cll=1000,400");
        Files.writeString(folder.resolve("text.mp4"), "This is no film.");
        long before = Files.size(folder.resolve("film.mp4"));

        Run run = video(
                folder.resolve(in),
                folder.resolve(out),
                option == null ? new Object[] {"-q"} : new Object[] {"-q", option});

        assertThat(run.err()).hasLineCount(1).contains(words);
        assertThat(run.code()).isEqualTo(code);
        assertThat(folder.resolve("film.mp4")).hasSize(before);
        assertThat(folder.resolve(out + ".parts")).doesNotExist();
        if (!out.equals(in) && !out.equals("text.mp4")) {
            assertThat(folder.resolve(out)).doesNotExist();
        }
    }

    /** An ffmpeg that dies in its third work of encoding leaves two parts, and a sound one goes on from them. */
    @Test
    void anEncoderThatDiesCostsOnePart() throws Exception {
        Path film = film("film.mkv", "-f lavfi -i testsrc2=s=32x32:r=50:d=16 -c:v ffv1 -pix_fmt yuv420p");
        Path tools = Files.createDirectory(folder.resolve("tools"));
        script(tools.resolve("ffprobe"), "exec ffprobe \"$@\"");
        script(tools.resolve("ffmpeg"), """
                case " $* " in *" -c:v ffv1 "*)
                    echo x >> %1$s/count
                    if [ "$(wc -l < %1$s/count)" -ge 4 ]; then echo 'out of luck' >&2; exit 1; fi ;;
                esac
                exec ffmpeg "$@"
                """.formatted(tools));
        Path out = folder.resolve("out.mkv");

        Run broken = video(film, out, "--codec", "ffv1", "--ffmpeg", tools, "-q");

        assertThat(broken.code()).isEqualTo(1);
        assertThat(broken.err()).hasLineCount(1).contains("ffmpeg cannot encode the film: out of luck");
        assertThat(out).doesNotExist();
        assertThat(folder.resolve("out.mkv.parts/part-1.nut")).exists();
        Run other = video(film, out, "--codec", "ffv1", "-q", "--scale", "3");
        assertThat(other.code()).isEqualTo(3);
        assertThat(other.err()).contains("unfinished work of another film or other options", "--no-resume");

        Run whole = video(film, out, "--codec", "ffv1");

        assertThat(whole.code()).as(whole.err()).isZero();
        Path unbroken = folder.resolve("unbroken.mkv");
        assertThat(video(film, unbroken, "--codec", "ffv1").code()).isZero();
        assertThat(frames(out)).isEqualTo(frames(unbroken));
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
