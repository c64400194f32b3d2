package dev.repsr.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.repsr.Models;
import dev.repsr.convert.Conversion;
import dev.repsr.format.Model;
import dev.repsr.format.ModelFormat;
import dev.repsr.format.Precision;
import dev.repsr.network.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PyTorch's and ONNX's own readers, as Debian packages them (python3-torch, python3-onnx). */
class DebianReadersTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    /** Prints each tensor's name, sides and the sum of its values in double. */
    private static final String TORCH = """
            import sys, torch
            state = torch.load(sys.argv[1], weights_only=True)["params"]
            for name, tensor in state.items():
                print(name, list(tensor.shape), repr(float(tensor.double().sum())))
            """;

    private static final String ONNX = """
            import sys, onnx
            from onnx import numpy_helper
            model = onnx.load(sys.argv[1])
            onnx.checker.check_model(model, full_check=True)
            onnx.shape_inference.infer_shapes(model, strict_mode=True)
            for tensor in model.graph.initializer:
                values = numpy_helper.to_array(tensor)
                print(tensor.name, list(values.shape), repr(float(values.astype("float64").sum())))
            """;

    @TempDir
    private Path folder;

    @Test
    void torchReadsWhatIsWritten() throws IOException, InterruptedException {
        requireModule("torch", "python3-torch");
        for (Models.BuiltIn builtIn : Models.list()) {
            check(builtIn.name(), ModelFormat.PTH, TORCH);
        }
    }

    @Test
    void onnxReadsWhatIsWritten() throws IOException, InterruptedException {
        requireModule("onnx", "python3-onnx");
        for (Models.BuiltIn builtIn : Models.list()) {
            check(builtIn.name(), ModelFormat.ONNX, ONNX);
        }
    }

    @Test
    void halvesAreReadToo() throws IOException, InterruptedException {
        requireModule("torch", "python3-torch");
        requireModule("onnx", "python3-onnx");
        Model model = Models.open("repsr-m4c16-x2");
        Path torch = folder.resolve("half.pth");
        Path onnx = folder.resolve("half.onnx");
        Conversion.write(model, torch, ModelFormat.PTH, Precision.FLOAT16);
        Conversion.write(model, onnx, ModelFormat.ONNX, Precision.FLOAT16);

        assertThat(python(TORCH, torch))
                .hasSize(model.network().weights().names().size());
        assertThat(python(ONNX, onnx)).hasSize(model.network().weights().names().size() + 1);
    }

    private void check(String name, ModelFormat format, String script) throws IOException, InterruptedException {
        Model model = Models.open(name);
        Path file = folder.resolve(name + format.ending());
        Conversion.write(model, file, format, Precision.FLOAT32);

        List<String> lines = python(script, file);

        for (String tensor : model.network().weights().names()) {
            String line = lines.stream()
                    .filter(found -> found.startsWith(tensor + " "))
                    .findFirst()
                    .orElseThrow();
            Tensor expected = model.network().weights().get(tensor);
            double sum = 0;
            for (double value : expected.toDoubles()) {
                sum += value;
            }
            assertThat(line)
                    .startsWith(tensor + " " + expected.shape().toString().replace("]", ""));
            assertThat(Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .isCloseTo(sum, within(1e-9));
        }
    }

    private void requireModule(String module, String debianPackage) throws IOException, InterruptedException {
        boolean there =
                Files.isExecutable(PYTHON) && exitCode(List.of(PYTHON.toString(), "-c", "import " + module)) == 0;
        Assumptions.assumeTrue(there, "Debian's package " + debianPackage + " is not installed");
    }

    private List<String> python(String script, Path file) throws IOException, InterruptedException {
        int exitCode = exitCode(List.of(PYTHON.toString(), "-c", script, file.toString()));
        List<String> lines = Files.readAllLines(folder.resolve("out.txt"), StandardCharsets.UTF_8);
        assertThat(exitCode).as(String.join("\n", lines)).isZero();
        return lines;
    }

    private int exitCode(List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .start()
                .waitFor();
    }
}
