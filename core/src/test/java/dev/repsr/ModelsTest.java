package dev.repsr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.repsr.format.Model;
import dev.repsr.format.ModelFile;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelsTest {

    @Test
    void everyBuiltInNetworkIsWhatTheIndexSays() throws IOException {
        Set<Integer> defaults = new HashSet<>();
        Set<Integer> scales = new HashSet<>();
        for (Models.BuiltIn builtIn : Models.list()) {
            Model model = Models.open(builtIn.name());
            assertThat(model.name()).isEqualTo(builtIn.name());
            assertThat(model.network().scale()).isEqualTo(builtIn.scale());
            assertThat(builtIn.name()).endsWith("-x" + builtIn.scale());
            assertThat(model.metadata())
                    .containsKeys(ModelFile.LICENCE, ModelFile.DATA_SET, ModelFile.RECIPE, ModelFile.RECEIPT);
            scales.add(builtIn.scale());
            if (builtIn.isDefault()) {
                assertThat(defaults.add(builtIn.scale()))
                        .as("one default a scale")
                        .isTrue();
                assertThat(Models.defaultOf(builtIn.scale())).isEqualTo(builtIn);
            }
        }
        assertThat(defaults).isEqualTo(scales);
    }

    @Test
    void scaleThatNoBuiltInNetworkHasIsRefused() {
        assertThatThrownBy(() -> Models.defaultOf(9))
                .isInstanceOf(UnknownModel.class)
                .hasMessageContaining("9 times");
    }

    @Test
    void nameThatCouldLeaveTheFolderIsAFile() {
        assertThatThrownBy(() -> Models.open("../repsr-m4c16-x4"))
                .isInstanceOf(dev.repsr.format.ModelRefused.class)
                .hasMessageContaining("no such model file");
        assertThatThrownBy(() -> Models.open("")).isInstanceOf(UnknownModel.class);
        assertThatThrownBy(() -> Models.open("a\0b")).isInstanceOf(UnknownModel.class);
    }
}
