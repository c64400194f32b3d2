package dev.repsr.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repsr.Models;
import dev.repsr.TestPictures;
import dev.repsr.Upscaler;
import dev.repsr.image.ImageType;
import dev.repsr.io.AtomicFile;
import dev.repsr.metric.Psnr;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The real page in a real browser, where Chromium is installed; pictures of it are kept in {@code target/page}. */
@Timeout(300)
@EnabledIf("isPossible")
class PageTest {
    private static final Path SAMPLES = Path.of("..", "samples");
    private static final Path PICTURES = Path.of("target", "page");

    @TempDir
    private Path folder;

    private RunningServer server;
    private Chromium browser;

    static boolean isPossible() {
        return Chromium.installed().isPresent();
    }

    @BeforeEach
    void start() throws Exception {
        server = RunningServer.start();
        browser = new Chromium(Chromium.installed().orElseThrow(), Files.createDirectory(folder.resolve("profile")));
        Files.createDirectories(PICTURES);
        browser.resize(1360, 900, false);
        browser.open("http://127.0.0.1:" + server.server().port() + "/");
        browser.await("document.body?.dataset.ready");
    }

    @AfterEach
    void stop() throws IOException {
        browser.close();
        server.close();
    }

    private void drop(String name, byte[] bytes) throws Exception {
        browser.evaluate(
                "(()=>{const bytes=Uint8Array.from(atob('" + Base64.getEncoder().encodeToString(bytes)
                        + "'),c=>c.charCodeAt(0));const data=new DataTransfer();data.items.add(new File([bytes],'"
                        + name
                        + "',{type:'image/png'}));document.dispatchEvent(new DragEvent('drop',{dataTransfer:data,bubbles:true}))})()");
        browser.await("[...document.querySelectorAll('#list .name')].some(n=>n.textContent==='" + name + "')");
    }

    private void choose(String name, String value) throws Exception {
        browser.evaluate("document.querySelector('[name=" + name + "][value=\"" + value + "\"]').click()");
    }

    private void enlarge() throws Exception {
        browser.evaluate("document.getElementById('enlarge').click()");
    }

    private void keep(String name) throws Exception {
        byte[] picture = browser.screenshot("png");
        AtomicFile.write(PICTURES.resolve(name), out -> out.write(picture));
    }

    private void assertNothingOverflows() throws Exception {
        assertThat(browser.evaluate("document.documentElement.scrollWidth<=document.documentElement.clientWidth"))
                .isEqualTo(true);
        assertThat(browser.evaluate("[...document.querySelectorAll('.settings,.tools,.shelfbar,.list li')].filter(e=>"
                        + "e.offsetParent&&e.scrollWidth>e.clientWidth+1).map(e=>e.className).join(' ')"))
                .isEqualTo("");
    }

    @Test
    void aPictureIsTriedEnlargedComparedAndSaved() throws Exception {
        byte[] sample = Files.readAllBytes(SAMPLES.resolve("pepper.jpg"));
        keep("empty.png");
        assertNothingOverflows();
        drop("pepper.jpg", sample);
        browser.await("document.querySelector('crop-preview').dataset.tried==='"
                + Models.defaultOf(4).name() + "'");
        keep("preview.png");
        choose("size", "2");
        browser.await("document.querySelector('crop-preview').dataset.tried==='"
                + Models.defaultOf(2).name() + "'");
        assertThat(browser.evaluate("document.getElementById('becomes').textContent"))
                .asString()
                .contains("678 \u00d7 960");

        enlarge();
        browser.await("document.querySelector('#list li').dataset.state==='done'");
        byte[] got = browser.bytes("fetch(document.querySelector('.acts a').href).then(a=>a.blob())");
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        Upscaler.load(Models.defaultOf(2).name())
                .upscale(new ByteArrayInputStream(sample))
                .to(expected, ImageType.PNG);
        assertThat(Psnr.rgb(UpscaleApiTest.read(got), UpscaleApiTest.read(expected.toByteArray()), 0))
                .isGreaterThan(60);
        assertThat(browser.evaluate("document.querySelector('.acts a').download"))
                .isEqualTo("pepper_x2.png");

        browser.await("!document.querySelector('picture-compare').hidden");
        browser.evaluate(
                "(()=>{const r=document.querySelector('.meet');r.value=30;r.dispatchEvent(new Event('input'))})()");
        assertThat(browser.evaluate("document.querySelector('.divider').style.left"))
                .isEqualTo("30%");
        keep("compare.png");
        browser.evaluate("[...document.querySelectorAll('.tools button')].find(b=>b.textContent==='Lens').click()");
        browser.await("!document.querySelector('.lens').hidden");
        keep("lens.png");

        // Another model, beside the first.
        browser.evaluate("(()=>{const m=document.getElementById('model');m.value='repsr-m10c32-x2';"
                + "m.dispatchEvent(new Event('input',{bubbles:true}))})()");
        enlarge();
        browser.await("document.querySelectorAll('#list .acts a').length===2");
        browser.await("document.querySelectorAll('picture-compare select')[1].options.length===3");
        browser.evaluate(
                "[...document.querySelectorAll('.tools button')].find(b=>b.textContent==='Side by side').click()");
        keep("beside.png");
        assertNothingOverflows();
        assertThat(browser.complaints()).isEmpty();
        assertThat(server.server().spoolFiles()).isZero();
    }

