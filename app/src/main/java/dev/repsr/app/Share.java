package dev.repsr.app;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number from 0 to 1. */
final class Share implements ITypeConverter<Double> {
    @Override
    public Double convert(String value) {
        try {
            double share = Double.parseDouble(value);
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + value + "' is no number; 0 to 1 is allowed, such as 0.5");
        }
        throw new TypeConversionException(value + " is out of range; 0 to 1 is allowed, such as 0.5");
    }
}
