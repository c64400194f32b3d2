package dev.repsr.app;

import dev.repsr.TargetSize;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How large pictures are to become: one of four options, or none. */
final class SizeOptions {
    @Option(
            names = {"-s", "--scale"},
            paramLabel = "N",
            converter = Factor.class,
            description =
                    "How many times as large each side becomes, 1 to 8, also 1.5 (default: the model's scale; without -m: 4).")
    private @Nullable BigDecimal scale;

    @Option(
            names = "--width",
            paramLabel = "PX",
            converter = Side.class,
            description = "Pixels across to reach; what is wider is reduced.")
    private @Nullable Integer width;

    @Option(
            names = "--height",
            paramLabel = "PX",
            converter = Side.class,
            description = "Pixels down to reach; what is higher is reduced.")
    private @Nullable Integer height;

    @Option(
            names = "--long-side",
            paramLabel = "PX",
            converter = Side.class,
            description = "Pixels of the longer side to reach; what is longer is reduced.")
    private @Nullable Integer longSide;

    /** Refuses two sizes. */
    void check() throws CommandFailure {
        if (Stream.of(scale, width, height, longSide)
                        .filter(given -> given != null)
                        .count()
                > 1) {
            throw CommandFailure.usage("-s, --width, --height and --long-side are for one size; give only one of them");
        }
    }

    /** The enlargement asked for, if it is a whole number. */
    Optional<Integer> wholeScale() {
        return scale == null || scale.stripTrailingZeros().scale() > 0
                ? Optional.empty()
                : Optional.of(scale.intValueExact());
    }

    /** The enlargement asked for as a number; empty if none was. */
    String asked() {
        return scale == null ? "" : scale.toPlainString();
    }

    /** The size asked for. */
    TargetSize target() {
        if (scale != null) {
            return new TargetSize.Times(scale.doubleValue());
        }
        if (width != null) {
            return new TargetSize.Width(width);
        }
        if (height != null) {
            return new TargetSize.Height(height);
        }
        return longSide == null ? TargetSize.OF_THE_NETWORK : new TargetSize.LongSide(longSide);
    }

    /**
     * What names of outputs end with: x4, 1920w, 1080h or 2000l.
     *
     * @param modelScale of the network that runs when no size is asked for
     */
    String suffix(int modelScale) {
        if (width != null) {
            return width + "w";
        }
        if (height != null) {
            return height + "h";
        }
        if (longSide != null) {
            return longSide + "l";
        }
        return "x" + (scale == null ? modelScale : scale.stripTrailingZeros().toPlainString());
    }

    private static final class Factor implements ITypeConverter<BigDecimal> {
        private static final BigDecimal MOST = BigDecimal.valueOf((long) TargetSize.MAX_FACTOR);
        private static final int LONGEST = 12;

        @Override
        public BigDecimal convert(String value) {
            try {
                BigDecimal factor = new BigDecimal(value);
                if (value.length() <= LONGEST && factor.compareTo(BigDecimal.ONE) >= 0 && factor.compareTo(MOST) <= 0) {
                    return factor;
                }
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + value + "' is no number; 1 to 8 is allowed, also 1.5");
            }
            throw new TypeConversionException(value + " times is out of range; 1 to 8 is allowed, also 1.5");
        }
    }

    private static final class Side implements ITypeConverter<Integer> {
        private static final int MOST = 1_000_000;

        @Override
        public Integer convert(String value) {
            return CommonOptions.inRange(value, 1, MOST);
        }
    }
}