    @Test
    void allResultsAreOneZipAndAComparisonIsOnePage() throws Exception {
        choose("size", "2");
        drop("a.jpg", Files.readAllBytes(SAMPLES.resolve("pepper.jpg")));
        drop("a.png", Files.readAllBytes(SAMPLES.resolve("pepper-stem.png")));
        enlarge();
        browser.await("[...document.querySelectorAll('#list li')].every(i=>i.dataset.state==='done')");
        browser.evaluate(
                "(()=>{window.saved=[];const make=URL.createObjectURL;URL.createObjectURL=b=>{window.saved.push(b);"
                        + "return make.call(URL,b)};HTMLAnchorElement.prototype.click=()=>{}})()");
        browser.evaluate("document.getElementById('zip').click()");
        browser.await("window.saved.length===1");
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(browser.bytes("window.saved[0]")))) {
            for (String name : new String[] {"a_x2.png", "a_x2 (2).png"}) {
                ZipEntry entry = zip.getNextEntry();
                assertThat(entry).isNotNull();
                assertThat(entry.getName()).isEqualTo(name);
                // The stream compares with the checksum.
                assertThat(UpscaleApiTest.read(zip.readAllBytes()).width()).isIn(678, 576);
            }
        }
        browser.evaluate(
                "[...document.querySelectorAll('.acts button')].find(b=>b.textContent==='Comparison').click()");
        browser.await("window.saved.length===2");
        String page = new String(browser.bytes("window.saved[1]"), StandardCharsets.UTF_8);
        assertThat(page)
                .startsWith("<!doctype html>")
                .contains("data:image/", "Original", Models.defaultOf(2).name());
        assertThat(page).doesNotContain("http:", "https:", "src=\"blob");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aRefusalIsSaidAndAJobCanBeCancelled() throws Exception {
        drop("text.png", "no picture".getBytes(StandardCharsets.UTF_8));
        enlarge();
        browser.await("document.querySelector('#list li.refused')");
        assertThat(browser.evaluate("document.querySelector('.said').textContent"))
                .asString()
                .contains("not a picture");
        browser.evaluate("document.getElementById('clear').click()");

        drop("large.png", TestPictures.encode(TestPictures.scene(2400, 1600), ImageType.PNG));
        browser.evaluate("document.getElementById('ensemble').click()");
        enlarge();
        browser.await("document.querySelector('#list li').dataset.state==='running'");
        browser.evaluate("[...document.querySelectorAll('.acts button')].find(b=>b.textContent==='Cancel').click()");
        browser.await("document.querySelector('.said').textContent==='Cancelled.'");
        Waiting.until(Duration.ofMinutes(1), () -> server.server().load().running() == 0);
        // A request that was answered 415, or cut off by the page itself, is an error to the console.
        assertThat(browser.complaints()).allMatch(line -> line.contains("415") || line.contains("404"));
    }

    @Test
    void itFitsAPhone() throws Exception {
        browser.resize(390, 844, true);
        assertNothingOverflows();
        keep("phone-empty.png");
        drop("pepper.jpg", Files.readAllBytes(SAMPLES.resolve("pepper.jpg")));
        browser.await("document.querySelector('crop-preview').dataset.tried");
        keep("phone-preview.png");
        enlarge();
        browser.await("document.querySelector('#list li').dataset.state==='done'");
        assertNothingOverflows();
        browser.evaluate("document.getElementById('stage').scrollIntoView()");
        keep("phone-compare.png");
        browser.call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
        keep("phone-dark.png");
        browser.evaluate("document.getElementById('list').scrollIntoView()");
        keep("phone-list.png");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void everythingIsReachedByKeyboardAndHasAName() throws Exception {
        drop("pepper.jpg", Files.readAllBytes(SAMPLES.resolve("pepper.jpg")));
        assertThat(
                        browser.evaluate(
                                "[...document.querySelectorAll('button,select,input:not([hidden]),a[href]')].filter(e=>e.offsetParent&&"
                                        + "!(e.textContent.trim()||e.getAttribute('aria-label')||e.title||e.labels?.length)).map(e=>e.outerHTML).join()"))
                .isEqualTo("");
        assertThat(browser.evaluate(
                        "document.querySelectorAll('[tabindex]:not([tabindex=\"0\"]):not([tabindex=\"-1\"])').length"))
                .isEqualTo(0);
        assertThat(browser.evaluate("document.documentElement.lang")).isEqualTo("en");
    }
}
