package dev.repsr.engine;

import dev.repsr.network.Network;
import java.util.List;

/** Does all that another network does; to override what is to be different. */
public class ForwardingNetwork implements RowNetwork {
    private final RowNetwork rows;

    public ForwardingNetwork(RowNetwork rows) {
        this.rows = rows;
    }

    @Override
    public Network network() {
        return rows.network();
    }

    @Override
    public String engine() {
        return rows.engine();
    }

    @Override
    public List<? extends RowStage> stages() {
        return rows.stages();
    }

    @Override
    public long pictureFloats(int width) {
        return rows.pictureFloats(width);
    }

    @Override
    public void load(float[] rgb, int first, int width, float[] row) {
        rows.load(rgb, first, width, row);
    }

    @Override
    public long enlargedFloats(int width) {
        return rows.enlargedFloats(width);
    }

    @Override
    public void emit(
            float[] conv, float[] picture, int first, int end, int width, float[][] enlarged, int at, float[] scratch) {
        rows.emit(conv, picture, first, end, width, enlarged, at, scratch);
    }
}
