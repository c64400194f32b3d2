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
        for (Models.BuiltIn builtIn : Models.list()) {
            Model model = Models.open(builtIn.name());
            assertThat(model.name()).isEqualTo(builtIn.name());
            assertThat(model.network().scale()).isEqualTo(builtIn.scale());
            assertThat(builtIn.name()).endsWith("-x" + builtIn.scale());
            assertThat(model.metadata())
                    .containsKeys(ModelFile.LICENCE, ModelFile.DATA_SET, ModelFile.RECIPE, ModelFile.RECEIPT);
            if (builtIn.isDefault()) {
                assertThat(defaults.add(builtIn.scale()))
                        .as("one default a scale")
                        .isTrue();
                assertThat(Models.defaultOf(builtIn.scale())).isEqualTo(builtIn);
            }
        }
        assertThat(defaults).containsExactlyInAnyOrder(2, 3, 4);
    }

    @Test
    void everyScaleThatEnlargesHasOneCleanNetWhichIsItsDefaultAndOneFastNet() throws IOException {
        for (Models.BuiltIn builtIn : Models.list()) {
            int scale = builtIn.scale();
            if (scale > 1) {
                assertThat(Models.best(ShortName.CLEAN, scale)).isEqualTo(Models.defaultOf(scale));
                assertThat(Models.open("fast", scale).network().scale()).isEqualTo(scale);
            }
            for (ShortName name : builtIn.shortNames()) {
                assertThat(Models.list())
                        .filteredOn(other ->
                                other.scale() == scale && other.shortNames().contains(name))
                        .containsExactly(builtIn);
            }
        }
        assertThat(Models.open("clean").network().scale()).isEqualTo(4);
        assertThatThrownBy(() -> Models.best(ShortName.CLEAN, 9))
                .isInstanceOf(UnknownModel.class)
                .hasMessageContaining("'clean' enlarges 9 times; 2, 3, 4 times are possible");
    }

    @Test
    void purposeWithoutANetSaysWhatToTakeInstead() throws IOException {
        for (ShortName purpose : ShortName.values()) {
            if (Models.list().stream().noneMatch(model -> model.shortNames().contains(purpose))) {
                assertThatThrownBy(() -> Models.open(purpose.word()))
                        .isInstanceOf(UnknownModel.class)
                        .hasMessage("no model for '" + purpose.word()
                                + "' is built in yet; take -m clean, or name a model file that is made for it");
            }
        }
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
